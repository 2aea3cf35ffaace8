//! What the modules about applications share: one application on its way, each
//! step as the daemon takes it.

use agent_approval::{
    Action, Approval, FormSnapshot, Manifest, ManifestDigest, Nonce, PluginRef, Purpose, Release,
    ReleaseKind, SecretKey, Sha256, SignedApproval,
};
use agent_core::{
    application::{Event, IntentId, State, transition},
    ids::ApplicationId,
};
use agent_store::{
    ApprovalId, Created, IntentEnd, IntentOutcome, NewApplication, NewApproval, NewIntent,
    NewManifest, NewReceipt, Refusal, Step, StoreError, WriteTx,
};
use serde_json::json;

use crate::support::at;

pub(crate) const FOUR_HOURS: i64 = 4 * 3600;

pub(crate) fn id(number: u8) -> ApplicationId {
    ApplicationId::from_bytes([number; 16])
}

pub(crate) fn new(number: u8, opening: &str, second: i64) -> NewApplication {
    NewApplication {
        id: id(number),
        job: None,
        opening: opening.to_owned(),
        employer: "Acme".to_owned(),
        title: "Baker".to_owned(),
        url: "https://boards.example/acme/1".to_owned(),
        at: at(second),
    }
}

pub(crate) fn create(tx: &mut WriteTx<'_>, number: u8, opening: &str) -> Result<(), StoreError> {
    let created = tx.create_application(&new(number, opening, 0))?;
    assert_eq!(created, Created::New);
    Ok(())
}

/// Takes one step: transition, state and event.
pub(crate) fn step(
    tx: &mut WriteTx<'_>,
    number: u8,
    event: &Event,
    second: i64,
) -> Result<State, StoreError> {
    let known = tx.application(id(number))?.unwrap();
    let next = transition(&known.state, event).unwrap().next;
    tx.put_application(&Step {
        application: known.id,
        revision: known.revision,
        event,
        next: &next,
        at: at(second),
    })?;
    Ok(next)
}

pub(crate) fn manifest(number: u8, opening: &str, nonce: u8) -> Vec<u8> {
    let manifest = Manifest {
        version: Manifest::VERSION,
        application: id(number).to_string(),
        opening: opening.to_owned(),
        employer: "Acme".to_owned(),
        title: "Baker".to_owned(),
        posting_url: "https://boards.example/acme/1".to_owned(),
        plugin: PluginRef {
            id: "greenhouse".to_owned(),
            version: "0.1.0".to_owned(),
            sha256: Sha256::of(b"plugin"),
        },
        profile_revision: 1,
        nonce: Nonce::from_bytes([nonce; 16]),
        snapshots: vec![FormSnapshot {
            origin: "https://boards.example".to_owned(),
            path: "/acme/1".to_owned(),
            query: Vec::new(),
            action: Action {
                method: "POST".to_owned(),
                origin: "https://boards.example".to_owned(),
                path: "/acme/1".to_owned(),
            },
            fields: Vec::new(),
            files: Vec::new(),
            pinned: Vec::new(),
            volatile: Vec::new(),
        }],
        releases: vec![Release {
            kind: ReleaseKind::Submit,
            method: "POST".to_owned(),
            origin: "https://boards.example".to_owned(),
            path: "/acme/1".to_owned(),
            path_prefix: false,
        }],
    };
    manifest.encode().unwrap()
}

pub(crate) fn keep_manifest(
    tx: &mut WriteTx<'_>,
    number: u8,
    nonce: u8,
) -> Result<ManifestDigest, StoreError> {
    let opening = tx.application(id(number))?.unwrap().opening;
    tx.save_manifest(&NewManifest {
        application: id(number),
        bytes: &manifest(number, &opening, nonce),
        screenshot: Some(b"png"),
        recipe: &json!({ "form": "#apply" }),
        fillings: &json!([]),
        at: at(2),
    })
}

/// From proposed to review.
pub(crate) fn to_review(
    tx: &mut WriteTx<'_>,
    number: u8,
    nonce: u8,
) -> Result<ManifestDigest, StoreError> {
    step(tx, number, &Event::DraftingStarted, 1)?;
    let manifest = keep_manifest(tx, number, nonce)?;
    step(tx, number, &Event::ManifestReady { manifest }, 2)?;
    Ok(manifest)
}

pub(crate) fn key() -> SecretKey {
    SecretKey::from_random(&[9; 32])
}

pub(crate) fn signed(manifest: ManifestDigest, second: i64) -> (Approval, SignedApproval) {
    let approval = Approval {
        purpose: Purpose::Submit,
        manifest,
        signed_at: at(second).as_second(),
        valid_until: at(second + FOUR_HOURS).as_second(),
        key: key().public().id(),
    };
    let signed = SignedApproval::sign(&key(), &approval).unwrap();
    (approval, signed)
}

pub(crate) fn keep_approval(
    tx: &mut WriteTx<'_>,
    number: u8,
    manifest: ManifestDigest,
    second: i64,
) -> Result<ApprovalId, StoreError> {
    let (approval, signed) = signed(manifest, second);
    tx.save_approval(&NewApproval {
        application: id(number),
        approval: &approval,
        signed: &signed,
        at: at(second),
    })
}

pub(crate) fn approve(
    tx: &mut WriteTx<'_>,
    number: u8,
    manifest: ManifestDigest,
    second: i64,
) -> Result<ApprovalId, StoreError> {
    let approval = keep_approval(tx, number, manifest, second)?;
    step(tx, number, &Event::PersonApproved { manifest }, second)?;
    Ok(approval)
}

pub(crate) fn submit(
    tx: &mut WriteTx<'_>,
    number: u8,
    manifest: ManifestDigest,
    second: i64,
) -> Result<IntentId, StoreError> {
    let intent = tx.record_intent(&NewIntent {
        application: id(number),
        manifest,
        at: at(second),
    })?;
    step(tx, number, &Event::SubmissionStarted { intent }, second)?;
    Ok(intent)
}

/// From proposed to submitting.
pub(crate) fn to_submitting(
    tx: &mut WriteTx<'_>,
    number: u8,
    nonce: u8,
) -> Result<(ManifestDigest, IntentId), StoreError> {
    let manifest = to_review(tx, number, nonce)?;
    approve(tx, number, manifest, 3)?;
    let intent = submit(tx, number, manifest, 4)?;
    Ok((manifest, intent))
}

pub(crate) fn end(outcome: IntentOutcome, forwarded: u64) -> IntentEnd {
    IntentEnd {
        outcome,
        forwarded,
        at: at(5),
    }
}

pub(crate) fn receipt(intent: IntentId) -> NewReceipt {
    NewReceipt {
        intent,
        url: "https://boards.example/acme/1/thanks".to_owned(),
        text: "Thank you".to_owned(),
        reference: Some("A-1".to_owned()),
        screenshot: Some(b"png".to_vec()),
        at: at(5),
    }
}

/// The rule that refused, if it was one.
pub(crate) fn refusal<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> Refusal {
    match outcome {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
