//! A word by itself: its plain form, and the hashes the features are made of.
#![deny(clippy::indexing_slicing)]

use super::lists::{Lists, WordFacts};

/// What is known of a token by itself, as hashes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// Lower case, without punctuation at its ends.
    pub(super) lower: u32,
    /// The same without a plural ending.
    pub(super) stem: u32,
    /// Pattern of capitals, small letters and digits ("Xxx", "0+").
    pub(super) shape: u32,
    /// Last two and last three letters; 0 for a word no longer than that.
    pub(super) suffixes: [u32; 2],
    /// Punctuation it ends with, plus one; 0 is none.
    pub(super) end: u32,
    /// From the word table.
    pub(super) facts: WordFacts,
    /// Says little by itself ("the", "with").
    pub(super) function: bool,
    /// Place in the longest listed phrase, two bits for each kind: 0 none,
    /// 1 first, 2 inside, 3 the only word.
    pub(super) marks: u32,
    /// Length of the longest listed phrase it stands in.
    pub(super) run: u8,
}

impl Word {
    /// What stands before the first and after the last word of a sentence.
    pub(super) const EDGE: Self = Self {
        lower: 1,
        stem: 1,
        shape: 1,
        suffixes: [0; 2],
        end: 0,
        facts: WordFacts::NONE,
        function: false,
        marks: 0,
        run: 0,
    };

    pub(super) fn new(token: &str, lists: &Lists) -> Self {
        let lower = plain(token);
        let stem = hash(stem(&lower).as_bytes());
        let end = match token.bytes().next_back() {
            Some(byte) if !byte.is_ascii_alphanumeric() => u32::from(byte) + 1,
            _ => 0,
        };
        Self {
            lower: hash(lower.as_bytes()),
            stem,
            shape: shape(token),
            suffixes: [suffix(&lower, 2), suffix(&lower, 3)],
            end,
            facts: lists.words.get(stem),
            function: is_function(&lower),
            marks: 0,
            run: 0,
        }
    }
}

/// A token without punctuation at its ends. `+`, `#` and a dot before a letter
/// belong to names (C++, C#, .NET).
pub(super) fn core(token: &str) -> &str {
    let keeps = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '.');
    let core = token
        .trim_matches(|c: char| !keeps(c))
        .trim_end_matches('.');
    let named = |c: char| c.is_alphabetic();
    if core
        .strip_prefix('.')
        .is_some_and(|rest| !rest.starts_with(named))
    {
        core.trim_start_matches('.')
    } else {
        core
    }
}

/// The plain form of a token: lower case, without punctuation at its ends,
/// unless it is nothing else.
pub fn plain(token: &str) -> String {
    let core = core(token);
    if core.is_empty() { token } else { core }.to_lowercase()
}

/// A plain form without the ending of an English plural.
pub fn stem(plain: &str) -> &str {
    match plain.strip_suffix('s') {
        Some(rest) if rest.len() > 2 && !rest.ends_with(['s', 'u', 'i']) => rest,
        _ => plain,
    }
}

/// A hash of bytes: FNV-1a, mixed once more.
pub fn hash(bytes: &[u8]) -> u32 {
    let fnv = bytes.iter().fold(0x811C_9DC5_u32, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    mix(fnv, 0x5bd1)
}

/// Mixes two hashes into one; the order matters. Multipliers of SplitMix64.
pub fn mix(a: u32, b: u32) -> u32 {
    let both = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((both ^ both >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32) as u32
}

fn suffix(lower: &str, letters: usize) -> u32 {
    let mut from_end = lower.char_indices().rev().map(|(at, _)| at);
    match from_end.nth(letters - 1) {
        Some(at) if at > 0 => hash(lower.get(at..).unwrap_or_default().as_bytes()),
        _ => 0,
    }
}

/// Longest pattern that is told apart.
const PATTERN: usize = 12;

/// Runs of a class count as two ("Kubernetes" and "Rust" look alike).
fn shape(token: &str) -> u32 {
    let mut pattern = [0_u8; PATTERN];
    let mut places = pattern.iter_mut();
    let mut length = 0;
    let (mut last, mut twice) = (0, false);
    for c in token.chars() {
        let class = match c {
            c if c.is_uppercase() => b'X',
            c if c.is_alphabetic() => b'x',
            c if c.is_numeric() => b'0',
            c => u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?'),
        };
        if class == last && twice {
            continue;
        }
        twice = class == last;
        last = class;
        let Some(place) = places.next() else { break };
        *place = class;
        length += 1;
    }
    hash(pattern.get(..length).unwrap_or_default())
}

pub(super) fn is_function(lower: &str) -> bool {
    matches!(
        lower,
        "a" | "an"
            | "the"
            | "and"
            | "or"
            | "of"
            | "in"
            | "to"
            | "for"
            | "with"
            | "on"
            | "at"
            | "by"
            | "as"
            | "is"
            | "are"
            | "be"
            | "you"
            | "we"
            | "our"
            | "your"
            | "will"
            | "that"
            | "this"
            | "have"
            | "has"
            | "from"
            | "it"
            | "their"
            | "all"
            | "can"
            | "not"
            | "who"
            | "which"
            | "i"
            | "they"
            | "us"
            | "if"
            | "but"
            | "such"
            | "also"
            | "other"
            | "within"
            | "into"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_around_a_word_is_not_part_of_it() {
        for (token, expected) in [
            ("Rust", "rust"),
            ("(Python)", "python"),
            ("C++", "c++"),
            ("c#;", "c#"),
            (".NET", ".net"),
            ("Node.js.", "node.js"),
            (".5", "5"),
            ("“Agile”", "agile"),
            ("posted:", "posted"),
            ("•", "•"),
            ("...", "..."),
            ("Straße!", "straße"),
        ] {
            assert_eq!(plain(token), expected, "{token}");
        }
    }

    #[test]
    fn plurals_have_the_stem_of_their_singular() {
        for (word, expected) in [
            ("databases", "database"),
            ("process", "process"),
            ("analysis", "analysis"),
            ("status", "status"),
            ("aws", "aws"),
            ("s", "s"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn words_of_a_pattern_look_alike() {
        for (a, b, alike) in [
            ("Rust", "Kubernetes", true),
            ("SQL", "HTML", true),
            ("SQL", "Sql", false),
            ("2021", "15", true),
            ("CI/CD", "TCP/IP", true),
            ("CI/CD", "CICD", false),
        ] {
            assert_eq!(shape(a) == shape(b), alike, "{a} {b}");
        }
    }
}
