//! Two writers on one file: what must happen once happens once.

use agent_approval::ManifestDigest;
use agent_store::{Created, NewIntent, Refusal, Store, StoreError, WriteTx};

use crate::{
    applying::{approve, create, id, keep_approval, new, to_review},
    support::{Corpus, at},
};

const ROUNDS: u8 = 25;

/// What the two writers got, each from its own handle and thread.
async fn both<T, F>(one: &Store, other: &Store, change: F) -> [Result<T, StoreError>; 2]
where
    T: Send + 'static,
    F: Fn(&mut WriteTx<'_>, bool) -> Result<T, StoreError> + Clone + Send + 'static,
{
    let first = change.clone();
    let (one, other) = tokio::join!(
        one.write_durable(move |tx| first(tx, true)),
        other.write_durable(move |tx| change(tx, false)),
    );
    [one, other]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_of_two_writers_one_gets_the_opening() {
    let corpus = Corpus::new().await;
    let (one, other) = (&corpus.store, &corpus.reopen().unwrap());
    for round in 0..ROUNDS {
        let opening = format!("opening {round}");
        let got = both(one, other, move |tx, first| {
            let number = 2 * round + u8::from(first);
            tx.create_application(&new(number, &opening, 0))
        })
        .await;
        let got = got.map(Result::unwrap);
        let created = got.iter().filter(|one| **one == Created::New).count();
        assert_eq!(created, 1, "{got:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_of_two_writers_one_gets_to_submit() {
    let corpus = Corpus::new().await;
    let (one, other) = (&corpus.store, &corpus.reopen().unwrap());
    for round in 0..ROUNDS {
        let manifest = one
            .write(move |tx| {
                create(tx, round, &format!("opening {round}"))?;
                let manifest = to_review(tx, round, 1)?;
                approve(tx, round, manifest, 3)?;
                Ok(manifest)
            })
            .await
            .unwrap();
        let intent = NewIntent {
            application: id(round),
            manifest,
            at: at(4),
        };
        let got = both(one, other, move |tx, _| tx.record_intent(&intent)).await;
        once(&got, |refusal| {
            matches!(refusal, Refusal::SubmissionStands { .. })
        });
    }
    let open = one.read(|r| r.open_intents()).await.unwrap();
    assert_eq!(open.len(), usize::from(ROUNDS));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_of_two_writers_one_gets_the_approval_in() {
    let corpus = Corpus::new().await;
    let (one, other) = (&corpus.store, &corpus.reopen().unwrap());
    for round in 0..ROUNDS {
        let manifest: ManifestDigest = one
            .write(move |tx| {
                create(tx, round, &format!("opening {round}"))?;
                to_review(tx, round, 1)
            })
            .await
            .unwrap();
        let got = both(one, other, move |tx, first| {
            // The very same bytes in every second round.
            let second = i64::from(first && round % 2 == 0);
            keep_approval(tx, round, manifest, second)
        })
        .await;
        once(&got, |refusal| match round % 2 {
            0 => matches!(refusal, Refusal::Approved { .. }),
            _ => *refusal == Refusal::Replayed,
        });
    }
}

fn once<T: std::fmt::Debug>(got: &[Result<T, StoreError>; 2], fits: impl Fn(&Refusal) -> bool) {
    match got {
        [Ok(_), Err(StoreError::Refused(refusal))] | [Err(StoreError::Refused(refusal)), Ok(_)] => {
            assert!(fits(refusal), "{refusal}");
        }
        other => panic!("{other:?}"),
    }
}
