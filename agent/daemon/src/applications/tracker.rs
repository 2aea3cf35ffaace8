//! Keeping track: what the person discards, settles, or sent by themselves, and
//! the proofs of what was sent.

use agent_api::reason;
use agent_core::{
    application::{Event, Settlement, Stage},
    ids::ApplicationId,
};
use agent_store::{Application, Created, NewApplication, SubmissionProof};
use jiff::{Timestamp, civil::Date};

use super::{
    Named, applied_already, drive,
    drive::{Safety, step},
    find, named, opening, work,
};
use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// The person's no.
pub(crate) async fn discard(
    handle: &Handle,
    given: &str,
    reason: &str,
) -> Result<Application, Fault> {
    let application = find(handle, given).await?;
    let reason = Some(shown(reason, 500)).filter(|reason| !reason.is_empty());
    drive::apply(handle, application.id, Event::PersonDiscarded { reason }).await
}

/// What the person found out about a submission in doubt.
pub(crate) async fn settle(
    handle: &Handle,
    given: &str,
    found: Settlement,
) -> Result<Application, Fault> {
    let application = find(handle, given).await?;
    let Stage::OutcomeUnknown { intent, .. } = application.state.stage else {
        let (note, next) = super::words::of(&application.state.stage, &application.short_id());
        let message = format!("nothing is in doubt here: {note}");
        return Err(Fault::new(Kind::Refused, reason::WRONG_STAGE, message).hint(next));
    };
    let settled = step(handle, application.id, Safety::Power, move |tx, _| {
        tx.settle_intent(intent, found, clock::now())?;
        Ok(Event::PersonSettled { found })
    });
    let settled = settled.await?;
    // Not sent: a new manifest is made for a new review.
    drop(work(handle, settled.id));
    Ok(settled)
}

/// An application the person sent by themselves.
pub(crate) struct ByHand {
    /// A job's id, or the address of a posting elsewhere.
    pub(crate) job_or_url: String,
    /// Day it was sent.
    pub(crate) sent_on: String,
    pub(crate) employer: String,
    pub(crate) title: String,
}

/// Notes an application that was sent by hand.
pub(crate) async fn add(handle: &Handle, sent: ByHand) -> Result<Application, Fault> {
    let day: Date = sent.sent_on.trim().parse().map_err(|_| {
        invalid(format!("{} is not a day", shown(&sent.sent_on, 40))).hint("write it as 2026-11-21")
    })?;
    if day > clock::local().date() {
        return Err(invalid(format!("{day} is still to come")));
    }
    let new = if sent.job_or_url.contains("://") {
        elsewhere(&sent, noon(day)?)?
    } else {
        match named(handle, &sent.job_or_url).await? {
            Named::Application(application) => return mark(handle, application.id).await,
            Named::Job(job) => {
                let opening = opening::of_job(handle, job).await?;
                NewApplication {
                    id: fresh()?,
                    job: Some(job),
                    opening: opening.key(handle).await?,
                    employer: opening.job.company,
                    title: opening.job.title,
                    url: opening.job.url,
                    at: noon(day)?,
                }
            }
        }
    };
    let id = new.id;
    let known = handle
        .write(move |tx| {
            Ok(match tx.create_application(&new)? {
                Created::New => id,
                Created::Exists { id, .. } => id,
            })
        })
        .await?;
    mark(handle, known).await
}

async fn mark(handle: &Handle, id: ApplicationId) -> Result<Application, Fault> {
    let application = super::read(handle, id).await?;
    if let Stage::Submitted { .. } = application.state.stage {
        return Err(applied_already(&application));
    }
    drive::apply(handle, id, Event::PersonSentByHand).await
}

fn elsewhere(sent: &ByHand, at: Timestamp) -> Result<NewApplication, Fault> {
    let url = url::Url::parse(sent.job_or_url.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "https" | "http") && url.host_str().is_some())
        .ok_or_else(|| {
            invalid(format!(
                "{} is not a web address",
                shown(&sent.job_or_url, 80)
            ))
        })?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let or = |given: &str, instead: &str| match shown(given, 200) {
        given if given.is_empty() => instead.to_owned(),
        given => given,
    };
    Ok(NewApplication {
        id: fresh()?,
        job: None,
        opening: format!("url/{url}"),
        employer: or(&sent.employer, &host),
        title: or(&sent.title, "application sent by hand"),
        url: url.to_string(),
        at,
    })
}

/// A day stands for its noon where the person is; today for this instant.
fn noon(day: Date) -> Result<Timestamp, Fault> {
    let local = clock::local();
    if day == local.date() {
        return Ok(local.timestamp());
    }
    day.at(12, 0, 0, 0)
        .to_zoned(local.time_zone().clone())
        .map(|noon| noon.timestamp())
        .map_err(|_| invalid(format!("{day} is not a day here")))
}

fn fresh() -> Result<ApplicationId, Fault> {
    Ok(ApplicationId::from_bytes(
        *super::manifest::nonce()?.as_bytes(),
    ))
}

fn invalid(message: String) -> Fault {
    Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
}

/// Everything with which each receipt can be checked; of one application, or all.
pub(crate) async fn proofs(
    handle: &Handle,
    given: &str,
) -> Result<Vec<(Application, SubmissionProof)>, Fault> {
    let only = if given.is_empty() {
        None
    } else {
        Some(find(handle, given).await?.id)
    };
    let proofs = handle
        .store
        .read(move |reader| {
            let mut proofs = Vec::new();
            for receipt in reader.receipt_ids()? {
                let Some(proof) = reader.submission_proof(receipt)? else {
                    continue;
                };
                let id = proof.receipt.application;
                if only.is_some_and(|only| only != id) {
                    continue;
                }
                if let Some(application) = reader.application(id)? {
                    proofs.push((application, proof));
                }
            }
            Ok(proofs)
        })
        .await?;
    Ok(proofs)
}
