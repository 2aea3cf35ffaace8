//! What goes into which control, from where, and what only the person can say.
//!
//! No answer is invented: a value is the person's own for this form, an earlier
//! answer to the same question, or a plain fact. What none of these answers is
//! asked where the form requires it, and stays empty where it does not.
#![deny(clippy::indexing_slicing)]

use std::collections::HashMap;

use agent_approval::{FieldKind, Source};

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
mod outcome;
mod suggest;
#[cfg(test)]
mod tests;

use decide::Decision;
pub use outcome::{Ask, LeftEmpty, Plan, Understood, Why};

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
    /// Its text, where it is another than the one the profile was read from.
    pub cv_text: Option<String>,
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
    /// What a model drafted for open questions of this form.
    pub drafted: &'a [Given],
    /// What may be attached.
    pub documents: &'a Documents,
    /// The opening.
    pub job: &'a JobFacts,
    /// The present month.
    pub today: Month,
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
