//! From one date to another, or until today.
#![deny(clippy::indexing_slicing)]

use super::{
    When,
    point::Point,
    tokens::{Kind, Reader},
    words::{SINCE, TODAY, TODAY_PAIRS, UNTIL},
};
use crate::profile::Month;

impl Reader<'_> {
    /// The token after a dash or a word for "until" at `at`.
    pub(super) fn until(&self, at: usize) -> Option<usize> {
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
    pub(super) fn today(&self, at: usize) -> Option<usize> {
        let word = self.word(at)?;
        if word == "aujourd" {
            let hui = self.skip(at + 1, &['\'', '’']);
            return (self.word(hui) == Some("hui")).then_some(hui + 1);
        }
        if TODAY.contains(&word) {
            return Some(at + 1);
        }
        let pair = [word, self.word(at + 1)?];
        TODAY_PAIRS.contains(&pair).then_some(at + 2)
    }

    /// The range that begins at `at`, and the token after it.
    pub(super) fn range(&self, at: usize) -> Option<(When, usize)> {
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
            .then_some((When::Between(from.month, Month::of_year(year)), at + 1))
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
