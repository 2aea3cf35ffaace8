//! The person's decisions: what waits, an approval they signed, an edit.

use agent_api::reason;
use agent_approval::{Approval, Field, Manifest, ManifestDigest, SignedApproval};
use agent_core::{
    application::{Difference, Event, Stage},
    form::{Answer, Shape, Wording, allowed, classify, question_key},
    ids::ApplicationId,
};
use agent_store::{
    Application, ApplicationFilter, GivenAnswer, NewAnswer, NewApproval, StoredManifest,
};
use tokio::sync::broadcast;

use super::{
    cv,
    draft::{self, Drafted},
    drive::{Safety, step},
    find, keys,
    manifest::{missing, unreadable},
    opening, person,
    progress::{Doing, Reporter},
    read, refuse_paused,
    work::{at_desk, work},
};
use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// One application that waits for approval.
pub(crate) struct Waiting {
    pub(crate) application: Application,
    pub(crate) manifest: StoredManifest,
    pub(crate) differences: Vec<Difference>,
}

/// What waits for approval, oldest first; one of them when it is named.
pub(crate) async fn queue(handle: &Handle, given: &str) -> Result<Vec<Waiting>, Fault> {
    let applications = if given.is_empty() {
        let filter = ApplicationFilter {
            stages: vec!["awaiting-approval"],
            limit: u32::MAX,
            after: None,
        };
        let list = handle
            .store
            .read(move |reader| reader.applications(&filter))
            .await?;
        let mut rows = list.rows;
        rows.reverse();
        rows
    } else {
        vec![find(handle, given).await?]
    };
    let mut waiting = Vec::new();
    for application in applications {
        let Stage::AwaitingApproval { manifest, diff } = &application.state.stage else {
            return Err(not_waiting(&application));
        };
        let (digest, differences) = (*manifest, diff.clone());
        let manifest = stored(handle, digest).await?;
        waiting.push(Waiting {
            application,
            manifest,
            differences,
        });
    }
    Ok(waiting)
}

async fn stored(handle: &Handle, digest: ManifestDigest) -> Result<StoredManifest, Fault> {
    let found = handle
        .store
        .read(move |reader| reader.manifest(digest))
        .await?;
    found.ok_or_else(|| super::lost("the manifest"))
}

fn not_waiting(application: &Application) -> Fault {
    let (note, next) = super::words::of(&application.state.stage, &application.short_id());
    let message = format!(
        "{} at {} does not wait for a review: {note}",
        shown(&application.title, 80),
        shown(&application.employer, 60)
    );
    Fault::new(Kind::Refused, reason::WRONG_STAGE, message).hint(next)
}

fn refused(message: impl Into<String>) -> Fault {
    Fault::new(Kind::Refused, reason::APPROVAL_REFUSED, message)
        .hint("look at it again: agentctl review")
}

/// Takes an approval. It is checked against the key that is pinned and against
/// what waits; the submission then begins.
pub(crate) async fn approve(
    handle: &Handle,
    given: &str,
    bytes: Vec<u8>,
    signature: &[u8],
) -> Result<Application, Fault> {
    refuse_paused(handle).await?;
    let application = find(handle, given).await?;
    let Stage::AwaitingApproval { manifest, .. } = &application.state.stage else {
        return Err(not_waiting(&application));
    };
    let digest = *manifest;
    let signature: [u8; 64] = signature
        .try_into()
        .map_err(|_| refused("the approval carries no signature"))?;
    let signed = SignedApproval { bytes, signature };
    let trusted = keys::trusted(&handle.home)?;
    let now = clock::now();
    let approval: Approval = signed
        .verify(trusted.current(), digest, now.as_second())
        .map_err(|error| refused(error.to_string()))?;
    sendable(handle, digest).await?;
    cv::refuse_removed(handle, &application).await?;

    let id = application.id;
    let approved = step(handle, id, Safety::Power, move |tx, _| {
        tx.save_approval(&NewApproval {
            application: id,
            approval: &approval,
            signed: &signed,
            at: now,
        })?;
        Ok(Event::PersonApproved { manifest: digest })
    });
    let approved = approved.await?;
    drop(work(handle, id));
    Ok(approved)
}

/// Refuses what the person could not have meant to send: an empty required
/// field, or a value from a source its question forbids.
async fn sendable(handle: &Handle, digest: ManifestDigest) -> Result<(), Fault> {
    let manifest = stored(handle, digest).await?;
    let manifest = Manifest::decode(&manifest.bytes).map_err(|error| unreadable(&error))?;
    if let Some(field) = missing(&manifest).first() {
        let message = format!("the required field {:?} is empty", shown(field, 80));
        return Err(refused(message).hint("edit it in the review: agentctl review, then e"));
    }
    let fields = || manifest.snapshots.iter().flat_map(|page| &page.fields);
    let forbidden =
        fields().find(|field| !allowed(field.source, classify(&Wording::of_field(field))));
    match forbidden {
        None => Ok(()),
        Some(field) => Err(refused(format!(
            "the field {:?} was not answered by you",
            shown(&field.name, 80)
        ))),
    }
}

/// One field of the review with another answer.
pub(crate) struct Edit {
    /// Position in the manifest's snapshot.
    pub(crate) field: usize,
    pub(crate) values: Vec<String>,
    pub(crate) keep: bool,
}

/// Keeps other answers and fills the form anew; the result waits for review.
pub(crate) async fn edit(
    handle: &Handle,
    given: &str,
    edits: Vec<Edit>,
) -> Result<(ApplicationId, broadcast::Receiver<Doing>), Fault> {
    refuse_paused(handle).await?;
    let application = find(handle, given).await?;
    let Stage::AwaitingApproval { manifest, .. } = &application.state.stage else {
        return Err(not_waiting(&application));
    };
    handle.desk.roster.refuse_at_work(application.id)?;
    let digest = *manifest;
    let stands = stored(handle, digest).await?;
    let stands = Manifest::decode(&stands.bytes).map_err(|error| unreadable(&error))?;
    let job = application.job.ok_or_else(super::not_of_the_corpus)?;
    let opening = opening::of_job(handle, job).await?;
    let facts = person::facts(&opening.job);
    let mut answers = Vec::new();
    for edit in edits {
        let field = stands
            .snapshots
            .first()
            .and_then(|page| page.fields.get(edit.field))
            .ok_or_else(|| invalid(format!("the form has no field {}", edit.field + 1)))?;
        answers.push(edited(field, &edit, &facts)?);
    }
    let id = application.id;
    handle
        .write(move |tx| {
            for (given, keep) in &answers {
                tx.save_given_answer(id, given)?;
                if let Some(answer) = keep {
                    tx.save_answer(answer)?;
                }
            }
            Ok(())
        })
        .await?;
    Ok((id, fill_anew(handle, id)))
}

/// Fills the form of an application that waits for review anew; the result waits
/// for review.
pub(super) fn fill_anew(handle: &Handle, id: ApplicationId) -> broadcast::Receiver<Doing> {
    at_desk(handle, id, false, async |handle, id, reporter| {
        let inner = handle.clone();
        let filled = async move { refill(&inner, id, &reporter).await };
        handle.complete(filled).await.flatten()
    })
}

fn invalid(message: String) -> Fault {
    Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
}

/// The answer to keep for this form, and for others if that is wished.
fn edited(
    field: &Field,
    edit: &Edit,
    facts: &agent_core::form::JobFacts,
) -> Result<(GivenAnswer, Option<NewAnswer>), Fault> {
    let wording = Wording::of_field(field);
    let shape = Shape {
        kind: field.kind,
        options: &field.options,
        max_length: None,
        required: field.required,
    };
    let answer =
        Answer::typed(&shape, &edit.values).map_err(|misfit| invalid(misfit.to_string()))?;
    let (key, class) = (question_key(&wording, facts), classify(&wording));
    let value = serde_json::json!(answer);
    let given = GivenAnswer {
        ordinal: u32::try_from(edit.field).unwrap_or(u32::MAX),
        key: key.clone(),
        label: field.name.clone(),
        value: value.clone(),
        at: clock::now(),
    };
    let keep = (edit.keep && !class.is_stop()).then(|| NewAnswer {
        key,
        question: field.name.clone(),
        kind: field.kind,
        options: field.options.clone(),
        value,
        class: class.name().to_owned(),
        at: clock::now(),
    });
    Ok((given, keep))
}

/// Fills the form with the answers as they are now and puts it up for review.
async fn refill(handle: &Handle, id: ApplicationId, reporter: &Reporter) -> Result<(), Fault> {
    let application = read(handle, id).await?;
    let Stage::AwaitingApproval { manifest, .. } = &application.state.stage else {
        return Err(not_waiting(&application));
    };
    let before = stored(handle, *manifest).await?;
    let before = Manifest::decode(&before.bytes).map_err(|error| unreadable(&error))?;
    let draft = draft::draft(handle, &application, reporter);
    let drafted = handle.desk.unless_halted(&handle.shutdown, draft).await??;
    match drafted {
        Drafted::Ready(ready) => {
            let diff = before.differences(&ready.manifest);
            let moved = step(handle, id, Safety::Process, move |tx, _| {
                let manifest = ready.keep(tx, id)?;
                Ok(Event::PersonEdited { manifest, diff })
            });
            moved.await.map(drop)
        }
        Drafted::Closed => super::drive::apply(handle, id, Event::PostingClosed)
            .await
            .map(drop),
        Drafted::Asks(asks) => {
            let labels: Vec<String> = asks.into_iter().map(|ask| shown(&ask.label, 80)).collect();
            let message = format!("with this change the form asks: {}", labels.join("; "));
            Err(invalid(message).hint("answer it in the same edit"))
        }
        Drafted::Stop(stop) => Err(Fault::new(
            Kind::Refused,
            reason::WRONG_STAGE,
            format!("the portal wants you yourself now ({stop:?})"),
        )),
    }
}
