//! One date: "Jan 2020", "03/2019", "2015-09-01", "1 March 2020".
#![deny(clippy::indexing_slicing)]

use super::{tokens::Reader, words::MONTHS};
use crate::profile::Month;

/// A date read at some token.
pub(super) struct Point {
    pub(super) month: Month,
    /// Only the year was written.
    pub(super) year_only: bool,
    /// The token after it.
    pub(super) next: usize,
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

    /// The month named at `at`, 1 to 12.
    pub(super) fn month_name(&self, at: usize) -> Option<i8> {
        let word = self.word(at)?;
        let index = MONTHS.iter().position(|names| names.contains(&word))?;
        i8::try_from(index + 1).ok()
    }

    /// Skips marks of `set` at `at`.
    pub(super) fn skip(&self, mut at: usize, set: &[char]) -> usize {
        while self.mark(at).is_some_and(|mark| set.contains(&mark)) {
            at += 1;
        }
        at
    }

    /// The date that begins at `at`.
    pub(super) fn point(&self, at: usize) -> Option<Point> {
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
                month: Month::of_year(year),
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
}
