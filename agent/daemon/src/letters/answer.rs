//! Drafts of answers to the open questions of a form, behind the same gate as letters.
//! Where nobody drafts one, the person is asked as ever.

use agent_approval::FieldKind;
use agent_core::{
    form::{Answer, Ask, Given, QuestionClass, Shape, Wording, classify},
    grounding::Gate,
    ids::{ApplicationId, JobId},
    profile::Profile,
    text,
};
use serde_json::{Value, json};

use super::{facts, model};
use crate::{
    fault::Fault,
    handle::Handle,
    models::{self, Question, Reply},
};

/// Most questions of one form that are drafted.
const MOST: usize = 4;
/// Most characters of an answer, unless the form takes fewer.
const LONGEST: u32 = 800;
/// Fewest characters a form must take for prose to be drafted.
const ROOM: u32 = 120;

/// Whether a model may draft it: prose about nothing that only the person can say. The
/// words are judged once more here, whoever composed the question.
fn is_open(ask: &Ask) -> bool {
    let words = Wording {
        label: &ask.label,
        help: &ask.help,
        options: &ask.options,
        kind: ask.kind,
    };
    ask.class == QuestionClass::OpenText
        && classify(&words) == QuestionClass::OpenText
        && matches!(ask.kind, FieldKind::Text | FieldKind::LongText)
        && ask.max_length.is_none_or(|longest| longest >= ROOM)
}

/// Drafts what can be drafted of `asks`.
pub(crate) async fn drafted(
    handle: &Handle,
    (application, job): (ApplicationId, JobId),
    asks: &[Ask],
) -> Result<Vec<Given>, Fault> {
    let open: Vec<&Ask> = asks.iter().filter(|ask| is_open(ask)).take(MOST).collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let ground = facts::of_job(handle, job).await?;
    let facts = model::facts(&ground);
    if ground
        .posting
        .language
        .as_deref()
        .is_some_and(|language| language != "en")
        || facts.is_empty()
    {
        return Ok(Vec::new());
    }
    let gate = ground.gate();
    let mut drafts = Vec::new();
    for ask in open {
        let longest = ask.max_length.unwrap_or(LONGEST).min(LONGEST);
        let told: Vec<String> = facts
            .iter()
            .map(|(id, text)| format!("{id}: {text}"))
            .collect();
        let question = Question {
            task: "answer",
            values: json!({
                "question": text::quote(&format!("{} {}", ask.label, ask.help), 300),
                "title": text::quote(&ground.posting.title, 200),
                "employer": text::quote(&ground.posting.employer, 200),
                "spans": model::spans(&ground).join("\n"),
                "facts": told.join("\n"),
                "longest": longest.to_string(),
            }),
            schema: schema(&facts, longest),
            about: ("application", application.to_string()),
        };
        let shape = Shape::of_ask(ask);
        let check = |value: &Value| check(&ground.profile, &gate, &shape, value);
        match models::ask(handle, question, check).await? {
            Reply::Answer(answer) => drafts.push(Given {
                key: ask.key.clone(),
                answer: Answer::Text(read(&answer.value)),
            }),
            // Who does not answer one question answers none: the person is not kept waiting.
            Reply::Nobody { why } => {
                tracing::debug!(%why, "an open question is left to the person");
                break;
            }
        }
    }
    Ok(drafts)
}

/// The shape of an answer about these facts.
pub(super) fn schema(facts: &[(String, String)], longest: u32) -> Value {
    let ids: Vec<&str> = facts.iter().map(|(id, _)| id.as_str()).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["facts", "text"],
        "properties": {
            "facts": {"type": "array", "maxItems": 4, "items": {"type": "string", "enum": ids}},
            "text": {"type": "string", "minLength": 20, "maxLength": longest},
        },
    })
}

/// An answer may be shown when the gate finds nothing in it, it fits its field, and it
/// does not say how the person is reached.
pub(super) fn check(
    profile: &Profile,
    gate: &Gate<'_>,
    shape: &Shape<'_>,
    value: &Value,
) -> Result<(), String> {
    let text = read(value);
    model::grounded(profile, gate, &text)?;
    let fits = Answer::Text(text).fit(shape);
    fits.map(drop).map_err(|misfit| misfit.to_string())
}

pub(super) fn read(value: &Value) -> String {
    text::line(
        value
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use agent_core::form::Why;

    #[test]
    fn p3_only_open_questions_are_drafted() {
        let check = |label: &str, class, kind, expected: bool| {
            let ask = Ask {
                control: 0,
                key: "k".to_owned(),
                label: label.to_owned(),
                help: String::new(),
                kind,
                required: true,
                options: Vec::new(),
                max_length: None,
                class,
                suggestion: None,
                why: Why::NotKnown,
            };
            assert_eq!(is_open(&ask), expected, "{label}");
        };
        let open = QuestionClass::OpenText;
        let long = FieldKind::LongText;
        check("Why do you want to work here?", open, long, true);
        check(
            "Why do you want to work here?",
            QuestionClass::Plain,
            long,
            false,
        );
        check(
            "Why do you want to work here?",
            open,
            FieldKind::Radio,
            false,
        );
        // Whatever it was taken for before, its words decide.
        check("What are your salary expectations?", open, long, false);
        check(
            "Please describe any criminal convictions",
            open,
            long,
            false,
        );
        check(
            "Please tell us about any disability you have",
            open,
            long,
            false,
        );
        check(
            "I certify that the above is true. Type your name",
            open,
            long,
            false,
        );
    }
}
