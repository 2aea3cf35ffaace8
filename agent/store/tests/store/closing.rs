use agent_store::{Found, kind};

use crate::support::{Corpus, add_board, at, job};

#[tokio::test]
async fn what_a_run_does_not_see_is_closed_and_may_come_back() {
    let mut corpus = Corpus::new().await;
    let source = corpus.source;
    corpus
        .ingest(
            1,
            vec![
                corpus.job("1", "Baker", "Bread."),
                corpus.job("2", "Cook", "Soup."),
            ],
        )
        .await;
    let other = add_board(&corpus.store, "other").await;
    let run = corpus.run;
    let elsewhere = vec![job(other, "1", "Miller", "Flour.")];
    corpus
        .store
        .write(move |tx| crate::support::ingest(tx, run, other, 1, &elsewhere))
        .await
        .unwrap();

    corpus.next_run().await;
    corpus
        .ingest(2, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let run = corpus.run;
    let close = || {
        corpus
            .store
            .write(move |tx| tx.close_unseen(run, source, at(3)))
    };
    assert_eq!(close().await.unwrap(), [corpus.id("2")]);
    assert_eq!(close().await.unwrap(), [], "nothing is closed twice");
    let counts = corpus.store.read(|r| r.job_counts()).await.unwrap();
    assert_eq!(
        (counts.open, counts.closed),
        (2, 1),
        "the other board is untouched"
    );

    corpus.next_run().await;
    let told = corpus
        .ingest(4, vec![corpus.job("2", "Cook", "Soup.")])
        .await;
    assert_eq!((told.reopened.len(), told.unchanged.len()), (1, 1));
    let id = corpus.id("2");
    let seen = corpus
        .store
        .read(move |r| r.job(id))
        .await
        .unwrap()
        .unwrap()
        .sightings;
    assert_eq!(
        (seen.closed_at, seen.reposts, seen.last_seen),
        (None, 1, at(4))
    );
    let events = corpus.events().await;
    let told: Vec<&str> = events
        .iter()
        .map(|(kind, _)| kind.as_str())
        .skip(3)
        .collect();
    assert_eq!(told, [kind::JOB_CLOSED, kind::JOB_REOPENED]);
}

#[tokio::test]
async fn a_removed_board_is_no_longer_listed_and_its_jobs_can_be_closed() {
    let corpus = Corpus::new().await;
    let source = corpus.source;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let prefix = source.to_string()[..6].to_owned();
    let by_prefix = prefix.clone();
    let found = corpus
        .store
        .read(move |r| r.source_by_prefix(&by_prefix))
        .await
        .unwrap();
    assert!(
        matches!(&found, Found::One(row) if row.jobs_open == 1),
        "{found:?}"
    );

    let (first, again, closed) = corpus
        .store
        .write(move |tx| {
            let first = tx.remove_source(source, at(2))?;
            let again = tx.remove_source(source, at(3))?;
            Ok((first, again, tx.close_source(source, at(3))?))
        })
        .await
        .unwrap();
    assert!(first && !again);
    assert_eq!(closed, [corpus.id("1")]);
    let (listed, found, row) = corpus
        .store
        .read(move |r| {
            Ok((
                r.sources()?,
                r.source_by_prefix(&prefix)?,
                r.source(source)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((listed, found), (vec![], Found::None));
    let row = row.unwrap();
    assert_eq!((row.removed_at, row.jobs_open), (Some(at(2)), 0));

    // Following it again gives the same board.
    assert_eq!(add_board(&corpus.store, "acme").await, source);
    let row = corpus
        .store
        .read(move |r| r.source(source))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.removed_at, row.added_at), (None, at(0)));
}
