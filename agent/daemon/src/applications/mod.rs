//! Applications: from a posting to a receipt, stopping for the person.
//!
//! [`work()`] takes an application as far as it goes without the person: it looks
//! at the stage, does what the stage asks for, and looks again. So preparing,
//! going on after an answer, and a restart after a kill are the same code.

pub(crate) mod cv;
mod desk;
mod draft;
mod drive;
mod expiry;
pub(crate) mod keys;
mod manifest;
mod opening;
pub(crate) mod pause;
mod person;
mod progress;
pub(crate) mod questions;
pub(crate) mod recovery;
mod refusal;
mod release;
pub(crate) mod review;
mod roster;
pub(crate) mod sheet;
mod submit;
pub(crate) mod tracker;
pub(crate) mod upkeep;
pub(crate) mod words;
mod work;

use std::path::PathBuf;

use agent_api::reason;
use agent_browser::Page;
use agent_core::{
    application::{Event, Stage},
    ids::{ApplicationId, JobId},
    profile::CvName,
};
use agent_store::{Application, Created, Found, NewApplication};
use tokio::sync::broadcast;

pub(crate) use self::{
    desk::Desk,
    progress::Doing,
    work::{watch, work},
};
use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// What the person named.
pub(crate) enum Named {
    Application(Box<Application>),
    Job(JobId),
}

/// Finds an application, or a job, by id or unique prefix. An application goes
/// before a job of the same prefix.
pub(crate) async fn named(handle: &Handle, given: &str) -> Result<Named, Fault> {
    let prefix = given.trim().to_lowercase();
    let (application, job) = handle
        .store
        .read(move |reader| {
            let found = reader.application_by_prefix(&prefix)?;
            let application = match found {
                Found::One(id) => Found::One(reader.application(id)?),
                Found::None => Found::None,
                Found::Many(many) => Found::Many(many.into_iter().map(|_| None).collect()),
            };
            Ok((application, reader.job_by_prefix(&prefix)?))
        })
        .await?;
    match (application, job) {
        (Found::One(Some(application)), _) => Ok(Named::Application(Box::new(application))),
        (Found::None | Found::One(None), Found::One(job)) => Ok(Named::Job(job)),
        (Found::None | Found::One(None), Found::None) => Err(unknown(given)),
        (Found::Many(_), _) | (_, Found::Many(_)) => {
            let message = format!("several things begin with {}", shown(given, 40));
            Err(Fault::new(Kind::Invalid, reason::AMBIGUOUS_ID, message)
                .hint("type more of the id"))
        }
    }
}

/// The application the person named, by its own id or its job's.
pub(crate) async fn find(handle: &Handle, given: &str) -> Result<Application, Fault> {
    let job = match named(handle, given).await? {
        Named::Application(application) => return Ok(*application),
        Named::Job(job) => job,
    };
    let application = handle
        .store
        .read(move |reader| reader.application_of_cluster(job))
        .await?;
    application.ok_or_else(|| {
        let message = format!("there is no application to the job {}", shown(given, 40));
        Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
            .hint("see them with: agentctl applications list")
    })
}

/// Nothing has this id.
pub(crate) fn unknown(given: &str) -> Fault {
    let message = format!("no job or application has the id {}", shown(given, 40));
    Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
        .hint("see them with: agentctl jobs list, agentctl applications list")
}

/// An application noted by its address has no form the agent could fill.
fn not_of_the_corpus() -> Fault {
    let message = "this application is to a posting outside the boards you follow";
    Fault::new(Kind::Refused, reason::NO_FORM, message)
        .hint("follow its board first: agentctl source add URL")
}

/// Something the store should hold is not there.
fn lost(what: &str) -> Fault {
    let message = format!("{what} of this application is no longer kept");
    Fault::new(Kind::Internal, reason::BUG, message)
}

/// Begins or goes on with preparing what the person named, and follows it; with
/// the CV they named, if they did.
pub(crate) async fn prepare(
    handle: &Handle,
    given: &str,
    cv: Option<CvName>,
) -> Result<(ApplicationId, broadcast::Receiver<Doing>), Fault> {
    refuse_paused(handle).await?;
    if let Some(name) = &cv {
        cv::refuse_unknown(handle, name).await?;
    }
    let application = match named(handle, given).await? {
        Named::Application(application) => *application,
        Named::Job(job) => begin(handle, job).await?,
    };
    let id = application.id;
    let application = match take_up(handle, application).await {
        // Someone else began it meanwhile: theirs is followed.
        Err(fault) if fault.reason == reason::WRONG_STAGE => {
            take_up(handle, read(handle, id).await?).await?
        }
        taken => taken?,
    };
    let receiver = match cv {
        Some(name) => cv::choose(handle, &application, name).await?,
        None => work(handle, id),
    };
    Ok((id, receiver))
}

/// The application to a job: the one there is, or a new one.
async fn begin(handle: &Handle, job: JobId) -> Result<Application, Fault> {
    let opening = opening::of_job(handle, job).await?;
    let new = NewApplication {
        id: ApplicationId::from_bytes(*manifest::nonce()?.as_bytes()),
        job: Some(job),
        opening: opening.key(handle).await?,
        employer: opening.job.company.clone(),
        title: opening.job.title.clone(),
        url: opening.job.url.clone(),
        at: clock::now(),
    };
    let id = new.id;
    let kept = handle
        .write(move |tx| {
            let id = match tx.create_application(&new)? {
                Created::New => id,
                Created::Exists { id, .. } => id,
            };
            tx.application(id)
        })
        .await?;
    kept.ok_or_else(|| lost("the row"))
}

/// Leads an application back to where preparing goes on, if it can.
async fn take_up(handle: &Handle, application: Application) -> Result<Application, Fault> {
    let id = application.id;
    let apply = |event| drive::apply(handle, id, event);
    match &application.state.stage {
        Stage::Proposed | Stage::RefusedByPortal { .. } => apply(Event::DraftingStarted).await,
        Stage::Discarded { .. } | Stage::Closed { .. } => {
            apply(Event::PersonRestored).await?;
            apply(Event::DraftingStarted).await
        }
        Stage::NeedsPerson { .. } => apply(Event::PersonDone).await,
        Stage::Drafting
        | Stage::NeedsInput { .. }
        | Stage::AwaitingApproval { .. }
        | Stage::Approved { .. }
        | Stage::Submitting { .. }
        | Stage::NotSubmitted { .. } => Ok(application),
        Stage::Submitted { .. }
        | Stage::OutcomeUnknown { .. }
        | Stage::InReview
        | Stage::Interview
        | Stage::Offer
        | Stage::Accepted
        | Stage::Declined
        | Stage::Rejected
        | Stage::Withdrawn => Err(applied_already(&application)),
    }
}

/// One opening is applied to once.
fn applied_already(application: &Application) -> Fault {
    let (note, _) = words::of(&application.state.stage, &application.short_id());
    let message = format!(
        "you applied to {} at {} already ({}: {note})",
        shown(&application.title, 80),
        shown(&application.employer, 60),
        application.state.stage.name(),
    );
    let hint = format!(
        "see it: agentctl applications show {}",
        application.short_id()
    );
    Fault::new(Kind::Refused, reason::ALREADY_APPLIED, message).hint(hint)
}

async fn read(handle: &Handle, id: ApplicationId) -> Result<Application, Fault> {
    let application = handle
        .store
        .read(move |reader| reader.application(id))
        .await?;
    application.ok_or_else(|| unknown(&id.to_string()))
}

/// Nothing is prepared or sent while the kill switch is on.
pub(crate) async fn refuse_paused(handle: &Handle) -> Result<(), Fault> {
    let since = handle.store.read(|reader| reader.paused_since()).await?;
    since.map_or(Ok(()), |_| Err(desk::paused()))
}

/// Prints a page of ours as PDF, when the browser is free.
pub(crate) async fn print(handle: &Handle, html: String) -> Result<Vec<u8>, Fault> {
    let _seat = handle.desk.seat().await?;
    let dir = handle
        .home
        .browser_dir()
        .join(format!("print-{}", manifest::nonce()?));
    let page = Page { html, dir };
    Ok(handle.desk.browser.print(page).await?)
}

/// A folder for one browser session, unlike every other.
fn session_dir(handle: &Handle, id: ApplicationId) -> Result<PathBuf, Fault> {
    let name = format!("{id}-{}", manifest::nonce()?);
    Ok(handle.home.browser_dir().join(name))
}
