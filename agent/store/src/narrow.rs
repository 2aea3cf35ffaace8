//! Filters as SQL conditions. Every value is bound; the text of a statement is
//! made of nothing a person typed.

use agent_core::{
    filter::{Compare, Filter, Flag, Moment, PartOf, Test, When, WordsOf, fold},
    job::{Level, WorkplaceKind},
    matching::{Outcome, employer_key},
};
use jiff::{SignedDuration, Span, Timestamp, civil::Date, tz::TimeZone};
use rusqlite::{Connection, ToSql, functions::FunctionFlags, types::Value};

use crate::{StoreError, feedback::hidden, value::micros};

/// Fewest characters of a last word that also stands for longer words.
const MIN_PREFIX: usize = 3;

/// Which jobs are wanted, and the moment their ages are counted from.
#[derive(Debug, Clone, PartialEq)]
pub struct Narrow {
    /// The filter.
    pub filter: Filter,
    /// Now.
    pub now: Timestamp,
}

/// A condition with the values it binds by name.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<(String, Value)>,
}

impl Condition {
    /// The values as rusqlite takes them, after `others`.
    pub(crate) fn params<'a>(
        &'a self,
        others: &[(&'a str, &'a dyn ToSql)],
    ) -> Vec<(&'a str, &'a dyn ToSql)> {
        let mut params = others.to_vec();
        params.extend(
            self.values
                .iter()
                .map(|(name, value)| (name.as_str(), value as &dyn ToSql)),
        );
        params
    }
}

impl Narrow {
    /// The filter as a condition on the table that the statement calls `jobs`
    /// by the name `table`. Equal filters bind the same names.
    pub(crate) fn condition(&self, table: &str) -> Condition {
        let mut writer = Writer {
            table,
            now: self.now,
            values: Vec::new(),
        };
        let tests = writer.filter(&self.filter);
        Condition {
            sql: format!(
                "EXISTS (SELECT 1 FROM job_facets f LEFT JOIN matches m ON m.job = f.job
                         WHERE f.job = {table}.number AND {tests})"
            ),
            values: writer.values,
        }
    }
}

/// The condition that `company`, an expression, is an employer the person watches.
pub(crate) fn watched(company: &str) -> String {
    format!(
        "employer({company}) IN (SELECT employer(w.value) FROM json_each(coalesce(
             (SELECT preferences FROM preferences ORDER BY revision DESC LIMIT 1), '{{}}'),
             '$.watched_companies') w)"
    )
}

/// Teaches a connection to compare texts as [`fold`] does, and employers by their names.
pub(crate) fn add_fold(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("fold", 1, flags, |context| {
        let text = context.get::<Option<String>>(0)?;
        Ok(text.map(|text| fold(&text)))
    })?;
    connection.create_scalar_function("employer", 1, flags, |context| {
        Ok(employer_key(&context.get::<String>(0)?))
    })?;
    Ok(())
}

struct Writer<'a> {
    table: &'a str,
    now: Timestamp,
    values: Vec<(String, Value)>,
}

impl Writer<'_> {
    /// Binds a value and gives its name.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        let name = format!(":narrow{}", self.values.len());
        self.values.push((name.clone(), value.into()));
        name
    }

    fn filter(&mut self, filter: &Filter) -> String {
        match filter {
            Filter::All(parts) => self.joined(parts, " AND "),
            Filter::Any(parts) => self.joined(parts, " OR "),
            Filter::Not(part) => format!("(NOT {})", self.filter(part)),
            // What is not known fits no test, also under a NOT.
            Filter::Is(test) => format!("(({}) IS TRUE)", self.test(test)),
        }
    }

    fn joined(&mut self, parts: &[Filter], word: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.filter(part)).collect();
        format!("({})", parts.join(word))
    }

    fn test(&mut self, test: &Test) -> String {
        let table = self.table;
        match test {
            Test::Score(compare, number) => {
                let number = self.bind(*number);
                format!("m.score {} {number}", sign(*compare))
            }
            Test::Pay {
                compare,
                amount,
                currency,
            } => self.pay(*compare, *amount, currency.as_deref()),
            Test::When(moment, compare, when) => self.when(*moment, *compare, *when),
            Test::Level(compare, level) => {
                let level = self.bind(level_number(*level));
                format!("f.level {} {level}", sign(*compare))
            }
            Test::Words(of, words) => {
                let words = self.bind(phrase(*of, words));
                format!(
                    "{table}.number IN (SELECT rowid FROM job_words WHERE job_words MATCH {words})"
                )
            }
            Test::Part(of, part) => {
                let part = self.bind(fold(part));
                match of {
                    PartOf::Place => format!("instr(fold(f.places), {part})"),
                    PartOf::Employment => format!("instr(fold(f.employment), {part})"),
                    PartOf::Industry => format!("instr(fold(f.industry), {part})"),
                    PartOf::Department => format!("instr(fold(f.department), {part})"),
                    PartOf::Source => format!(
                        "{table}.source IN (SELECT id FROM sources WHERE instr(fold(
                             company || ' ' || plugin || ' ' || key || ' ' || url), {part}))"
                    ),
                }
            }
            Test::Country(code) => {
                let code = self.bind(format!(" {code} "));
                format!("instr(f.countries, {code})")
            }
            Test::Language(code) => {
                let code = self.bind(code.clone());
                format!("f.language = {code}")
            }
            Test::Skill(skill) => {
                let skill = self.bind(skill.clone());
                format!(
                    "EXISTS (SELECT 1 FROM job_skills s
                             WHERE s.job = f.job AND s.skill = {skill} COLLATE NOCASE)"
                )
            }
            Test::Workplace(kind) => {
                let kind = self.bind(workplace_word(*kind).to_owned());
                format!("f.workplace = {kind}")
            }
            Test::Outcome(outcome) => {
                let outcome = match outcome {
                    Outcome::Pass => "pass",
                    Outcome::Ask => "ask",
                    Outcome::Fail => "fail",
                };
                format!("m.outcome = '{outcome}'")
            }
            Test::Flag(flag) => self.flag(*flag),
        }
    }

    /// For "more than" the upper end of the pay counts, for "less than" the lower.
    fn pay(&mut self, compare: Compare, amount: f64, currency: Option<&str>) -> String {
        let amount = self.bind(amount);
        let pay = match compare {
            Compare::More => format!("f.pay_high > {amount}"),
            Compare::AtLeast => format!("f.pay_high >= {amount}"),
            Compare::Less => format!("f.pay_low < {amount}"),
            Compare::AtMost => format!("f.pay_low <= {amount}"),
            Compare::Equal => format!("{amount} BETWEEN f.pay_low AND f.pay_high"),
            Compare::Other => format!("{amount} NOT BETWEEN f.pay_low AND f.pay_high"),
        };
        match currency {
            Some(code) => {
                let code = self.bind(code.to_owned());
                format!("{pay} AND f.currency = {code}")
            }
            None => pay,
        }
    }

    fn when(&mut self, moment: Moment, compare: Compare, when: When) -> String {
        let column = match moment {
            Moment::Posted => "f.posted_on",
            Moment::Closes => "f.closes_on",
            Moment::Seen => return self.seen(compare, when),
        };
        let (compare, day) = self.day(compare, when);
        let day = self.bind(day.to_string());
        format!("{column} {} {day}", sign(compare))
    }

    /// When a job was seen is known to the microsecond, so spans count from now
    /// and days from their first moment.
    fn seen(&mut self, compare: Compare, when: When) -> String {
        let column = format!("{}.first_seen", self.table);
        let exact = match (when, compare) {
            (_, Compare::Equal | Compare::Other) | (When::On(_), _) => None,
            (When::Ago(days), _) => Some(-i64::from(days)),
            (When::In(days), _) => Some(i64::from(days)),
        };
        if let Some(days) = exact {
            let at = self
                .now
                .saturating_add(SignedDuration::from_hours(days * 24));
            let at = self.bind(micros(at.unwrap_or(self.now)));
            let compare = match when {
                When::Ago(_) => turned(compare),
                When::In(_) | When::On(_) => compare,
            };
            return format!("{column} {} {at}", sign(compare));
        }
        let (compare, day) = self.day(compare, when);
        let first = |day: Date| {
            let at = day.to_zoned(TimeZone::UTC).map(|at| at.timestamp());
            micros(at.unwrap_or(self.now))
        };
        let (begin, end) = (first(day), first(day.tomorrow().unwrap_or(day)));
        match compare {
            Compare::Less => format!("{column} < {}", self.bind(begin)),
            Compare::AtMost => format!("{column} < {}", self.bind(end)),
            Compare::AtLeast => format!("{column} >= {}", self.bind(begin)),
            Compare::More => format!("{column} >= {}", self.bind(end)),
            Compare::Equal | Compare::Other => {
                let within = format!(
                    "({column} >= {} AND {column} < {})",
                    self.bind(begin),
                    self.bind(end)
                );
                if compare == Compare::Equal {
                    within
                } else {
                    format!("NOT {within}")
                }
            }
        }
    }

    /// The day that is meant, and how a day is compared with it: more days ago
    /// is an earlier day.
    fn day(&self, compare: Compare, when: When) -> (Compare, Date) {
        let today = self.now.to_zoned(TimeZone::UTC).date();
        match when {
            When::On(day) => (compare, day),
            When::Ago(days) => (
                turned(compare),
                today.saturating_sub(Span::new().days(i64::from(days))),
            ),
            When::In(days) => (
                compare,
                today.saturating_add(Span::new().days(i64::from(days))),
            ),
        }
    }

    fn flag(&mut self, flag: Flag) -> String {
        let table = self.table;
        match flag {
            Flag::Open => format!("{table}.closed_at IS NULL"),
            Flag::Closed => format!("{table}.closed_at IS NOT NULL"),
            Flag::New => self.seen(Compare::AtMost, When::Ago(1)),
            Flag::Agency => "f.agency = 1 OR EXISTS (SELECT 1 FROM job_prints p
                             WHERE p.job = f.job AND p.agency = 1)"
                .to_owned(),
            Flag::Liked => {
                "EXISTS (SELECT 1 FROM job_marks l WHERE l.job = f.job AND l.mark = 'like')"
                    .to_owned()
            }
            Flag::Hidden => hidden(table),
            Flag::Watched => watched(&format!("{table}.company")),
            Flag::Applied => format!(
                "EXISTS (SELECT 1 FROM applications a
                         WHERE a.job = {table}.id AND a.stage NOT IN ('closed', 'discarded'))"
            ),
        }
    }
}

fn turned(compare: Compare) -> Compare {
    match compare {
        Compare::Less => Compare::More,
        Compare::AtMost => Compare::AtLeast,
        Compare::Equal => Compare::Equal,
        Compare::Other => Compare::Other,
        Compare::AtLeast => Compare::AtMost,
        Compare::More => Compare::Less,
    }
}

const fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::Equal => "=",
        Compare::Other => "<>",
        Compare::AtLeast => ">=",
        Compare::More => ">",
    }
}

/// As the trigger of `job_facets` numbers them.
const fn level_number(level: Level) -> i64 {
    match level {
        Level::Intern => 0,
        Level::Entry => 1,
        Level::Mid => 2,
        Level::Senior => 3,
        Level::Lead => 4,
        Level::Manager => 5,
        Level::Executive => 6,
    }
}

const fn workplace_word(kind: WorkplaceKind) -> &'static str {
    match kind {
        WorkplaceKind::OnSite => "on-site",
        WorkplaceKind::Hybrid => "hybrid",
        WorkplaceKind::Remote => "remote",
    }
}

/// Words as one FTS5 string, in which nothing is an operator; the last one also
/// stands for words that start with it, if it is long enough.
fn phrase(of: WordsOf, words: &str) -> String {
    let columns = match of {
        WordsOf::Title => "title : ",
        WordsOf::Company => "company : ",
        WordsOf::Everything => "",
    };
    let quoted = words.replace('"', "\"\"");
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let open = if last.chars().count() >= MIN_PREFIX {
        "*"
    } else {
        ""
    };
    format!("{columns}\"{quoted}\"{open}")
}
