//! Numbers, times of work and years of the calendar.
#![deny(clippy::indexing_slicing)]

use crate::skill::{self, Category};

use super::{
    ClaimKind,
    clause::{Clause, Subject},
    dates::is_month,
    ground::Place,
    number::{Number, same},
    reading::{Found, Reading, posted, rest},
};

/// By how much a time of work may be rounded up, in years.
pub(super) const ROUNDED: f64 = 0.25;
const NEARLY: f64 = 0.6;
/// What vague words claim at least, in years.
const VAGUE: &[(&str, f64)] = &[
    ("many", 4.0),
    ("several", 3.0),
    ("few", 2.0),
    ("for", 2.0),
    ("of", 2.0),
    ("over", 2.0),
    ("my", 2.0),
];

/// What may stand between "since" and its year.
const OF_SINCE: &[&str] = &[
    "the",
    "early",
    "late",
    "spring",
    "summer",
    "autumn",
    "winter",
    "of",
    "mid",
    "start",
    "end",
    "beginning",
    "about",
    "around",
];

impl Reading<'_> {
    /// Times of work: "five years", "half a decade", "many years".
    pub(super) fn years(&mut self, clause: &Clause) {
        for at in clause.tokens.clone() {
            let unit = match self.root(at) {
                "year" if self.word(at) != "yearly" => 1.0,
                "decad" => 10.0,
                _ => continue,
            };
            // "eighty-three years old" is an age.
            if self.word(at + 1) == "old" {
                continue;
            }
            let before = self
                .numbers
                .iter()
                .rev()
                .find(|number| number.to <= at && number.from >= clause.tokens.start);
            let near = before
                .copied()
                .filter(|number| at - number.to <= 2 && self.are_plain(number.to..at))
                // "2% a year" is a rate.
                .filter(|number| at != number.to + 1 || self.word(number.to) != "a");
            let said = match near {
                Some(number) => Some((number.value * unit, number.from)),
                None => self.vague(clause, at, unit),
            };
            let Some((years, from)) = said else { continue };
            let found = self.worked(clause, from, at, years);
            self.claim(from..at + 1, ClaimKind::Years, found);
        }
    }

    fn are_plain(&self, mut range: std::ops::Range<usize>) -> bool {
        const BETWEEN: &[&str] = &[
            "or",
            "more",
            "full",
            "whole",
            "good",
            "plus",
            "and",
            "a",
            "half",
            "of",
            "solid",
            "professional",
        ];
        range.all(|at| BETWEEN.contains(&self.word(at)))
    }

    fn vague(&self, clause: &Clause, at: usize, unit: f64) -> Option<(f64, usize)> {
        let word = self.word(at);
        if unit > 1.0 {
            return Some((if word == "decades" { 20.0 } else { 10.0 }, at));
        }
        if word != "years" {
            return None;
        }
        let before = at
            .checked_sub(1)
            .filter(|before| *before >= clause.tokens.start);
        let said =
            before.and_then(|before| VAGUE.iter().find(|(word, _)| *word == self.word(before)));
        let of = (self.word(at + 1) == "of").then_some(("of", 2.0));
        let (_, least) = said.copied().or(of)?;
        Some((least, at))
    }

    /// Whether the person worked that long: in all, at the employer named, with the skill.
    fn worked(&self, clause: &Clause, from: usize, at: usize, years: f64) -> Found {
        let count = years.to_string();
        let literal = |line: &&super::ground::Line| {
            line.roots.contains("year") && line.numbers.iter().any(|stated| same(*stated, years))
        };
        if clause.subject == Subject::Posting {
            let vague = [self.word(at.saturating_sub(1)), self.word(at)];
            let said = |line: &&super::ground::Line| {
                literal(line) || from == at && line.has_in_a_row(&vague)
            };
            let stated = self.index.posting.iter().find(said);
            return stated
                .map(posted)
                .ok_or_else(|| format!("the posting says nothing of {count} years"));
        }
        let rounded = match self.word(from.saturating_sub(1)) {
            "almost" | "nearly" | "close" | "to" => NEARLY,
            "over" | "than" => 0.0,
            _ => ROUNDED,
        };
        let all = self.index.years;
        let first = self
            .index
            .person
            .iter()
            .find(|line| line.is_title && line.position().is_some());
        let mut fault =
            (years > all + rounded).then(|| format!("your positions come to {all:.1} years"));
        let named = self.employers_named(clause);
        let linked = self.skill_of_years(clause, at);
        let led = self.led_for(clause);
        // A count of years that the profile states elsewhere does not excuse these.
        let wrong = self
            .not_there_for(clause, &(from..at + 1), years, rounded)
            .or_else(|| self.not_done_for(clause, from, years, rounded));
        let in_words = |line: &&super::ground::Line| {
            matches!(line.place, Place::Head | Place::Text) && literal(line)
        };
        if let Some(wrong) = wrong.filter(|_| !self.index.person.iter().any(|line| in_words(&line)))
        {
            return Err(wrong);
        }
        if let Some(led) = led.filter(|led| years > led + rounded) {
            fault =
                fault.or_else(|| Some(format!("your positions show {led:.1} years of leading")));
        }
        if let Some(label) = linked {
            let known = self.index.skill_years.iter().find(|one| one.skill == label);
            let is_tool = matches!(
                skill::category(label),
                Some(Category::Software | Category::Data)
            );
            // A trade is worked in all the time, whether or not a position says its name.
            let unsaid = if is_tool { 0.0 } else { all };
            let worked = known.map_or(0.0, |one| one.years).max(unsaid);
            let why = || format!("your positions show {worked:.1} years with {label}");
            fault = fault.or_else(|| (years > worked + rounded).then(why));
        }
        let role = self.years_in_role(clause, from, at);
        let since = self.years_since(clause);
        if let Some(role) = role.into_iter().chain(since).reduce(f64::min)
            && years > role + rounded
        {
            let why = format!("your positions show {role:.1} years of this work");
            fault = fault.or(Some(why));
        }
        // "For a decade I have been the accountant of Fjordline"
        let goes_on = matches!(self.word(at + 1), "i" | "i've")
            && !self.named_here(clause).is_empty()
            && clause.tokens.clone().any(|at| self.word(at) == "been")
            && !clause.tokens.clone().any(|at| self.word(at) == "last");
        if !named.is_empty()
            && (goes_on
                || matches!(
                    self.word(at + 1),
                    "at" | "with" | "in" | "there" | "as" | ""
                ))
        {
            let there = self.index.years_in(self.grounds, &named);
            if years > there + rounded {
                fault = fault.or_else(|| Some(format!("you were there for {there:.1} years")));
            }
        }
        // A time that the profile states in words is the person's own count.
        let literal = self.index.person.iter().find(|line| {
            literal(line)
                && (linked.is_none() || linked.is_some_and(|label| line.text.contains(label)))
        });
        match (fault, literal, first) {
            (_, Some(line), _) => Ok(rest(line)),
            (Some(fault), None, _) => Err(fault),
            (None, None, Some(line)) => Ok(rest(line)),
            (None, None, None) => Err("your profile shows no positions".to_owned()),
        }
    }

    /// For how long the person led, if the clause speaks of leading.
    fn led_for(&self, clause: &Clause) -> Option<f64> {
        const LEADS: &[&str] = &["lead", "manag", "supervis", "head"];
        const PEOPLE: &[&str] = &["team", "people", "staff", "colleagu", "employe", "depart"];
        let leads = |at: usize| {
            LEADS.contains(&self.root(at))
                && self.word(at) != "head"
                && !self.word(at).ends_with("er")
        };
        let verb = clause.tokens.clone().find(|at| leads(*at))?;
        // A manager of accounts leads nobody by the title alone.
        let people = clause
            .tokens
            .clone()
            .any(|at| PEOPLE.contains(&self.root(at)));
        let counts = |line: &super::ground::Line, root: &str| {
            line.roots.contains(root)
                && (!line.is_title || root != "manag" || !people && self.root(verb) == "manag")
        };
        let lines = self.index.person.iter();
        let lines = lines.filter(|line| LEADS.iter().any(|root| counts(line, root)));
        let positions: Vec<usize> = lines.filter_map(super::ground::Line::position).collect();
        Some(self.index.years_in(self.grounds, &positions))
    }

    /// The skill that a time of work is said of: "years of Rust", "Rust for five years".
    fn skill_of_years(&self, clause: &Clause, at: usize) -> Option<&str> {
        let joined = |range: std::ops::Range<usize>| {
            range.clone().all(|at| {
                self.word(at) != "as"
                    && !self
                        .tokens
                        .get(at)
                        .is_some_and(|token| token.after.contains(','))
            }) && range.len() <= 6
        };
        let within = self.skills.iter().filter(|(range, _)| {
            range.start >= clause.tokens.start && range.end <= clause.tokens.end
        });
        let mut of = within.filter(|(range, _)| {
            let after = range.start > at
                && joined(at..range.start)
                && matches!(
                    self.word(at + 1),
                    "of" | "with"
                        | "in"
                        | "using"
                        | "writing"
                        | "'"
                        | "building"
                        | "working"
                        | "doing"
                        | "teaching"
                        | "running"
                );
            let before = range.end <= at
                && joined(range.start..at)
                && (range.end..at).any(|at| matches!(self.word(at), "for" | "over"));
            after || before
        });
        of.next().map(|(_, label)| label.as_str())
    }

    /// Years of the calendar.
    pub(super) fn dates(&mut self, clause: &Clause) {
        for number in self.numbers_of(clause) {
            if !self.is_date(number) {
                continue;
            }
            let found = self.dated(clause, number);
            self.claim(number.from..number.to, ClaimKind::Date, found);
        }
    }

    fn is_date(&self, number: Number) -> bool {
        (1950.0..=2100.0).contains(&number.value)
            && self.word(number.from).len() == 4
            && number.to == number.from + 1
    }

    fn dated(&self, clause: &Clause, number: Number) -> Found {
        let written = self.word(number.from).to_owned();
        let states = |line: &super::ground::Line| {
            line.numbers
                .iter()
                .any(|stated| same(*stated, number.value))
        };
        if self.may_be_the_postings(clause, number.from)
            && let Some(line) = self.index.posting.iter().find(|line| states(line))
        {
            return Ok(posted(line));
        }
        let before = number
            .from
            .checked_sub(1)
            .map(|at| self.word(at))
            .unwrap_or_default();
        let month = is_month(before).then_some(before);
        let fits = |line: &super::ground::Line| {
            states(line) && month.is_none_or(|month| line.words.iter().any(|word| word == month))
        };
        let lines: Vec<usize> = self
            .index
            .person
            .iter()
            .enumerate()
            .filter(|(_, line)| fits(line) && self.may_date(clause, number, line))
            .map(|(at, _)| at)
            .collect();
        let since = (clause.tokens.start..number.from)
            .rev()
            .find(|at| !(OF_SINCE.contains(&self.word(*at)) || is_month(self.word(*at))));
        if let Some(found) = self.since_in_role(clause, number) {
            return found;
        }
        let of_event = self
            .dated_of(clause, number, &lines)
            .or_else(|| self.finished_in(clause, number))
            .or_else(|| self.since_of(clause, number))
            .or_else(|| self.out_of_time(clause, number));
        if let Some(found) = of_event {
            return found;
        }
        if since.is_some_and(|at| self.word(at) == "since") {
            let begun = self
                .grounds
                .profile
                .work
                .iter()
                .enumerate()
                .filter(|(_, held)| {
                    held.start
                        .is_some_and(|start| f64::from(start.year) == number.value)
                });
            let begun: Vec<usize> = begun.map(|(at, _)| at).collect();
            let own: Vec<usize> = lines
                .iter()
                .copied()
                .filter(|at| {
                    self.index.person.get(*at).is_some_and(|line| {
                        line.position().is_none_or(|place| begun.contains(&place))
                            && line.place != Place::Education
                    })
                })
                .collect();
            return self.rest_of(clause, &own, &format!("since {written}"));
        }
        if lines.is_empty() && month.is_none() {
            // A year within the time at the employer that is named.
            let named = self.employers_named(clause);
            let within = self.index.person.iter().find(|line| {
                let held = line
                    .position()
                    .filter(|at| named.contains(at))
                    .and_then(|at| self.grounds.profile.work.get(at));
                held.is_some_and(|held| {
                    let start = held.start.map_or(f64::MAX, |start| f64::from(start.year));
                    let end = held.end.unwrap_or(self.grounds.today);
                    start <= number.value && number.value <= f64::from(end.year)
                })
            });
            if let Some(line) = within.filter(|line| self.may_date(clause, number, line)) {
                return Ok(rest(line));
            }
        }
        self.rest_of(clause, &lines, &written)
    }
}
