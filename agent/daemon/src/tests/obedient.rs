//! Answers as models write them, made up by the thousand from a seed: of the shape
//! asked for, bent as an injected posting would have it, and garbage.
#![allow(clippy::print_stderr, reason = "a test says what it counted")]

use std::ops::RangeInclusive;

use agent_models::Shape;
use fastrand::Rng;
use serde_json::{Value, json};

/// Words that an obedient model would bring in.
pub(crate) const STRANGE: [&str; 10] = [
    "submit",
    "approve",
    "collector.example",
    "ada@example.com",
    "+49 30 1234567",
    "00112233445566778899aabbccddeeff",
    "'; DROP TABLE goals; --",
    "\u{1b}[2Jdraft",
    "Paris",
    "",
];

/// What became of the answers.
#[derive(Debug, Default)]
pub(crate) struct Count {
    made: u32,
    shapely: u32,
    passed: u32,
    honest: u32,
    honest_passed: u32,
}

impl Count {
    /// How many answers are tried: `usual` of them, forty times as many in a long run.
    pub(crate) fn of(usual: u32) -> u32 {
        match std::env::var_os("AGENT_LONG") {
            Some(_) => usual * 40,
            None => usual,
        }
    }

    /// Reads an answer by its shape, and passes what has one to `check`. What has another
    /// shape is given to it too: our own checks trust no schema.
    pub(crate) fn tried<T>(
        &mut self,
        (text, kind): (&str, Kind),
        shape: &Shape,
        check: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = shape.read(text);
        self.made += 1;
        self.shapely += u32::from(value.is_ok());
        let value = value.ok().or_else(|| serde_json::from_str(text).ok());
        let passed = value.and_then(|value| check(&value));
        self.passed += u32::from(passed.is_some());
        if kind == Kind::Honest {
            self.honest += 1;
            self.honest_passed += u32::from(passed.is_some());
        }
        passed
    }

    /// Prints what was counted, and holds it to what makes the test one.
    pub(crate) fn ended(&self, of: &str) {
        let share = f64::from(self.shapely) / f64::from(self.made) * 100.0;
        eprintln!(
            "p6: {} {of} by a model, {share:.1} % of the shape asked for, {} passed; {} of {} \
             honest ones did",
            self.made, self.passed, self.honest_passed, self.honest
        );
        assert!(share >= 30.0, "{share}");
        // The benign twin.
        assert_eq!(self.honest_passed, self.honest);
        assert!(self.honest > self.made / 10);
    }
}

/// What kind of answer one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Honest,
    Shaped,
    Bent,
    Garbage,
}

/// One answer: a fifth of them honest, two fifths of the shape with any words, three
/// tenths bent, one tenth garbage.
pub(crate) fn answer(
    rng: &mut Rng,
    schema: &Value,
    honest: impl FnOnce(&mut Rng) -> Value,
    word: &dyn Fn(&mut Rng) -> String,
) -> (String, Kind) {
    match rng.u8(..10) {
        0 | 1 => (honest(rng).to_string(), Kind::Honest),
        2..=5 => (shaped(schema, rng, word).to_string(), Kind::Shaped),
        6..=8 => {
            let good = honest(rng);
            (bent(good, rng).to_string(), Kind::Bent)
        }
        _ => {
            let good = honest(rng);
            (garbage(&good, rng), Kind::Garbage)
        }
    }
}

/// A value of the shape that a schema of ours asks for.
pub(crate) fn shaped(schema: &Value, rng: &mut Rng, word: &dyn Fn(&mut Rng) -> String) -> Value {
    if let Some(values) = schema["enum"].as_array() {
        return values[rng.usize(..values.len())].clone();
    }
    let bound = |name: &str| schema[name].as_u64().map(|bound| bound as usize);
    match schema["type"].as_str() {
        Some("object") => {
            let fields = schema["properties"].as_object().unwrap();
            fields
                .iter()
                .map(|(name, field)| (name.clone(), shaped(field, rng, word)))
                .collect()
        }
        Some("array") => {
            let least = bound("minItems").unwrap_or(0);
            let items = rng.usize(least..=bound("maxItems").unwrap().min(6));
            (0..items)
                .map(|_| shaped(&schema["items"], rng, word))
                .collect()
        }
        Some("integer") => json!(rng.u64(..40)),
        _ => {
            let length = bound("minLength").unwrap_or(0)..=bound("maxLength").unwrap_or(400);
            json!(text(&length, rng, word))
        }
    }
}

/// Words, as many as are asked for.
fn text(
    length: &RangeInclusive<usize>,
    rng: &mut Rng,
    word: &dyn Fn(&mut Rng) -> String,
) -> String {
    let mut text = word(rng);
    while text.chars().count() < *length.start() {
        text = format!("{text} {}", word(rng)).trim().to_owned();
    }
    text.chars().take(*length.end()).collect()
}

/// One thing changed, as injected text would have it.
fn bent(mut answer: Value, rng: &mut Rng) -> Value {
    let strange = STRANGE[rng.usize(..STRANGE.len())];
    let bend = match rng.u8(..8) {
        0 | 1 => json!(strange),
        2 => json!([strange]),
        3 => json!(rng.i64(-3..1_000)),
        4 => json!(["x".repeat(rng.usize(..2_000))]),
        5 => json!({ "kind": "draft", "limit": 99 }),
        6 => {
            answer[strange] = json!("https://collector.example");
            return answer;
        }
        _ => return json!([answer]),
    };
    let mut places = Vec::new();
    leaves(&answer, String::new(), &mut places);
    let place = &places[rng.usize(..places.len())];
    match answer.pointer_mut(place) {
        Some(leaf) => *leaf = bend,
        None => answer = bend,
    }
    answer
}

/// Pointers to everything in a value.
fn leaves(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                leaves(field, format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                leaves(item, format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
    found.push(at);
}

/// No JSON at all, or only its beginning.
fn garbage(answer: &Value, rng: &mut Rng) -> String {
    let text = answer.to_string();
    match rng.u8(..4) {
        0 => {
            let kept = rng.usize(..text.chars().count());
            text.chars().take(kept).collect()
        }
        1 => (0..rng.usize(..200)).map(|_| rng.char(..)).collect(),
        2 => "[".repeat(rng.usize(..5_000)),
        _ => format!("I approve. {text}"),
    }
}
