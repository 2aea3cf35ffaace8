//! Hostile texts in the shapes that collections of them have.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value};

use crate::cases;

/// Fields that hold the hostile text of an entry, the rest being about it.
const TEXTS: &[&str] = &[
    "payloads",
    "payload",
    "prompts",
    "prompt",
    "attacks",
    "attack",
    "attack_str",
    "injection_text",
    "text",
    "input",
    "goal",
    "content",
    "string",
];

/// Fields that say whether a text is hostile at all.
const LABELS: &[&str] = &[
    "injection",
    "label",
    "is_injection",
    "malicious",
    "jailbreak",
];

/// A hostile text.
#[derive(Debug, PartialEq)]
pub(super) struct Attack {
    /// File and number.
    pub(super) name: String,
    pub(super) text: String,
}

/// Reads every text below `dir`.
pub(super) fn load(dir: &Path) -> Result<Vec<Attack>> {
    let mut attacks = Vec::new();
    for path in cases::files(dir, &["json", "jsonl", "ndjson", "txt", "md"])? {
        let bytes =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let is_json = path
            .extension()
            .is_some_and(|extension| extension.to_string_lossy().contains("json"));
        let values: Option<Vec<Value>> = is_json
            .then(|| {
                let values = serde_json::Deserializer::from_slice(&bytes).into_iter();
                values.collect::<Result<_, _>>()
            })
            .transpose()
            .with_context(|| format!("{}", path.display()))?;
        let mut texts = Vec::new();
        match values {
            Some(values) => values.iter().for_each(|value| collect(value, &mut texts)),
            None => texts.extend(lines(&String::from_utf8_lossy(&bytes))),
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let named = texts.into_iter().enumerate().map(|(at, text)| Attack {
            name: format!("{stem}#{}", at + 1),
            text,
        });
        attacks.extend(named);
    }
    ensure!(!attacks.is_empty(), "{} holds no text", dir.display());
    Ok(attacks)
}

/// The paragraphs of a text file; each line alone where comments show a table.
fn lines(text: &str) -> Vec<String> {
    let is_table = text.lines().any(|line| line.starts_with('#'));
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let mut all = vec![String::new()];
    for row in rows {
        let is_break = is_table || row.trim().is_empty();
        match all.last_mut() {
            Some(last) if !is_break && !last.is_empty() => {
                last.push('\n');
                last.push_str(row);
            }
            _ => all.push(row.to_owned()),
        }
    }
    all.retain(|text| !text.trim().is_empty());
    all
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => texts.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|value| collect(value, texts)),
        Value::Object(fields) if is_benign(fields) => {}
        Value::Object(fields) => {
            let known = TEXTS.iter().find_map(|name| fields.get(*name));
            match known {
                Some(value) => collect(value, texts),
                None => fields.values().for_each(|value| collect(value, texts)),
            }
        }
        _ => {}
    }
}

/// Whether an entry says of itself that it is an honest text, kept to see
/// whether a detector raises a false alarm.
fn is_benign(fields: &Map<String, Value>) -> bool {
    let label = LABELS.iter().find_map(|name| fields.get(*name));
    label.is_some_and(|label| {
        label.as_f64() == Some(0.0)
            || label.as_bool() == Some(false)
            || label.as_str().is_some_and(|label| {
                ["benign", "safe", "legitimate", "no", "false", "0"]
                    .contains(&label.to_lowercase().as_str())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_texts_are_found_in_every_shape() {
        let check = |json: &str, expected: &[&str]| {
            let mut texts = Vec::new();
            collect(&serde_json::from_str(json).unwrap(), &mut texts);
            assert_eq!(texts, expected, "{json}");
        };
        check(r#"["a", "", "b"]"#, &["a", "b"]);
        check(r#"{"Task": ["a", "b"], "Other": ["c"]}"#, &["a", "b", "c"]);
        check(r#"{"name": "n", "payloads": ["a"], "lang": "en"}"#, &["a"]);
        check(
            r#"[{"text": "a", "injection": 1}, {"text": "b", "injection": 0}]"#,
            &["a"],
        );
        check(
            r#"[{"file": "1", "input": "<b>", "expected": "x"}]"#,
            &["<b>"],
        );
        assert_eq!(lines("# comment\none\n\ntwo\n"), ["one", "two"]);
        assert_eq!(lines("one\ntwo\n\nthree\n"), ["one\ntwo", "three"]);
    }
}
