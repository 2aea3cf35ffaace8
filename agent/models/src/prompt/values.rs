//! What is put into a prompt: cleaned, cut to its limit, and marked as a quotation
//! where it is somebody else's.

use agent_core::text;
use serde_json::{Map, Value};

use super::Input;

/// Around a quotation.
const OPEN: &str = "<<<";
const CLOSE: &str = ">>>";

/// A value within the limit of its input. Of lists and tables the first entries are
/// kept, as many as the limit allows; numbers and truths are as they are.
pub(super) fn fitted(value: &Value, input: Input) -> Value {
    match value {
        Value::String(whole) => {
            let (fits, was_cut) = cut(&plain(&text::block(whole)), input.cap);
            let mark = if was_cut { " […]" } else { "" };
            Value::String(if input.quoted {
                format!("{OPEN}\n{fits}{mark}\n{CLOSE}")
            } else {
                format!("{fits}{mark}")
            })
        }
        Value::Array(_) | Value::Object(_) => {
            let mut left = input.cap;
            within(value, &mut left).unwrap_or_else(|| match value {
                Value::Object(_) => Value::Object(Map::new()),
                _ => Value::Array(Vec::new()),
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// A part of a value within what is left of a limit; nothing once it is used up.
fn within(value: &Value, left: &mut usize) -> Option<Value> {
    if *left == 0 {
        return None;
    }
    Some(match value {
        Value::String(whole) => {
            let (fits, was_cut) = cut(&plain(&text::line(whole)), *left);
            *left = if was_cut {
                0
            } else {
                left.saturating_sub(fits.chars().count())
            };
            Value::String(fits)
        }
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map_while(|item| {
                    *left = left.saturating_sub(1);
                    within(item, left)
                })
                .collect(),
        ),
        Value::Object(fields) => {
            let mut kept = Map::new();
            for (key, field) in fields {
                // A field that is left out would be undefined in the template.
                let fits = within(field, left).unwrap_or_else(|| empty(field));
                kept.insert(key.clone(), fits);
            }
            Value::Object(kept)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

fn empty(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::String(String::new()),
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Object(_) => Value::Object(Map::new()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// The text without anything that would end a quotation.
fn plain(text: &str) -> String {
    text.replace(OPEN, "‹‹‹").replace(CLOSE, "›››")
}

fn cut(text: &str, cap: usize) -> (String, bool) {
    match text.char_indices().nth(cap) {
        Some((end, _)) => (
            text.get(..end).unwrap_or_default().trim_end().to_owned(),
            true,
        ),
        None => (text.to_owned(), false),
    }
}
