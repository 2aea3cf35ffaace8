//! Release: the intent is recorded, the gate opened once, and what came of it
//! is kept. After a cut the gate's journal says what is known.

use agent_approval::SignedApproval;
use agent_browser::{Evidence, Outcome, Permit, gate};
use agent_core::{
    application::{Event, IntentId, Stage, State},
    ids::ApplicationId,
};
use agent_store::{IntentEnd, IntentOutcome, NewIntent, NewReceipt};
use serde_json::{Value, json};

use super::{
    drive::{Safety, step},
    keys,
    progress::Reporter,
    submit::Compared,
};
use crate::{
    clock,
    events::{self, event},
    fault::Fault,
    handle::Handle,
};

/// Records the intent, opens the gate once, and keeps what came of it.
pub(super) async fn release(
    handle: &Handle,
    id: ApplicationId,
    compared: Compared<'_>,
    reporter: &Reporter,
) -> Result<(), Fault> {
    let Compared {
        approved,
        mut session,
        ..
    } = compared;
    reporter.now("the form is the one you approved; sending it");
    // Before the intent: nothing that can fail stands between it and the gate.
    let key = match keys::trusted(&handle.home) {
        Ok(trusted) => *trusted.current(),
        Err(error) => {
            session.close().await;
            return Err(error.into());
        }
    };
    let digest = approved.digest;
    let started = step(handle, id, Safety::Power, move |tx, _| {
        let intent = tx.record_intent(&NewIntent {
            application: id,
            manifest: digest,
            at: clock::now(),
        })?;
        Ok(Event::SubmissionStarted { intent })
    });
    let started = match started.await {
        Ok(started) => started,
        Err(fault) => {
            session.close().await;
            return Err(fault);
        }
    };
    let intent = intent_of(&started.state).ok_or_else(|| super::lost("the intent"))?;
    let permit = Permit {
        manifest: approved.stored.bytes,
        approval: SignedApproval {
            bytes: approved.approval.signed.bytes,
            signature: approved.approval.signed.signature,
        },
        key,
        now: clock::now().as_second(),
        journal: journal(handle, intent),
    };
    let released = handle
        .desk
        .unless_halted(&handle.shutdown, session.release(permit))
        .await;
    // The gate is shut with it: after this nothing more leaves.
    session.close().await;
    match released {
        Ok(outcome) => keep(handle, id, intent, outcome).await,
        Err(why) => {
            note(
                handle,
                id,
                &format!("the release was cut: {}", why.message),
                None,
            )
            .await?;
            close(handle, id, intent, forwarded(handle, intent)).await?;
            Err(why)
        }
    }
}

fn intent_of(state: &State) -> Option<IntentId> {
    match &state.stage {
        Stage::Submitting { intent, .. } => Some(*intent),
        _ => None,
    }
}

/// The gate's journal of an intent.
fn journal(handle: &Handle, intent: IntentId) -> std::path::PathBuf {
    handle.home.gate_dir().join(format!("{}.journal", intent.0))
}

async fn keep(
    handle: &Handle,
    id: ApplicationId,
    intent: IntentId,
    outcome: Outcome,
) -> Result<(), Fault> {
    let at = clock::now();
    match outcome {
        Outcome::Confirmed(evidence) => {
            let forwarded = forwarded(handle, intent);
            let kept = step(handle, id, Safety::Power, move |tx, _| {
                let receipt = tx.save_receipt(&NewReceipt {
                    intent,
                    url: evidence.url,
                    text: evidence.text,
                    reference: evidence.reference,
                    screenshot: Some(evidence.screenshot).filter(|png| !png.is_empty()),
                    at,
                })?;
                let outcome = IntentOutcome::Receipt;
                tx.finish_intent(
                    intent,
                    &IntentEnd {
                        outcome,
                        forwarded,
                        at,
                    },
                )?;
                Ok(Event::ReceiptRead { receipt })
            });
            kept.await.map(drop)
        }
        Outcome::Refused { messages, evidence } => {
            let forwarded = forwarded(handle, intent);
            note(handle, id, "the portal refused the form", Some(&evidence)).await?;
            let kept = step(handle, id, Safety::Power, move |tx, _| {
                let outcome = IntentOutcome::Refused;
                tx.finish_intent(
                    intent,
                    &IntentEnd {
                        outcome,
                        forwarded,
                        at,
                    },
                )?;
                Ok(Event::PortalRefused { messages })
            });
            kept.await.map(drop)
        }
        Outcome::Unanswered {
            forwarded,
            why,
            stop: _,
            evidence,
        } => {
            note(handle, id, &why, evidence.as_ref()).await?;
            close(handle, id, intent, forwarded).await
        }
    }
}

/// Ends an intent that no answer was read for.
async fn close(
    handle: &Handle,
    id: ApplicationId,
    intent: IntentId,
    forwarded: u64,
) -> Result<(), Fault> {
    let closed = step(handle, id, Safety::Power, move |tx, _| {
        tx.finish_intent(intent, &unanswered(forwarded))?;
        Ok(Event::GateClosed { forwarded })
    });
    closed.await.map(drop)
}

/// The end of an intent without an answer.
fn unanswered(forwarded: u64) -> IntentEnd {
    IntentEnd {
        outcome: if forwarded == 0 {
            IntentOutcome::NotSubmitted
        } else {
            IntentOutcome::Unknown
        },
        forwarded,
        at: clock::now(),
    }
}

/// Takes up a submission that a kill of the daemon cut off. What the gate's
/// journal says decides what is known.
pub(super) async fn take_up(
    handle: &Handle,
    id: ApplicationId,
    intent: IntentId,
) -> Result<(), Fault> {
    let forwarded = forwarded(handle, intent);
    let what = format!("the submission was cut off; {forwarded} bytes had left");
    note(handle, id, &what, None).await?;
    let taken = step(handle, id, Safety::Power, move |tx, _| {
        tx.finish_intent(intent, &unanswered(forwarded))?;
        Ok(Event::DaemonRestarted { forwarded })
    });
    taken.await.map(drop)
}

fn forwarded(handle: &Handle, intent: IntentId) -> u64 {
    gate::Journal::read(&journal(handle, intent)).forwarded_at_least()
}

/// Keeps what is known of a submission that ended without a receipt.
async fn note(
    handle: &Handle,
    id: ApplicationId,
    why: &str,
    evidence: Option<&Evidence>,
) -> Result<(), Fault> {
    let detail = evidence.map_or(
        Value::Null,
        |page| json!({ "url": page.url, "text": page.text }),
    );
    let text = why.to_owned();
    handle
        .write(move |tx| {
            let event = event(events::APPLICATION_EVIDENCE, id, text, detail);
            tx.append_event(&event).map(drop)
        })
        .await?;
    Ok(())
}
