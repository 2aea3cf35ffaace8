//! What each number of a sentence counts.

use super::super::{
    LeastPay, Sentence,
    sentence::{Number, Word},
};

/// The numbers of a sentence by what they count.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::plan) struct Numbers {
    pub(in crate::plan) pay: Option<LeastPay>,
    pub(in crate::plan) score: Option<u32>,
    pub(in crate::plan) per_day: Option<u32>,
    /// Counts of openings, with their places in the sentence.
    pub(in crate::plan) counts: Vec<(usize, u32)>,
    /// Places of the numbers that count nothing a plan heeds.
    pub(in crate::plan) unheeded: Vec<usize>,
}

const OVER: &[&str] = &[
    "over",
    "above",
    "least",
    "beyond",
    "exceeding",
    "than",
    "minimum",
    "min",
    "from",
    "über",
    "ab",
    "mindestens",
];
const UNDER: &[&str] = &["most", "max", "maximum", "up", "höchstens", "maximal"];
const BELOW: &[&str] = &["under", "below", "unter"];
/// Before a word of [`BELOW`] they turn it: "none under 65".
const NONE: &[&str] = &[
    "none", "nothing", "not", "no", "never", "nicht", "keine", "nichts",
];
const SCORE: &[&str] = &["score", "scores", "scored", "scoring", "rated"];
const JOBS: &[&str] = &[
    "jobs",
    "roles",
    "positions",
    "openings",
    "postings",
    "matches",
    "vacancies",
    "applications",
    "offers",
    "stellen",
    "positionen",
    "bewerbungen",
];
const CURRENCIES: &[(&[&str], &str)] = &[
    (&["eur", "euro", "euros", "€"], "EUR"),
    (&["usd", "dollar", "dollars", "$"], "USD"),
    (&["gbp", "pound", "pounds", "£"], "GBP"),
    (&["chf", "francs"], "CHF"),
    (&["sek"], "SEK"),
    (&["nok"], "NOK"),
    (&["dkk"], "DKK"),
    (&["pln", "zloty"], "PLN"),
    (&["cad"], "CAD"),
    (&["aud"], "AUD"),
];
/// Things that are counted and are not openings.
const OTHER: &[&str] = &[
    "years",
    "year",
    "days",
    "weeks",
    "week",
    "hours",
    "hour",
    "months",
    "month",
    "percent",
    "km",
    "miles",
    "people",
    "employees",
    "jahre",
    "jahren",
    "tage",
    "tagen",
    "wochen",
    "stunden",
    "monate",
];

/// Smallest number that is taken for a score where no word says so.
const LEAST_BARE_SCORE: f64 = 30.0;

pub(super) fn of(sentence: &Sentence) -> Numbers {
    let words = &sentence.words;
    let mut found = Numbers::default();
    for (at, word) in words.iter().enumerate() {
        let Some(number) = &word.number else {
            continue;
        };
        let before: Vec<&Word> = words.iter().take(at).rev().take(3).collect();
        let after: Vec<&Word> = words
            .iter()
            .skip(at + 1)
            .take(4)
            .take_while(|word| !word.after_mark)
            .collect();
        let near = |list| before.iter().take(2).any(|word| word.is(list));
        let is_turned = before.iter().skip(1).any(|word| word.is(NONE));
        let is_over = near(OVER) || (near(BELOW) && is_turned);
        let is_below = near(BELOW) && !is_turned;
        let currency = currency(number, &before, &after);
        if number.is_money || currency.is_some() {
            if is_below || near(UNDER) || found.pay.is_some() {
                found.unheeded.push(at);
            } else {
                let amount = number.value * times_a_year(&after);
                found.pay = Some(LeastPay { amount, currency });
            }
            continue;
        }
        let Some(value) = whole(number.value) else {
            found.unheeded.push(at);
            continue;
        };
        if is_daily(&after) {
            found.per_day.get_or_insert(value);
            continue;
        }
        let counted = after.iter().take(2).any(|word| word.is(JOBS));
        let scored = before.iter().any(|word| word.is(SCORE))
            || after.iter().take(1).any(|word| word.is(&["points"]));
        let bare = number.value >= LEAST_BARE_SCORE && (is_over || number.or_more) && !counted;
        if number.value <= 100.0 && (scored || bare) {
            found.score.get_or_insert(value);
            continue;
        }
        let of_other = after.first().is_some_and(|word| word.is(OTHER));
        if of_other || is_below {
            found.unheeded.push(at);
        } else if value > 0 && is_count(word, &before) {
            found.counts.push((at, value));
        }
    }
    found
}

/// Whether a word says what a number counts.
pub(super) fn knows(word: &str) -> bool {
    let lists = [OVER, UNDER, BELOW, SCORE, JOBS, &["points"]];
    let mut currencies = CURRENCIES.iter();
    lists.iter().any(|list| list.contains(&word))
        || currencies.any(|(names, _)| names.contains(&word))
}

/// Whether a word says the time that pay is for.
pub(super) fn is_of_time(word: &str) -> bool {
    let times = [
        "year", "yearly", "annually", "month", "monthly", "hour", "hourly",
    ];
    times.contains(&word)
}

/// "one" is often a pronoun: "the best one", "this one".
fn is_count(word: &Word, before: &[&Word]) -> bool {
    let pronoun = |word: &&&Word| word.is(&["this", "that", "which", "another", "no"]);
    word.low != "one" || before.first().filter(pronoun).is_none()
}

fn whole(value: f64) -> Option<u32> {
    (0.0..=1_000_000.0).contains(&value).then_some(value as u32)
}

/// "three a day", "three applications per day", "3 daily".
fn is_daily(after: &[&Word]) -> bool {
    let low: Vec<&str> = after.iter().map(|word| word.low.as_str()).collect();
    let each = |word: &str| matches!(word, "a" | "per" | "each" | "every");
    low.first() == Some(&"daily")
        || low
            .windows(2)
            .any(|pair| matches!(pair, [first, "day"] if each(first)))
}

fn times_a_year(after: &[&Word]) -> f64 {
    for word in after {
        match word.low.as_str() {
            "month" | "monthly" => return 12.0,
            "hour" | "hourly" => return crate::job::PayPeriod::Hour.per_year(),
            "year" | "yearly" | "annually" => return 1.0,
            _ => {}
        }
    }
    1.0
}

fn currency(number: &Number, before: &[&Word], after: &[&Word]) -> Option<String> {
    let mark = number.mark.map(String::from);
    let beside = [before.first(), after.first()].into_iter().flatten();
    let said = mark
        .into_iter()
        .chain(beside.map(|word| word.low.clone()))
        .find_map(|said| {
            let named = |(names, _): &&(&[&str], &str)| names.contains(&said.as_str());
            CURRENCIES.iter().find(named)
        });
    said.map(|(_, code)| (*code).to_owned())
}

impl Numbers {
    /// How many openings are listed, and how many prepared: the counts before and
    /// after the word that asks to prepare.
    pub(super) fn counts_around(&self, prepare: Option<usize>) -> (Option<u32>, Option<u32>) {
        let Some(prepare) = prepare else {
            return (self.counts.first().map(|(_, count)| *count), None);
        };
        let mut listed = None;
        let mut drafted = None;
        for (at, count) in &self.counts {
            if *at < prepare {
                listed.get_or_insert(*count);
            } else {
                drafted.get_or_insert(*count);
            }
        }
        (listed, drafted)
    }
}
