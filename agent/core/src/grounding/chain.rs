//! Positions of one role that follow one another.
#![deny(clippy::indexing_slicing)]

use super::{
    clause::Clause,
    dates::MONTHS,
    number::Number,
    reading::{Found, Reading, rest},
};

/// Months between two positions that follow one another.
const GAP: i32 = 4;
impl Reading<'_> {
    /// "a teacher since 2016", where the positions of that title follow one another.
    pub(super) fn since_in_role(&self, clause: &Clause, number: Number) -> Option<Found> {
        let since = (clause.tokens.start..number.from)
            .rev()
            .find(|at| self.word(*at) == "since")?;
        let month = MONTHS
            .iter()
            .position(|one| one.eq_ignore_ascii_case(self.word(number.from.saturating_sub(1))))
            .and_then(|at| i8::try_from(at + 1).ok());
        if number.from - since > 2 || number.from - since == 2 && month.is_none() {
            return None;
        }
        if !self.employers_named(clause).is_empty() {
            return None;
        }
        let held = self.positions_before(clause, since)?;
        let work = &self.grounds.profile.work;
        let mut spans: Vec<(i32, i32, usize)> = held
            .into_iter()
            .filter_map(|at| {
                let one = work.get(at)?;
                let count = |month: crate::profile::Month| {
                    i32::from(month.year) * 12 + i32::from(month.month)
                };
                let end = one.end.unwrap_or(self.grounds.today);
                Some((count(one.start?), count(end), at))
            })
            .collect();
        spans.sort_by_key(|span| std::cmp::Reverse(span.1));
        let today = self.grounds.today;
        let mut reached = i32::from(today.year) * 12 + i32::from(today.month);
        let fits = |at: usize| {
            let start = work.get(at).and_then(|one| one.start);
            start.is_some_and(|start| {
                f64::from(start.year) == number.value
                    && month.is_none_or(|month| start.month == month)
            })
        };
        for (start, end, at) in spans {
            if end + GAP < reached {
                return None;
            }
            reached = reached.min(start);
            if fits(at) {
                let id = format!("w{}", at + 1);
                let line = self.index.person.iter().find(|line| line.id == id)?;
                return Some(Ok(rest(line)));
            }
        }
        None
    }
}
