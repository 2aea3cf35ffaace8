use std::time::{Duration, Instant};

use agent_store::JobFilter;

use crate::support::{self, Corpus};

/// A bound with much room for a busy machine and an unoptimised build: it
/// catches a scan per posting, not a slow disk.
#[tokio::test]
async fn ten_thousand_postings_go_in_within_seconds() {
    let corpus = Corpus::new().await;
    let (run, source) = (corpus.run, corpus.source);
    let began = Instant::now();
    for page in 0..100_i64 {
        let jobs: Vec<_> = (0..100)
            .map(|n| {
                let text: String = (0..250)
                    .map(|word| format!("w{} ", (word * n + page) % 997))
                    .collect();
                corpus.job(&format!("{page}-{n}"), &format!("Baker {n}"), &text)
            })
            .collect();
        corpus
            .store
            .write(move |tx| support::ingest(tx, run, source, page, &jobs))
            .await
            .unwrap();
    }
    let ingest = began.elapsed();
    let began = Instant::now();
    let filter = JobFilter {
        limit: 20,
        ..JobFilter::default()
    };
    let list = corpus
        .store
        .read(move |r| r.list_jobs(&filter))
        .await
        .unwrap();
    let listing = began.elapsed();
    assert_eq!((list.total, list.rows.len()), (10_000, 20));
    assert!(ingest < Duration::from_secs(60), "ingest took {ingest:?}");
    assert!(listing < Duration::from_secs(2), "listing took {listing:?}");
}
