//! Values of a resume as clean text.
#![deny(clippy::indexing_slicing)]

use serde_json::Value;

use super::Object;
use crate::text;

/// The first of `keys` that holds a text or number that is not blank.
pub(super) fn string(one: &Object, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match one.get(*key)? {
        Value::String(text) => Some(text::line(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

/// The texts of a list that are not blank.
pub(super) fn strings(one: &Object, key: &str) -> Vec<String> {
    let list = one.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(text::line)
        .filter(|text| !text.is_empty())
        .collect()
}

/// City, region and country; the street stays out, nothing needs it.
pub(super) fn location(value: &Value) -> Option<String> {
    let Some(place) = value.as_object() else {
        return value.as_str().map(text::line);
    };
    let parts: Vec<String> = ["city", "region", "countryCode"]
        .iter()
        .filter_map(|key| string(place, &[key]))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
