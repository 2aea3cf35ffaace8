//! Submit: reads the live form again, compares it with what was approved, and
//! lets out exactly that, once.

use agent_api::reason;
use agent_approval::{Difference, Manifest, ManifestDigest};
use agent_browser::{BrowserError, Filled, Session, Visit};
use agent_core::{application::Event, form::Recipe, ids::ApplicationId};
use agent_store::{Application, NewManifest, StoredApproval, StoredManifest};
use serde_json::Value;
use tokio::sync::SemaphorePermit;

use super::{
    drive::{Safety, apply, step},
    expiry, keys,
    manifest::{Frame, difference, fillings_of, unreadable},
    opening, person,
    progress::Reporter,
    refusal, release,
};
use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
};

/// What was approved, read back from the store.
pub(super) struct Approved {
    pub(super) digest: ManifestDigest,
    pub(super) manifest: Manifest,
    pub(super) stored: StoredManifest,
    pub(super) approval: StoredApproval,
}

/// An approved form that the live one equals, with the browser it is open in.
pub(super) struct Compared<'a> {
    pub(super) approved: Approved,
    pub(super) session: Box<dyn Session>,
    /// The browser is ours until this is dropped.
    _seat: SemaphorePermit<'a>,
}

/// Submits an approved application, or returns it to the person.
pub(super) async fn run(
    handle: &Handle,
    application: &Application,
    digest: ManifestDigest,
    reporter: &Reporter,
) -> Result<(), Fault> {
    let compare = compare(handle, application, digest, reporter);
    let compared = handle
        .desk
        .unless_halted(&handle.shutdown, compare)
        .await??;
    match compared {
        Some(compared) => release::release(handle, application.id, compared, reporter).await,
        None => Ok(()),
    }
}

/// Reads the live form again. `None` when it moved on without being sent.
async fn compare<'a>(
    handle: &'a Handle,
    application: &Application,
    digest: ManifestDigest,
    reporter: &Reporter,
) -> Result<Option<Compared<'a>>, Fault> {
    let id = application.id;
    let moved = |moved: Result<Application, Fault>| moved.map(|_| None);
    let Some(approved) = usable(handle, id, digest).await? else {
        return moved(expiry::expire(handle, id).await);
    };
    opening::refuse_sent(handle, application).await?;
    reporter.now("looking whether the posting is still open");
    let job = application.job.ok_or_else(super::not_of_the_corpus)?;
    let opening = opening::of_job(handle, job).await?;
    if !opening.is_open(handle).await? {
        return moved(apply(handle, id, Event::PostingClosed).await);
    }
    let files = approved
        .manifest
        .snapshots
        .iter()
        .flat_map(|page| page.files.clone());
    let tampered = person::tampered(handle, files.collect()).await?;
    if !tampered.is_empty() {
        // Read anew, so that the file on disk is the stored one again.
        person::read(handle, id, &opening.job).await?;
        let diff = tampered.into_iter().map(difference).collect();
        return moved(renewed(handle, id, approved, diff).await);
    }

    reporter.now("waiting for the browser");
    let seat = handle.desk.seat().await?;
    let known = person::read(handle, id, &opening.job).await?;
    reporter.now("reading the live form again");
    let recipe: Recipe = serde_json::from_value(approved.stored.recipe.clone())
        .map_err(|error| Fault::new(Kind::Internal, reason::BUG, error.to_string()))?;
    let visit = Visit {
        recipe,
        dir: super::session_dir(handle, id)?,
        protected: known.protected(),
    };
    let mut session = handle.desk.browser.open(visit).await?;
    let filled = match refill(handle, session.as_mut(), &approved.manifest).await {
        Ok(Refilled::Form(filled)) => *filled,
        Ok(Refilled::Event(event)) => {
            session.close().await;
            return moved(apply(handle, id, event).await);
        }
        Err(error) => {
            session.close().await;
            return match refusal::difference(&error, &approved.manifest) {
                Some(diff) => moved(renewed(handle, id, approved, vec![diff]).await),
                None => Err(error.into()),
            };
        }
    };
    let diff = differences(&approved.manifest, &filled);
    if !diff.is_empty() {
        session.close().await;
        return moved(different(handle, id, approved, &filled, diff).await);
    }
    // Reading took its time: what ran out meanwhile goes back to the person, and
    // what they signed anew is used.
    let Some(approved) = usable(handle, id, digest).await? else {
        session.close().await;
        return moved(expiry::expire(handle, id).await);
    };
    Ok(Some(Compared {
        approved,
        session,
        _seat: seat,
    }))
}

/// The approval of what waits, if it can still be used: not used, not expired,
/// signed by the key that is trusted now.
async fn usable(
    handle: &Handle,
    id: ApplicationId,
    digest: ManifestDigest,
) -> Result<Option<Approved>, Fault> {
    let (stored, approval) = handle
        .store
        .read(move |reader| Ok((reader.manifest(digest)?, reader.live_approval(id)?)))
        .await?;
    let stored = stored.ok_or_else(|| super::lost("the manifest"))?;
    let manifest = Manifest::decode(&stored.bytes).map_err(|error| unreadable(&error))?;
    let Some(approval) = approval.filter(|approval| approval.manifest == digest) else {
        return Ok(None);
    };
    let trusted = keys::trusted(&handle.home)?;
    Ok(
        expiry::holds(&approval, trusted.current(), clock::now()).then_some(Approved {
            digest,
            manifest,
            stored,
            approval,
        }),
    )
}

enum Refilled {
    Form(Box<Filled>),
    /// The page does not let it come to that.
    Event(Event),
}

async fn refill(
    handle: &Handle,
    session: &mut dyn Session,
    manifest: &Manifest,
) -> Result<Refilled, BrowserError> {
    let page = match session.load().await {
        Ok(page) => page,
        Err(BrowserError::Closed { .. }) => return Ok(Refilled::Event(Event::PostingClosed)),
        Err(error) => return Err(error),
    };
    if let Some(stop) = page.stop {
        return Ok(Refilled::Event(Event::PersonNeeded { stop }));
    }
    let fillings = match manifest.snapshots.first() {
        Some(snapshot) => fillings_of(handle, snapshot, &page.controls),
        None => Vec::new(),
    };
    let filled = session.fill(&fillings).await?;
    Ok(Refilled::Form(Box::new(filled)))
}

/// What is not as it was approved, pages and releases alike.
fn differences(manifest: &Manifest, filled: &Filled) -> Vec<Difference> {
    let now = Manifest {
        snapshots: vec![filled.snapshot.clone()],
        releases: filled.releases.clone(),
        ..manifest.clone()
    };
    manifest.differences(&now)
}

/// Back to review with the form as it is now and what changed.
async fn different(
    handle: &Handle,
    id: ApplicationId,
    approved: Approved,
    filled: &Filled,
    diff: Vec<Difference>,
) -> Result<Application, Fault> {
    let manifest = Frame::of(id, approved.manifest).around(filled)?;
    let bytes = manifest.encode().map_err(|error| unreadable(&error))?;
    let (recipe, screenshot) = (approved.stored.recipe, filled.screenshot.clone());
    let moved = step(handle, id, Safety::Process, move |tx, _| {
        let manifest = tx.save_manifest(&NewManifest {
            application: id,
            bytes: &bytes,
            screenshot: Some(&screenshot),
            recipe: &recipe,
            fillings: &Value::Null,
            at: clock::now(),
        })?;
        Ok(Event::LiveDifference { manifest, diff })
    });
    moved.await
}

/// Back to review with the same form under a new nonce.
async fn renewed(
    handle: &Handle,
    id: ApplicationId,
    approved: Approved,
    diff: Vec<Difference>,
) -> Result<Application, Fault> {
    let filled = Filled {
        snapshot: approved
            .manifest
            .snapshots
            .first()
            .cloned()
            .ok_or_else(|| super::lost("the form"))?,
        releases: approved.manifest.releases.clone(),
        screenshot: approved.stored.screenshot.clone().unwrap_or_default(),
    };
    different(handle, id, approved, &filled, diff).await
}

/// A manifest with the same content and a new nonce, after a submission of
/// which surely nothing left.
pub(super) async fn renew(
    handle: &Handle,
    id: ApplicationId,
    spent: ManifestDigest,
) -> Result<(), Fault> {
    let stored = handle
        .store
        .read(move |reader| reader.manifest(spent))
        .await?;
    let stored = stored.ok_or_else(|| super::lost("the manifest"))?;
    let mut manifest = Manifest::decode(&stored.bytes).map_err(|error| unreadable(&error))?;
    manifest.nonce = super::manifest::nonce()?;
    let bytes = manifest.encode().map_err(|error| unreadable(&error))?;
    let moved = step(handle, id, Safety::Process, move |tx, _| {
        let manifest = tx.save_manifest(&NewManifest {
            application: id,
            bytes: &bytes,
            screenshot: stored.screenshot.as_deref(),
            recipe: &stored.recipe,
            fillings: &Value::Null,
            at: clock::now(),
        })?;
        Ok(Event::ManifestReady { manifest })
    });
    moved.await.map(drop)
}
