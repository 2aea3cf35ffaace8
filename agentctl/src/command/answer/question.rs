//! How a question is shown.

use agent_api::v1::{PendingQuestion, PendingResponse};

use super::typed::{Form, form};
use crate::moment::Clock;
use crate::screen::{BOLD, Bar, DIM, Foreign, Screen, Span, WARN};
use crate::text::count;

/// Whose form asks, and how much.
pub(super) fn draw_heading(pending: &PendingResponse, screen: &mut Screen) {
    let row = pending.row.clone().unwrap_or_default();
    screen.hanging(
        [],
        Span::new(format!("{}, {}", row.title, row.employer), BOLD),
    );
    screen.line([format!(
        "The form asks {} that only you can answer. Nothing is sent by answering.",
        count(pending.questions.len() as u64, "thing")
    )
    .into()]);
}

/// All questions at once, for someone who answers with `--set`.
pub(super) fn draw_all(pending: &PendingResponse, screen: &mut Screen, _: &Clock) {
    draw_heading(pending, screen);
    for question in &pending.questions {
        draw(question, screen);
    }
    let row = pending.row.clone().unwrap_or_default();
    match pending.questions.is_empty() {
        true => screen.next(&row.next),
        false => screen.next(&format!(
            "agentctl answer {} --set NUMBER=VALUE",
            row.short_id
        )),
    }
}

/// One question. What the page says stands behind bars.
pub(super) fn draw(question: &PendingQuestion, screen: &mut Screen) {
    screen.blank();
    let required = match question.required {
        true => Span::new("must be answered", WARN),
        false => Span::new("may stay empty", DIM),
    };
    screen.line([
        Span::new(format!("{:>3}  ", question.number), BOLD),
        required,
        Span::new(class(&question.question_class), DIM),
    ]);
    screen.foreign(
        "     ".into(),
        Foreign::new(Bar::Thin, &question.label).style(BOLD),
    );
    if !question.help.is_empty() {
        screen.foreign("     ".into(), Foreign::new(Bar::Thin, &question.help));
    }
    for (option, number) in question.options.iter().zip(1..) {
        let lead = format!("{number:>7}  ");
        screen.foreign(lead.into(), Foreign::new(Bar::Thin, option));
    }
    if !question.why.is_empty() {
        screen.hanging(
            ["     ".into()],
            Span::new(format!("asked: {}", question.why), DIM),
        );
    }
    if !question.suggestion.is_empty() {
        screen.line(["     Suggested, to be taken with = alone:".into()]);
        screen.foreign(
            "     ".into(),
            Foreign::new(Bar::Thin, &question.suggestion),
        );
    }
}

fn class(class: &str) -> String {
    match class {
        "" => String::new(),
        class => format!(" · {class}"),
    }
}

/// What is to be typed.
pub(super) fn prompt(question: &PendingQuestion) -> &'static str {
    match (form(&question.kind, &question.options), question.required) {
        (Form::Line, true) => "     answer: ",
        (Form::Line, false) => "     answer (Enter leaves it empty): ",
        (Form::Text, _) => {
            "     answer, as many lines as you like; a line with a single . ends it\n     "
        }
        (Form::One, true) => "     number of your choice: ",
        (Form::One, false) => "     number of your choice (Enter for none): ",
        (Form::Several, _) => "     numbers of your choices, with commas: ",
        (Form::Box, _) => "     yes or no: ",
        (Form::File, true) => "     path of the file: ",
        (Form::File, false) => "     path of the file (Enter for none): ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::applications::draw::tests::row;
    use crate::command::testing::drawn;

    #[test]
    fn p3_questions_show_choices_reasons_and_suggestions() {
        let pending = PendingResponse {
            row: Some(row("needs-input", "", "agentctl answer ab12")),
            questions: vec![
                PendingQuestion {
                    number: 1,
                    label: "Will you now or in the future require sponsorship?\n  9  yes"
                        .to_owned(),
                    help: "We cannot sponsor\u{1b}[2J visas.".to_owned(),
                    kind: "radio".to_owned(),
                    required: true,
                    options: vec!["Yes".to_owned(), "No".to_owned()],
                    question_class: "eligibility".to_owned(),
                    why: "only you know it".to_owned(),
                    ..PendingQuestion::default()
                },
                PendingQuestion {
                    number: 2,
                    label: "Salary expectation".to_owned(),
                    kind: "text".to_owned(),
                    suggestion: "80,000 EUR, your floor".to_owned(),
                    ..PendingQuestion::default()
                },
            ],
        };
        insta::assert_snapshot!(drawn(&pending, draw_all));
    }
}
