use agent_core::job::Place;
use agent_store::{EventId, Ingested, kind};

use crate::support::{self, Corpus, at};

fn kinds(events: &[(String, String)]) -> Vec<&str> {
    events.iter().map(|(kind, _)| kind.as_str()).collect()
}

#[tokio::test]
async fn the_same_page_again_changes_nothing() {
    let mut corpus = Corpus::new().await;
    let page = || {
        vec![
            corpus.job("1", "Baker", "Bread."),
            corpus.job("2", "Cook", "Soup."),
        ]
    };
    let (first, same_run, page) = (page(), page(), page());
    let ids = vec![corpus.id("1"), corpus.id("2")];
    let unchanged = Ingested {
        unchanged: ids.clone(),
        ..Ingested::default()
    };
    assert_eq!(corpus.ingest(1, first).await.new, ids);
    assert_eq!(corpus.ingest(2, same_run).await, unchanged);
    corpus.next_run().await;
    assert_eq!(corpus.ingest(3, page).await, unchanged);

    assert_eq!(
        kinds(&corpus.events().await),
        [kind::JOB_NEW, kind::JOB_NEW]
    );
    let id = corpus.id("1");
    let stored = corpus
        .store
        .read(move |r| r.job(id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stored.sightings.first_seen, at(1));
    assert_eq!(stored.sightings.last_seen, at(3));
    assert_eq!((stored.versions, stored.revision), (1, 1));
    assert_eq!(stored.job, corpus.job("1", "Baker", "Bread.").job);
}

#[tokio::test]
async fn a_new_description_is_a_change_and_keeps_the_old_one() {
    let mut corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    corpus.next_run().await;
    let told = corpus
        .ingest(2, vec![corpus.job("1", "Baker", "Cake.")])
        .await;
    assert_eq!((told.changed.len(), told.restated.len()), (1, 0));

    let id = corpus.id("1");
    let (stored, old, posting) = corpus
        .store
        .read(move |r| {
            Ok((
                r.job(id)?.unwrap(),
                r.job_versions(id)?,
                r.posting(id)?.unwrap(),
            ))
        })
        .await
        .unwrap();
    assert_eq!(stored.job.description, "Cake.");
    assert_eq!((stored.versions, stored.content_since), (2, at(2)));
    assert_eq!(posting.description_text.as_deref(), Some("Cake."));
    let [old] = old.as_slice() else {
        panic!("{old:?}");
    };
    assert_eq!(
        (old.description.as_str(), old.first_seen),
        ("Bread.", at(1))
    );
    assert_eq!(
        corpus.events().await.last().unwrap(),
        &(kind::JOB_CHANGED.to_owned(), "Baker · Acme".to_owned())
    );
}

#[tokio::test]
async fn another_fact_is_restated_and_named() {
    let mut corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    corpus.next_run().await;
    let mut moved = corpus.job("1", "Head baker", "Bread.");
    moved.job.places = vec![Place {
        text: "Lyon".to_owned(),
        ..Place::default()
    }];
    let told = corpus.ingest(2, vec![moved]).await;
    assert_eq!((told.changed.len(), told.restated.len()), (0, 1));

    let id = corpus.id("1");
    let (events, stored) = corpus
        .store
        .read(move |r| Ok((r.events_after(EventId(1), 10)?, r.job(id)?.unwrap())))
        .await
        .unwrap();
    assert_eq!(events[0].event.kind, kind::JOB_RESTATED);
    assert_eq!(
        events[0].event.detail["facts"],
        serde_json::json!(["places", "title"])
    );
    assert_eq!(
        (stored.versions, stored.revision, stored.content_since),
        (1, 2, at(1))
    );
}

#[tokio::test]
async fn of_one_id_twice_the_first_is_taken_and_the_second_reported() {
    let corpus = Corpus::new().await;
    let told = corpus
        .ingest(
            1,
            vec![
                corpus.job("1", "Baker", "Bread."),
                corpus.job("1", "Baker", "Cake."),
            ],
        )
        .await;
    assert_eq!(
        (told.new.len(), told.duplicates.as_slice()),
        (1, &["1".to_owned()][..])
    );
    // On a later page of the same run, too: the two would else change places at each sync.
    let told = corpus
        .ingest(2, vec![corpus.job("1", "Baker", "Pie.")])
        .await;
    assert_eq!(told.duplicates, ["1"]);
    let id = corpus.id("1");
    let stored = corpus
        .store
        .read(move |r| r.job(id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stored.job.description, "Bread.");
}

#[tokio::test]
async fn an_error_undoes_page_events_and_cursor_together() {
    let corpus = Corpus::new().await;
    let (run, source) = (corpus.run, corpus.source);
    let jobs = vec![corpus.job("1", "Baker", "Bread.")];
    let progress = agent_store::Progress {
        cursor: Some("page 2".to_owned()),
        counters: serde_json::json!({ "new": 1 }),
    };
    let write = |fail: bool| {
        let (jobs, progress) = (jobs.clone(), progress.clone());
        corpus.store.write(move |tx| {
            support::ingest(tx, run, source, 1, &jobs)?;
            tx.save_progress(run, source, &progress)?;
            if fail {
                Err(agent_store::StoreError::PageKey)
            } else {
                Ok(())
            }
        })
    };
    let state = || async {
        corpus
            .store
            .read(move |r| {
                let step = r.run_source(run, source)?.unwrap();
                Ok((r.job_counts()?.open, r.last_event_id()?, step.cursor))
            })
            .await
            .unwrap()
    };
    assert!(write(true).await.is_err());
    assert_eq!(state().await, (0, EventId(0), None));
    write(false).await.unwrap();
    assert_eq!(state().await, (1, EventId(1), Some("page 2".to_owned())));
}
