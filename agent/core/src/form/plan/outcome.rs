//! What comes of planning a form.

use agent_approval::FieldKind;
use serde::{Deserialize, Serialize};

use crate::form::{Filling, Meaning, Misfit, QuestionClass};

/// A form, understood and answered as far as it can be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is put into the controls, in the page's order.
    pub fillings: Vec<Filling>,
    /// What waits for the person.
    pub ask: Vec<Ask>,
    /// What stays empty.
    pub left_empty: Vec<LeftEmpty>,
    /// Every control, in the page's order.
    pub understood: Vec<Understood>,
}

/// A control and what it asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// Index of the control.
    pub control: usize,
    /// Names the question on this form and, where the answer may be used again, in the bank.
    pub key: String,
    /// What it is about.
    pub class: QuestionClass,
    /// The plain fact it asks for.
    pub meaning: Option<Meaning>,
    /// Whether an answer may be kept for the next form.
    pub bankable: bool,
}

/// A question for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Index of the control.
    pub control: usize,
    /// [`Understood::key`].
    pub key: String,
    /// The form's words.
    pub label: String,
    /// The form's further words.
    pub help: String,
    /// How it is answered.
    pub kind: FieldKind,
    /// Whether the form wants an answer.
    pub required: bool,
    /// The choices.
    pub options: Vec<String>,
    /// Longest text, in UTF-16 units.
    pub max_length: Option<u32>,
    /// What it is about.
    pub class: QuestionClass,
    /// What the person may want to say. Never used unless they say it.
    pub suggestion: Option<String>,
    /// Why it is asked.
    pub why: Why,
}

/// Why the person is asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Nothing known answers it.
    #[error("your profile and your earlier answers do not say")]
    NotKnown,
    /// Nobody else may answer it.
    #[error("only you can answer this")]
    Sensitive,
    /// A statement of policy or a signature.
    #[error("a statement like this you make yourself, each time")]
    Stop,
    /// The person's answer for this form does not fit it.
    #[error("your answer does not fit: {0}")]
    GivenAnswer(Misfit),
    /// An earlier answer does not fit this form.
    #[error("your earlier answer does not fit: {0}")]
    EarlierAnswer(Misfit),
    /// The fact does not fit.
    #[error("what your profile says does not fit: {0}")]
    Fact(Misfit),
    /// An earlier answer names a date.
    #[error("your earlier answer names a date, which may have passed")]
    Dated,
    /// A name that cannot be split without guessing.
    #[error("your name could be split in more than one way")]
    NameParts,
    /// Several facts would do.
    #[error("your profile has several of these")]
    Several,
    /// The label and the field's own name contradict each other.
    #[error("the field's name and its label do not say the same")]
    Contradiction,
    /// No document to attach.
    #[error("there is no file for this")]
    NoFile,
    /// The form does not take this kind of file.
    #[error("{name} is of a kind the form does not take: it takes {accepted}")]
    FileType {
        /// The file.
        name: String,
        /// What is taken.
        accepted: String,
    },
}

/// A control that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftEmpty {
    /// Index of the control.
    pub control: usize,
    /// The form's words.
    pub label: String,
    /// What it is about.
    pub class: QuestionClass,
}

impl Plan {
    /// Whether something waits for the person.
    pub fn waits(&self) -> bool {
        !self.ask.is_empty()
    }

    /// Whether a statement of policy or a signature waits for the person.
    pub fn has_stop(&self) -> bool {
        self.ask.iter().any(|ask| ask.class.is_stop())
    }
}
