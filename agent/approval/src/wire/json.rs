//! The leaves of a JSON text as pairs.
//!
//! `serde_json` says whether the text is JSON; the leaves are then read here,
//! because a parsed value keeps only the last of two members of one name and
//! rounds long numbers, and both could carry what nobody then sees.
#![deny(clippy::indexing_slicing)]

use std::rc::Rc;

use serde::de::IgnoredAny;

use super::{
    WireRefusal,
    pairs::{MOST_PAIRS, Pair, Pairs},
};

/// Deeper than any page nests what it sends.
const DEEPEST: usize = 128;

/// Reads every string, number and boolean with the name of the innermost member
/// it stands in. `null` carries nothing and is left out.
pub(super) fn parse(body: &[u8]) -> Result<Pairs, WireRefusal> {
    let malformed = |what| WireRefusal::Malformed { what };
    let text = std::str::from_utf8(body).map_err(|_| malformed("it is not UTF-8"))?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|_| malformed("it is not JSON"))?;
    let mut pairs = Pairs::default();
    let mut names: Vec<Rc<str>> = Vec::new();
    let mut present: Rc<str> = "".into();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '[' | '}' | ']' | ',' | ':' => 1,
            first if first.is_whitespace() => first.len_utf8(),
            _ => rest.find(is_end).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match first {
            '{' | '[' => {
                if names.len() == DEEPEST {
                    return Err(malformed("it is nested too deep"));
                }
                names.push(Rc::clone(&present));
            }
            '}' | ']' => present = names.pop().unwrap_or_else(|| "".into()),
            '"' => {
                let string: String = serde_json::from_str(token)
                    .map_err(|_| malformed("a string in it is not Unicode"))?;
                if after.trim_start().starts_with(':') {
                    present = string.as_str().into();
                    pairs.texts.push(string);
                } else {
                    pairs.list.push(Pair::text(&present, string));
                }
            }
            ',' | ':' => {}
            first if first.is_whitespace() => {}
            _ if token == "null" => {}
            _ => pairs.list.push(Pair::text(&present, token.to_owned())),
        }
        if pairs.list.len() + pairs.texts.len() > MOST_PAIRS {
            return Err(WireRefusal::TooMany { most: MOST_PAIRS });
        }
        rest = after;
    }
    Ok(pairs)
}

/// Length in bytes of the string a text begins with, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_end(char: char) -> bool {
    matches!(char, ',' | '}' | ']' | ':' | '"' | '{' | '[') || char.is_whitespace()
}
