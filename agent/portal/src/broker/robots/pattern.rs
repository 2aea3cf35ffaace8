//! Comparing paths with the patterns of a robots.txt (RFC 9309, sections 2.2.2
//! and 2.2.3).
#![deny(clippy::indexing_slicing)]

/// The path and query of an address, brought into the form patterns are compared in.
#[derive(Debug, Clone)]
pub(super) struct Path {
    text: String,
    /// With the reserved characters of its query encoded, too.
    query_encoded: String,
}

impl Path {
    /// Reads a path with its query, as an address spells it.
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: normal(text.as_bytes(), Special::Encoded),
            query_encoded: query_encoded(text.as_bytes(), Special::Encoded),
        }
    }
}

/// A pattern with `*` for any characters and `$` for the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    plain: Spelling,
    query_encoded: Spelling,
    /// Bytes, by which the most specific of several is found.
    pub(super) length: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Spelling {
    /// What stands between the stars.
    pieces: Vec<String>,
    ends: bool,
}

impl Pattern {
    /// Reads a pattern; nothing is wrong with any text.
    pub(super) fn new(text: &[u8]) -> Self {
        let (body, ends) = match text.strip_suffix(b"$") {
            Some(body) => (body, true),
            None => (text, false),
        };
        let plain = normal(body, Special::Kept);
        Self {
            length: text.len(),
            query_encoded: Spelling::new(&query_encoded(body, Special::Kept), ends),
            plain: Spelling::new(&plain, ends),
        }
    }

    /// Whether the pattern covers `path`. The RFC encodes `https://` within a
    /// query before it compares; most sites compare as it stands. Either counts.
    pub(super) fn covers(&self, path: &Path) -> bool {
        self.plain.covers(&path.text) || self.query_encoded.covers(&path.query_encoded)
    }
}

impl Spelling {
    fn new(text: &str, ends: bool) -> Self {
        Self {
            pieces: text.split('*').map(str::to_owned).collect(),
            ends,
        }
    }

    /// Each piece is looked for after the one before it, at its first place: time
    /// grows with the lengths of both and not with their product.
    fn covers(&self, path: &str) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else {
            return true;
        };
        let Some(mut left) = path.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, middle)) = rest.split_last() else {
            return !self.ends || left.is_empty();
        };
        for piece in middle {
            match left.split_once(piece.as_str()) {
                Some((_, after)) => left = after,
                None => return false,
            }
        }
        if self.ends {
            left.ends_with(last.as_str())
        } else {
            left.contains(last.as_str())
        }
    }
}

/// What becomes of `*` and `$`, which mean something in patterns only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Special {
    Kept,
    Encoded,
}

/// Percent-encoding undone where it changes nothing (letters, digits, `-._~`),
/// in capitals where it stays, and put in for what is not ASCII.
fn normal(text: &[u8], special: Special) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'%', [high, low, after @ ..]) if is_hex(*high) && is_hex(*low) => {
                rest = after;
                push(&mut out, value(*high) << 4 | value(*low));
            }
            (b'*', _) if special == Special::Kept => out.push('*'),
            // In the middle of a pattern it is a character like others.
            (b'*' | b'$', _) => escape(&mut out, byte),
            (0x21..=0x7e, _) => out.push(char::from(byte)),
            (_, _) => escape(&mut out, byte),
        }
    }
    out
}

/// As [`normal`], with what could separate parts of an address encoded in the query.
fn query_encoded(text: &[u8], special: Special) -> String {
    let plain = normal(text, special);
    let Some((path, query)) = plain.split_once('?') else {
        return plain;
    };
    let mut out = format!("{path}?");
    for character in query.chars() {
        match character {
            ':' | '/' | '?' | '#' | '[' | ']' | '@' => escape(&mut out, character as u8),
            other => out.push(other),
        }
    }
    out
}

fn push(out: &mut String, byte: u8) {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
        out.push(char::from(byte));
    } else {
        escape(out, byte);
    }
}

fn escape(out: &mut String, byte: u8) {
    out.push('%');
    for digit in [byte >> 4, byte & 15] {
        let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
        out.push(digit.to_ascii_uppercase());
    }
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

fn value(digit: u8) -> u8 {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
        .unwrap_or(0)
}
