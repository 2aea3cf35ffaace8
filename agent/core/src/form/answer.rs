//! An answer of the person, and whether it fits a control.
#![deny(clippy::indexing_slicing)]

use agent_approval::FieldKind;
use serde::{Deserialize, Serialize};

use super::{Ask, Control, Put, phrase::Folded};
use crate::text;

/// An answer, as it is kept for the next form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Text, line ends as `\n`.
    Text(String),
    /// Texts of what is chosen.
    Chosen(Vec<String>),
    /// A single box, ticked or not.
    Ticked(bool),
    /// Nothing: the person wants it left empty.
    Empty,
}

/// What a control takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape<'a> {
    /// How it is filled.
    pub kind: FieldKind,
    /// Texts of the choices.
    pub options: &'a [String],
    /// Longest text, in UTF-16 units.
    pub max_length: Option<u32>,
    /// Whether it may not be left empty.
    pub required: bool,
}

impl<'a> Shape<'a> {
    /// What a control of a page takes.
    pub fn of_control(control: &'a Control) -> Self {
        Self {
            kind: control.kind,
            options: &control.options,
            max_length: control.max_length,
            required: control.required,
        }
    }

    /// What answers a question that was put to the person.
    pub fn of_ask(ask: &'a Ask) -> Self {
        Self {
            kind: ask.kind,
            options: &ask.options,
            max_length: ask.max_length,
            required: ask.required,
        }
    }
}

/// Why an answer does not fit a control.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Misfit {
    /// Not among the choices.
    #[error("“{answer}” is not one of the choices")]
    NotAnOption {
        /// The answer.
        answer: String,
    },
    /// Two choices have the same text.
    #[error("several choices read “{answer}”, so it cannot be told which is meant")]
    AmbiguousOption {
        /// The answer.
        answer: String,
    },
    /// Several choices, or none, where one is taken.
    #[error("choose one, not {given}")]
    OneChoice {
        /// How many were given.
        given: usize,
    },
    /// The form does not show its choices before it is opened.
    #[error("the form does not say what the choices are")]
    NoOptions,
    /// More text than is taken.
    #[error("it is {length} characters long, and the form takes {limit}")]
    TooLong {
        /// Length, in UTF-16 units.
        length: usize,
        /// The most.
        limit: u32,
    },
    /// A box is ticked or not.
    #[error("a box takes yes or no")]
    NotABox,
    /// Text is wanted.
    #[error("it takes text")]
    NotText,
    /// A file is wanted.
    #[error("it takes a file")]
    IsFile,
    /// It may not be left empty.
    #[error("the form wants an answer here")]
    Required,
}

impl Answer {
    /// The answer that `texts`, as the person typed them, are to a control.
    ///
    /// Choices are named by their text, in any case; boxes by yes or no. No text
    /// at all means that it is to be left empty.
    pub fn typed(shape: &Shape<'_>, texts: &[String]) -> Result<Self, Misfit> {
        let given: Vec<&str> = texts
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let answer = match shape.kind {
            FieldKind::File => return Err(Misfit::IsFile),
            _ if given.is_empty() => Self::Empty,
            FieldKind::Text | FieldKind::LongText => Self::Text(given.join("\n")),
            FieldKind::Checkbox => Self::Ticked(yes_or_no(&given)?),
            FieldKind::Combobox if shape.options.is_empty() => {
                Self::Chosen(given.iter().map(|text| (*text).to_owned()).collect())
            }
            FieldKind::Select
            | FieldKind::MultiSelect
            | FieldKind::Combobox
            | FieldKind::Radio
            | FieldKind::CheckboxGroup => {
                let chosen = given.iter().map(|text| option(shape.options, text, true));
                Self::Chosen(chosen.collect::<Result<_, _>>()?)
            }
        };
        answer.fit(shape)?;
        Ok(answer)
    }

    /// The answer that was put into a control; `None` for a file.
    pub fn of_put(put: &Put) -> Option<Self> {
        match put {
            Put::Text(text) => Some(Self::Text(text.clone())),
            Put::Choose(chosen) => Some(Self::Chosen(chosen.clone())),
            Put::Tick(ticked) => Some(Self::Ticked(*ticked)),
            Put::File(_) => None,
        }
    }

    /// The answer as texts, in the form [`Answer::typed`] takes.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Chosen(chosen) => chosen.clone(),
            Self::Ticked(true) => vec!["yes".to_owned()],
            Self::Ticked(false) => vec!["no".to_owned()],
            Self::Empty => Vec::new(),
        }
    }

    /// What is put into the control for this answer; `None` leaves it empty.
    ///
    /// Choices fit only by their exact text (white space aside). A line end in a
    /// field of one line becomes a space.
    pub fn fit(&self, shape: &Shape<'_>) -> Result<Option<Put>, Misfit> {
        let chosen = match (shape.kind, self) {
            (FieldKind::File, _) => return Err(Misfit::IsFile),
            (_, Self::Empty) if shape.required => return Err(Misfit::Required),
            (_, Self::Empty) => return Ok(None),
            (FieldKind::Text | FieldKind::LongText, Self::Text(text)) => {
                return put_text(shape, text);
            }
            (FieldKind::Text | FieldKind::LongText, _) => return Err(Misfit::NotText),
            (FieldKind::Checkbox, Self::Ticked(false)) if shape.required => {
                return Err(Misfit::Required);
            }
            (FieldKind::Checkbox, Self::Ticked(ticked)) => return Ok(Some(Put::Tick(*ticked))),
            (FieldKind::Checkbox, _) => return Err(Misfit::NotABox),
            (_, Self::Ticked(_)) => return Err(Misfit::NoOptions),
            (_, Self::Text(text)) => std::slice::from_ref(text),
            (_, Self::Chosen(chosen)) => chosen.as_slice(),
        };
        if shape.options.is_empty() {
            return unlisted(shape, chosen);
        }
        let several = matches!(
            shape.kind,
            FieldKind::MultiSelect | FieldKind::CheckboxGroup
        );
        if chosen.is_empty() || (!several && chosen.len() > 1) {
            return Err(Misfit::OneChoice {
                given: chosen.len(),
            });
        }
        let options = chosen.iter().map(|text| option(shape.options, text, false));
        Ok(Some(Put::Choose(options.collect::<Result<_, _>>()?)))
    }
}

/// A choice in a list that shows only once text is typed into it: the browser
/// then chooses the entry of exactly this text, or fails.
fn unlisted(shape: &Shape<'_>, chosen: &[String]) -> Result<Option<Put>, Misfit> {
    match (shape.kind, chosen) {
        (FieldKind::Combobox, [only]) => Ok(Some(Put::Choose(vec![typeable(only, false)]))),
        (FieldKind::Combobox, _) => Err(Misfit::OneChoice {
            given: chosen.len(),
        }),
        _ => Err(Misfit::NoOptions),
    }
}

/// The one option with this text, as the page writes it.
fn option(options: &[String], wanted: &str, any_case: bool) -> Result<String, Misfit> {
    let answer = || text::quote(wanted, 80);
    if options.is_empty() {
        return Err(Misfit::NoOptions);
    }
    let same = |option: &&String| text::line(option) == text::line(wanted);
    let alike = |option: &&String| {
        any_case && text::line(option).to_lowercase() == text::line(wanted).to_lowercase()
    };
    let mut found: Vec<&String> = options.iter().filter(same).collect();
    if found.is_empty() {
        found = options.iter().filter(alike).collect();
    }
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(Misfit::NotAnOption { answer: answer() }),
        [..] => Err(Misfit::AmbiguousOption { answer: answer() }),
    }
}

fn yes_or_no(given: &[&str]) -> Result<bool, Misfit> {
    const YES: &[&str] = &["yes", "y", "true", "on", "ja", "oui", "si", "x"];
    const NO: &[&str] = &["no", "n", "false", "off", "nein", "non"];
    let [word] = given else {
        return Err(Misfit::NotABox);
    };
    let word = Folded::of(word);
    match word.words() {
        word if YES.contains(&word) => Ok(true),
        word if NO.contains(&word) => Ok(false),
        _ => Err(Misfit::NotABox),
    }
}

fn put_text(shape: &Shape<'_>, text: &str) -> Result<Option<Put>, Misfit> {
    let text = typeable(text, shape.kind == FieldKind::LongText);
    if text.is_empty() {
        return if shape.required {
            Err(Misfit::Required)
        } else {
            Ok(None)
        };
    }
    let length = text.encode_utf16().count();
    match shape.max_length {
        Some(limit) if length > limit as usize => Err(Misfit::TooLong { length, limit }),
        _ => Ok(Some(Put::Text(text))),
    }
}

/// `text` without what a keyboard would take for a command: control characters,
/// and the private characters that WebDriver reads as keys (U+E000 to U+F8FF;
/// U+E007 is Enter). PDFs set bullets with the same characters.
fn typeable(text: &str, lines: bool) -> String {
    let unified = text.replace("\r\n", "\n").replace(
        ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'],
        "\n",
    );
    let typed: String = unified
        .chars()
        .filter_map(|c| match c {
            '\n' if lines => Some('\n'),
            '\n' | '\t' => Some(' '),
            '\u{e000}'..='\u{f8ff}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect();
    typed.trim().to_owned()
}

#[cfg(test)]
mod tests;
