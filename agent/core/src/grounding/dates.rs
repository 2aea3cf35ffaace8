//! Months as CVs and letters write them.
#![deny(clippy::indexing_slicing)]

use crate::profile::Month;

/// The months in words.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a lower-cased word is a month.
pub(super) fn is_month(lower: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(lower))
}

/// The month of a number from 1.
fn name(number: usize) -> Option<&'static str> {
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// A time as letters write it, so that the words of it can be found again.
pub(super) fn months(start: Option<Month>, end: Option<Month>, is_held: bool) -> String {
    let write = |month: Month| {
        let name = usize::try_from(month.month).ok().and_then(name);
        match name {
            Some(name) => format!("{name} {}", month.year),
            None => month.year.to_string(),
        }
    };
    let end = match (end, start) {
        (Some(end), _) => write(end),
        (None, Some(_)) if is_held => "today".to_owned(),
        (None, _) => String::new(),
    };
    let start = start.map(write).unwrap_or_default();
    [start, end]
        .into_iter()
        .filter(|one| !one.is_empty())
        .collect::<Vec<_>>()
        .join(" to ")
}

/// The dates of a line that are written as "2025-06", in the words of a letter.
pub(super) fn spelled(line: &str) -> String {
    let mut words = String::new();
    for part in line.split(|c: char| !(c.is_ascii_digit() || c == '-')) {
        let mut parts = part.split('-');
        let (Some(year), Some(month)) = (parts.next(), parts.next()) else {
            continue;
        };
        if year.len() != 4 || month.len() != 2 {
            continue;
        }
        if let Some(name) = month.parse().ok().and_then(name) {
            words.push_str(&format!(" {name} {year}"));
        }
    }
    words
}
