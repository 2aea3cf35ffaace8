use agent_approval::ManifestDigest;
use agent_core::application::{Event, IntentId, Proof, Settlement, Stage, State, transition};
use agent_store::{
    ApprovalState, IntentOutcome, NewApproval, NewIntent, NewManifest, Refusal, Step, StoreError,
    WriteTx,
};
use serde_json::json;

use crate::{
    applying::{
        FOUR_HOURS, approve, create, end, id, keep_approval, keep_manifest, key, manifest, receipt,
        refusal, signed, step, submit, to_review, to_submitting,
    },
    support::{Corpus, at},
};

#[tokio::test]
async fn p1_a_receipt_can_be_checked_from_what_is_kept() {
    let corpus = Corpus::new().await;
    let (saved, digest, state) = corpus
        .store
        .write_durable(|tx| {
            create(tx, 1, "acme baker")?;
            let (digest, intent) = to_submitting(tx, 1, 1)?;
            let saved = tx.save_receipt(&receipt(intent))?;
            tx.finish_intent(intent, &end(IntentOutcome::Receipt, 900))?;
            let state = step(tx, 1, &Event::ReceiptRead { receipt: saved }, 5)?;
            Ok((saved, digest, state))
        })
        .await
        .unwrap();
    let proof = Proof::Receipt { receipt: saved };
    assert_eq!(state.stage, Stage::Submitted { proof });
    corpus.store.close().await;
    let store = corpus.reopen().unwrap();
    let (proof, all, of, none) = store
        .read(move |r| {
            Ok((
                r.submission_proof(saved)?.unwrap(),
                r.receipt_ids()?,
                r.receipts_of(id(1))?,
                r.submission_proof(agent_core::application::ReceiptId(99))?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((all, of), (vec![saved], vec![proof.receipt.clone()]));
    assert_eq!(none, None);
    assert_eq!(proof.receipt.content, receipt(proof.intent.id));
    assert_eq!(proof.intent.end, Some(end(IntentOutcome::Receipt, 900)));
    assert_eq!(ManifestDigest::of(&proof.manifest.bytes), digest);
    assert_eq!(
        (
            proof.manifest.screenshot.as_deref(),
            &proof.manifest.recipe["form"]
        ),
        (Some(b"png".as_slice()), &json!("#apply"))
    );
    let approval = &proof.approval;
    assert_eq!(approval.state, ApprovalState::Used);
    let when = at(4).as_second();
    let verified = approval.signed.verify(&key().public(), digest, when);
    let verified = verified.unwrap();
    assert_eq!((verified.key, verified.manifest), (approval.key, digest));
}

#[tokio::test]
async fn a_manifest_is_kept_once_and_only_for_its_own_application() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            create(tx, 2, "acme cook")?;
            let save = |tx: &mut WriteTx<'_>, bytes: &[u8]| {
                tx.save_manifest(&NewManifest {
                    application: id(1),
                    bytes,
                    screenshot: None,
                    recipe: &json!({}),
                    fillings: &json!([]),
                    at: at(1),
                })
            };
            let of_other = Refusal::OtherApplication { what: "manifest" };
            assert_eq!(
                refusal(save(tx, &manifest(2, "acme baker", 1))),
                of_other.clone()
            );
            assert_eq!(refusal(save(tx, &manifest(1, "acme cook", 1))), of_other);
            let garbage = save(tx, b"{}");
            assert!(matches!(garbage, Err(StoreError::Unreadable { .. })));
            let first = save(tx, &manifest(1, "acme baker", 1))?;
            assert_eq!(save(tx, &manifest(1, "acme baker", 1))?, first);
            let second = save(tx, &manifest(1, "acme baker", 2))?;
            let mut expected = vec![first, second];
            expected.sort_unstable();
            assert_eq!(tx.manifests_of(id(1))?, expected);
            assert_eq!(
                tx.manifest(second)?.unwrap().bytes,
                manifest(1, "acme baker", 2)
            );
            assert_eq!(tx.manifests_of(id(2))?, []);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn p1_a_manifest_is_approved_once_and_a_replay_is_refused() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            create(tx, 2, "acme cook")?;
            let one = to_review(tx, 1, 1)?;
            let unknown = ManifestDigest::from_bytes([7; 32]);
            let missing = keep_approval(tx, 1, unknown, 3);
            assert!(matches!(missing, Err(StoreError::Missing { .. })));
            let foreign = Refusal::OtherApplication { what: "approval" };
            assert_eq!(refusal(keep_approval(tx, 2, one, 3)), foreign);
            let (mut says, bytes) = signed(one, 3);
            says.valid_until += 1;
            let differing = tx.save_approval(&NewApproval {
                application: id(1),
                approval: &says,
                signed: &bytes,
                at: at(3),
            });
            assert!(matches!(differing, Err(StoreError::Unreadable { .. })));

            let kept = approve(tx, 1, one, 3)?;
            assert_eq!(tx.live_approval(id(1))?, tx.approval(kept)?);
            assert_eq!(refusal(keep_approval(tx, 1, one, 3)), Refusal::Replayed);
            let approved = |state| Refusal::Approved {
                manifest: one,
                state,
            };
            assert_eq!(
                refusal(keep_approval(tx, 1, one, 4)),
                approved(ApprovalState::Live)
            );
            submit(tx, 1, one, 5)?;
            assert_eq!(
                refusal(keep_approval(tx, 1, one, 6)),
                approved(ApprovalState::Used)
            );
            assert_eq!(refusal(keep_approval(tx, 1, one, 3)), Refusal::Replayed);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn p1_an_approval_that_ran_out_starts_nothing_and_may_be_given_anew() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let digest = to_review(tx, 1, 1)?;
            approve(tx, 1, digest, 3)?;
            let over = 3 + FOUR_HOURS;
            assert_eq!(tx.approvals_due(at(over - 1))?, []);
            assert_eq!(tx.approvals_due(at(over))?, tx.live_approvals()?);
            let intent = NewIntent {
                application: id(1),
                manifest: digest,
                at: at(over),
            };
            let none = Refusal::NoApproval { manifest: digest };
            assert_eq!(refusal(tx.record_intent(&intent)), none);

            step(tx, 1, &Event::ApprovalExpired, over)?;
            let ended = tx.approvals_of(id(1))?.pop().unwrap();
            assert_eq!(
                (ended.state, ended.ended_at),
                (ApprovalState::Expired, Some(at(over)))
            );
            assert_eq!(tx.approvals_due(at(over))?, []);
            approve(tx, 1, digest, over + 1)?;
            submit(tx, 1, digest, over + 2)?;
            assert_eq!(tx.live_approvals()?, []);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn p1_an_edit_after_the_approval_drops_it_in_the_same_step() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let old = to_review(tx, 1, 1)?;
            approve(tx, 1, old, 3)?;
            let edited = keep_manifest(tx, 1, 2)?;
            let event = Event::PersonEdited {
                manifest: edited,
                diff: Vec::new(),
            };
            step(tx, 1, &event, 4)?;
            let dropped = tx.approvals_of(id(1))?.pop().unwrap();
            assert_eq!(
                (dropped.state, dropped.why.as_deref()),
                (ApprovalState::Dropped, Some("person-edited"))
            );
            let again = Refusal::Approved {
                manifest: old,
                state: ApprovalState::Dropped,
            };
            assert_eq!(refusal(keep_approval(tx, 1, old, 5)), again);
            assert!(!tx.drop_approval(old, "again", at(5))?);
            assert!(!tx.expire_approval(old, at(5))?);
            for digest in [old, edited] {
                let intent = NewIntent {
                    application: id(1),
                    manifest: digest,
                    at: at(5),
                };
                let none = Refusal::NoApproval { manifest: digest };
                assert_eq!(refusal(tx.record_intent(&intent)), none);
            }
            approve(tx, 1, edited, 6)?;
            submit(tx, 1, edited, 7).map(drop)
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn p1_a_stage_is_not_stored_without_what_it_rests_on() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let unknown = ManifestDigest::from_bytes([7; 32]);
            step(tx, 1, &Event::DraftingStarted, 1)?;
            let lacks = |tx: &mut WriteTx<'_>, event: Event, lacks: &'static str| {
                let known = tx.application(id(1)).unwrap().unwrap();
                let next = transition(&known.state, &event).unwrap().next;
                let stage = next.stage.name();
                let refused = refusal(step(tx, 1, &event, 2));
                assert_eq!(refused, Refusal::Ungrounded { stage, lacks });
                assert_eq!(tx.application(id(1)).unwrap().unwrap(), known);
            };
            let ready = Event::ManifestReady { manifest: unknown };
            lacks(tx, ready, "its manifest");
            let manifest = keep_manifest(tx, 1, 1)?;
            step(tx, 1, &Event::ManifestReady { manifest }, 2)?;
            let approved = Event::PersonApproved { manifest };
            lacks(tx, approved, "a live approval");
            approve(tx, 1, manifest, 3)?;
            let started = Event::SubmissionStarted {
                intent: IntentId(5),
            };
            lacks(tx, started, "its recorded intent");
            let intent = submit(tx, 1, manifest, 4)?;

            let pending = Refusal::IntentPending { intent };
            let closed = Event::GateClosed { forwarded: 0 };
            assert_eq!(refusal(step(tx, 1, &closed, 5)), pending);
            let doubt = Event::GateClosed { forwarded: 3 };
            assert_eq!(refusal(step(tx, 1, &doubt, 5)), pending);
            let unreceived = Event::ReceiptRead {
                receipt: agent_core::application::ReceiptId(3),
            };
            lacks(tx, unreceived, "its receipt");
            tx.finish_intent(intent, &end(IntentOutcome::Unknown, 3))?;
            step(tx, 1, &doubt, 5)?;
            let settled = Event::PersonSettled {
                found: Settlement::Sent,
            };
            assert_eq!(refusal(step(tx, 1, &settled, 6)), pending);
            tx.settle_intent(intent, Settlement::Sent, at(6))?;
            step(tx, 1, &settled, 6).map(drop)
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_state_the_machine_would_not_give_is_held_to_the_same_ground() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let next = State {
                stage: Stage::Approved {
                    manifest: ManifestDigest::from_bytes([7; 32]),
                },
                spent: Vec::new(),
            };
            let forged = tx.put_application(&Step {
                application: id(1),
                revision: 1,
                event: &Event::DraftingStarted,
                next: &next,
                at: at(1),
            });
            let lacks = Refusal::Ungrounded {
                stage: "approved",
                lacks: "a live approval",
            };
            assert_eq!(refusal(forged), lacks);
            Ok(())
        })
        .await
        .unwrap();
}
