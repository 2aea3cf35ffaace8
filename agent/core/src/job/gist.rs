//! What of a text a vector can be made of.
//!
//! The vectors are means over the pieces of words. A long number or a few words of
//! another alphabet fall into dozens of pieces that mean nothing, and outweigh the
//! sentences around them.

use std::collections::HashMap;

use unicode_script::{Script, UnicodeScript as _};

/// More digits than any sum, number of a year, phone or law has.
const DIGITS: usize = 12;

/// The least share of the letters that the script of a text written in it has, in
/// percent. Names and terms of other scripts stay below.
const SHARE: usize = 25;

/// The words of `text` but for numbers of more than [`DIGITS`] digits and words in a
/// script that the text is not written in. Latin words always stay: terms of a trade
/// are written so everywhere.
pub(super) fn gist(text: &str) -> String {
    let mut letters: HashMap<Script, usize> = HashMap::new();
    for script in text.chars().filter_map(script) {
        *letters.entry(script).or_default() += 1;
    }
    let all: usize = letters.values().sum();
    let is_foreign = |c| {
        script(c).is_some_and(|script| {
            let own = letters.get(&script).copied().unwrap_or_default();
            script != Script::Latin && own * 100 < all * SHARE
        })
    };
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let digits = word.chars().filter(char::is_ascii_digit).count();
            if digits > DIGITS || word.contains(is_foreign) {
                word.trim_start_matches(|c: char| !c.is_whitespace())
            } else {
                word
            }
        })
        .collect()
}

/// The script of a letter. Those written together, as in Japanese, count as one.
fn script(c: char) -> Option<Script> {
    // Nearly all of most texts, and the table is searched for each.
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then_some(Script::Latin);
    }
    match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Hangul => {
            Some(Script::Han)
        }
        script => Some(script),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_own_words_and_the_latin_ones() {
        for own in [
            "We pay 1,234,567.89 EUR by 2026-11-21.\nCall +49 30 1234567.",
            "Мы ищем инженера Rust и PostgreSQL в Берлине",
            "弊社ではRustエンジニアを募集しています。TypeScript 必須",
            "한국어로 일하는 Rust 개발자",
        ] {
            assert_eq!(gist(own), own);
        }
    }

    #[test]
    fn what_means_nothing_to_a_vector_is_left_out() {
        let check = |given: &str, expected: &str| assert_eq!(gist(given), expected);
        check(
            "We build bridges 99999999999999 of steel",
            "We build bridges  of steel",
        );
        check(
            "We build bridges of steel with great care.\nثم نفس\nAnd more",
            "We build bridges of steel with great care.\n \nAnd more",
        );
    }
}
