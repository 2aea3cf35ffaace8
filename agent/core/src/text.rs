//! Text from outside, made safe to show and to store.

mod number;
mod rows;
mod words;

pub(crate) use number::number;
pub(crate) use rows::rows;
pub(crate) use words::Words;

use std::{iter::Peekable, str::Chars};

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Longest terminal command string that is skipped as a whole; a longer one
/// loses only its introducer. The limit keeps the cleaning linear.
const MAX_COMMAND: usize = 256;

/// One line: control characters, bidirectional overrides and zero-width
/// characters removed, runs of white space folded to one space, trimmed.
pub fn line(text: &str) -> String {
    fold(&clean(text))
}

/// Several lines: as [`line()`] for each line, at most one empty line in a row.
pub fn block(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for row in clean(text).split('\n') {
        let row = fold(row);
        if row.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(&row);
    }
    out
}

/// A line of a list without the mark before it, for where it stands alone.
pub fn item(line: &str) -> &str {
    line.trim_start_matches(['-', '*', '•', ' '])
}

/// The first `max` characters of `text`, cut at a word, with an ellipsis when cut.
///
/// The text goes through [`line()`] first; the ellipsis counts as a character.
pub fn quote(text: &str, max: usize) -> String {
    let text = line(text);
    if text.chars().count() <= max {
        return text;
    }
    let kept = max.saturating_sub(1);
    let end = text
        .char_indices()
        .nth(kept)
        .map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default();
    let at_word = match head.rfind(' ') {
        // A space far in front means one very long word: cut inside it.
        Some(at)
            if at * 2 >= head.len()
                && !text.get(end..).is_some_and(|rest| rest.starts_with(' ')) =>
        {
            head.get(..at).unwrap_or(head)
        }
        _ => head,
    };
    let mut cut = at_word
        .trim_end_matches([' ', ',', ';', ':', '-', '–', '—'])
        .to_owned();
    if max > 0 {
        cut.push('…');
    }
    cut
}

/// Sentences and list items of `text`, trimmed, none empty, in order.
///
/// Splits at line ends and after `.`, `!`, `?` before a capital, digit or
/// quotation mark, but not after abbreviations and ordinals.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(Sentences::of)
}

/// White space folded to one space, ends trimmed.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// NFC without anything a terminal or a reader's eye could be misled by. Every
/// kind of line end becomes `\n`.
fn clean(text: &str) -> String {
    let is_plain = |byte| matches!(byte, b'\n' | b' '..=b'~');
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_control_sequence(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_command(&mut chars),
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            c if c.is_whitespace() => out.push(' '),
            c if !is_unsafe(c) => out.push(c),
            _ => {}
        }
    }
    match is_nfc_quick(out.chars()) {
        IsNormalized::Yes => out,
        IsNormalized::No | IsNormalized::Maybe => out.nfc().collect(),
    }
}

/// Characters that show nothing, or that change what others show.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// After ESC: a control sequence, a command string or a two-character escape
/// (ECMA-48 §5).
fn skip_escape(chars: &mut Peekable<Chars<'_>>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_command(chars);
        }
        Some(' '..='/') => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
        Some('0'..='~') => {
            chars.next();
        }
        _ => {}
    }
}

/// Parameters, intermediates and the final character of a control sequence.
fn skip_control_sequence(chars: &mut Peekable<Chars<'_>>) {
    let mut left = MAX_COMMAND;
    while left > 0 && chars.next_if(|c| matches!(c, ' '..='?')).is_some() {
        left -= 1;
    }
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// A command string up to its terminator (BEL or ST), if that is near.
fn skip_command(chars: &mut Peekable<Chars<'_>>) {
    let mut ahead = chars.clone();
    for _ in 0..MAX_COMMAND {
        match ahead.next() {
            Some('\u{7}' | '\u{9c}') => {}
            Some('\u{1b}') => {
                ahead.next_if_eq(&'\\');
            }
            Some('\n') | None => return,
            Some(_) => continue,
        }
        *chars = ahead;
        return;
    }
}

/// Cuts one line into sentences.
struct Sentences<'a> {
    rest: &'a str,
}

impl<'a> Sentences<'a> {
    fn of(line: &'a str) -> Self {
        Self { rest: line.trim() }
    }
}

impl<'a> Iterator for Sentences<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let rest = self.rest;
        for (at, c) in rest.char_indices() {
            if !matches!(c, '.' | '!' | '?' | '…') {
                continue;
            }
            let (head, tail) = rest.split_at(at + c.len_utf8());
            let next = tail.trim_start();
            let spaced = next.len() < tail.len();
            let starts = next.chars().next().is_some_and(|c| {
                c.is_uppercase()
                    || c.is_numeric()
                    || matches!(c, '"' | '“' | '„' | '«' | '(' | '•' | '-')
            });
            if spaced && starts && !(c == '.' && ends_in_abbreviation(head)) {
                self.rest = next;
                return Some(head.trim_end());
            }
        }
        self.rest = "";
        Some(rest)
    }
}

/// Whether the point at the end of `head` belongs to its last word.
fn ends_in_abbreviation(head: &str) -> bool {
    const SHORT: &[&str] = &[
        "approx", "bzw", "ca", "co", "corp", "dr", "eg", "e.g", "etc", "evtl", "exp", "ggf", "i.e",
        "ie", "inc", "incl", "inkl", "jr", "ltd", "max", "min", "mind", "mio", "mr", "mrs", "ms",
        "nr", "no", "prof", "resp", "sr", "st", "std", "u.a", "usw", "vs", "z.b",
    ];
    let word = head
        .trim_end_matches('.')
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | ','))
        .next()
        .unwrap_or_default();
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_alphanumeric) && letters.next().is_none();
    // "U.S." and "z. B." end in a single letter; "3." is an ordinal.
    let dotted = word
        .rsplit('.')
        .next()
        .is_some_and(|last| word.contains('.') && last.chars().count() == 1);
    single || dotted || SHORT.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_stands_without_its_mark() {
        assert_eq!(item("- You run Kafka"), "You run Kafka");
        assert_eq!(item("• * You run Kafka"), "You run Kafka");
        assert_eq!(item("Kafka - or like it"), "Kafka - or like it");
    }

    #[test]
    fn a_line_holds_nothing_that_misleads() {
        for (given, expected) in [
            ("  a\t b\u{a0}\n c ", "a b c"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}after", "after"),
            (
                "\u{1b}]8;;https://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{1b}]never ended", "never ended"),
            ("\u{9b}2Jx", "x"),
            ("\u{1b}c\u{1b}(Bx", "x"),
            ("a\u{202e}b\u{2066}c\u{2069}", "abc"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("tag\u{e0041}\u{e0042}ged", "tagged"),
            ("nul\0bell\u{7}back\u{8}", "nulbellback"),
            ("Cafe\u{301}", "Café"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("", ""),
            ("\u{1b}", ""),
            ("\u{1b}[", ""),
            ("日本語 ok", "日本語 ok"),
        ] {
            assert_eq!(line(given), expected, "{given:?}");
        }
    }

    #[test]
    fn a_block_keeps_lines_and_single_gaps() {
        for (given, expected) in [
            ("a\r\nb\rc", "a\nb\nc"),
            ("\n\n a \n\n\n\n b\n\n", "a\n\nb"),
            ("a\u{2028}b\u{85}c", "a\nb\nc"),
            ("", ""),
            ("\n \n", ""),
        ] {
            assert_eq!(block(given), expected, "{given:?}");
        }
    }

    #[test]
    fn a_quote_is_cut_at_a_word() {
        for (given, max, expected) in [
            ("short", 10, "short"),
            ("one two three", 9, "one two…"),
            ("one two three", 8, "one two…"),
            ("abcdefghijkl", 5, "abcd…"),
            ("äöü äöü äöü", 8, "äöü äöü…"),
            ("anything", 0, ""),
            ("anything", 1, "…"),
        ] {
            assert_eq!(quote(given, max), expected, "{given:?} {max}");
            assert!(quote(given, max).chars().count() <= max);
        }
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let check = |given: &str, expected: &[&str]| {
            assert_eq!(sentences(given).collect::<Vec<_>>(), expected, "{given:?}");
        };
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check("- item one\n\n- item two", &["- item one", "- item two"]);
        check("Tools, e.g. Rust. Good.", &["Tools, e.g. Rust.", "Good."]);
        check("In the U.S. Army. Yes.", &["In the U.S. Army.", "Yes."]);
        check("Start am 3. Mai 2026.", &["Start am 3. Mai 2026."]);
        check("Node.js and v1.2 are fine", &["Node.js and v1.2 are fine"]);
        check("", &[]);
    }
}
