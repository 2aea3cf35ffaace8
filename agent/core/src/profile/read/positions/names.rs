//! The two names in a header: title and employer, or degree and school.
#![deny(clippy::indexing_slicing)]

use crate::profile::read::{
    parts::{self, parts},
    words,
};

/// The two names, as far as they are there.
pub(super) struct Named {
    pub(super) first: Option<String>,
    pub(super) second: Option<String>,
    /// The words themselves told which is which.
    pub(super) sure: bool,
}

/// What tells the two names apart.
pub(super) struct Words {
    pub(super) first: fn(&str) -> bool,
    pub(super) second: fn(&str) -> bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

impl Words {
    /// The side `part` belongs to, when its words tell.
    fn side(&self, part: &str) -> Option<Side> {
        match ((self.first)(part), (self.second)(part)) {
            (true, false) => Some(Side::First),
            (false, true) => Some(Side::Second),
            (true, true) | (false, false) => None,
        }
    }
}

/// The names in `header`, told apart by `words` where those tell.
pub(super) fn name(header: &[String], words: &Words) -> Named {
    let mut named = pieces(header).into_iter();
    let a = named.next();
    let rest: Vec<String> = named.collect();
    let side_of = |part: Option<&String>| part.and_then(|part| words.side(part));
    // Of several further parts, the one whose words answer to the first part.
    let wanted = side_of(a.as_ref()).map(|side| match side {
        Side::First => Side::Second,
        Side::Second => Side::First,
    });
    let answer = rest
        .iter()
        .find(|part| wanted.is_some() && words.side(part) == wanted);
    let b = answer.or(rest.first()).cloned();
    let sides = (side_of(a.as_ref()), side_of(b.as_ref()));
    let sure = b.is_none() || sides.0 != sides.1;
    let (first, second) = match sides {
        (Some(Side::Second), Some(Side::First) | None) | (None, Some(Side::First)) => (b, a),
        // "Lantern & Loom, Galway" over a title nobody knows.
        (None, None) if has_comma(a.as_ref()) && b.is_some() && !has_comma(b.as_ref()) => (b, a),
        (Some(Side::First), _)
        | (None, Some(Side::Second) | None)
        | (Some(Side::Second), Some(Side::Second)) => (a, b),
    };
    Named {
        first,
        second,
        sure,
    }
}

fn has_comma(part: Option<&String>) -> bool {
    part.is_some_and(|part| part.contains(", "))
}

/// The parts of a header that may be names, in order.
fn pieces(header: &[String]) -> Vec<String> {
    let all: Vec<&str> = header
        .iter()
        .flat_map(|line| parts(line, parts::NAMES))
        .collect();
    // A place beside title and employer is neither.
    let mut named: Vec<&str> = all
        .iter()
        .copied()
        .filter(|part| !words::is_place(part))
        .collect();
    if named.is_empty() {
        named = all;
    }
    match named.as_slice() {
        [one] => {
            let by_word = parts(one, parts::WORDS);
            rejoin_firm_endings(if by_word.len() > 1 {
                by_word
            } else {
                without_places(parts(one, parts::COMMA))
            })
        }
        several => several.iter().map(|&part| part.to_owned()).collect(),
    }
}

/// The parts that are no places, or all when nothing else is there.
fn without_places(named: Vec<&str>) -> Vec<&str> {
    let kept: Vec<&str> = named
        .iter()
        .copied()
        .filter(|part| !words::is_place(part))
        .collect();
    if kept.is_empty() { named } else { kept }
}

/// "Engineer, Acme, Inc." was cut once too often.
fn rejoin_firm_endings(parts: Vec<&str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if words::without_place(&format!("{last}, {part}")) != *last => {
                *last = format!("{last}, {part}");
            }
            _ => joined.push(part.to_owned()),
        }
    }
    joined
}
