//! Application forms: what is asked, before a portal's shape is put on it.

pub(crate) mod classic;
mod json;
pub(crate) mod lever;
pub(crate) mod markup;
pub(crate) mod new;
mod questions;
mod standard;
pub(crate) mod submission;
pub(crate) mod template;
pub(crate) mod validation;
pub(crate) mod wire;

pub(crate) use json::add_questions;

use crate::opening::Opening;

/// The form of one opening.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    pub(crate) questions: Vec<Question>,
    /// Where it is sent.
    pub(crate) action: Action,
    /// The hidden value that names the posting.
    pub(crate) posting: String,
    /// Lever's id for the questions of the employer's own.
    pub(crate) card: String,
}

/// Host and path a form is sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) host: String,
    pub(crate) path: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) key: Key,
    pub(crate) label: String,
    pub(crate) required: bool,
    pub(crate) answer: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// Every form of the portal has this name for it.
    Standard(&'static str),
    /// The employer's own, by its number.
    Custom(u64),
    /// Voluntary, for the statistics of the authorities.
    Voluntary(&'static str),
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// One line, with the type of the input and its `autocomplete`.
    Text(&'static str, &'static str),
    LongText,
    /// A file, or typed text in its place where the portal takes that.
    File,
    /// A list of Yes and No.
    YesNo(Vec<Choice>),
    Select(Vec<Choice>),
    Radio(Vec<Choice>),
    Checkboxes(Vec<Choice>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
}

impl Form {
    /// The healthy form of an opening, the same at every call.
    pub(crate) fn of(opening: &Opening) -> Self {
        questions::form(opening)
    }

    /// The employer's own questions.
    pub(crate) fn custom(&self) -> impl Iterator<Item = (u64, &Question)> {
        self.questions.iter().filter_map(|q| match q.key {
            Key::Custom(number) => Some((number, q)),
            Key::Standard(_) | Key::Voluntary(_) => None,
        })
    }
}

impl Key {
    /// The name in the board API and on the newer pages.
    pub(crate) fn name(self) -> String {
        match self {
            Key::Standard(name) | Key::Voluntary(name) => name.to_owned(),
            Key::Custom(number) => format!("question_{number}"),
        }
    }
}

impl Answer {
    /// What can be chosen; nothing where text or a file is given.
    pub(crate) fn choices(&self) -> &[Choice] {
        match self {
            Answer::Text(..) | Answer::LongText | Answer::File => &[],
            Answer::YesNo(choices)
            | Answer::Select(choices)
            | Answer::Radio(choices)
            | Answer::Checkboxes(choices) => choices,
        }
    }

    pub(crate) fn choices_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Answer::Text(..) | Answer::LongText | Answer::File => None,
            Answer::YesNo(choices)
            | Answer::Select(choices)
            | Answer::Radio(choices)
            | Answer::Checkboxes(choices) => Some(choices),
        }
    }
}
