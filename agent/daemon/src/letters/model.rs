//! A letter by a model: it sees stated facts and which skills the posting asks for, and
//! writes the middle. What it writes passes the gate or is asked for again; rules say
//! which position the letter is for, and how it begins and ends.

use std::{collections::HashSet, sync::Mutex};

use agent_core::{
    form::letter_around,
    grounding::{Claim, Gate, stated_facts},
    profile::Profile,
    text,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Wanted,
    chosen::chosen,
    facts::Ground,
    frame, reach,
    written::{Author, Written},
};
use crate::{
    clock,
    fault::Fault,
    handle::Handle,
    models::{self, Question, Reply},
};

/// Its prompt.
pub(super) const TASK: &str = "letter";

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

/// What came of asking.
pub(super) enum Draft {
    /// A letter that passed.
    Letter(String, Box<Written>),
    /// No model, or none that kept to the facts.
    Nobody { why: String, refused: Vec<String> },
}

#[derive(Deserialize)]
struct Answer {
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    text: String,
}

/// Asks for a letter.
pub(super) async fn write(
    handle: &Handle,
    ground: &Ground,
    wanted: &Wanted,
    emphasis: Option<&(String, String)>,
) -> Result<Draft, Fault> {
    let chosen = chosen(ground, emphasis.map(|(skill, _)| skill.as_str()));
    if chosen.ids.is_empty() {
        let why = "your profile states nothing yet to write of".to_owned();
        return Ok(Draft::Nobody {
            why,
            refused: Vec::new(),
        });
    }
    let question = Question {
        task: TASK,
        values: json!({
            "title": text::quote(&ground.posting.title, SPAN),
            "skills": ground.shared.join(", "),
            "facts": chosen.told,
            "tone": wanted.tone.name(),
            "emphasise": emphasis.map_or("", |(skill, _)| skill.as_str()),
        }),
        schema: schema(&chosen.ids),
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
    let Ok(middle) = read(&answer.value) else {
        let why = "what the model wrote could not be read".to_owned();
        return Ok(Draft::Nobody { why, refused });
    };
    let letter = letter_around(&frame(ground, wanted, &reach(ground)), &middle);
    let claims = ground.claims(&letter, "en");
    let written = Written {
        author: Author::Model {
            model: answer.model,
            call: answer.call,
        },
        tone: wanted.tone,
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

/// The shape of an answer about these facts.
pub(super) fn schema(ids: &[String]) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["paragraphs"],
        "properties": {
            "paragraphs": {
                "type": "array", "minItems": 1, "maxItems": 3,
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
    let letter = read(value)?.join("\n\n");
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

/// The paragraphs of an answer: whole sentences, each said once.
pub(super) fn read(value: &Value) -> Result<Vec<String>, String> {
    let answer = Answer::deserialize(value).map_err(|error| error.to_string())?;
    let mut paragraphs: Vec<String> = Vec::new();
    let mut said: HashSet<String> = HashSet::new();
    for paragraph in &answer.paragraphs {
        let paragraph = whole(&text::line(&paragraph.text));
        let new = text::sentences(&paragraph).all(|one| said.insert(one.trim().to_lowercase()));
        if !new {
            return Err("it says the same twice: say each thing once".to_owned());
        }
        if paragraph.chars().count() < SHORTEST {
            return Err("a paragraph has no whole sentence".to_owned());
        }
        let speaks = |word: &str| matches!(word, "I" | "I've" | "I’ve" | "My" | "my");
        if !paragraph.split(' ').any(speaks) {
            return Err("a paragraph does not say “I”: write in the first person".to_owned());
        }
        paragraphs.push(paragraph);
    }
    Ok(paragraphs)
}

/// A text without a last sentence that was cut off.
fn whole(text: &str) -> String {
    let ends = |c: char| matches!(c, '.' | '!' | '?');
    let cut = text.ends_with('…') || text.ends_with("..");
    let end = match cut {
        true => text.trim_end_matches(['…', '.']).rfind(ends),
        false => text.rfind(ends),
    };
    let mut kept = end.and_then(|end| text.get(..=end)).unwrap_or_default();
    // The end of a sentence, and not the point of a number.
    if let Some(rest) = text.get(kept.len()..)
        && !rest.is_empty()
        && !rest.starts_with([' ', '"', '”', ')'])
    {
        kept = kept
            .get(..kept.len().saturating_sub(1))
            .and_then(|head| head.rfind(". "))
            .and_then(|end| kept.get(..=end))
            .unwrap_or_default();
    }
    kept.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_was_cut_off_is_left_out() {
        for (text, expected) in [
            ("I bake bread. I wash up.", "I bake bread. I wash up."),
            ("I bake bread. I set up backups with Bac", "I bake bread."),
            ("I bake bread. I wash up and...", "I bake bread."),
            ("I bake bread. I wash…", "I bake bread."),
            ("I bake bread. It takes 2.5", "I bake bread."),
            ("I bake 2.5 loaves", ""),
            ("I bake", ""),
        ] {
            assert_eq!(whole(text), expected, "{text}");
        }
    }

    #[test]
    fn paragraphs_speak_of_the_person_and_say_each_thing_once() {
        let check = |texts: &[&str], expected: &str| {
            let paragraphs: Vec<Value> = texts.iter().map(|text| json!({"text": text})).collect();
            let said = read(&json!({ "paragraphs": paragraphs }));
            let said = said.err().unwrap_or_default();
            assert!(
                said.contains(expected) && said.is_empty() == expected.is_empty(),
                "{said}"
            );
        };
        let bread = "I baked bread for two cafés in Oslo, each day at four.";
        check(
            &[bread, "At Acme I wrote down what each customer asked for."],
            "",
        );
        check(&[bread, bread], "twice");
        check(
            &["Baked bread for two cafés in Oslo, each day at four."],
            "“I”",
        );
        check(
            &["I baked bread for two cafés in Oslo, each day at"],
            "whole sentence",
        );
    }
}
