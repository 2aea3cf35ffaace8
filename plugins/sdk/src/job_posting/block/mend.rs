//! JSON as people write it by hand or with a template: line breaks and quotes
//! inside texts, commas before a closing bracket.

use std::iter::Peekable;
use std::str::CharIndices;

/// `text` with what cannot be meant otherwise mended; JSON without slips stays
/// as it is.
///
/// A quote ends a text only where a `,`, `:`, `}`, `]` or nothing follows, as in
/// all valid JSON; another one belongs to the text.
pub(super) fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut chars = text.char_indices().peekable();
    let mut in_text = false;
    while let Some((at, c)) = chars.next() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        match (in_text, c) {
            (false, '"') => {
                in_text = true;
                out.push('"');
            }
            (false, ',') if rest.trim_start().starts_with(['}', ']', ',']) => {}
            (false, c) => out.push(c),
            (true, '"') if ends_text(rest) => {
                in_text = false;
                out.push('"');
            }
            (true, '"') => out.push_str("\\\""),
            (true, '\\') => escape(&mut out, rest, &mut chars),
            (true, '\n') => out.push_str("\\n"),
            (true, '\t') => out.push_str("\\t"),
            (true, c) if c < ' ' => out.push(' '),
            (true, c) => out.push(c),
        }
    }
    out
}

fn ends_text(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', ':', '}', ']'])
}

/// Writes the escape whose backslash was just read.
fn escape(out: &mut String, rest: &str, chars: &mut Peekable<CharIndices<'_>>) {
    match rest.chars().next() {
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
            chars.next();
            out.push('\\');
            out.push(c);
        }
        Some('u') => match (unit(rest), rest.get(5..).and_then(after_backslash)) {
            (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
                out.push_str(&format!("\\u{high:04x}\\u{low:04x}"));
                skip(chars, 11);
            }
            // Half a character.
            (Some(0xD800..0xE000), _) => {
                out.push('\u{fffd}');
                skip(chars, 5);
            }
            (Some(unit), _) => {
                out.push_str(&format!("\\u{unit:04x}"));
                skip(chars, 5);
            }
            (None, _) => out.push_str("\\\\"),
        },
        // `\'` and a backslash at a line's end.
        Some('\'' | '\n' | '\r') => {}
        Some(_) | None => out.push_str("\\\\"),
    }
}

/// The four digits of `u1234`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('u')?.get(..4)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

fn after_backslash(text: &str) -> Option<u32> {
    unit(text.strip_prefix('\\')?)
}

fn skip(chars: &mut Peekable<CharIndices<'_>>, count: usize) {
    for _ in 0..count {
        chars.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn slips_of_the_pen_are_mended() {
        for (text, expected) in [
            ("{\"a\":\"b\nc\td\r\"}", r#"{"a":"b\nc\td "}"#),
            (
                r#"{"a":[1,2,],"b":{"c":1,},}"#,
                r#"{"a":[1,2],"b":{"c":1}}"#,
            ),
            (r#"{"a":1,,"b":2}"#, r#"{"a":1,"b":2}"#),
            (r#"{"a":"a 5" pipe"}"#, r#"{"a":"a 5\" pipe"}"#),
            (r#"{"a":"it\'s \x"}"#, r#"{"a":"it's \\x"}"#),
            (
                r#"{"a":"\ud83d\ude00 \ud83d \u00e9 \uzz"}"#,
                r#"{"a":"😀 � é \\uzz"}"#,
            ),
            (r#"{"a":"b, \"c\", d"}"#, r#"{"a":"b, \"c\", d"}"#),
        ] {
            let found: Value = serde_json::from_str(&mended(text)).unwrap();
            assert_eq!(
                found,
                serde_json::from_str::<Value>(expected).unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn json_without_slips_stays() {
        for text in [
            r#"{"a":"b \" , \\","c":[1,2,{"d":null}],"e":"\u00e9\ud83d\ude00"}"#,
            r#"["a" , "b"]"#,
            "",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn half_a_json_is_read_without_harm() {
        let text = "{\"a\":\"\\ud83d\\ude00é\\\\\",\n}";
        for (end, _) in text.char_indices() {
            let _ = mended(&text[..end]);
        }
    }
}
