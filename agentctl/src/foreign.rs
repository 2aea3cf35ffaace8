//! Text of others, shown to someone who decides on it: nothing in it is hidden,
//! nothing in it acts, and every word of it is there.
//!
//! [`text::clean`](crate::text::clean) removes what a terminal would act on;
//! here it is made visible instead, because it would be sent.
#![deny(clippy::indexing_slicing)]

use unicode_width::UnicodeWidthChar;

use crate::text::{is_hostile, width};

/// Makes visible, as `‹U+202E›`, what a terminal would act on or an eye would
/// miss, and makes one line of the text. Bars, which frame such text, become `|`.
pub(crate) fn reveal(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let after = rest.peek().copied();
        match character {
            '\n' => line.push('⏎'),
            '\t' => line.push_str("    "),
            '│' | '┃' => line.push('|'),
            '\u{200c}' | '\u{200d}' if joins(before, after) => line.push(character),
            _ if is_hostile(character) || is_blank(character) => {
                line.push_str(&format!("‹U+{:04X}›", u32::from(character)));
            }
            _ if character.is_whitespace() => line.push(' '),
            _ => line.push(character),
        }
        before = Some(character);
    }
    line
}

/// Breaks a text into lines of at most `columns`: all of it, empty lines and
/// indents too. Words that are longer than a line are cut. Without a width,
/// only the text's own line ends break it.
pub(crate) fn lines(text: &str, columns: Option<usize>) -> Vec<String> {
    let own = text.split('\n').map(reveal);
    match columns {
        None => own.collect(),
        Some(columns) => own
            .flat_map(|line| wrapped(&line, columns.max(8)))
            .collect(),
    }
}

fn wrapped(line: &str, columns: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    for word in line.split_inclusive(' ') {
        if width(&current) + width(word.trim_end()) > columns && !current.trim().is_empty() {
            found.push(std::mem::take(&mut current).trim_end().to_owned());
        }
        for character in word.chars() {
            let wide = character.width().unwrap_or(0);
            // A blank at the end of a full line is not seen, so it needs no room.
            if wide > 0 && character != ' ' && width(&current) + wide > columns {
                found.push(std::mem::take(&mut current));
            }
            current.push(character);
        }
    }
    found.push(current.trim_end().to_owned());
    found
}

/// Joiners are part of emoji and of Persian or Indic words; between anything else they hide.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let letter = |neighbour: Option<char>| {
        neighbour.is_some_and(|neighbour| {
            !neighbour.is_ascii() && !neighbour.is_whitespace() && !is_hostile(neighbour)
        })
    };
    letter(before) && letter(after)
}

/// Characters that look like nothing, beside those every terminal text is freed of.
fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\u{200c}' | '\u{200d}' // joiners where they join nothing
        | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
        | '\u{e000}'..='\u{f8ff}' // private: a font may draw anything
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_what_is_hidden_or_would_act_is_made_visible() {
        for (text, expected) in [
            ("plain", "plain"),
            ("\u{1b}[2Jgone\u{7}", "‹U+001B›[2Jgone‹U+0007›"),
            ("over\u{202e}ride", "over‹U+202E›ride"),
            ("a\u{2066}b\u{2069}", "a‹U+2066›b‹U+2069›"),
            ("hid\u{200b}den\u{feff}", "hid‹U+200B›den‹U+FEFF›"),
            ("a\u{200d}b", "a‹U+200D›b"),
            (
                "👩\u{200d}💻 می\u{200c}خواهم",
                "👩\u{200d}💻 می\u{200c}خواهم",
            ),
            ("שלום Zoë 東京", "שלום Zoë 東京"),
            ("filler\u{3164}", "filler‹U+3164›"),
            ("│ ┃ frame", "| | frame"),
            ("two\nlines\tand\r", "two⏎lines    and‹U+000D›"),
        ] {
            assert_eq!(reveal(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_word_is_kept_and_no_line_is_too_wide() {
        let text = "  one two\n\nthree-is-a-very-long-word four 東京都港区東京都港区";
        for columns in [8, 11, 30, 200] {
            let broken = lines(text, Some(columns));
            assert!(
                broken.iter().all(|line| width(line) <= columns),
                "{columns}: {broken:?}"
            );
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&broken.concat()), bare(text), "{columns}");
        }
        assert_eq!(
            lines(text, Some(11)),
            [
                "  one two",
                "",
                "three-is-a-",
                "very-long-w",
                "ord four",
                "東京都港区",
                "東京都港区"
            ]
        );
        assert_eq!(lines("a\nb", None), ["a", "b"]);
        assert_eq!(lines("", Some(20)), [""]);
    }
}
