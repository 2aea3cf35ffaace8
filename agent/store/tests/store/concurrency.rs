use std::time::Duration;

use agent_store::{Reader, Store, StoreError, StoreOptions};
use rusqlite::Connection;
use tokio::task::JoinSet;

use crate::support::{Corpus, ingest};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_whole_transactions_while_writes_go_on() {
    let corpus = Corpus::new().await;
    let (run, source) = (corpus.run, corpus.source);
    let writing = async {
        for page in 0..40 {
            let jobs: Vec<_> = (0..5)
                .map(|n| corpus.job(&format!("{page}-{n}"), "t", "x"))
                .collect();
            corpus
                .store
                .write(move |tx| ingest(tx, run, source, page, &jobs))
                .await
                .unwrap();
        }
    };
    let reading = async {
        let mut seen = 0;
        while seen < 200 {
            // More at once than there are readers.
            let mut reads = JoinSet::new();
            for _ in 0..8 {
                let store = corpus.store.clone();
                reads.spawn(async move { store.read(look_twice).await.unwrap() });
            }
            for (before, events, after) in reads.join_all().await {
                assert_eq!(before % 5, 0, "a page is seen whole or not at all");
                assert_eq!(
                    (i64::from(before), before),
                    (events, after),
                    "one state per closure"
                );
                seen = seen.max(before);
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), async {
        tokio::join!(writing, reading)
    })
    .await
    .unwrap();
}

fn look_twice(reader: &Reader) -> Result<(u32, i64, u32), StoreError> {
    let before = reader.job_counts()?.open;
    std::thread::yield_now();
    let events = reader.last_event_id()?.0;
    Ok((before, events, reader.job_counts()?.open))
}

#[tokio::test]
async fn a_panic_undoes_its_writes_and_nothing_else() {
    let corpus = Corpus::new().await;
    let error = corpus
        .store
        .write(|tx| -> Result<(), StoreError> {
            tx.set_setting("half", "done")?;
            panic!("on purpose");
        })
        .await
        .unwrap_err();
    assert!(
        matches!(&error, StoreError::Panicked { message } if message == "on purpose"),
        "{error}"
    );
    // More often than there are readers: each must come back to the pool.
    for _ in 0..8 {
        let error = corpus
            .store
            .read(|_| -> Result<(), StoreError> { panic!("reader {}", 1) })
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::Panicked { .. }), "{error}");
    }
    corpus
        .store
        .write(|tx| tx.set_setting("whole", "done"))
        .await
        .unwrap();
    let (half, whole) = corpus
        .store
        .read(|r| Ok((r.setting("half")?, r.setting("whole")?)))
        .await
        .unwrap();
    assert_eq!((half, whole.as_deref()), (None, Some("done")));
}

#[tokio::test]
async fn a_write_whose_caller_went_away_is_still_made() {
    let corpus = Corpus::new().await;
    let write = corpus.store.write_durable(|tx| tx.set_setting("a", "b"));
    let mut write = Box::pin(write);
    // One poll hands it over.
    assert!(poll_once(write.as_mut()).await.is_none());
    drop(write);
    corpus.store.close().await;
    let kept = corpus
        .reopen()
        .unwrap()
        .read(|r| r.setting("a"))
        .await
        .unwrap();
    assert_eq!(kept.as_deref(), Some("b"));
}

async fn poll_once<F: Future>(mut future: std::pin::Pin<&mut F>) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match future.as_mut().poll(context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

#[tokio::test]
async fn a_closed_store_refuses_and_dropping_the_last_handle_ends_the_thread() {
    let corpus = Corpus::new().await;
    let clone = corpus.store.clone();
    corpus.store.close().await;
    let error = clone
        .write(|tx| tx.set_setting("a", "b"))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Closed), "{error}");
    let error = clone.read(|r| r.setting("a")).await.unwrap_err();
    assert!(matches!(error, StoreError::Closed), "{error}");

    let store = corpus.reopen().unwrap();
    let log = format!("{}-wal", store.path().display());
    store.write(|tx| tx.set_setting("a", "b")).await.unwrap();
    assert!(std::fs::exists(&log).unwrap());
    drop(store);
    // SQLite removes the log when the last connection closes.
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while std::fs::exists(&log).unwrap() {
        assert!(
            std::time::Instant::now() < deadline,
            "the writer thread did not end"
        );
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_database_held_by_another_process_is_said_to_be_locked() {
    let corpus = Corpus::new().await;
    let other = corpus.raw().await;
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let options = StoreOptions {
        busy_timeout: Duration::from_millis(20),
        ..StoreOptions::default()
    };
    let error = Store::open_with(corpus.store.path(), &options).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    let store = Store::open_with(corpus.store.path(), &options).unwrap();
    let other = Connection::open(store.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store
        .write(|tx| tx.set_setting("a", "b"))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    store.write(|tx| tx.set_setting("a", "b")).await.unwrap();
}
