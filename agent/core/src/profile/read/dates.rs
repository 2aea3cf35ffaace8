//! Dates of a CV: ranges such as "Jan 2020 – Present", "03/2019 - 12/2021",
//! "seit 2020", "Jan. 2020 bis heute", and single dates.
#![deny(clippy::indexing_slicing)]

mod point;
mod range;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::ops::Range;

use tokens::{Reader, tokens};

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

/// Whether `text` says that something goes on today: "present", "until now".
pub(super) fn says_today(text: &str) -> bool {
    let tokens = tokens(text);
    let reader = Reader { tokens: &tokens };
    let at = reader.until(0).unwrap_or(0);
    reader.today(at).is_some()
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
