//! Months as CVs state them, some as a year alone, and the time between them.
#![deny(clippy::indexing_slicing)]

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Position;

/// A month of a year, or a year of which the month was not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    /// Year of the common era.
    pub year: i16,
    /// Month, 1 to 12; 0 when only the year was written.
    pub month: i8,
}

impl Month {
    /// A year of which no month is known.
    pub const fn of_year(year: i16) -> Self {
        Self { year, month: 0 }
    }

    /// Whether the month was written, and not the year alone.
    pub const fn is_exact(self) -> bool {
        self.month > 0
    }

    /// Whether it surely lies after `other`: of a year alone only the year counts.
    pub fn is_after(self, other: Self) -> bool {
        match self.is_exact() && other.is_exact() {
            true => self > other,
            false => self.year > other.year,
        }
    }

    /// The month that `text` names as ISO 8601 does: "2024-03", or a year, "2024".
    pub fn of_iso(text: &str) -> Option<Self> {
        let digits = |text: &str, count| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let year = |year: &str| year.parse().ok().filter(|_| digits(year, 4));
        let Some((before, month)) = text.split_once('-') else {
            return year(text).map(Self::of_year);
        };
        let month = month.parse().ok().filter(|_| digits(month, 2))?;
        (1..=12).contains(&month).then_some(Self {
            year: year(before)?,
            month,
        })
    }

    /// Months since year 0; of a year alone, the month it is taken for.
    const fn index(self, of_year: i8) -> i32 {
        let month = if self.is_exact() { self.month } else { of_year };
        self.year as i32 * 12 + month as i32 - 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_exact() {
            true => write!(f, "{}-{:02}", self.year, self.month),
            false => write!(f, "{}", self.year),
        }
    }
}

/// Years that `positions` cover up to `today`, overlaps counted once.
///
/// A year alone is taken for its middle, the guess that is wrong by least: from
/// July where something begins, to June where it ends, and the half around it where
/// it does both. So what follows on by years follows on, with no month twice.
pub(crate) fn years_of<'a>(positions: impl IntoIterator<Item = &'a Position>, today: Month) -> f64 {
    let spans = positions.into_iter();
    let mut spans: Vec<(i32, i32)> = spans.filter_map(|held| months(held, today)).collect();
    spans.sort_unstable();
    let (mut months, mut covered) = (0, i32::MIN);
    for (start, end) in spans {
        months += (end - start.max(covered)).max(0);
        covered = covered.max(end);
    }
    f64::from(months) / 12.0
}

/// The first month of a position and that after its last, up to `today`.
fn months(held: &Position, today: Month) -> Option<(i32, i32)> {
    let start = held.start?;
    let end = held.end.filter(|end| !end.is_after(today)).unwrap_or(today);
    if start.is_after(end) {
        return None;
    }
    let (first, last) = match (start.is_exact(), end.is_exact()) {
        (false, false) if start.year == end.year => (start.index(4), end.index(9)),
        (false, false) | (true, true) => (start.index(7), end.index(6)),
        // Within one year the known month bounds the other.
        (false, true) => (start.index(7).min(end.index(6)), end.index(6)),
        (true, false) => (start.index(7), end.index(6).max(start.index(7))),
    };
    let last = last.min(today.index(12));
    (first <= last).then_some((first, last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn held(start: &str, end: &str) -> Position {
        Position {
            title: "Engineer".to_owned(),
            employer: Some("Acme".to_owned()),
            start: Month::of_iso(start),
            end: Month::of_iso(end),
            highlights: Vec::new(),
            line: Some(3),
        }
    }

    #[test]
    fn a_year_without_a_month_counts_to_its_middle() {
        let today = Month::of_iso("2026-11").unwrap();
        for (positions, expected) in [
            (&[("2020-01", "2021-12")][..], 24),
            (&[("2019", "2021")], 24),
            (&[("2019", "2019")], 6),
            (&[("2016", "2019"), ("2019", "2021")], 60),
            (&[("2019-03", "2021")], 28),
            (&[("2019", "2021-03")], 21),
            // The known month bounds the other.
            (&[("2019-09", "2019")], 1),
            (&[("2019", "2019-02")], 1),
            (&[("2024", "")], 29),
            (&[("2026", "")], 5),
            // Only up to today, and nothing of what is still to come.
            (&[("2025-11", "2031-01")], 13),
            (&[("2025-11", "2031")], 13),
            (&[("2027", "")], 0),
            (&[("2031-01", "")], 0),
            (&[("2022-06", "2019-03")], 0),
            (&[("", "2019")], 0),
        ] {
            let all: Vec<Position> = positions.iter().map(|(a, b)| held(a, b)).collect();
            let months = (years_of(&all, today) * 12.0).round();
            assert_eq!(months, f64::from(expected), "{positions:?}");
        }
    }

    #[test]
    fn a_year_is_shown_and_read_as_one() {
        for (text, exact) in [("2019", false), ("2019-03", true)] {
            let month = Month::of_iso(text).unwrap();
            assert_eq!(
                (month.to_string().as_str(), month.is_exact()),
                (text, exact)
            );
        }
        for wrong in ["", "19", "2019-13", "2019-00", "2019-3", "2019-03-01", "x"] {
            assert_eq!(Month::of_iso(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_still_to_come_is_asked_about() {
        let ask = |start: &str, today: &str| {
            let profile = Profile {
                work: vec![held(start, ""), held("2019", "2020")],
                ..Profile::default()
            };
            profile.questions_of_time(Month::of_iso(today).unwrap())
        };
        let asked = ask("2031-01", "2026-11");
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(
            asked[0].starts_with("Line 3: “Engineer, Acme” begins in 2031-01"),
            "{asked:?}"
        );
        assert_eq!(ask("2027", "2026-11").len(), 1);
        // This month, or this year without a month, may have begun.
        for begun in ["2026-11", "2026", "2026-01"] {
            assert_eq!(ask(begun, "2026-11"), Vec::<String>::new(), "{begun}");
        }
    }
}
