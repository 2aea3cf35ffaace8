//! How a letter came to be: who wrote it and what each claim rests on. It is kept as
//! JSON beside the letter.

use agent_core::{form::Tone, grounding::Claim};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub(crate) enum Author {
    /// Rules.
    Template,
    /// A model.
    Model {
        /// Its name.
        model: String,
        /// Number of the call in the ledger.
        call: i64,
    },
}

/// How a letter came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Written {
    pub(crate) author: Author,
    pub(crate) tone: Tone,
    /// ISO 639-1.
    pub(crate) language: String,
    /// What it claims and where that stands.
    pub(crate) claims: Vec<Claim>,
    /// Why it is the template, or English; empty where there is nothing to say.
    pub(crate) note: String,
    /// What a model wrote before that was refused, with why.
    pub(crate) refused: Vec<String>,
}

impl Written {
    /// As it was kept. What another version wrote and cannot be read counts as the
    /// template's, which claims nothing of a model.
    pub(crate) fn of(kept: &Value) -> Self {
        serde_json::from_value(kept.clone()).unwrap_or_else(|_| Self {
            author: Author::Template,
            tone: Tone::Plain,
            language: "en".to_owned(),
            claims: Vec::new(),
            note: String::new(),
            refused: Vec::new(),
        })
    }

    pub(crate) fn is_by_model(&self) -> bool {
        match self.author {
            Author::Model { .. } => true,
            Author::Template => false,
        }
    }
}
