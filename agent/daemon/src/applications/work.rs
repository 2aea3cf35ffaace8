//! Work on one application at a time: begun, followed, and gone on with for as long as
//! somebody moves the application on.

use agent_core::{application::Stage, ids::ApplicationId};
use tokio::sync::broadcast;

use super::{
    draft,
    progress::{Doing, Reporter},
    read, submit,
};
use crate::{
    events::{self, event},
    fault::Fault,
    handle::Handle,
};

/// Takes an application that was moved on as far as it goes, and follows that.
pub(crate) fn work(handle: &Handle, id: ApplicationId) -> broadcast::Receiver<Doing> {
    at_desk(handle, id, true, as_far_as_it_goes)
}

/// Follows the work on an application; what is not worked on is taken as far as it
/// goes.
pub(crate) fn watch(handle: &Handle, id: ApplicationId) -> broadcast::Receiver<Doing> {
    at_desk(handle, id, false, as_far_as_it_goes)
}

/// Begins work on an application with `first`, or follows what is under way. Who asks
/// for it `again` is not forgotten when that is about to end: it goes on from the stage
/// the application is at then.
pub(super) fn at_desk<F>(
    handle: &Handle,
    id: ApplicationId,
    again: bool,
    first: impl FnOnce(Handle, ApplicationId, Reporter) -> F,
) -> broadcast::Receiver<Doing>
where
    F: Future<Output = Result<(), Fault>> + Send + 'static,
{
    let (receiver, reporter) = handle.desk.roster.follow(id, again);
    if let Some(reporter) = reporter {
        let first = first(handle.clone(), id, reporter.clone());
        let held = handle.clone();
        handle.tasks.spawn(async move {
            let mut outcome = first.await;
            while !held.desk.roster.leave(id) {
                outcome = as_far_as_it_goes(held.clone(), id, reporter.clone()).await;
            }
            reporter.tell(outcome.map_or_else(Doing::Failed, |()| Doing::Ended));
        });
    }
    receiver
}

/// Goes on, and keeps why it could not.
async fn as_far_as_it_goes(
    handle: Handle,
    id: ApplicationId,
    reporter: Reporter,
) -> Result<(), Fault> {
    let inner = handle.clone();
    // A task of its own: a panic in it ends this work and nothing else.
    let outcome = handle
        .complete(async move { go_on(&inner, id, &reporter).await })
        .await
        .flatten();
    if let Err(fault) = &outcome {
        keep_fault(&handle, id, fault).await;
    }
    outcome
}

/// Does what each stage asks for until the person is asked or it is over. The
/// kill switch and the end of the daemon cut it off wherever it is; a release
/// that is under way settles what is known first.
async fn go_on(handle: &Handle, id: ApplicationId, reporter: &Reporter) -> Result<(), Fault> {
    loop {
        let application = read(handle, id).await?;
        match &application.state.stage {
            Stage::Drafting => {
                let draft = draft::run(handle, &application, reporter);
                handle.desk.unless_halted(&handle.shutdown, draft).await??;
            }
            Stage::Approved { manifest } => {
                submit::run(handle, &application, *manifest, reporter).await?;
            }
            Stage::NotSubmitted { manifest } => submit::renew(handle, id, *manifest).await?,
            _ => return Ok(()),
        }
    }
}

/// Keeps why the work on an application could not go on, for whoever looks later.
async fn keep_fault(handle: &Handle, id: ApplicationId, fault: &Fault) {
    tracing::warn!(application = %id, %fault, "the work on an application stopped");
    let (text, reason) = (fault.to_string(), fault.reason);
    let kept = handle
        .write(move |tx| {
            let detail = serde_json::json!({ "reason": reason });
            tx.append_event(&event(events::APPLICATION_FAULT, id, text, detail))
        })
        .await;
    if let Err(error) = kept {
        tracing::error!(%error, "and that could not be kept");
    }
}
