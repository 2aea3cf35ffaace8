use agent_core::matching::Outcome;
use agent_store::{Enrichment, JobFilter, QueryVector, SearchQuery, Store, VectorSpace};

use crate::support::{self, Corpus, key, standing};

const PAGES: i64 = 50;
const PAGE: i64 = 100;
const DIMS: i64 = 64;

fn space() -> VectorSpace {
    VectorSpace {
        name: "volume".to_owned(),
        dims: DIMS as usize,
    }
}

fn vector(seed: i64) -> Vec<f32> {
    (0..DIMS)
        .map(|n| ((seed * 31 + n * 17) % 101 - 50) as f32)
        .collect()
}

async fn fill(corpus: &Corpus) {
    let (run, source) = (corpus.run, corpus.source);
    for page in 0..PAGES {
        let jobs: Vec<_> = (0..PAGE)
            .map(|n| {
                let words: String = (0..400)
                    .map(|word| format!("w{} ", (word * n + page) % 997))
                    .collect();
                corpus.job(&format!("{page}-{n}"), &format!("Baker {n}"), &words)
            })
            .collect();
        corpus
            .store
            .write(move |tx| support::ingest(tx, run, source, page, &jobs))
            .await
            .unwrap();
    }
}

async fn enrich(store: &Store) -> i64 {
    let write = |tx: &mut agent_store::WriteTx<'_>| {
        let due = tx.jobs_to_enrich("1", &space(), 0, 250)?;
        for (seed, one) in (0_i64..).zip(&due) {
            tx.save_enrichment(&Enrichment {
                job: one.job.id,
                revision: one.revision,
                lexicon: "1",
                skills: &[],
                space: &space(),
                vector: &vector(seed),
                title_vector: &vector(seed + 1),
            })?;
        }
        Ok(due.len() as i64)
    };
    let mut done = 0;
    loop {
        match store.write(write).await.unwrap() {
            0 => return done,
            some => done += some,
        }
    }
}

/// Judges all jobs twice: from the queue, and from their briefs.
async fn rank(store: &Store) -> i64 {
    let judge = |title: &str| {
        let number = title.rsplit(' ').next().and_then(|word| word.parse().ok());
        standing(Outcome::Pass, number.unwrap_or_default())
    };
    for revision in [1, 2] {
        let ranked = store.write(move |tx| support::rank(tx, &key(revision), judge));
        assert_eq!(ranked.await.unwrap() as i64, PAGES * PAGE);
    }
    let counted = store.write(|tx| tx.count_lists()).await;
    counted.unwrap();
    PAGES * PAGE
}

/// How long it takes is measured by `cargo xtask bench`, beside a baseline.
#[tokio::test]
async fn five_thousand_postings_pass_through_and_are_listed_and_found() {
    let corpus = Corpus::new().await;
    let jobs = PAGES * PAGE;
    fill(&corpus).await;
    assert_eq!(enrich(&corpus.store).await, jobs);
    assert_eq!(rank(&corpus.store).await, jobs);
    let filter = JobFilter {
        limit: 20,
        ..JobFilter::default()
    };
    let list = corpus
        .store
        .read(move |r| r.list_jobs(&filter))
        .await
        .unwrap();
    assert_eq!((i64::from(list.total), list.rows.len()), (jobs, 20));
    let query = SearchQuery {
        text: "baker w7".to_owned(),
        vector: Some(QueryVector::new(space(), vector(3))),
        limit: 20,
        include_closed: false,
        include_hidden: false,
        narrow: None,
    };
    let hits = corpus.store.read(move |r| r.search(&query)).await.unwrap();
    assert_eq!(hits.len(), 20);
}
