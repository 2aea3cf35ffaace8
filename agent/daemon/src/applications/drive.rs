//! Moves applications on: the state machine decides, one transaction keeps the
//! new state and its event, and only then anything is done about it.

use std::sync::{Arc, OnceLock};

use agent_api::reason;
use agent_core::{
    application::{Event, Refused, State, transition},
    ids::ApplicationId,
};
use agent_store::{Application, Refusal, Step, StoreError, WriteTx};

use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
};

/// How safely a step is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Safety {
    /// It survives a crash of the daemon.
    Process,
    /// It survives a power cut: what the gate rests on.
    Power,
}

/// Applies the event that `decide` makes, in one transaction with everything
/// `decide` writes. Gives the application as it stands then.
pub(super) async fn step(
    handle: &Handle,
    id: ApplicationId,
    safety: Safety,
    decide: impl FnOnce(&mut WriteTx<'_>, &Application) -> Result<Event, StoreError> + Send + 'static,
) -> Result<Application, Fault> {
    step_if(handle, id, safety, |tx, now| decide(tx, now).map(Some)).await
}

/// As [`step`], for what is decided by how things stand in the transaction itself:
/// without an event the application stays as it is.
pub(super) async fn step_if(
    handle: &Handle,
    id: ApplicationId,
    safety: Safety,
    decide: impl FnOnce(&mut WriteTx<'_>, &Application) -> Result<Option<Event>, StoreError>
    + Send
    + 'static,
) -> Result<Application, Fault> {
    // The store's closure can fail with the store's errors alone, and must fail
    // for what `decide` wrote to be undone; why it did is told beside.
    let refusal = Arc::new(OnceLock::new());
    let told = Arc::clone(&refusal);
    let work = move |tx: &mut WriteTx<'_>| {
        let Some(application) = tx.application(id)? else {
            return Ok(None);
        };
        let Some(event) = decide(tx, &application)? else {
            return Ok(Some(application));
        };
        let next: State = match transition(&application.state, &event) {
            Ok(transition) => transition.next,
            Err(refused) => {
                let _ = told.set(refused);
                return Err(StoreError::Refused(Refusal::Stale { application: id }));
            }
        };
        tx.put_application(&Step {
            application: id,
            revision: application.revision,
            event: &event,
            next: &next,
            at: clock::now(),
        })?;
        tx.application(id)
    };
    let taken = match safety {
        Safety::Process => handle.store.write(work).await,
        Safety::Power => handle.store.write_durable(work).await,
    };
    handle.news.send_replace(());
    match (taken, refusal.get()) {
        (Err(_), Some(refused)) => Err(wrong_stage(id, refused)),
        (taken, _) => taken?.ok_or_else(|| super::unknown(&id.to_string())),
    }
}

/// Applies an event that needs nothing written beside it.
pub(super) async fn apply(
    handle: &Handle,
    id: ApplicationId,
    event: Event,
) -> Result<Application, Fault> {
    step(handle, id, Safety::Process, move |_, _| Ok(event)).await
}

fn wrong_stage(id: ApplicationId, refused: &Refused) -> Fault {
    let id: String = id.to_string().chars().take(8).collect();
    let message = match refused {
        Refused::NoSuchStep { stage, .. } => format!("this cannot be done: it is {stage}"),
        Refused::OtherManifest { .. }
        | Refused::SpentManifest { .. }
        | Refused::SameManifest { .. } => refused.to_string(),
    };
    Fault::new(Kind::Refused, reason::WRONG_STAGE, message).hint(format!(
        "see how it stands: agentctl applications show {id}"
    ))
}
