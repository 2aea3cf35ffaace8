use agent_core::application::{Event, IntentId, Settlement};
use agent_store::{IntentOutcome, NewIntent, Refusal, StoreError, WriteTx};

use crate::{
    applying::{
        approve, create, end, id, keep_approval, keep_manifest, new, receipt, refusal, step,
        to_review, to_submitting,
    },
    support::{Corpus, at},
};

/// Ways a submission ends, and whether another may follow.
#[tokio::test]
async fn p2_only_what_surely_did_not_arrive_may_be_submitted_again() {
    type Finish = fn(&mut WriteTx<'_>, IntentId) -> Result<(), StoreError>;
    let check = async |finish: Finish, stage: &'static str, again: bool| {
        let corpus = Corpus::new().await;
        corpus
            .store
            .write(move |tx| {
                create(tx, 1, "acme baker")?;
                let (_, intent) = to_submitting(tx, 1, 1)?;
                finish(tx, intent)?;
                let now = tx.application(id(1))?.unwrap();
                assert_eq!(now.stage(), stage);
                // Straight at the store, past the state machine.
                let digest = keep_manifest(tx, 1, 2)?;
                keep_approval(tx, 1, digest, 10)?;
                let second = tx.record_intent(&NewIntent {
                    application: id(1),
                    manifest: digest,
                    at: at(11),
                });
                if again {
                    assert_ne!(second?, intent);
                    return Ok(());
                }
                let stands = Refusal::SubmissionStands {
                    opening: "acme baker".to_owned(),
                    intent,
                };
                assert_eq!(refusal(second), stands);
                Ok(())
            })
            .await
            .unwrap();
    };
    check(|_, _| Ok(()), "submitting", false).await;
    check(received, "submitted", false).await;
    check(doubtful, "outcome-unknown", false).await;
    let sent: Finish = |tx, intent| settled(tx, intent, Settlement::Sent);
    check(sent, "submitted", false).await;
    let not_sent: Finish = |tx, intent| settled(tx, intent, Settlement::NotSent);
    check(not_sent, "not-submitted", true).await;
    let unsent: Finish = |tx, intent| {
        tx.finish_intent(intent, &end(IntentOutcome::NotSubmitted, 0))?;
        step(tx, 1, &Event::GateClosed { forwarded: 0 }, 5).map(drop)
    };
    check(unsent, "not-submitted", true).await;
    let refused: Finish = |tx, intent| {
        tx.finish_intent(intent, &end(IntentOutcome::Refused, 700))?;
        let messages = vec!["Phone is required".to_owned()];
        step(tx, 1, &Event::PortalRefused { messages }, 5).map(drop)
    };
    check(refused, "refused-by-portal", true).await;
}

fn received(tx: &mut WriteTx<'_>, intent: IntentId) -> Result<(), StoreError> {
    let receipt = tx.save_receipt(&receipt(intent))?;
    tx.finish_intent(intent, &end(IntentOutcome::Receipt, 900))?;
    step(tx, 1, &Event::ReceiptRead { receipt }, 5).map(drop)
}

fn doubtful(tx: &mut WriteTx<'_>, intent: IntentId) -> Result<(), StoreError> {
    tx.finish_intent(intent, &end(IntentOutcome::Unknown, 900))?;
    step(tx, 1, &Event::GateClosed { forwarded: 900 }, 5).map(drop)
}

fn settled(tx: &mut WriteTx<'_>, intent: IntentId, found: Settlement) -> Result<(), StoreError> {
    doubtful(tx, intent)?;
    tx.settle_intent(intent, found, at(9))?;
    step(tx, 1, &Event::PersonSettled { found }, 9).map(drop)
}

#[tokio::test]
async fn p2_another_application_to_the_opening_cannot_submit_either() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let first = to_review(tx, 1, 1)?;
            approve(tx, 1, first, 3)?;
            step(tx, 1, &Event::PersonDiscarded { reason: None }, 4)?;
            tx.create_application(&new(2, "acme baker", 5))?;
            let (_, intent) = to_submitting(tx, 2, 1)?;
            tx.finish_intent(intent, &end(IntentOutcome::Unknown, 900))?;
            step(tx, 2, &Event::GateClosed { forwarded: 900 }, 5)?;
            // The discarded one kept an approval that was slipped in afterwards.
            let late = keep_manifest(tx, 1, 3)?;
            keep_approval(tx, 1, late, 6)?;
            let second = tx.record_intent(&NewIntent {
                application: id(1),
                manifest: late,
                at: at(7),
            });
            let stands = Refusal::SubmissionStands {
                opening: "acme baker".to_owned(),
                intent,
            };
            assert_eq!(refusal(second), stands);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn an_intent_ends_and_is_settled_once() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let (_, intent) = to_submitting(tx, 1, 1)?;
            let finished = Refusal::Finished { intent };
            let open = tx.intent(intent)?.unwrap();
            assert_eq!(tx.open_intents()?, [open]);
            let unkept = tx.finish_intent(intent, &end(IntentOutcome::Receipt, 9));
            assert!(matches!(unkept, Err(StoreError::Missing { .. })));
            let early = tx.settle_intent(intent, Settlement::Sent, at(5));
            assert_eq!(refusal(early), finished);

            let unknown = end(IntentOutcome::Unknown, 9);
            tx.finish_intent(intent, &unknown)?;
            tx.finish_intent(intent, &unknown)?;
            assert_eq!(tx.open_intents()?, []);
            let none = end(IntentOutcome::NotSubmitted, 0);
            assert_eq!(refusal(tx.finish_intent(intent, &none)), finished);
            assert_eq!(refusal(tx.save_receipt(&receipt(intent))), finished);

            tx.settle_intent(intent, Settlement::NotSent, at(6))?;
            tx.settle_intent(intent, Settlement::NotSent, at(7))?;
            let sent = tx.settle_intent(intent, Settlement::Sent, at(8));
            assert_eq!(refusal(sent), finished);
            let known = tx.intents_of(id(1))?.pop().unwrap();
            assert_eq!(known.end, Some(unknown));
            assert_eq!(known.settled, Some((Settlement::NotSent, at(6))));
            let lost = tx.finish_intent(IntentId(99), &unknown);
            assert!(matches!(lost, Err(StoreError::Missing { .. })));
            Ok(())
        })
        .await
        .unwrap();
}
