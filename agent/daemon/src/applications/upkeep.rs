//! What time does to applications: approvals run out, items lapse, postings close.

use std::time::Duration;

use agent_core::application::{Event, Stage};

use super::{drive::apply, expiry::expire, keys};
use crate::{clock, fault::Fault, handle::Handle};

/// How often it is looked.
const TICK: Duration = Duration::from_secs(30);

/// Looks until the daemon ends; after a sync it looks at once.
pub(crate) async fn run(handle: Handle) {
    loop {
        if let Err(fault) = look(&handle).await {
            tracing::warn!(%fault, "applications could not be kept up");
        }
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = handle.desk.looked_for() => {}
            () = clock::tick(TICK) => {}
        }
    }
}

/// Looks once.
pub(crate) async fn look(handle: &Handle) -> Result<(), Fault> {
    let now = clock::now();
    let (due, lapsed, closed) = handle
        .store
        .read(move |reader| {
            Ok((
                reader.approvals_due(now)?,
                reader.due_applications(now)?,
                reader.applications_of_closed_jobs()?,
            ))
        })
        .await?;
    for approval in due {
        harmless(expire(handle, approval.application).await);
    }
    for application in lapsed {
        harmless(apply(handle, application.id, Event::QueueLapsed).await);
    }
    for application in closed {
        harmless(apply(handle, application.id, Event::PostingClosed).await);
    }
    Ok(())
}

/// Returns approvals to review that were signed by a key that is no longer
/// trusted; gives how many.
pub(crate) async fn return_rotated(handle: &Handle) -> Result<u32, Fault> {
    let trusted = keys::trusted(&handle.home)?.current().id();
    let live = handle.store.read(|reader| reader.live_approvals()).await?;
    let mut returned = 0;
    for approval in live.into_iter().filter(|approval| approval.key != trusted) {
        let id = approval.application;
        let before = super::read(handle, id).await?.state.stage;
        let after = expire(handle, id).await?.state.stage;
        if matches!(before, Stage::Approved { .. })
            && matches!(after, Stage::AwaitingApproval { .. })
        {
            returned += 1;
        }
    }
    Ok(returned)
}

/// An application that has moved on meanwhile refuses the event, rightly.
fn harmless(done: Result<agent_store::Application, Fault>) {
    if let Err(fault) = done {
        tracing::debug!(%fault, "an application had moved on");
    }
}
