//! A letter by a model: it sees stated facts and short quotations of the posting, and
//! what it writes passes the gate or is asked for again.

use std::sync::Mutex;

use agent_core::{
    form::Tone,
    grounding::{Claim, Gate, stated_facts},
    profile::Profile,
    text,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    facts::Ground,
    written::{Author, Written},
};
use crate::{
    clock,
    fault::Fault,
    handle::Handle,
    models::{self, Question, Reply},
};

/// Most quotations of the posting, and the length of one, in characters.
const SPANS: usize = 12;
const SPAN: usize = 200;
/// Most facts that are told, and the length of one.
const FACTS: usize = 60;
const FACT: usize = 220;
/// Length of a paragraph, in characters.
const SHORTEST: usize = 40;
const LONGEST: usize = 700;
/// Most findings that are told, to the model and to the person.
const TOLD: usize = 6;

const GREETINGS: [(Tone, &str); 3] = [
    (Tone::Plain, "Dear hiring team,"),
    (Tone::Warm, "Hello,"),
    (Tone::Formal, "Dear Sir or Madam,"),
];
const CLOSINGS: [(Tone, &str); 3] = [
    (Tone::Plain, "Kind regards,"),
    (Tone::Warm, "Warm regards,"),
    (Tone::Formal, "Yours faithfully,"),
];

/// What came of asking.
pub(super) enum Draft {
    /// A letter that passed.
    Letter(String, Box<Written>),
    /// No model, or none that kept to the facts.
    Nobody { why: String, refused: Vec<String> },
}

#[derive(Deserialize)]
struct Answer {
    greeting: String,
    paragraphs: Vec<Paragraph>,
    closing: String,
}

#[derive(Deserialize)]
struct Paragraph {
    text: String,
}

/// Asks for a letter.
pub(super) async fn write(
    handle: &Handle,
    ground: &Ground,
    (tone, emphasis): (Tone, Option<&(String, String)>),
) -> Result<Draft, Fault> {
    let facts = facts(ground);
    if facts.is_empty() {
        let why = "your profile states nothing yet to write of".to_owned();
        return Ok(Draft::Nobody {
            why,
            refused: Vec::new(),
        });
    }
    let told: Vec<String> = facts
        .iter()
        .map(|(id, text)| format!("{id}: {text}"))
        .collect();
    let question = Question {
        task: "letter",
        values: json!({
            "title": text::quote(&ground.posting.title, SPAN),
            "employer": text::quote(&ground.posting.employer, SPAN),
            "spans": spans(ground).join("\n"),
            "facts": told.join("\n"),
            "tone": tone.name(),
            "emphasise": emphasis.map_or("", |(skill, _)| skill.as_str()),
        }),
        schema: schema(&facts, tone),
        about: about(ground),
    };
    let gate = ground.gate();
    let refused: Mutex<Vec<String>> = Mutex::default();
    let check = |value: &Value| {
        check(ground, &gate, emphasis, value).inspect_err(|why| {
            let mut refused = refused
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            refused.push(why.clone());
        })
    };
    let reply = models::ask(handle, question, check).await?;
    let refused = refused
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let answer = match reply {
        Reply::Answer(answer) => answer,
        Reply::Nobody { why } => return Ok(Draft::Nobody { why, refused }),
    };
    let Ok(body) = read(&answer.value) else {
        let why = "what the model wrote could not be read".to_owned();
        return Ok(Draft::Nobody { why, refused });
    };
    let claims = ground.claims(&body, "en");
    let profile = &ground.profile;
    let mut close = vec![text::line(&profile.name)];
    close.extend(
        profile
            .email
            .iter()
            .chain(&profile.phone)
            .map(|reach| text::line(reach)),
    );
    close.retain(|line| !line.is_empty());
    let letter = format!("{body}\n{}\n", close.join("\n"));
    let written = Written {
        author: Author::Model {
            model: answer.model,
            call: answer.call,
        },
        tone,
        language: "en".to_owned(),
        claims,
        note: String::new(),
        refused,
    };
    Ok(Draft::Letter(letter, Box::new(written)))
}

/// The facts a model is told, by their ids. How the person is called and reached is
/// put below a letter by rules.
pub(crate) fn facts(ground: &Ground) -> Vec<(String, String)> {
    let facts = stated_facts(&ground.profile, clock::this_month()).into_iter();
    facts
        .filter(|fact| !matches!(fact.id.as_str(), "email" | "phone" | "name"))
        .take(FACTS)
        .map(|fact| (fact.id, text::quote(&fact.text, FACT)))
        .collect()
}

/// Whom a question about this posting is kept under.
pub(super) fn about(ground: &Ground) -> (&'static str, String) {
    match ground.posting.job {
        Some(job) => ("job", job.to_string()),
        None => ("document", text::quote(&ground.posting.title, 60)),
    }
}

/// Findings in words, for the model that is asked again and for the person.
fn told_findings(findings: &[Claim]) -> String {
    let told: Vec<String> = findings
        .iter()
        .take(TOLD)
        .map(|one| format!("“{}”: {}", text::quote(&one.words, 60), one.why))
        .collect();
    format!("it states what is not so: {}", told.join("; "))
}

/// Sentences of the posting that ask for what the person has, each once: a small model
/// takes the others for facts.
pub(crate) fn spans(ground: &Ground) -> Vec<String> {
    let mut spans: Vec<String> = Vec::new();
    let held = ground
        .asked
        .iter()
        .filter(|asked| ground.shared.contains(&asked.skill));
    for asked in held {
        let span = text::quote(&asked.evidence, SPAN);
        if !spans.contains(&span) && spans.len() < SPANS {
            spans.push(span);
        }
    }
    spans
}

fn of_tone(all: &[(Tone, &'static str); 3], tone: Tone) -> &'static str {
    let found = all.iter().find(|(known, _)| *known == tone);
    found.map_or("", |(_, words)| words)
}

/// The shape of an answer about these facts.
pub(super) fn schema(facts: &[(String, String)], tone: Tone) -> Value {
    let ids: Vec<&str> = facts.iter().map(|(id, _)| id.as_str()).collect();
    let greeting = of_tone(&GREETINGS, tone);
    let closing = of_tone(&CLOSINGS, tone);
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["greeting", "paragraphs", "closing"],
        "properties": {
            "greeting": {"type": "string", "enum": [greeting]},
            "paragraphs": {
                "type": "array", "minItems": 3, "maxItems": 4,
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["facts", "text"],
                    "properties": {
                        "facts": {
                            "type": "array", "maxItems": 4,
                            "items": {"type": "string", "enum": ids},
                        },
                        "text": {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST},
                    },
                },
            },
            "closing": {"type": "string", "enum": [closing]},
        },
    })
}

/// A letter may be used when the gate finds nothing in it, and it speaks of the skill
/// that it was to point out.
pub(super) fn check(
    ground: &Ground,
    gate: &Gate<'_>,
    emphasis: Option<&(String, String)>,
    value: &Value,
) -> Result<(), String> {
    let letter = read(value)?;
    grounded(&ground.profile, gate, &letter)?;
    match emphasis {
        Some((skill, _)) if !letter.to_lowercase().contains(&skill.to_lowercase()) => {
            Err(format!("the letter does not speak of {skill}"))
        }
        _ => Ok(()),
    }
}

/// A text of a model may be shown when all it states stands somewhere, and it does not
/// say how the person is reached: that has places of its own, which rules fill.
pub(super) fn grounded(profile: &Profile, gate: &Gate<'_>, text: &str) -> Result<(), String> {
    let findings = gate.findings(text);
    if !findings.is_empty() {
        return Err(told_findings(&findings));
    }
    match tells_reach(profile, text) {
        true => Err("it gives an address or a telephone number: leave both out".to_owned()),
        false => Ok(()),
    }
}

/// Whether a text holds the person's address of mail or telephone number, in whatever
/// writing.
fn tells_reach(profile: &Profile, text: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let mail = profile.email.as_deref().unwrap_or_default().to_lowercase();
    let phone = digits(profile.phone.as_deref().unwrap_or_default());
    !mail.is_empty() && text.to_lowercase().contains(&mail)
        || phone.len() > 5 && digits(text).contains(&phone)
}

/// The letter of an answer, without the name below.
pub(super) fn read(value: &Value) -> Result<String, String> {
    let answer = Answer::deserialize(value).map_err(|error| error.to_string())?;
    let mut parts = vec![text::line(&answer.greeting)];
    for paragraph in &answer.paragraphs {
        let paragraph = text::line(&paragraph.text);
        if paragraph.is_empty() {
            return Err("a paragraph is empty".to_owned());
        }
        parts.push(paragraph);
    }
    parts.push(text::line(&answer.closing));
    Ok(parts.join("\n\n"))
}
