//! What the server says to a submission that is not in order.

use super::submission::Submission;
use super::{Answer, Form, Question, wire};
use crate::opening::Shape;

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Name of the question; `form` for the whole.
    pub(crate) at: String,
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn of_form(message: &str) -> Self {
        Self {
            at: "form".to_owned(),
            message: message.to_owned(),
        }
    }
}

/// Every complaint, in the form's order.
pub(crate) fn check(shape: Shape, form: &Form, submission: &Submission) -> Vec<Problem> {
    let complaints = form.questions.iter().filter_map(|question| {
        let message = complaint(shape, form, question, submission)?;
        Some(Problem {
            at: question.key.name(),
            message,
        })
    });
    complaints.collect()
}

fn complaint(
    shape: Shape,
    form: &Form,
    question: &Question,
    submission: &Submission,
) -> Option<String> {
    let label = &question.label;
    let names = wire::names(shape, form, question);
    if question.answer == Answer::File {
        return file_complaint(shape, question, &names, submission);
    }
    let given: Vec<&str> = submission
        .fields
        .iter()
        .filter(|(name, value)| names.contains(name) && !value.trim().is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    let choices = question.answer.choices();
    let unknown = |value: &&&str| !choices.iter().any(|choice| choice.value == **value);
    // Lever sends a zero for a box that is not ticked.
    let unticked = |value: &&str| matches!(question.answer, Answer::Checkboxes(_)) && *value == "0";
    let given: Vec<&str> = given.into_iter().filter(|v| !unticked(v)).collect();
    if given.is_empty() {
        return question.required.then(|| format!("{label} is required"));
    }
    if !choices.is_empty() && given.iter().any(|value| unknown(&value)) {
        return Some(format!("{label}: this is not one of the options"));
    }
    if question.key.name() == "email" && !given.iter().all(|value| is_address(value)) {
        return Some(format!("{label} is not a valid e-mail address"));
    }
    None
}

fn file_complaint(
    shape: Shape,
    question: &Question,
    names: &[String],
    submission: &Submission,
) -> Option<String> {
    let label = &question.label;
    let typed = wire::typed_file(shape, question.key)
        .and_then(|name| submission.value(&name))
        .is_some_and(|text| !text.trim().is_empty());
    match submission.files.iter().find(|f| names.contains(&f.name)) {
        Some(file) if file.size == 0 => Some(format!("{label}: the file is empty")),
        None if question.required && !typed => Some(format!("{label} is required")),
        Some(_) | None => None,
    }
}

fn is_address(text: &str) -> bool {
    match text.trim().split_once('@') {
        Some((name, domain)) => {
            let plain = !text.trim().contains(char::is_whitespace) && !domain.contains('@');
            let dotted = domain
                .split_once('.')
                .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
            plain && dotted && !name.is_empty()
        }
        None => false,
    }
}
