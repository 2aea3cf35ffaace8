use agent_store::{Progress, SourceEnd, StepState, StoreError};
use serde_json::json;

use crate::support::{Corpus, add_board, at, start_run};

#[tokio::test]
async fn a_run_goes_on_after_a_restart_from_its_cursor() {
    let corpus = Corpus::new().await;
    let (one, two) = (corpus.source, add_board(&corpus.store, "two").await);
    // A board named twice counts once.
    let run = start_run(&corpus.store, &[two, one, two]).await;
    corpus
        .store
        .write(move |tx| {
            tx.begin_source(run, one)?;
            tx.save_progress(
                run,
                one,
                &Progress {
                    cursor: Some("p2".to_owned()),
                    counters: json!({ "new": 7 }),
                },
            )
        })
        .await
        .unwrap();
    corpus.store.close().await;

    let store = corpus.reopen().unwrap();
    let (open, next, steps) = store
        .read(move |r| {
            Ok((
                r.unfinished_runs()?,
                r.next_pending(run)?,
                r.run_sources(run)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(open.last().unwrap().id, run);
    assert_eq!(steps.len(), 2);
    let next = next.unwrap();
    assert_eq!(
        (next.source, next.state, next.attempts),
        (one, StepState::Running, 1)
    );
    assert_eq!(
        (next.cursor.as_deref(), next.counters),
        (Some("p2"), json!({ "new": 7 }))
    );

    let (failed, done) = store
        .write(move |tx| {
            tx.finish_source(run, one, &SourceEnd::Failed("404".to_owned()))?;
            let next = tx.next_pending(run)?.unwrap();
            assert_eq!((next.source, next.state), (two, StepState::Queued));
            tx.finish_source(run, two, &SourceEnd::Done)?;
            assert_eq!(tx.next_pending(run)?, None);
            tx.finish_run(run, at(9), &json!({ "failed": 1 }))?;
            Ok((
                tx.run_source(run, one)?.unwrap(),
                tx.run_source(run, two)?.unwrap(),
            ))
        })
        .await
        .unwrap();
    assert_eq!(
        (failed.state, failed.error.as_deref()),
        (StepState::Failed, Some("404"))
    );
    assert_eq!((done.state, done.error), (StepState::Done, None));
    let (last, open) = store
        .read(|r| Ok((r.last_finished_run("sync")?.unwrap(), r.unfinished_runs()?)))
        .await
        .unwrap();
    assert_eq!((last.id, last.finished_at), (run, Some(at(9))));
    assert_eq!(last.outcome, Some(json!({ "failed": 1 })));
    assert!(open.iter().all(|other| other.id != run));
}

#[tokio::test]
async fn a_source_outside_the_run_is_refused() {
    let corpus = Corpus::new().await;
    let (run, other) = (corpus.run, add_board(&corpus.store, "other").await);
    let error = corpus
        .store
        .write(move |tx| tx.begin_source(run, other))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
}

#[tokio::test]
async fn a_replaced_run_is_not_the_last_that_finished() {
    let corpus = Corpus::new().await;
    let done = start_run(&corpus.store, &[corpus.source]).await;
    let replaced = start_run(&corpus.store, &[corpus.source]).await;
    let last = corpus
        .store
        .write(move |tx| {
            tx.finish_run(done, at(5), &json!({ "new": 1 }))?;
            tx.finish_run(replaced, at(6), &json!({ "replaced": true }))?;
            tx.last_finished_run("sync")
        })
        .await
        .unwrap();
    assert_eq!(last.unwrap().id, done);
}
