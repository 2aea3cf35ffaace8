//! What a model reads out of one posting. The call sees the posting alone, never the
//! profile (P6); what it says counts only where its quote is really in the text, and
//! moves no score and no constraint.

#[cfg(test)]
mod obedient;

use agent_core::{
    ids::JobId,
    skill::{
        Need,
        claim::{Claim, MOST_CLAIMS, MOST_QUOTE, MOST_SKILL, MadeUp, made_up, proven},
    },
};
use agent_store::JobAnalysis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
    models::{self, Question, Reply},
};

/// What came of reading a posting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Analysis {
    /// A model read it, now or earlier.
    Read(JobAnalysis),
    /// None did.
    Nobody {
        /// Why: one sentence for the person.
        why: String,
    },
}

#[derive(Deserialize)]
struct Said {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    kind: SaidKind,
    skill: String,
    quote: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SaidKind {
    Must,
    Nice,
}

/// Has a model read a posting. The same posting is asked about once; where no model
/// answers now, what one read of the posting earlier stands.
pub(crate) async fn of_job(handle: &Handle, id: JobId) -> Result<Analysis, Fault> {
    let (stored, revision) = handle
        .store
        .read(move |reader| Ok((reader.job(id)?, reader.job_revision(id)?)))
        .await?;
    let (Some(stored), Some(revision)) = (stored, revision) else {
        return Err(Fault::new(
            Kind::NotFound,
            agent_api::reason::UNKNOWN_ID,
            format!("the job {id} is no longer kept"),
        ));
    };
    let (title, text) = (stored.job.title, stored.job.description);
    if text.trim().is_empty() {
        return Ok(Analysis::Nobody {
            why: "the posting has no text".to_owned(),
        });
    }
    let question = Question {
        task: "posting",
        values: json!({"title": title, "text": text}),
        schema: schema(),
        about: ("job", id.to_string()),
    };
    let read = format!("{title}\n{text}");
    let reply = models::ask(handle, question, |said| check(&read, said)).await?;
    let answer = match reply {
        Reply::Answer(answer) => answer,
        Reply::Nobody { why } => {
            let earlier = handle
                .store
                .read(move |reader| reader.job_analysis(id))
                .await?;
            return Ok(earlier.map_or(Analysis::Nobody { why }, Analysis::Read));
        }
    };
    let earlier = handle
        .store
        .read(move |reader| reader.job_analysis(id))
        .await?;
    let analysis = JobAnalysis {
        revision,
        at: clock::now(),
        tier: answer.tier,
        model: answer.model,
        claims: proven(&read, claims(&answer.value)),
    };
    if let Some(earlier) = earlier
        && earlier.model == analysis.model
        && earlier.claims == analysis.claims
    {
        return Ok(Analysis::Read(earlier));
    }
    let kept = analysis.clone();
    let said = format!("{} read “{title}”", kept.model);
    handle
        .write(move |tx| {
            tx.save_job_analysis(id, &kept)?;
            let detail = json!({"model": kept.model, "claims": kept.claims.len()});
            tx.append_event(&event(events::JOB_READ, id, said, detail))
        })
        .await?;
    Ok(Analysis::Read(analysis))
}

/// The shape of an answer. What kind of need it is comes before all else, and the quote
/// before the name: a small model decides in the order in which it writes.
fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "items": {
                "type": "array",
                "maxItems": MOST_CLAIMS,
                "items": {
                    "type": "object",
                    "properties": {
                        "kind": {"enum": ["must", "nice"]},
                        "quote": {"type": "string", "minLength": 1, "maxLength": MOST_QUOTE},
                        "skill": {"type": "string", "minLength": 1, "maxLength": MOST_SKILL},
                    },
                    "required": ["kind", "quote", "skill"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["items"],
        "additionalProperties": false,
    })
}

/// An answer of which less than half holds is not believed at all. What holds and is no
/// requirement, such as a benefit, is left out later and no reason to ask again.
fn check(posting: &str, said: &Value) -> Result<(), String> {
    let claims = claims(said);
    let MadeUp { quotes, skills } = made_up(posting, &claims);
    let all = claims.len();
    if (quotes + skills) * 2 <= all {
        return Ok(());
    }
    let mut why = Vec::new();
    if quotes > 0 {
        why.push(format!(
            "{quotes} of {all} items have a quote that is not in the posting: copy it letter by \
             letter"
        ));
    }
    if skills > 0 {
        why.push(format!(
            "{skills} of {all} items have a skill that is not in their quote: use words of the \
             quote"
        ));
    }
    Err(why.join("; "))
}

fn claims(said: &Value) -> Vec<Claim> {
    let said: Said = match serde_json::from_value(said.clone()) {
        Ok(said) => said,
        Err(_) => return Vec::new(),
    };
    said.items
        .into_iter()
        .map(|item| Claim {
            need: match item.kind {
                SaidKind::Must => Need::Required,
                SaidKind::Nice => Need::Optional,
            },
            skill: item.skill,
            label: None,
            quote: item.quote,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_which_most_is_made_up_is_refused() {
        let posting = "We need Rust. Go is welcome.";
        let item =
            |skill: &str, quote: &str| json!({"kind": "must", "quote": quote, "skill": skill});
        let check = |items: Vec<Value>, holds: bool| {
            let said = json!({ "items": items });
            assert_eq!(check(posting, &said).is_ok(), holds, "{said}");
        };
        let (real, made_up) = (item("Rust", "We need Rust"), item("Java", "We need Java"));
        check(vec![], true);
        check(vec![real.clone()], true);
        check(vec![real.clone(), made_up.clone()], true);
        check(vec![real, made_up.clone(), made_up.clone()], false);
        check(vec![made_up], false);
    }

    #[test]
    fn a_refusal_says_what_is_made_up() {
        let said = json!({"items": [
            {"kind": "must", "quote": "We need Java", "skill": "Java"},
            {"kind": "must", "quote": "Go is welcome", "skill": "Java"},
            {"kind": "must", "quote": "Go is welcome", "skill": "Scala"},
        ]});
        let why = check("We need Rust. Go is welcome.", &said).unwrap_err();
        for part in [
            "1 of 3 items have a quote that is not in the posting",
            "2 of 3 items have a skill that is not in their quote",
        ] {
            assert!(why.contains(part), "{why}");
        }
    }

    #[test]
    fn the_schema_is_one() {
        agent_models::Shape::new(&schema()).unwrap();
    }
}
