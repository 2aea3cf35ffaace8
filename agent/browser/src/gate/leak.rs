//! Looking for values of the person in a request to a challenge's host.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Shorter values stand in every request and say nothing about a person.
const LEAST: usize = 4;

/// Whether `text` holds one of `values`: as it is, percent-encoded once or
/// twice, as a form or JSON writes it, or in base64 at any offset. Case is not looked at.
pub(super) fn holds_any(text: &[u8], values: &[String]) -> bool {
    let raw = String::from_utf8_lossy(text);
    let once = decoded(text);
    let twice = decoded(&once);
    let readings = [
        raw.to_lowercase(),
        String::from_utf8_lossy(&once).to_lowercase(),
        String::from_utf8_lossy(&twice).to_lowercase(),
    ];
    let mut values = values.iter().map(|value| value.trim());
    values.any(|value| {
        value.chars().count() >= LEAST
            && (written(value).any(|value| readings.iter().any(|text| text.contains(&value)))
                || in_base64(value).iter().any(|value| {
                    let texts = [raw.as_ref(), &String::from_utf8_lossy(&once)].map(plain_alphabet);
                    texts.iter().any(|text| text.contains(value))
                }))
    })
}

/// The value as it is and as JSON writes it.
fn written(value: &str) -> impl Iterator<Item = String> {
    let value = value.to_lowercase();
    let json = serde_json::Value::from(value.as_str()).to_string();
    let ascii: String = value.chars().map(escaped).collect();
    let inner = json.trim_matches('"').to_owned();
    [value, inner, ascii].into_iter()
}

fn escaped(char: char) -> String {
    if char.is_ascii() {
        return char.to_string();
    }
    let mut units = [0; 2];
    let units = char.encode_utf16(&mut units).iter();
    units.map(|unit| format!("\\u{unit:04x}")).collect()
}

/// The part of the base64 text that does not depend on what stands around the
/// value, for each of the three offsets it can have.
fn in_base64(value: &str) -> Vec<String> {
    let core = |offset: usize| {
        let bytes = [&b"\0\0"[..offset], value.as_bytes()].concat();
        let whole = bytes.len() / 3 * 4;
        let text = STANDARD.encode(&bytes);
        let core = text.get([0, 2, 3].get(offset).copied().unwrap_or(0)..whole)?;
        (core.len() >= LEAST).then(|| core.to_owned())
    };
    (0..3).filter_map(core).collect()
}

fn plain_alphabet(text: &str) -> String {
    text.replace('-', "+").replace('_', "/")
}

/// Percent-decodes, and reads a plus as a space.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.split_at_checked(2).and_then(|(digits, after)| {
            let digits = std::str::from_utf8(digits).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, after))
        });
        let (byte, after) = match (byte, hex) {
            (b'%', Some(found)) => found,
            (b'+', _) => (b' ', after),
            _ => (byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_a_value_is_found_in_every_common_writing() {
        let values = ["Zoë Q. Canary".to_owned(), "abc".to_owned()];
        let base64 = |before: &str| STANDARD.encode(format!("{before}Zoë Q. Canary!"));
        for (text, found) in [
            ("name=Zoë Q. Canary".to_owned(), true),
            ("name=ZOË q. CANARY".to_owned(), true),
            ("name=Zo%C3%AB+Q.+Canary".to_owned(), true),
            ("name=Zo%25C3%25AB%2520Q.%2520Canary".to_owned(), true),
            (r#"{"n":"Zo\u00eb Q. Canary"}"#.to_owned(), true),
            (base64(""), true),
            (base64("x"), true),
            (base64("xy"), true),
            (base64("xyz").replace('+', "-").replace('/', "_"), true),
            (base64("x").replace('=', "%3D"), true),
            ("name=Zoe Q. Canary".to_owned(), false),
            ("abc".to_owned(), false),
            (STANDARD.encode("a challenge's token of no person"), false),
            ("100%".to_owned(), false),
        ] {
            assert_eq!(holds_any(text.as_bytes(), &values), found, "{text}");
        }
        assert!(!holds_any(b"anything", &[]));
    }
}
