//! Makes text from outside safe to print, and measures it in terminal columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Removes what a terminal would act on, and makes one line of it.
///
/// The daemon cleans its texts too; this is the last gate before a terminal.
pub(crate) fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            line.push(' ');
        } else if !is_hostile(character) {
            line.push(character);
        }
    }
    line
}

/// Cleans each line of a longer text.
pub(crate) fn clean_lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().map(|line| clean(line).trim_end().to_owned())
}

/// Escapes in JSON text what a terminal would act on; the JSON means the same.
pub(crate) fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && is_hostile(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Tells whether a character controls the terminal or the order or look of other text.
pub(crate) fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' // soft hyphen
            | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' // invisible marks
            | '\u{2028}'..='\u{202e}' // separators, embedding and override of direction
            | '\u{2060}'..='\u{206f}' // invisible operators, isolates
            | '\u{fff9}'..='\u{fffb}' // interlinear annotation
            | '\u{e0000}'..='\u{e0fff}' // tags
        )
}

/// Columns a text takes in a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Cuts a text to at most `columns`, the last of them an ellipsis when it was longer.
pub(crate) fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for character in text.chars() {
        let next = character.width().unwrap_or(0);
        if used + next + 1 > columns {
            break;
        }
        used += next;
        cut.push(character);
    }
    if columns > 0 {
        cut.truncate(cut.trim_end().len());
        cut.push('…');
    }
    cut
}

/// Breaks a text into lines of at most `columns`, between words where it can.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Writes a count with its noun: "1 job", "3 jobs".
pub(crate) fn count(number: impl Into<u64>, noun: &str) -> String {
    match number.into() {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}

/// Writes a size with a unit a person reads at a glance.
pub(crate) fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut size = number as f64;
    let mut unit = "B";
    for next in UNITS {
        unit = next;
        if size < 1024.0 || next == "TiB" {
            break;
        }
        size /= 1024.0;
    }
    match unit {
        "B" => format!("{number} B"),
        _ => format!("{size:.1} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_what_a_terminal_would_act_on_is_removed() {
        for (text, expected) in [
            ("plain", "plain"),
            ("two\nlines\tand a tab", "two lines and a tab"),
            ("\u{1b}[2Jgone \u{1b}]0;title\u{7}", "[2Jgone ]0;title"),
            ("c1 \u{9b}31m", "c1 31m"),
            ("over\u{202e}ride", "override"),
            ("a\u{2066}b\u{2069}c", "abc"),
            ("hid\u{200b}den\u{e0041}", "hidden"),
            ("bell\u{7}\r", "bell "),
            ("Zürich 東京 👩\u{200d}💻", "Zürich 東京 👩\u{200d}💻"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn p6_json_means_the_same_after_escaping() {
        let value = serde_json::json!({"a": "\u{9b}31m \u{202e} \u{e0041} é"});
        let escaped = escape_json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(
            !escaped.contains(['\u{9b}', '\u{202e}', '\u{e0041}']),
            "{escaped}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&escaped).unwrap(),
            value
        );
    }

    #[test]
    fn cutting_counts_columns_and_not_characters() {
        for (text, columns, expected) in [
            ("short", 5, "short"),
            ("longer", 5, "long…"),
            ("two words", 5, "two…"),
            ("東京都港区", 5, "東京…"),
            ("東京都港区", 4, "東…"),
            ("x", 0, ""),
        ] {
            assert_eq!(truncate(text, columns), expected, "{text} to {columns}");
            assert!(width(&truncate(text, columns)) <= columns);
        }
    }

    #[test]
    fn wrapping_breaks_between_words_and_keeps_long_ones_whole() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(
            wrap("https://example.com/long a", 6),
            ["https://example.com/long", "a"]
        );
        assert!(wrap("  ", 7).is_empty());
    }

    #[test]
    fn sizes_are_readable() {
        for (number, expected) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1536, "1.5 KiB"),
            (8 << 20, "8.0 MiB"),
        ] {
            assert_eq!(bytes(number), expected);
        }
    }
}
