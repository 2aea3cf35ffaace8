//! What goes into which control, from where, and what only the person can say.
//!
//! No answer is invented: a value is the person's own for this form, an earlier
//! answer to the same question, or a plain fact. What none of these answers is
//! asked where the form requires it, and stays empty where it does not.
#![deny(clippy::indexing_slicing)]

use std::collections::HashMap;

use agent_approval::{FieldKind, Source};
use serde::{Deserialize, Serialize};

use super::{
    Answer, Control, FileToSend, Filling, JobFacts, Meaning, Misfit, Put, Question, QuestionClass,
    Shape, Wording, classify, question_key::key_of_class,
};
use crate::profile::{Month, Preferences, Profile};

mod decide;
mod document;
mod fact;
mod meaning;
mod name;
mod suggest;
#[cfg(test)]
mod tests;

use decide::Decision;

/// An earlier answer of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAnswer {
    /// [`super::question_key`] of the question it answered.
    pub key: String,
    /// The answer.
    pub answer: Answer,
}

/// An answer of the person for this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// [`Understood::key`] of the control: it holds however often the page is read.
    pub key: String,
    /// The answer.
    pub answer: Answer,
}

/// A file of the person for a question of this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// [`Understood::key`] of the control.
    pub key: String,
    /// The file.
    pub file: FileToSend,
}

/// The letter to this employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterToSend {
    /// As text.
    pub text: Option<String>,
    /// As a file.
    pub file: Option<FileToSend>,
    /// Who wrote it.
    pub source: Source,
}

/// The documents that may be attached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documents {
    /// The CV.
    pub cv: Option<FileToSend>,
    /// The letter.
    pub letter: Option<LetterToSend>,
    /// Other files, each for its question.
    pub given: Vec<GivenFile>,
}

/// All that a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// The controls of the page, or [`controls_of`] the recipe.
    pub controls: &'a [Control],
    /// The questions as the portal states them; may be empty.
    pub questions: &'a [Question],
    /// Who applies.
    pub profile: &'a Profile,
    /// What they look for: for the country of residence and for suggestions.
    pub preferences: &'a Preferences,
    /// Their earlier answers.
    pub bank: &'a [BankAnswer],
    /// Their answers for this form.
    pub given: &'a [Given],
    /// What may be attached.
    pub documents: &'a Documents,
    /// The opening.
    pub job: &'a JobFacts,
    /// The present month.
    pub today: Month,
}

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
    /// [`Control::index`].
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
    /// [`Control::index`].
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
    /// [`Control::index`].
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

/// Plans a form. The same input gives the same plan.
pub fn plan(input: &PlanInput<'_>) -> Plan {
    let understood = understand(input);
    let mut plan = Plan::default();
    for (control, understood) in input.controls.iter().zip(&understood) {
        let (put, source) = match decide::decide(input, control, understood) {
            Decision::Put(put, source) => (put, source),
            Decision::Ask(why) => {
                plan.ask.push(ask(input, control, understood, why));
                continue;
            }
            Decision::Empty(source) => {
                plan.left_empty.push(LeftEmpty {
                    control: control.index,
                    label: control.name.clone(),
                    class: understood.class,
                });
                // A box that the page ticked by itself would be an answer nobody gave.
                if control.kind != FieldKind::Checkbox {
                    continue;
                }
                (Put::Tick(false), source)
            }
        };
        plan.fillings.push(Filling {
            control: control.index,
            put,
            source,
        });
    }
    plan.understood = understood;
    plan
}

/// The recipe's questions as controls, for an application by hand.
pub fn controls_of(questions: &[Question]) -> Vec<Control> {
    let controls = questions.iter().enumerate();
    controls
        .map(|(index, question)| Control {
            index,
            name: question.label.clone(),
            description: question.help.clone().unwrap_or_default(),
            role: String::new(),
            kind: question.kind,
            required: question.required,
            options: question.options.clone(),
            max_length: None,
            meaning: question.meaning,
            accept: Vec::new(),
        })
        .collect()
}

fn understand(input: &PlanInput<'_>) -> Vec<Understood> {
    let mut all: Vec<Understood> = Vec::with_capacity(input.controls.len());
    let mut seen: HashMap<String, usize> = HashMap::new();
    for control in input.controls {
        let wording = Wording::of_control(control);
        let class = classify(&wording);
        let meaning = meaning::of_control(input, control, class);
        let document = matches!(meaning, Some(Meaning::Resume | Meaning::CoverLetter));
        let class = match (class, meaning) {
            (_, Some(Meaning::CoverLetter)) => QuestionClass::OpenText,
            (QuestionClass::Plain | QuestionClass::OpenText, Some(_)) => QuestionClass::Contact,
            (class, _) => class,
        };
        let key = key_of_class(&wording, class, input.job);
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        // A letter belongs to one posting, and the CV has its own place.
        let bankable = !class.is_stop() && !document && control.kind != FieldKind::File;
        all.push(Understood {
            control: control.index,
            key: if *count == 1 {
                key
            } else {
                format!("{key} ·{count}")
            },
            class,
            meaning,
            bankable,
        });
    }
    // Of questions with the same words it cannot be told which is which on another form.
    for (key, _) in seen.into_iter().filter(|(_, count)| *count > 1) {
        let again = format!("{key} ·");
        for twin in all
            .iter_mut()
            .filter(|twin| twin.key == key || twin.key.starts_with(&again))
        {
            twin.bankable = false;
        }
    }
    all
}

fn ask(input: &PlanInput<'_>, control: &Control, understood: &Understood, why: Why) -> Ask {
    Ask {
        control: control.index,
        key: understood.key.clone(),
        label: control.name.clone(),
        help: control.description.clone(),
        kind: control.kind,
        required: control.required,
        options: control.options.clone(),
        max_length: control.max_length,
        class: understood.class,
        suggestion: suggest::suggest(input, control, understood),
        why,
    }
}

/// What `answer` puts into `control`.
fn fit(answer: &Answer, control: &Control) -> Result<Option<Put>, Misfit> {
    answer.fit(&Shape::of_control(control))
}
