//! The whole machine as one table for a reader to review.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{super::*, samples::*};

fn stage_label(stage: &Stage) -> String {
    let detail = match stage {
        Stage::NeedsPerson { stop } => format!("{stop:?}").to_lowercase(),
        Stage::Submitted { proof } => match proof {
            Proof::Receipt { .. } => "receipt".into(),
            Proof::ByHand => "by hand".into(),
        },
        Stage::Closed { by } => format!("{by:?}").to_lowercase(),
        Stage::AwaitingApproval { manifest, diff } => {
            let which = if *manifest == present() {
                "this"
            } else {
                "new"
            };
            format!("{which}, {} changed", diff.len())
        }
        Stage::Submitting { intent, .. } => format!("intent {}", intent.0),
        Stage::OutcomeUnknown { forwarded, .. } => format!("{forwarded} bytes"),
        Stage::Proposed
        | Stage::Drafting
        | Stage::NeedsInput { .. }
        | Stage::Approved { .. }
        | Stage::RefusedByPortal { .. }
        | Stage::NotSubmitted { .. }
        | Stage::InReview
        | Stage::Interview
        | Stage::Offer
        | Stage::Accepted
        | Stage::Declined
        | Stage::Rejected
        | Stage::Withdrawn
        | Stage::Discarded { .. } => return stage.name().into(),
    };
    format!("{} ({detail})", stage.name())
}

fn effect_label(effect: &Effect) -> &'static str {
    match effect {
        Effect::Draft => "draft",
        Effect::AskPerson { ask } => match ask {
            Ask::Answers { .. } => "ask for answers",
            Ask::Act { .. } => "ask to act",
            Ask::Review { .. } => "ask for review",
            Ask::Outcome { .. } => "ask for the outcome",
            Ask::Refusal { .. } => "ask about the refusal",
        },
        Effect::CompareLiveForm { .. } => "compare the live form",
        Effect::DropApproval { .. } => "drop the approval",
        Effect::RecordIntent { .. } => "RECORD INTENT",
        Effect::OpenGate { .. } => "OPEN GATE",
        Effect::CloseGate { .. } => "close gate",
        Effect::RenewNonce { .. } => "renew the nonce",
    }
}

fn event_label(note: &str, event: &Event) -> String {
    if note.is_empty() {
        event.name().into()
    } else {
        format!("{} ({note})", event.name())
    }
}

fn refusal_label(refused: &Refused) -> &'static str {
    match refused {
        Refused::NoSuchStep { .. } => "no such step",
        Refused::OtherManifest { .. } => "REFUSED: another manifest waits",
        Refused::SpentManifest { .. } => "REFUSED: the manifest was used before",
        Refused::SameManifest { .. } => "REFUSED: nothing changed",
    }
}

/// The table a reader reviews: per stage the steps taken and the refusals with
/// a reason of their own, one a line; then all events it has no step for.
fn table() -> String {
    let mut text = String::new();
    let mut pairs = 0;
    for state in states() {
        let _ = writeln!(text, "{}", stage_label(&state.stage));
        let mut no_step = Vec::new();
        for (note, event) in events() {
            pairs += 1;
            let event_text = event_label(note, &event);
            match transition(&state, &event) {
                Ok(step) => {
                    let effects: Vec<_> = step.effects.iter().map(effect_label).collect();
                    let line = format!(
                        "    {event_text:<28} -> {:<36} {}",
                        stage_label(&step.next.stage),
                        effects.join(", ")
                    );
                    let _ = writeln!(text, "{}", line.trim_end());
                }
                Err(Refused::NoSuchStep { .. }) => no_step.push(event_text),
                Err(refused) => {
                    let _ = writeln!(text, "    {event_text:<28} -- {}", refusal_label(&refused));
                }
            }
        }
        let mut line = String::from("    no step:");
        for event in no_step {
            if line.len() + event.len() > 92 {
                let _ = writeln!(text, "{}", line.trim_end());
                line = String::from("            ");
            }
            let _ = write!(line, " {event};");
        }
        let _ = writeln!(text, "{}\n", line.trim_end_matches(';'));
    }
    let _ = writeln!(text, "{pairs} pairs");
    text
}

#[test]
fn the_table_of_all_states_and_events() {
    insta::assert_snapshot!(table());
}

#[test]
fn the_samples_hold_every_stage_and_every_event() {
    let stages: BTreeSet<_> = states().iter().map(|state| state.stage.name()).collect();
    let seen: BTreeSet<_> = events().iter().map(|(_, event)| event.name()).collect();
    assert_eq!(stages.len(), 20, "{stages:?}");
    assert_eq!(seen.len(), 29, "{seen:?}");
}

#[test]
fn states_and_events_are_read_back_as_written() {
    for state in states() {
        let json = serde_json::to_string(&state).expect("json");
        assert!(
            json.contains(&format!("\"stage\":\"{}\"", state.stage.name())),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<State>(&json).expect("state"), state);
        for (_, event) in events() {
            let json = serde_json::to_string(&event).expect("json");
            assert!(
                json.contains(&format!("\"event\":\"{}\"", event.name())),
                "{json}"
            );
            assert_eq!(serde_json::from_str::<Event>(&json).expect("event"), event);
            let effects = transition(&state, &event)
                .map(|step| step.effects)
                .unwrap_or_default();
            let json = serde_json::to_string(&effects).expect("json");
            assert_eq!(
                serde_json::from_str::<Vec<Effect>>(&json).expect("effects"),
                effects
            );
        }
    }
}
