//! Cuts plain text into sentences and tokens as the training files have them:
//! brackets and full stops stand alone, other punctuation stays with its word,
//! and commas are left out.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::word;

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its characters.
    pub text: &'a str,
    /// Where they begin in the text, in bytes.
    pub start: usize,
    /// Whether a comma or semicolon stands before it.
    pub cut: bool,
}

impl<'a> Token<'a> {
    /// A token of a text that is cut already.
    pub fn bare(text: &'a str) -> Self {
        Self {
            text,
            start: 0,
            cut: false,
        }
    }
}

/// Longest sentence, in tokens; text without any stop is cut there.
const LONGEST: usize = 250;

/// The sentences of a text. A line ends a sentence, so does a full stop, question
/// or exclamation mark before white space.
pub fn sentences(text: &str) -> Vec<Vec<Token<'_>>> {
    let mut sentences = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mut tokens = Vec::new();
        let mut cut = false;
        for (start, chunk) in chunks(line) {
            let before = tokens.len();
            split(chunk, offset + start, &mut tokens);
            if let Some(first) = tokens.get_mut(before) {
                first.cut |= cut;
                cut = false;
            }
            cut |= chunk.ends_with([',', ';']);
            if ends_sentence(chunk) || tokens.len() >= LONGEST {
                sentences.push(std::mem::take(&mut tokens));
                cut = false;
            }
        }
        sentences.push(tokens);
        offset += line.len();
    }
    sentences.retain(|tokens| !tokens.is_empty());
    sentences
}

/// Words that end in a full stop and do not end a sentence.
const SHORT: &[&str] = &[
    "e.g.", "i.e.", "etc.", "incl.", "approx.", "vs.", "resp.", "no.", "dr.",
];

fn ends_sentence(chunk: &str) -> bool {
    let core = chunk.trim_end_matches([')', '"', '\'', '”', '’']);
    core.ends_with(['.', '!', '?'])
        && !SHORT.iter().any(|short| {
            let tail = core
                .len()
                .checked_sub(short.len())
                .and_then(|at| core.get(at..));
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(short))
        })
}

fn chunks(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split_inclusive(char::is_whitespace)
        .filter_map(move |piece| {
            let start = at;
            at += piece.len();
            let chunk = piece.trim_end();
            (!chunk.is_empty()).then_some((start, chunk))
        })
}

/// Cuts a chunk at its brackets, inner commas and final full stop.
fn split<'a>(chunk: &'a str, start: usize, tokens: &mut Vec<Token<'a>>) {
    let opens = |c: char| matches!(c, '(' | '[' | '{');
    let closes = |c: char| matches!(c, ')' | ']' | '}');
    let mut cut = false;
    let mut push = |range: Range<usize>| match chunk.get(range.clone()) {
        Some(",") => cut = true,
        Some(text) if !text.is_empty() => {
            tokens.push(Token {
                text,
                start: start + range.start,
                cut,
            });
            cut = false;
        }
        _ => {}
    };
    let body = chunk.trim_end_matches([',', ';']);
    // An ellipsis stays with its word.
    let stop = body.ends_with('.') && !body.ends_with("..");
    let mut from = 0;
    let mut depth = 0_u32;
    for (at, c) in body.char_indices() {
        let end = at + c.len_utf8();
        // "word(s)" is one word; "(PHP" and "etc.)" are two tokens each.
        let leading = opens(c) && at == from;
        let trailing = closes(c) && depth == 0;
        let between = c == ',' && !number_around(body, at);
        if opens(c) && !leading {
            depth += 1;
        } else if closes(c) && !trailing {
            depth -= 1;
        }
        if leading || trailing || between || (stop && end == body.len()) {
            push(from..at);
            push(at..end);
            from = end;
        }
    }
    push(from..body.len());
}

/// Whether the comma at a place stands between digits ("42,500").
fn number_around(text: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(text.get(..at).and_then(|left| left.chars().next_back()))
        && digit(text.get(at + 1..).and_then(|right| right.chars().next()))
}

/// The bytes a run of tokens covers, without punctuation at its ends.
pub(super) fn covered(tokens: &[Token<'_>]) -> Option<Range<usize>> {
    let cores = tokens.iter().filter_map(|token| {
        let core = word::core(token.text);
        let lead = token.text.find(core)?;
        (!core.is_empty()).then(|| token.start + lead..token.start + lead + core.len())
    });
    cores.reduce(|all, next| all.start..next.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens in their sentences, a comma before a token as `,`.
    fn shown(text: &str) -> Vec<Vec<String>> {
        let show =
            |token: &Token<'_>| format!("{}{}", if token.cut { "," } else { "" }, token.text);
        let sentences = sentences(text);
        sentences
            .iter()
            .map(|tokens| tokens.iter().map(show).collect())
            .collect()
    }

    #[test]
    fn text_is_cut_as_the_training_files_are() {
        for (text, expected) in [
            ("", vec![]),
            (" \n\n\t", vec![]),
            (
                "We use Rust, Go and SQL.",
                vec!["We use Rust ,Go and SQL ."],
            ),
            ("Rust,Go", vec!["Rust ,Go"]),
            (
                "a budget of 42,500 a year",
                vec!["a budget of 42,500 a year"],
            ),
            ("Tools (Git, CI/CD).", vec!["Tools ( Git ,CI/CD ) ."]),
            (
                "databases (e.g. Postgres) and",
                vec!["databases ( e.g . Postgres ) and"],
            ),
            ("skill(s) needed", vec!["skill(s) needed"]),
            ("Curious? Apply! Now.", vec!["Curious?", "Apply!", "Now ."]),
            ("C++ and .NET and Node.js", vec!["C++ and .NET and Node.js"]),
            (
                "Requirements:\n• Rust\n• Git;",
                vec!["Requirements:", "• Rust", "• Git"],
            ),
            ("Rust; Go", vec!["Rust ,Go"]),
            ("and so on...", vec!["and so on..."]),
            (")(", vec![") ("]),
        ] {
            let got: Vec<String> = shown(text).iter().map(|tokens| tokens.join(" ")).collect();
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn every_token_stands_where_it_says() {
        for text in [
            "We use Rust, Go (and SQL).\r\n• Français, 日本語。 42,500 “x”,\u{a0}y",
            "((([[[a)))]]].,,,;;..",
            "\u{0}\u{1b}[31m \u{202e}x",
        ] {
            for token in sentences(text).iter().flatten() {
                assert_eq!(
                    text.get(token.start..token.start + token.text.len()),
                    Some(token.text)
                );
            }
        }
    }

    #[test]
    fn what_a_span_covers_has_no_punctuation_at_its_ends() {
        for (text, tokens, expected) in [
            ("in “Rust”, or", 1..2, Some("Rust")),
            ("clean code; C++:", 0..3, Some("clean code; C++")),
            ("of (PHP)", 1..4, Some("PHP")),
            ("• ...", 0..1, None),
        ] {
            let sentences = sentences(text);
            let covered = covered(&sentences[0][tokens]).map(|range| &text[range]);
            assert_eq!(covered, expected, "{text}");
        }
    }

    #[test]
    fn text_without_stops_is_cut_somewhere() {
        let text = "word ".repeat(1000);
        let lengths: Vec<usize> = sentences(&text).iter().map(Vec::len).collect();
        assert_eq!(lengths, [LONGEST; 4]);
    }
}
