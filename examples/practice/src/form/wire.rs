//! What a question's answer is called in a submission.

use super::{Answer, Form, Key, Question};
use crate::opening::Shape;

/// The names a question's values may come under: one, or one per box.
pub(crate) fn names(shape: Shape, form: &Form, question: &Question) -> Vec<String> {
    let index = form
        .custom()
        .position(|(_, own)| own.key == question.key)
        .unwrap_or_default();
    match (shape, question.key) {
        (Shape::Lever, Key::Standard(name) | Key::Voluntary(name)) => vec![name.to_owned()],
        (Shape::Lever, Key::Custom(_)) => vec![format!("cards[{}][field{index}]", form.card)],
        (Shape::GreenhouseClassic, Key::Standard(name) | Key::Voluntary(name)) => {
            vec![nested(name)]
        }
        (Shape::GreenhouseClassic, Key::Custom(_)) => classic_answer(index, &question.answer),
        (Shape::GreenhouseNew, key) => vec![match question.answer {
            Answer::Checkboxes(_) => format!("{}[]", nested(&key.name())),
            Answer::Text(..)
            | Answer::LongText
            | Answer::File
            | Answer::YesNo(_)
            | Answer::Select(_)
            | Answer::Radio(_) => nested(&key.name()),
        }],
    }
}

/// The name of text typed in place of a file, where the portal takes it.
pub(crate) fn typed_file(shape: Shape, key: Key) -> Option<String> {
    match shape {
        Shape::GreenhouseClassic | Shape::GreenhouseNew => {
            Some(nested(&format!("{}_text", key.name())))
        }
        Shape::Lever => None,
    }
}

/// A field of `job_application`.
pub(crate) fn nested(name: &str) -> String {
    format!("job_application[{name}]")
}

/// A field of the classic form's answer with this number.
pub(crate) fn attribute(index: usize, name: &str) -> String {
    format!("job_application[answers_attributes][{index}][{name}]")
}

fn classic_answer(index: usize, answer: &Answer) -> Vec<String> {
    let option = |at: usize| {
        let list = attribute(index, "answer_selected_options_attributes");
        format!("{list}[{at}][question_option_id]")
    };
    match answer {
        Answer::Text(..) | Answer::LongText => vec![attribute(index, "text_value")],
        Answer::File => vec![attribute(index, "file")],
        Answer::YesNo(_) => vec![attribute(index, "boolean_value")],
        Answer::Select(_) | Answer::Radio(_) => vec![option(0)],
        Answer::Checkboxes(choices) => (0..choices.len()).map(option).collect(),
    }
}
