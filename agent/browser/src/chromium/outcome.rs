//! Reading what became of a release.

use std::time::Duration;

use agent_core::{application::PersonStop, form::Recipe};
use serde_json::{Value as Json, json};
use tokio::time::{Instant, sleep, timeout};

use super::answer::{Answer, Watch};
use crate::{
    devtools::Client,
    form::{page::Page, raw::RawOutcome},
    gate::{Gate, Stage},
    session::{Evidence, Outcome},
};

/// Between two looks at the page.
const PAUSE: Duration = Duration::from_millis(120);

/// How long something must stand on the page to count.
const STANDING: Duration = Duration::from_millis(600);

/// How long a confirmation may take to show its reference.
const REFERENCE: Duration = Duration::from_secs(3);

/// How long evidence may take to gather.
const EVIDENCE: Duration = Duration::from_secs(10);

/// Most text of a page that is kept.
const TEXT: usize = 16 << 10;

/// What is looked at.
pub(super) struct Awaited<'a> {
    pub(super) page: &'a mut Page,
    pub(super) recipe: &'a Recipe,
    pub(super) gate: &'a Gate,
    pub(super) client: &'a Client,
    pub(super) patience: Duration,
    /// The request that sends the form, as the gate's report names it.
    pub(super) submission: String,
    /// Sees how it was answered.
    pub(super) answer: Option<&'a Watch>,
    /// Requests that were refused before the form was sent.
    pub(super) refused_before: usize,
}

/// What the page says, once it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    Confirmed,
    Refused(Vec<String>),
    Stop(PersonStop),
    /// The server failed, which does not say what it took.
    Failed(u16),
    /// The page complains, and the server did not: a script may complain of
    /// something else after the application was taken.
    Unclear(u16),
}

/// Waits until the page says what became of the application. The page's word
/// counts only after the gate let the release out and saw its answer.
pub(super) async fn await_outcome(awaited: &mut Awaited<'_>) -> Outcome {
    let deadline = Instant::now() + awaited.patience;
    let mut standing: Option<(Sign, Instant)> = None;
    let mut held = None;
    loop {
        if awaited.client.is_closed() {
            return unanswered(
                awaited,
                "the browser ended before the portal's answer was read".to_owned(),
            )
            .await;
        }
        let stage = *awaited.gate.stages().borrow();
        let answered = matches!(stage, Stage::Open);
        let now = look(awaited).await;
        let known = Known {
            answered,
            answer: awaited.answer.and_then(Watch::answer),
            forwarded: awaited.gate.forwarded(),
        };
        let sign = now.as_ref().and_then(|now| sign(now, known));
        standing = match (sign, standing) {
            (None, _) => None,
            (Some(sign), Some((before, since))) if sign == before => Some((sign, since)),
            (Some(sign), _) => Some((sign, Instant::now())),
        };
        if let (Some(now), Some((sign, since))) = (&now, &standing) {
            let wait = match sign {
                Sign::Confirmed
                    if awaited.recipe.confirmation.reference.is_some()
                        && now.reference.is_none() =>
                {
                    REFERENCE
                }
                Sign::Confirmed => Duration::ZERO,
                Sign::Refused(_) | Sign::Stop(_) => STANDING,
                Sign::Failed(_) | Sign::Unclear(_) => REFERENCE,
            };
            if since.elapsed() >= wait {
                return conclude(awaited, sign.clone(), now.reference.clone()).await;
            }
        }
        if let (Stage::Waiting(_), Some(why)) = (stage, refused_release(awaited)) {
            let since = *held.get_or_insert_with(Instant::now);
            if since.elapsed() > STANDING {
                return unanswered(awaited, why).await;
            }
        }
        if stage == Stage::Closed {
            return unanswered(awaited, "the connection ended without an answer".to_owned()).await;
        }
        if Instant::now() > deadline {
            let why = format!(
                "the page did not say within {} s whether the application arrived",
                awaited.patience.as_secs()
            );
            return unanswered(awaited, why).await;
        }
        sleep(PAUSE).await;
    }
}

/// Shuts the gate, and says what is known.
pub(super) async fn unanswered(awaited: &mut Awaited<'_>, why: String) -> Outcome {
    awaited.gate.close().await;
    let evidence = evidence(awaited, None).await;
    let stop = match look(awaited).await {
        Some(now) => now.stop.map(PersonStop::from),
        None => None,
    };
    let forwarded = awaited.gate.forwarded();
    Outcome::Unanswered {
        forwarded,
        why,
        stop,
        evidence,
    }
}

async fn conclude(awaited: &mut Awaited<'_>, sign: Sign, reference: Option<String>) -> Outcome {
    // The picture needs what the page may still load; nothing else may follow.
    let evidence = evidence(awaited, reference).await;
    awaited.gate.close().await;
    let forwarded = awaited.gate.forwarded();
    match (sign, evidence) {
        (Sign::Confirmed, Some(evidence)) => Outcome::Confirmed(evidence),
        (Sign::Refused(messages), Some(evidence)) => Outcome::Refused { messages, evidence },
        (Sign::Stop(stop), evidence) => Outcome::Unanswered {
            forwarded,
            why: "the portal asks the person for something before it takes the application"
                .to_owned(),
            stop: Some(stop),
            evidence,
        },
        (Sign::Failed(status), evidence) => Outcome::Unanswered {
            forwarded,
            why: format!(
                "the portal answered with a failure of its own ({status}), which does not say whether it took the application"
            ),
            stop: None,
            evidence,
        },
        (Sign::Unclear(status), evidence) => Outcome::Unanswered {
            forwarded,
            why: format!(
                "the page complains, but the portal's answer ({status}) does not: it may have taken the application"
            ),
            stop: None,
            evidence,
        },
        (Sign::Confirmed | Sign::Refused(_), None) => Outcome::Unanswered {
            forwarded,
            why: "the browser ended before the portal's answer was read".to_owned(),
            stop: None,
            evidence: None,
        },
    }
}

/// What is known besides the page.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The gate saw the answer.
    answered: bool,
    /// It, if it was seen.
    answer: Option<Answer>,
    forwarded: u64,
}

/// What the page says, as far as it can be believed.
fn sign(now: &RawOutcome, known: Known) -> Option<Sign> {
    if let Some(stop) = now.stop {
        return Some(Sign::Stop(stop.into()));
    }
    let well = now.complete && now.status < 400;
    if known.answered && well && (now.path || now.located) {
        return Some(Sign::Confirmed);
    }
    if let Some(Answer { status, .. }) = known.answer
        && known.answered
        && status >= 500
    {
        return Some(Sign::Failed(status));
    }
    if now.messages.is_empty() {
        return None;
    }
    let refused = || Some(Sign::Refused(now.messages.clone()));
    match known.answer {
        _ if known.forwarded == 0 => refused(),
        Some(Answer { status, page }) if known.answered => {
            // A page that is sent back may complain with any status; what a script
            // says of an answer that is none of refusal proves nothing.
            if page || (400..500).contains(&status) {
                refused()
            } else {
                Some(Sign::Unclear(status))
            }
        }
        Some(_) | None => None,
    }
}

/// What the gate held against the request that sends the form.
fn refused_release(awaited: &Awaited<'_>) -> Option<String> {
    let report = awaited.gate.report();
    let mut since = report.requests.iter().skip(awaited.refused_before);
    let refused = since.find(|refused| refused.what == awaited.submission)?;
    Some(format!(
        "the gate refused to send the form: {}",
        refused.why
    ))
}

async fn look(awaited: &mut Awaited<'_>) -> Option<RawOutcome> {
    let confirmation = &awaited.recipe.confirmation;
    let query = json!([{
        "suffix": confirmation.path_suffix,
        "locator": confirmation.locator,
        "reference": confirmation.reference,
        "refusal": awaited.recipe.refusal,
    }]);
    let answer = timeout(EVIDENCE, awaited.page.ask("outcome", query)).await;
    serde_json::from_value(answer.ok()?.ok()?).ok()
}

/// The page as it is now; none when the browser is gone.
async fn evidence(awaited: &mut Awaited<'_>, reference: Option<String>) -> Option<Evidence> {
    let now = look(awaited).await?;
    let text = timeout(EVIDENCE, awaited.page.ask("text", json!([])))
        .await
        .ok()?
        .ok()?;
    let picture = timeout(EVIDENCE, awaited.page.picture()).await;
    Some(Evidence {
        url: now.url,
        text: printable(&text),
        reference: reference
            .or(now.reference)
            .map(|said| bare_reference(&said)),
        screenshot: picture.ok().and_then(Result::ok).unwrap_or_default(),
    })
}

/// A reference without the word before it ("Reference: PRX-1").
fn bare_reference(said: &str) -> String {
    let said = said
        .rsplit_once(": ")
        .map_or(said, |(_, reference)| reference);
    said.trim().chars().take(200).collect()
}

/// Text without control characters, cut to what is kept.
fn printable(text: &Json) -> String {
    let mut kept = String::new();
    for char in text.as_str().unwrap_or_default().chars() {
        if kept.len() + char.len_utf8() > TEXT {
            break;
        }
        match char {
            '\n' => kept.push(char),
            char if char.is_whitespace() => kept.push(' '),
            char if char.is_control() || is_invisible(char) => {}
            char => kept.push(char),
        }
    }
    kept
}

/// Marks that turn the direction of text or stand for nothing.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p2_only_an_answer_that_can_be_a_refusal_makes_a_complaint_one() {
        let complaint = || vec!["Something went wrong. Please try again.".to_owned()];
        let said = |messages: Vec<String>| RawOutcome {
            url: "https://jobs.lever.co/kranich/7/apply".to_owned(),
            complete: true,
            status: 200,
            path: false,
            located: false,
            reference: None,
            messages,
            stop: None,
        };
        let answer = |status, page| Some(Answer { status, page });
        let refused = || Some(Sign::Refused(complaint()));
        for (what, answered, answer, forwarded, expected) in [
            ("nothing was sent", false, None, 0, refused()),
            ("no answer yet", false, None, 900, None),
            ("not seen by the gate", false, answer(422, false), 900, None),
            ("an answer nobody saw", true, None, 900, None),
            ("the form again", true, answer(200, true), 900, refused()),
            ("the form with 422", true, answer(422, true), 900, refused()),
            ("to a script", true, answer(422, false), 900, refused()),
            (
                "taken, and the script failed",
                true,
                answer(200, false),
                900,
                Some(Sign::Unclear(200)),
            ),
            (
                "the server failed",
                true,
                answer(500, false),
                900,
                Some(Sign::Failed(500)),
            ),
        ] {
            let known = Known {
                answered,
                answer,
                forwarded,
            };
            assert_eq!(sign(&said(complaint()), known), expected, "{what}");
            let silent = match expected {
                Some(Sign::Failed(status)) => Some(Sign::Failed(status)),
                _ => None,
            };
            assert_eq!(sign(&said(Vec::new()), known), silent, "{what}, silently");
        }
    }
}
