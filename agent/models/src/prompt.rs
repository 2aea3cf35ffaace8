//! The registry of prompts: a Markdown file per task, with what it is for, what is
//! put into it and how long that may be. The person may write another body; the
//! inputs, their limits and the schema stay ours.
#![deny(clippy::indexing_slicing)]

mod values;

use std::collections::BTreeMap;

use agent_core::text;
use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Stands between what the model is to do and what it is asked.
const DIVIDER: &str = "\n===\n";

/// What stands around the front matter.
const FENCE: &str = "+++\n";

/// Steps a template may take: a body of the person's own may loop.
const FUEL: u64 = 100_000;

/// Most bytes of a body.
const LONGEST: usize = 64 << 10;

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../prompts/", $name, ".md")))),+]
    };
}

/// Every prompt, by name: the file of that name in `prompts/`.
const BUILT_IN: &[(&str, &str)] = built_in!["answer", "letter", "plan", "posting"];

/// Something that is put into a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Most characters of it.
    pub cap: usize,
    /// Whether it is somebody else's text, which is shown between marks as a quotation.
    #[serde(default)]
    pub quoted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    purpose: String,
    answer_tokens: u32,
    inputs: BTreeMap<String, Input>,
}

/// One prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Name of its task.
    pub name: &'static str,
    /// What it is for.
    pub purpose: String,
    /// Most tokens of an answer.
    pub answer_tokens: u32,
    /// What is put into it.
    pub inputs: BTreeMap<String, Input>,
    /// The template in use.
    pub body: String,
    /// The template that comes with the program.
    pub built_in: &'static str,
}

/// A prompt with everything put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What the model is to do.
    pub system: String,
    /// What it is asked.
    pub user: String,
    /// Most tokens of its answer.
    pub answer_tokens: u32,
}

/// Why a prompt cannot be used. Each is a fault of the program or of a body of the
/// person's own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    /// There is none of this name.
    #[error("there is no prompt {0}")]
    Unknown(String),
    /// The file has another form.
    #[error("the prompt {name} cannot be read: {why}")]
    Form {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
    /// A value that the prompt does not know.
    #[error("the prompt {name} has no input {input}")]
    NoInput {
        /// Its name.
        name: String,
        /// The value's.
        input: String,
    },
    /// A value that the prompt needs.
    #[error("the prompt {name} was given no {input}")]
    Missing {
        /// Its name.
        name: String,
        /// The value's.
        input: String,
    },
    /// The template fails.
    #[error("the prompt {name} fails in line {line}: {why}")]
    Template {
        /// Its name.
        name: String,
        /// Line of the body.
        line: usize,
        /// Why.
        why: String,
    },
}

/// Why a body of the person's own cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct OverrideError {
    /// Line of the body.
    pub line: usize,
    /// Why.
    pub why: String,
}

/// All prompts.
#[derive(Debug, Clone)]
pub struct Prompts {
    all: Vec<Prompt>,
}

impl Prompts {
    /// Those that come with the program.
    pub fn built_in() -> Result<Self, PromptError> {
        let all = BUILT_IN.iter().map(|(name, file)| read(name, file));
        Ok(Self {
            all: all.collect::<Result<_, _>>()?,
        })
    }

    /// Every prompt, by name.
    pub fn all(&self) -> &[Prompt] {
        &self.all
    }

    /// The prompt of a task.
    pub fn get(&self, name: &str) -> Result<&Prompt, PromptError> {
        let found = self.all.iter().find(|prompt| prompt.name == name);
        found.ok_or_else(|| PromptError::Unknown(text::quote(name, 60)))
    }
}

impl Prompt {
    /// Has the person's own body in place of ours, if it can be one: it must be a
    /// template that names no input but those of the prompt.
    pub fn with_body(&self, body: &str) -> Result<Self, OverrideError> {
        let wrong = |line, why: String| OverrideError { line, why };
        if body.len() > LONGEST {
            return Err(wrong(1, "it is longer than any prompt".to_owned()));
        }
        let body = body.replace("\r\n", "\n");
        if body.trim().is_empty() {
            return Err(wrong(1, "it is empty".to_owned()));
        }
        let environment = environment();
        let template = environment
            .template_from_str(&body)
            .map_err(|error| wrong(error.line().unwrap_or(1), said(&error)))?;
        let mut unknown: Vec<String> = template
            .undeclared_variables(false)
            .into_iter()
            .filter(|name| !self.inputs.contains_key(name))
            .collect();
        unknown.sort();
        if let Some(name) = unknown.first() {
            let at = body.lines().position(|row| row.contains(name.as_str()));
            let known: Vec<&str> = self.inputs.keys().map(String::as_str).collect();
            let why = format!("there is no input {name}; there are {}", known.join(", "));
            return Err(wrong(at.map_or(1, |at| at + 1), text::quote(&why, 200)));
        }
        Ok(Self {
            body,
            ..self.clone()
        })
    }

    /// The prompt as it came with the program.
    pub fn original(&self) -> Self {
        Self {
            body: self.built_in.to_owned(),
            ..self.clone()
        }
    }

    /// Whether the body is not the one that came with the program.
    pub fn is_changed(&self) -> bool {
        self.body != self.built_in
    }

    /// Puts values in, each cut to its limit. An input without a value and a value
    /// without an input are errors.
    pub fn render(&self, given: &Value) -> Result<Rendered, PromptError> {
        let name = || self.name.to_owned();
        let none = serde_json::Map::new();
        let given = given.as_object().unwrap_or(&none);
        if let Some(input) = given.keys().find(|key| !self.inputs.contains_key(*key)) {
            return Err(PromptError::NoInput {
                name: name(),
                input: text::quote(input, 60),
            });
        }
        let mut values = serde_json::Map::new();
        for (key, input) in &self.inputs {
            let value = given.get(key).ok_or_else(|| PromptError::Missing {
                name: name(),
                input: key.clone(),
            })?;
            values.insert(key.clone(), values::fitted(value, *input));
        }
        let environment = environment();
        let rendered = environment
            .render_str(&self.body, Serde(&values))
            .map_err(|error| PromptError::Template {
                name: name(),
                line: error.line().unwrap_or(1),
                why: said(&error),
            })?;
        let (system, user) = divided(&rendered);
        Ok(Rendered {
            system: system.to_owned(),
            user: user.to_owned(),
            answer_tokens: self.answer_tokens,
        })
    }
}

impl Rendered {
    /// What tells this question, with the shape of its answer, from every other.
    pub fn digest(&self, schema: &Value) -> [u8; 32] {
        let mut digest = Sha256::new();
        let schema = schema.to_string();
        for part in [&self.system, &self.user, &schema] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part.as_bytes());
        }
        digest.update(self.answer_tokens.to_be_bytes());
        digest.finalize().into()
    }
}

/// What the model is to do, and what it is asked.
pub fn divided(body: &str) -> (&str, &str) {
    match body.split_once(DIVIDER) {
        Some((system, user)) => (system.trim(), user.trim()),
        None => ("", body.trim()),
    }
}

fn read(name: &'static str, file: &'static str) -> Result<Prompt, PromptError> {
    let wrong = |why: &str| PromptError::Form {
        name: name.to_owned(),
        why: text::quote(why, 200),
    };
    let (front, body) = file
        .strip_prefix(FENCE)
        .and_then(|rest| rest.split_once(FENCE))
        .ok_or_else(|| wrong("it has no front matter"))?;
    let front: Front = toml::from_str(front).map_err(|error| wrong(error.message()))?;
    let body = body.trim_start();
    let prompt = Prompt {
        name,
        purpose: front.purpose,
        answer_tokens: front.answer_tokens,
        inputs: front.inputs,
        body: body.to_owned(),
        built_in: body,
    };
    prompt
        .with_body(body)
        .map_err(|error| wrong(&error.to_string()))
}

/// Nothing that is put in is escaped or read as a template; an undefined value is an
/// error, not nothing.
fn environment<'a>() -> Environment<'a> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let mut syntax = SyntaxConfig::builder();
    // Fails for delimiters of one's own alone.
    if let Ok(syntax) = syntax.trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_fuel(Some(FUEL));
    environment
}

fn said(error: &minijinja::Error) -> String {
    let detail = error.detail().map(str::to_owned);
    text::quote(&detail.unwrap_or_else(|| error.kind().to_string()), 200)
}

#[cfg(test)]
mod tests;
