//! How often something is done: "every month" of what the profile has every quarter.
#![deny(clippy::indexing_slicing)]

use std::collections::HashSet;

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    number::{Number, numbers, same},
    reading::Reading,
    token::{Token, tokens},
    word::{is_core, is_function},
};

/// Periods, and how many of them a year has.
const PERIODS: &[(&[&str], f64)] = &[
    (&["second", "seconds"], 31_536_000.0),
    (&["minute", "minutes"], 525_600.0),
    (&["hour", "hours", "hourly"], 8760.0),
    (&["day", "days", "night", "daily", "nightly"], 365.0),
    (&["week", "weeks", "weekly"], 52.0),
    (&["fortnight", "fortnightly"], 26.0),
    (&["month", "months", "monthly"], 12.0),
    (&["quarter", "quarters", "quarterly"], 4.0),
    (&["year", "years", "yearly", "annual", "annually"], 1.0),
];
/// At any moment, without waiting for a time.
const AT_ONCE: f64 = 1e9;

/// A frequency and the words that say it.
#[derive(Debug, Clone, Copy)]
struct Often {
    a_year: f64,
    from: usize,
    to: usize,
    /// "12 a month" counts things and says of no deed how often it is done.
    is_rate: bool,
}

impl Reading<'_> {
    /// Frequencies that the line which tells of the same deed contradicts.
    pub(super) fn frequencies(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        let own = self.tokens.get(clause.tokens.clone()).unwrap_or_default();
        let said: Vec<Often> = often(own).into_iter().filter(|one| !one.is_rate).collect();
        for one in said {
            let (from, to) = (clause.tokens.start + one.from, clause.tokens.start + one.to);
            // What is done by the week is a habit, what is done by the month a duty.
            let unsaid = one.a_year <= 12.0 && self.line_told(clause).is_some();
            if self.is_as_often(clause, one.a_year, from..to).is_none()
                && (unsaid || self.is_done_at_other_times(clause, one.a_year, from..to))
            {
                let why = "your profile says another time of how often".to_owned();
                self.claim(from..to, ClaimKind::Word, Err(why));
            }
        }
    }

    /// The place of the line that says a frequency's number in other words: "four times a year" is
    /// every three months.
    pub(super) fn as_often(&self, clause: &Clause, number: Number) -> Option<usize> {
        let own = self.tokens.get(clause.tokens.clone()).unwrap_or_default();
        let at = number.from.checked_sub(clause.tokens.start)?;
        let said = often(own);
        let one = said
            .iter()
            .find(|one| !one.is_rate && (one.from..one.to).contains(&at))?;
        let range = clause.tokens.start + one.from..clause.tokens.start + one.to;
        self.is_as_often(clause, one.a_year, range)
    }

    /// The place of a line that tells of the clause's deed and of the same frequency.
    fn is_as_often(
        &self,
        clause: &Clause,
        a_year: f64,
        said: std::ops::Range<usize>,
    ) -> Option<usize> {
        let told = self.told(clause, &said);
        self.index.person.iter().position(|line| {
            told.iter().any(|root| line.roots.contains(root))
                && often(&tokens(&line.text))
                    .iter()
                    .any(|one| same(one.a_year, a_year))
        })
    }

    /// Whether a line with two words of the clause states frequencies, and all others.
    fn is_done_at_other_times(
        &self,
        clause: &Clause,
        a_year: f64,
        said: std::ops::Range<usize>,
    ) -> bool {
        let told = self.told(clause, &said);
        self.index.person.iter().any(|line| {
            let held = told.iter().filter(|root| line.roots.contains(*root));
            let telling = held.clone().any(|root| !is_core(root));
            let stated = often(&tokens(&line.text));
            let mut deeds = stated.iter().filter(|one| !one.is_rate).peekable();
            // "On call one week in four" has no other word.
            let words = tokens(&line.text);
            let own = words.iter().enumerate().filter(|(at, token)| {
                !is_function(&token.lower)
                    && !stated.iter().any(|one| (one.from..one.to).contains(at))
            });
            let is_short = own.count() <= 2 && held.clone().count() >= 1;
            !line.is_title
                && (telling && held.count() >= 2 || is_short)
                && deeds.peek().is_some()
                && !stated.iter().any(|one| same(one.a_year, a_year))
        })
    }

    /// Roots of the words of a clause that tell of a thing, but those of `said`.
    pub(super) fn told(&self, clause: &Clause, said: &std::ops::Range<usize>) -> HashSet<String> {
        let telling = clause.tokens.clone().filter(|at| {
            !said.contains(at) && !is_function(self.word(*at)) && !self.is_number(*at)
        });
        telling.map(|at| self.root(at).to_owned()).collect()
    }
}

fn period(word: &str) -> Option<f64> {
    let row = PERIODS.iter().find(|(words, _)| words.contains(&word))?;
    Some(row.1)
}

/// The frequencies that words say.
fn often(words: &[Token]) -> Vec<Often> {
    let word = |at: usize| words.get(at).map_or("", |token| token.lower.as_str());
    let counted = numbers(words);
    let number_at = |at: usize| counted.iter().find(|one| one.from == at).copied();
    let mut found: Vec<Often> = Vec::new();
    for at in 0..words.len() {
        if found.last().is_some_and(|one| at < one.to) {
            continue;
        }
        let mut add = |a_year: f64, to: usize, is_rate: bool| {
            found.push(Often {
                a_year,
                from: at,
                to,
                is_rate,
            });
        };
        let each = |at: usize| matches!(word(at), "a" | "an" | "per" | "each" | "every");
        match word(at) {
            "every" | "each" => match (number_at(at + 1), word(at + 1), period(word(at + 1))) {
                (Some(number), _, _) if number.value >= 1.0 => {
                    if let Some(length) = period(word(number.to)) {
                        add(length / number.value, number.to + 1, false);
                    }
                }
                (_, "other" | "second", _) => {
                    if let Some(length) = period(word(at + 2)) {
                        add(length / 2.0, at + 3, false);
                    }
                }
                (_, _, Some(length)) => add(length, at + 2, false),
                _ => {}
            },
            "once" | "twice" if each(at + 1) => {
                let times = if word(at) == "twice" { 2.0 } else { 1.0 };
                if let Some(length) = period(word(at + 2)) {
                    add(length * times, at + 3, false);
                }
            }
            "real" if word(at + 1) == "time" => add(AT_ONCE, at + 2, false),
            "realtime" | "instantly" => add(AT_ONCE, at + 1, false),
            "a" | "per" => {
                let bare = !word(at + 1).ends_with("ly");
                if let Some(length) = period(word(at + 1)).filter(|_| at > 0 && bare) {
                    add(length, at + 2, true);
                }
            }
            one if one.ends_with("ly") || one == "annual" => {
                if let Some(length) = period(one) {
                    add(length, at + 1, false);
                }
            }
            "one" if word(at + 1) == "week" => {
                let of = at + 2 + usize::from(word(at + 2) == "out");
                let all = number_at(of + 1).filter(|_| matches!(word(of), "in" | "of"));
                if let Some(all) = all.filter(|all| all.value >= 1.0) {
                    add(52.0 / all.value, all.to, false);
                }
            }
            _ => {
                let times = number_at(at).filter(|number| word(number.to) == "times");
                if let Some(number) = times
                    && each(number.to + 1)
                    && let Some(length) = period(word(number.to + 2))
                {
                    add(length * number.value, number.to + 3, false);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_compared_by_the_year() {
        for (text, expected) in [
            ("Checked the pumps every 2 months", &[6.0][..]),
            ("checked them six times a year", &[6.0]),
            ("checked them twice a week and monthly", &[104.0, 12.0]),
            ("checked every other week", &[26.0]),
            ("loads that run in real time", &[AT_ONCE]),
            ("12 pumps a month", &[12.0]),
            ("a month ago", &[]),
            ("one week in four", &[13.0]),
            ("a yearly budget", &[1.0]),
        ] {
            let read: Vec<f64> = often(&tokens(text)).iter().map(|one| one.a_year).collect();
            assert_eq!(read, expected, "{text}");
        }
    }
}
