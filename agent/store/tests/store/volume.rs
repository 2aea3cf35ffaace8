use agent_core::matching::Outcome;
use agent_store::{
    Enrichment, JobFilter, QueryVector, RankKey, RankedJob, SearchQuery, Store, VectorSpace,
};

use crate::support::{self, Corpus, verdict};

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
        let due = tx.jobs_to_enrich("1", &space(), 250)?;
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

async fn rank(store: &Store) -> i64 {
    let write = |tx: &mut agent_store::WriteTx<'_>| {
        let key = RankKey {
            profile_revision: 1,
            ranker: "1".to_owned(),
            weights: "w".to_owned(),
        };
        let due = tx.jobs_to_rank(&key, &space(), 250)?;
        assert!(due.iter().all(|one| one.vector.is_some()));
        let ranked: Vec<_> = (0_i64..)
            .zip(&due)
            .map(|(n, one)| RankedJob {
                job: one.job.id,
                basis: one.basis,
                verdict: verdict(Outcome::Pass, (n % 100) as f64),
                reason: "asks for baking".to_owned(),
            })
            .collect();
        tx.save_matches(&key, &ranked)?;
        Ok(ranked.len() as i64)
    };
    let mut done = 0;
    loop {
        match store.write(write).await.unwrap() {
            0 => return done,
            some => done += some,
        }
    }
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
    };
    let hits = corpus.store.read(move |r| r.search(&query)).await.unwrap();
    assert_eq!(hits.len(), 20);
}
