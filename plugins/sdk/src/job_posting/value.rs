//! Properties of schema.org values, which may be a text, a thing with a name, a
//! list of either, or not there; their names are written in several ways.

use serde_json::{Map, Value};

use super::clean;

/// The property `name` of a thing: `name`, `schema:name`, a whole address, in
/// any case.
pub(super) fn property<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let thing = value.as_object()?;
    thing
        .get(name)
        .or_else(|| {
            thing
                .iter()
                .find_map(|(key, value)| local(key).eq_ignore_ascii_case(name).then_some(value))
        })
        .filter(|value| !value.is_null())
}

/// The values of a property: of a list its elements, of a single value that one.
pub(super) fn values<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match property(value, name) {
        Some(Value::Array(many)) => many,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// Whether a thing is of the type `name`; it may be of several.
pub(super) fn is_a(thing: &Map<String, Value>, name: &str) -> bool {
    let is = |value: &Value| {
        value
            .as_str()
            .is_some_and(|kind| local(kind.trim()).eq_ignore_ascii_case(name))
    };
    ["@type", "type"]
        .into_iter()
        .filter_map(|key| thing.get(key))
        .any(|kind| match kind {
            Value::Array(many) => many.iter().any(is),
            one => is(one),
        })
}

/// The first line of plain text of a property.
pub(super) fn line(value: &Value, name: &str) -> Option<String> {
    values(value, name).iter().find_map(plain)
}

/// All texts of a property, each a line.
pub(super) fn lines(value: &Value, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in values(value, name).iter().filter_map(plain) {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// All texts of a property, joined by commas.
pub(super) fn words(value: &Value, name: &str) -> Option<String> {
    let found = lines(value, name);
    (!found.is_empty()).then(|| found.join(", "))
}

/// A text, a number or the name of a thing, as a line of plain text.
pub(super) fn plain(value: &Value) -> Option<String> {
    clean(&raw(value)?)
}

/// A text, a number or the name of a thing, as it is written.
pub(super) fn raw(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(_) => ["@value", "name", "value", "alternateName"]
            .into_iter()
            .find_map(|name| match property(value, name) {
                Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            }),
        Value::Array(many) => many.iter().find_map(raw),
        Value::Null | Value::Bool(_) => None,
    }
}

/// A property that is an address; one that begins with a slash is of the host of
/// `page`.
pub(super) fn address(value: &Value, name: &str, page: &str) -> Option<String> {
    values(value, name).iter().find_map(|value| {
        let text = match value {
            Value::String(text) => text.as_str(),
            Value::Object(_) => ["url", "@id", "urlTemplate"]
                .into_iter()
                .find_map(|name| property(value, name)?.as_str())?,
            _ => return None,
        };
        let text = crate::text::unescape(text.trim());
        let end = page.find("://").map(|at| at + 3)?;
        let host = page.get(end..)?.split(['/', '?', '#']).next()?;
        let scheme = page.get(..end)?;
        if let Some(path) = text.strip_prefix("//") {
            return Some(format!("https://{path}"));
        }
        if text.starts_with('/') {
            return Some(format!("{scheme}{host}{text}"));
        }
        let lower = text.get(..8).unwrap_or_default().to_ascii_lowercase();
        (lower.starts_with("https://") || lower.starts_with("http://"))
            .then(|| text.replace(' ', "%20"))
    })
}

/// A property that is a number, or a text that is one ("1,200.50").
pub(super) fn number(value: &Value, name: &str) -> Option<f64> {
    values(value, name).iter().find_map(amount)
}

pub(super) fn amount(value: &Value) -> Option<f64> {
    let found = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => amount_in(text),
        _ => None,
    };
    found.filter(|amount| amount.is_finite() && *amount > 0.0)
}

/// A number as people write it: blanks and separators of thousands are left out.
fn amount_in(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches(['$', '€', '£']);
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let last = plain.rfind([',', '.']);
    let tail = last.map_or(0, |at| plain.len() - at - 1);
    let mut out = String::with_capacity(plain.len());
    for (at, c) in plain.char_indices() {
        match c {
            // Three digits follow a separator of thousands, fewer a decimal one.
            ',' | '.' if Some(at) == last && (1..=2).contains(&tail) => out.push('.'),
            '.' if Some(at) == last && tail > 3 => out.push('.'),
            ',' | '.' | '\'' => {}
            '0'..='9' | '-' => out.push(c),
            _ => return None,
        }
    }
    out.parse().ok()
}

/// The name behind a prefix or an address.
fn local(name: &str) -> &str {
    name.rsplit(['/', '#', ':']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, expected) in [
            ("50000", Some(50_000.0)),
            ("50,000", Some(50_000.0)),
            ("50.000", Some(50_000.0)),
            ("50,000.00", Some(50_000.0)),
            ("1.234,50", Some(1_234.5)),
            ("$18.5", Some(18.5)),
            ("18.12345", Some(18.12345)),
            ("50 000", Some(50_000.0)),
            ("0", None),
            ("50-60", None),
            ("negotiable", None),
            ("", None),
        ] {
            assert_eq!(amount(&Value::from(text)), expected, "{text}");
        }
    }
}
