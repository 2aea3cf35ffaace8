//! The two names in a header: title and employer, or degree and school.
#![deny(clippy::indexing_slicing)]

use crate::profile::read::words;

/// Separators between title and employer that are unlikely inside either.
const STRONG: &[&str] = &[" | ", " · ", " • ", " — ", " – ", " - ", " @ ", " // "];
/// Words between title and employer.
const WORDS: &[&str] = &[" at ", " bei der ", " beim ", " bei ", " chez "];

/// The two names of a header: title and employer, or degree and school.
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

/// The names in `header`, told apart by `words` where those tell.
pub(super) fn name(header: &[String], words: &Words) -> Named {
    let mut parts: Vec<String> = header.iter().flat_map(|line| cut(line, STRONG)).collect();
    // A place beside title and employer is neither.
    let places: Vec<bool> = parts.iter().map(|part| words::is_place(part)).collect();
    if places.iter().any(|place| !place) {
        let mut place = places.into_iter();
        parts.retain(|_| !place.next().unwrap_or(false));
    }
    if let [one] = parts.as_slice() {
        let by_word = cut(one, WORDS);
        parts = if by_word.len() > 1 {
            by_word
        } else {
            cut(one, &[", "])
        };
        rejoin_firm_endings(&mut parts);
    }
    let one_sided = |part: &String| match ((words.first)(part), (words.second)(part)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (true, true) | (false, false) => None,
    };
    let mut parts = parts.into_iter();
    let Some(a) = parts.next() else {
        return Named {
            first: None,
            second: None,
            sure: true,
        };
    };
    let rest: Vec<String> = parts.collect();
    // Of several further parts, the one whose words answer to the first part.
    let wanted = one_sided(&a).map(|first| !first);
    let at = rest
        .iter()
        .position(|part| one_sided(part).is_some() && one_sided(part) == wanted)
        .unwrap_or(0);
    let Some(b) = rest.get(at).cloned() else {
        return match one_sided(&a) {
            Some(false) => Named {
                first: None,
                second: Some(a),
                sure: true,
            },
            Some(true) | None => Named {
                first: Some(a),
                second: None,
                sure: true,
            },
        };
    };
    match (one_sided(&a), one_sided(&b)) {
        (Some(false), Some(true) | None) | (None, Some(true)) => Named {
            first: Some(b),
            second: Some(a),
            sure: true,
        },
        (Some(true), Some(false) | None) | (None, Some(false)) => Named {
            first: Some(a),
            second: Some(b),
            sure: true,
        },
        (Some(true), Some(true)) | (Some(false), Some(false)) | (None, None) => Named {
            first: Some(a),
            second: Some(b),
            sure: false,
        },
    }
}

/// Cuts at every separator of `at` outside brackets.
fn cut(text: &str, at: &[&str]) -> Vec<String> {
    let (mut parts, mut rest, mut from) = (Vec::new(), text, 0);
    loop {
        let next = at
            .iter()
            .filter_map(|separator| {
                Some((from + rest.get(from..)?.find(separator)?, separator.len()))
            })
            // Of two at one place the longer: " bei der " before " bei ".
            .min_by_key(|&(found, length)| (found, std::cmp::Reverse(length)));
        let Some((found, length)) = next else { break };
        let head = rest.get(..found).unwrap_or_default();
        if head.matches('(').count() > head.matches(')').count() {
            from = found + length;
            continue;
        }
        parts.push(head);
        rest = rest.get(found + length..).unwrap_or_default();
        from = 0;
    }
    parts.push(rest);
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|');
    parts
        .into_iter()
        .map(|part| part.trim_matches(edge).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// "Engineer, Acme, Inc." was cut once too often.
fn rejoin_firm_endings(parts: &mut Vec<String>) {
    let mut joined: Vec<String> = Vec::new();
    for part in parts.drain(..) {
        match joined.last_mut() {
            Some(last) if words::without_place(&format!("{last}, {part}")) != *last => {
                *last = format!("{last}, {part}");
            }
            _ => joined.push(part),
        }
    }
    *parts = joined;
}
