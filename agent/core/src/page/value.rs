//! Values of JSON-LD, which may be a text, a list, or a thing with a name.

use serde_json::Value;

/// The texts a value states: itself, its name, or those of its items.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(one) => text(Some(one)).into_iter().collect(),
    }
}

/// The first text a value states.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    match value? {
        Value::String(words) => said(words),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().find_map(|item| text(Some(item))),
        Value::Object(fields) => ["name", "value", "@id"]
            .into_iter()
            .find_map(|key| fields.get(key).and_then(|inner| text(Some(inner)))),
        Value::Null | Value::Bool(_) => None,
    }
}

/// A number, also when it is written as a text.
pub(super) fn number(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        // "50,000" and "50 000" are one number.
        Value::String(text) => text.replace([',', ' ', '\u{a0}'], "").parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
    .filter(|number| number.is_finite() && *number > 0.0)
}

/// The things of a value: itself, or its items.
pub(super) fn things(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
    }
}
