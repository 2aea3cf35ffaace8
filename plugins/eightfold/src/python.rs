//! Values that some tenants write as Python prints them (`['Berlin', None]`)
//! where JSON was due.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::Value;

/// The list or object that `text` writes, as JSON or as Python; none for any
/// other text.
pub(crate) fn value(text: &str) -> Option<Value> {
    let text = text.trim();
    if !text.starts_with(['[', '{', '(']) {
        return None;
    }
    serde_json::from_str(text)
        .ok()
        .or_else(|| serde_json::from_str(&as_json(text)?).ok())
}

/// Python's spelling turned into JSON's; none where a word is neither's.
fn as_json(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' | '"' => out.push_str(&Value::String(string(&mut rest, c)?).to_string()),
            '(' => out.push('['),
            ')' | ']' | '}' => {
                // A tuple of one ends with a comma.
                let end = out.trim_end().trim_end_matches(',').len();
                out.truncate(end);
                out.push(if c == '}' { '}' } else { ']' });
            }
            c if c.is_ascii_alphabetic() => {
                let mut word = String::from(c);
                while let Some(c) = rest.next_if(char::is_ascii_alphabetic) {
                    word.push(c);
                }
                out.push_str(match word.as_str() {
                    "None" | "null" | "nan" => "null",
                    "True" | "true" => "true",
                    "False" | "false" => "false",
                    // Marks before a string, and the exponent of a number.
                    "u" | "b" | "r" => "",
                    "e" | "E" => "e",
                    _ => return None,
                });
            }
            c => out.push(c),
        }
    }
    Some(out)
}

/// The string that ends with the next `quote`.
fn string(rest: &mut Peekable<Chars<'_>>, quote: char) -> Option<String> {
    let mut out = String::new();
    loop {
        match rest.next()? {
            c if c == quote => return Some(out),
            '\\' => match rest.next()? {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'x' => out.push(code(rest, 2)?),
                'u' => out.push(code(rest, 4)?),
                'U' => out.push(code(rest, 8)?),
                c @ ('\\' | '\'' | '"') => out.push(c),
                c => out.extend(['\\', c]),
            },
            c => out.push(c),
        }
    }
}

fn code(rest: &mut Peekable<Chars<'_>>, digits: usize) -> Option<char> {
    let hex: String = rest.take(digits).collect();
    char::from_u32(u32::from_str_radix(&hex, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(text: &str, expected: Option<Value>) {
        assert_eq!(value(text), expected, "{text}");
    }

    #[test]
    fn a_printed_list_is_read() {
        check(
            "['Oslo, Norway', \"L'Aquila\", None]",
            Some(json!(["Oslo, Norway", "L'Aquila", null])),
        );
        check(
            r"['It\'s', 'caf\xe9', '\u0141\u00f3d\u017a', 'a\\b\n']",
            Some(json!(["It's", "café", "Łódź", "a\\b\n"])),
        );
        check("[u'Oslo', r'x']", Some(json!(["Oslo", "x"])));
        check("('Oslo',)", Some(json!(["Oslo"])));
        check(
            "[{'id': 12, 'hot': False, 'x': (1, 2.5e3)}, ]",
            Some(json!([{"id": 12, "hot": false, "x": [1, 2500.0]}])),
        );
        check("[]", Some(json!([])));
        check(r#"["A\/B", true]"#, Some(json!(["A/B", true])));
    }

    #[test]
    fn any_other_text_is_left_alone() {
        for text in [
            "Oslo, Norway",
            "",
            "[Oslo]",
            "['Oslo'",
            "['Oslo\\",
            "['a' 'b']",
            "[Remote] Oslo",
            "['\\x4",
        ] {
            check(text, None);
        }
    }
}
