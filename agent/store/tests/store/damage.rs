use agent_store::{EventId, StoreError, StoreOptions};

use crate::support::{self, Corpus};

#[tokio::test]
async fn a_full_disk_undoes_the_page_and_says_what_to_do() {
    let corpus = Corpus::with(&StoreOptions {
        max_pages: Some(180),
        ..StoreOptions::default()
    })
    .await;
    let (run, source) = (corpus.run, corpus.source);
    corpus
        .ingest(1, vec![corpus.job("kept", "Baker", "Bread.")])
        .await;

    let large: Vec<_> = (0..200)
        .map(|n| corpus.job(&n.to_string(), "Baker", &format!("{n} ").repeat(2000)))
        .collect();
    let error = corpus
        .store
        .write(move |tx| support::ingest(tx, run, source, 2, &large))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, StoreError::Full { path } if path == corpus.store.path()),
        "{error}"
    );
    assert!(
        error.to_string().contains("free some disk space"),
        "{error}"
    );

    // Nothing of the page is there, and what fits can still be written.
    let (counts, last, faults) = corpus
        .store
        .read(|r| Ok((r.job_counts()?, r.last_event_id()?, r.quick_check()?)))
        .await
        .unwrap();
    assert_eq!((counts.open, last, faults), (1, EventId(1), vec![]));
    let told = corpus
        .ingest(3, vec![corpus.job("small", "Cook", "Soup.")])
        .await;
    assert_eq!(told.new.len(), 1);
}

#[tokio::test]
async fn a_damaged_file_is_said_to_be_damaged() {
    let corpus = Corpus::new().await;
    let made = corpus.store.read(|r| r.database_bytes()).await.unwrap();
    let jobs = (0..300)
        .map(|n| corpus.job(&n.to_string(), "Baker", &"Bread. ".repeat(300)))
        .collect();
    corpus.ingest(1, jobs).await;
    corpus.store.close().await;
    let path = corpus.store.path();
    let mut bytes = std::fs::read(path).unwrap();
    // What opening reads stays whole: the pages of a new database.
    for byte in &mut bytes[usize::try_from(made).unwrap()..] {
        *byte = 0xa5;
    }
    std::fs::write(path, bytes).unwrap();
    let store = corpus.reopen().unwrap();
    let error = store
        .read(|r| {
            r.search(&agent_store::SearchQuery {
                text: "bread".to_owned(),
                vector: None,
                limit: 10,
                include_closed: false,
                include_hidden: false,
                narrow: None,
            })
        })
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("backup"), "{error}");
}
