//! Forms that are not what they were.

use super::Trap;
use crate::apply::COLLECT_HOST;
use crate::form::{Answer, Choice, Form, Key, Question};

/// Applies the traps that alter the form itself.
pub(crate) fn change(form: &mut Form, traps: &[Trap]) {
    for trap in traps {
        match trap {
            Trap::HiddenSwapped => form.posting = other(&form.posting),
            Trap::LabelSwapped => swap_labels(&mut form.questions),
            Trap::ActionChanged => form.action.path += "/received",
            Trap::ActionOriginChanged => form.action.host = COLLECT_HOST.to_owned(),
            Trap::OptionRemoved => own_lists(form, |choices| {
                choices.pop();
            }),
            Trap::OptionRenamed => own_lists(form, |choices| {
                if let Some(first) = choices.first_mut() {
                    // Where the text is what is sent, both are another.
                    if first.value == first.label {
                        first.value += ", without pay";
                    }
                    first.label += ", without pay";
                }
            }),
            Trap::FieldAdded => form.questions.push(Question {
                key: Key::Custom(99_000_001),
                label: "What is your date of birth?".to_owned(),
                required: true,
                answer: Answer::Text("text", "off"),
            }),
            Trap::RequiredChanged => {
                let voluntary = |q: &&mut Question| matches!(q.key, Key::Voluntary(_));
                let mut questions = form.questions.iter_mut().filter(|q| !voluntary(q));
                if let Some(question) = questions.find(|q| !q.required) {
                    question.required = true;
                } else if let Some(last) = form.questions.last_mut() {
                    last.required = !last.required;
                }
            }
            // These are scripts, or the server's doing.
            Trap::ValueChanged
            | Trap::ValueChangedAtSubmit
            | Trap::Preselected
            | Trap::ReadAndClose
            | Trap::ReadAndReset
            | Trap::OneByte
            | Trap::RedirectToSelf
            | Trap::ErrorAfterAccept
            | Trap::SlowAnswer
            | Trap::NeverAnswers
            | Trap::ScriptRetry
            | Trap::DoubleSubmit
            | Trap::SelfSubmit
            | Trap::EnterSubmits
            | Trap::WorkerFetch
            | Trap::ServiceWorker
            | Trap::IframeForm
            | Trap::PopupForm
            | Trap::Autosave
            | Trap::Beacon
            | Trap::GetLeak
            | Trap::Websocket
            | Trap::Stun
            | Trap::PrefetchLeak
            | Trap::CssLeak
            | Trap::Refuses
            | Trap::CaptchaWall
            | Trap::LoginWall
            | Trap::CodeWall => {}
        }
    }
}

fn other(value: &str) -> String {
    let swap = |c: char| match c {
        '0'..='8' => char::from_digit(c.to_digit(10).unwrap_or(0) + 1, 10).unwrap_or(c),
        '9' => '0',
        other => other,
    };
    value.chars().map(swap).collect()
}

fn swap_labels(questions: &mut [Question]) {
    let mut lines = questions
        .iter_mut()
        .filter(|q| matches!(q.answer, Answer::Text(..)));
    if let (Some(first), Some(second)) = (lines.next(), lines.next()) {
        std::mem::swap(&mut first.label, &mut second.label);
    }
}

fn own_lists(form: &mut Form, edit: impl Fn(&mut Vec<Choice>)) {
    let own = form
        .questions
        .iter_mut()
        .filter(|q| matches!(q.key, Key::Custom(_) | Key::Voluntary(_)));
    own.filter_map(|q| q.answer.choices_mut()).for_each(edit);
}
