//! Dates of a CV: ranges such as "Jan 2020 – Present", "03/2019 - 12/2021",
//! "seit 2020", "Jan. 2020 bis heute", and single dates.
#![deny(clippy::indexing_slicing)]

#[cfg(test)]
mod tests;
mod tokens;

use std::ops::Range;

use tokens::{Kind, Reader, tokens};

use crate::profile::Month;

/// The dates a line states, and the bytes of the line they take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) when: When,
    pub(super) at: Range<usize>,
}

/// What kind of dates were stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// From a month to a month.
    Between(Month, Month),
    /// From a month until today.
    Since(Month),
    /// One date, without saying whether something began or ended then.
    Once(Month),
}

/// Names of months in German, English, French and Spanish, in full and as
/// commonly shortened, lower case.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "januar", "jänner", "janvier", "enero", "janv", "jan", "ene",
    ],
    &[
        "february", "februar", "feber", "février", "fevrier", "febrero", "févr", "febr", "fév",
        "fev", "feb",
    ],
    &[
        "march", "märz", "maerz", "mars", "marzo", "mär", "mrz", "mar",
    ],
    &["april", "avril", "abril", "apr", "avr", "abr"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio", "jun"],
    &["july", "juli", "juillet", "julio", "juil", "jul"],
    &["august", "août", "aout", "agosto", "aug", "ago"],
    &["september", "septembre", "septiembre", "sept", "sep"],
    &["october", "oktober", "octobre", "octubre", "oct", "okt"],
    &["november", "novembre", "noviembre", "nov"],
    &[
        "december",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dec",
        "dez",
        "déc",
        "dic",
    ],
];
const SINCE: [&str; 6] = ["since", "seit", "ab", "depuis", "desde", "from"];
const UNTIL: [&str; 8] = ["to", "until", "till", "bis", "à", "au", "hasta", "a"];
/// First words of what stands for today: "aujourd'hui", "(à) ce jour", "en cours".
const TODAY: [&str; 18] = [
    "present",
    "now",
    "today",
    "current",
    "currently",
    "ongoing",
    "date",
    "heute",
    "jetzt",
    "aktuell",
    "laufend",
    "dato",
    "aujourd",
    "présent",
    "actuel",
    "actualidad",
    "presente",
    "hoy",
];
const TODAY_PAIRS: [[&str; 2]; 2] = [["ce", "jour"], ["en", "cours"]];

/// The dates in `line`: the first range, else the first single date.
pub(super) fn find(line: &str) -> Option<Dates> {
    let tokens = tokens(line);
    let reader = Reader { tokens: &tokens };
    let mut once = None;
    let mut at = 0;
    while at < tokens.len() {
        let found = reader.range(at).or_else(|| match &once {
            Some(_) => None,
            None => reader
                .point(at)
                .map(|point| (When::Once(point.month), point.next)),
        });
        let Some((when, next)) = found else {
            at += 1;
            continue;
        };
        let bytes = reader.bytes(at, next);
        at = next;
        match when {
            When::Once(_) => once = Some(Dates { when, at: bytes }),
            When::Between(..) | When::Since(_) => return Some(Dates { when, at: bytes }),
        }
    }
    once
}

/// `line` without `dates` and without brackets left empty by that.
pub(super) fn without(line: &str, dates: &Dates) -> String {
    let before = line.get(..dates.at.start).unwrap_or_default();
    let after = line.get(dates.at.end..).unwrap_or_default();
    let (before, after) = (before.trim_end(), after.trim_start());
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let (Some(before), Some(after)) = (before.strip_suffix(open), after.strip_prefix(close))
        {
            return join(before, after);
        }
    }
    join(before, after)
}

fn join(before: &str, after: &str) -> String {
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '·' | '•' | '–' | '—' | '-')
    };
    let before = before.trim_end_matches(edge);
    let after = after.trim_start_matches(edge).trim_end();
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (_, true) => before.to_owned(),
        (false, false) => format!("{before} | {after}"),
    }
}

/// A date read at some token.
struct Point {
    month: Month,
    /// Only the year was written.
    year_only: bool,
    /// The token after it.
    next: usize,
}

impl Reader<'_> {
    fn year(&self, at: usize) -> Option<i16> {
        let digits = self.digits(at).filter(|digits| digits.len() == 4)?;
        // A digit run inside a word ("ISO27001", "rfc2045a") is no year.
        let after_word =
            self.touches(at) && at.checked_sub(1).and_then(|at| self.word(at)).is_some();
        digits
            .parse()
            .ok()
            .filter(|year| (1940..=2100).contains(year) && !after_word)
    }

    fn number(&self, at: usize, most: i8) -> Option<i8> {
        let digits = self.digits(at).filter(|digits| digits.len() <= 2)?;
        digits
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number))
    }

    fn month_name(&self, at: usize) -> Option<i8> {
        let word = self.word(at)?;
        let index = MONTHS.iter().position(|names| names.contains(&word))?;
        i8::try_from(index + 1).ok()
    }

    /// Skips marks of `set` at `at`.
    fn skip(&self, mut at: usize, set: &[char]) -> usize {
        while self.mark(at).is_some_and(|mark| set.contains(&mark)) {
            at += 1;
        }
        at
    }

    fn point(&self, at: usize) -> Option<Point> {
        let of = |year, month, next| Point {
            month: Month { year, month },
            year_only: false,
            next,
        };
        if let Some(year) = self.year(at) {
            let joined = |at: usize| {
                self.mark(at)
                    .is_some_and(|mark| matches!(mark, '-' | '/' | '.'))
                    && self.touches(at)
                    && self.touches(at + 1)
            };
            let two = |at: usize| self.digits(at).is_some_and(|digits| digits.len() == 2);
            if joined(at + 1)
                && two(at + 2)
                && let Some(month) = self.number(at + 2, 12)
            {
                let day = joined(at + 3) && two(at + 4);
                return Some(of(year, month, if day { at + 5 } else { at + 3 }));
            }
            return Some(Point {
                month: Month { year, month: 1 },
                year_only: true,
                next: at + 1,
            });
        }
        if let Some(first) = self.number(at, 31) {
            let mark = self
                .mark(at + 1)
                .filter(|mark| matches!(mark, '/' | '.' | '-'));
            if mark.is_some() {
                if let Some(year) = self.year(at + 2) {
                    return (first <= 12).then(|| of(year, first, at + 3));
                }
                if self.mark(at + 3) == mark
                    && let (Some(second), Some(year)) = (self.number(at + 2, 31), self.year(at + 4))
                {
                    // Day first, but where that gives no month, month first.
                    let month = if second <= 12 { second } else { first };
                    return (month <= 12).then(|| of(year, month, at + 5));
                }
            }
            let name = if mark == Some('.') { at + 2 } else { at + 1 };
            return self.month_name(name).and_then(|_| self.point(name));
        }
        let month = self.month_name(at)?;
        let next = self.skip(at + 1, &['.', ',']);
        let next = if self.word(next) == Some("de") {
            next + 1
        } else {
            next
        };
        if let Some(year) = self.year(next) {
            return Some(of(year, month, next + 1));
        }
        if self
            .mark(next)
            .is_some_and(|mark| matches!(mark, '\'' | '’'))
        {
            let short: i16 = self
                .digits(next + 1)
                .filter(|digits| digits.len() == 2)?
                .parse()
                .ok()?;
            let century = if short > 60 { 1900 } else { 2000 };
            return Some(of(century + short, month, next + 2));
        }
        // "March 1, 2020"
        self.number(next, 31)?;
        let year = self.skip(next + 1, &[',']);
        Some(of(self.year(year)?, month, year + 1))
    }

    /// The token after a dash or a word for "until" at `at`.
    fn until(&self, at: usize) -> Option<usize> {
        let dash = |at| {
            self.mark(at)
                .is_some_and(|mark| matches!(mark, '-' | '–' | '—' | '−' | '‐' | '‑'))
        };
        let mut next = at;
        while dash(next) {
            next += 1;
        }
        if self.word(next).is_some_and(|word| UNTIL.contains(&word)) {
            next += 1;
        }
        (next > at).then_some(next)
    }

    /// The token after a word for today at `at`.
    fn today(&self, at: usize) -> Option<usize> {
        let word = self.word(at)?;
        if word == "aujourd" {
            return Some(self.skip(at + 1, &['\'', '’']) + 1);
        }
        if TODAY.contains(&word) {
            return Some(at + 1);
        }
        let pair = [word, self.word(at + 1)?];
        TODAY_PAIRS.contains(&pair).then_some(at + 2)
    }

    fn range(&self, at: usize) -> Option<(When, usize)> {
        if self.word(at).is_some_and(|word| SINCE.contains(&word)) {
            let from = if self.word(at + 1) == Some("le") {
                at + 2
            } else {
                at + 1
            };
            let since = self.point(from)?;
            return self
                .range(from)
                .or(Some((When::Since(since.month), since.next)));
        }
        let Some(from) = self.point(at) else {
            return self.months_of_one_year(at);
        };
        let Some(next) = self.until(from.next) else {
            return self.school_year(&from);
        };
        if let Some(end) = self.today(next) {
            return Some((When::Since(from.month), end));
        }
        if let Some(to) = self.point(next) {
            return Some((When::Between(from.month, to.month), to.next));
        }
        if let Some(found) = self.short_year(&from, next) {
            return Some(found);
        }
        // "2019 –" with nothing after it.
        let open = match self.tokens.get(next).map(|token| &token.kind) {
            None | Some(Kind::Mark(')' | ']' | '|' | '·')) => true,
            Some(Kind::Mark(_) | Kind::Word(_) | Kind::Number(_)) => false,
        };
        open.then_some((When::Since(from.month), next))
    }

    /// "2016–19".
    fn short_year(&self, from: &Point, at: usize) -> Option<(When, usize)> {
        let short: i16 = self
            .digits(at)
            .filter(|digits| digits.len() == 2 && from.year_only)?
            .parse()
            .ok()?;
        let year = from.month.year - from.month.year % 100 + short;
        (year > from.month.year)
            .then_some((When::Between(from.month, Month { year, month: 1 }), at + 1))
    }

    /// "2016/17".
    fn school_year(&self, from: &Point) -> Option<(When, usize)> {
        (self.mark(from.next) == Some('/'))
            .then(|| self.short_year(from, from.next + 1))
            .flatten()
    }

    /// "Jan – Mar 2020".
    fn months_of_one_year(&self, at: usize) -> Option<(When, usize)> {
        let month = self.month_name(at)?;
        let next = self.until(self.skip(at + 1, &['.']))?;
        self.month_name(next)?;
        let to = self.point(next)?;
        Some((
            When::Between(
                Month {
                    year: to.month.year,
                    month,
                },
                to.month,
            ),
            to.next,
        ))
    }
}
