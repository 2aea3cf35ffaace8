//! Answers that have a shape: checked by JSON Schema and by the caller's own test, and
//! asked for again with what was wrong. No I/O: who asks the model is elsewhere.
#![deny(clippy::indexing_slicing)]

use std::fmt;

use agent_core::text;
use serde_json::Value;

use crate::{ChatAnswer, Rendered};

/// How often a model is asked again because its answer could not be used.
const REPAIRS: u8 = 2;

/// Most characters of a reason, in the ledger and in the next question.
const REASON: usize = 240;

/// A compiled schema.
pub struct Shape {
    validator: jsonschema::Validator,
}

/// A schema that is none: a fault of who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the schema of an answer is wrong: {0}")]
pub struct ShapeError(String);

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shape")
    }
}

impl Shape {
    /// Compiles a schema. Nothing it names is fetched.
    pub fn new(schema: &Value) -> Result<Self, ShapeError> {
        let validator = jsonschema::options()
            .build(schema)
            .map_err(|error| ShapeError(text::quote(&error.to_string(), REASON)))?;
        Ok(Self { validator })
    }

    /// Reads an answer: the value, or where and how it has another shape. What the
    /// model wrote is not repeated.
    pub fn read(&self, answer: &str) -> Result<Value, String> {
        let value: Value = serde_json::from_str(unfenced(answer))
            .map_err(|error| text::quote(&format!("it is not JSON: {error}"), REASON))?;
        self.check(&value)?;
        Ok(value)
    }

    /// Checks a value: where and how it has another shape.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        match self.validator.validate(value) {
            Ok(()) => Ok(()),
            Err(error) => {
                let path = error.instance_path().to_string();
                let at = if path.is_empty() { "/" } else { path.as_str() };
                let said = format!("at {at}: {}", error.masked());
                Err(text::quote(&said, REASON))
            }
        }
    }
}

/// The answer without the fence that models like to put around JSON.
fn unfenced(answer: &str) -> &str {
    let answer = answer.trim();
    let Some(inner) = answer.strip_prefix("```") else {
        return answer;
    };
    let inner = inner.strip_prefix("json").unwrap_or(inner);
    inner.strip_suffix("```").unwrap_or(inner).trim()
}

/// What became of one exchange with a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its answer is used.
    Ok,
    /// Its answer has another shape.
    Invalid(String),
    /// Its answer has the shape, and is refused all the same.
    Refused(String),
    /// Its answer was cut.
    Cut,
}

/// What follows an exchange.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The answer is used.
    Use(Value),
    /// The model is asked again.
    Again,
    /// The model is given up.
    GiveUp,
}

/// One question to one model with its repairs.
#[derive(Debug)]
pub struct Dialogue<'a> {
    prompt: &'a Rendered,
    shape: &'a Shape,
    user: String,
    room: u32,
    repairs: u8,
    lengthened: bool,
}

impl<'a> Dialogue<'a> {
    /// Begins with the question as it is.
    pub fn new(prompt: &'a Rendered, shape: &'a Shape) -> Self {
        Self {
            prompt,
            shape,
            user: prompt.user.clone(),
            room: prompt.answer_tokens,
            repairs: 0,
            lengthened: false,
        }
    }

    /// What is asked next.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Most tokens of the next answer.
    pub fn room(&self) -> u32 {
        self.room
    }

    /// How often the model was asked again because of what it answered.
    pub fn repairs(&self) -> u8 {
        self.repairs
    }

    /// Takes an answer. `check` is the caller's test of one that has the shape.
    pub fn take(
        &mut self,
        answer: &ChatAnswer,
        check: impl FnOnce(&Value) -> Result<(), String>,
    ) -> (Step, Outcome) {
        match self.shape.read(&answer.text) {
            Ok(value) => match check(&value) {
                Ok(()) => (Step::Use(value), Outcome::Ok),
                Err(why) => {
                    let why = text::quote(&why, REASON);
                    (self.again(&why), Outcome::Refused(why))
                }
            },
            // A cut answer says nothing about what the model would have said.
            Err(_) if answer.cut && !self.lengthened => {
                self.lengthened = true;
                self.room = self.room.saturating_mul(2);
                (Step::Again, Outcome::Cut)
            }
            Err(_) if answer.cut => (Step::GiveUp, Outcome::Cut),
            Err(why) => (self.again(&why), Outcome::Invalid(why)),
        }
    }

    fn again(&mut self, why: &str) -> Step {
        if self.repairs == REPAIRS {
            return Step::GiveUp;
        }
        self.repairs += 1;
        self.user = format!(
            "{}\n\nAn earlier answer could not be used: {why}\nAnswer again, with one JSON \
             object of the given schema.",
            self.prompt.user
        );
        Step::Again
    }
}

#[cfg(test)]
mod tests;
