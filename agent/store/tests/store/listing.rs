use agent_core::{
    ids::{JobId, SourceId},
    matching::Outcome,
};
use agent_store::{Found, JobFilter, Store};

use crate::support::{Corpus, key, space, standing};

/// Gives a queued job its standing.
async fn rank(store: &Store, id: JobId, outcome: Outcome, score: f64) {
    store
        .write(move |tx| {
            if !tx.is_ranked_for(&key(1))? {
                tx.save_ranking(&key(1), &[])?;
            }
            let queued = tx.queued(&space("a"), 1000)?;
            let job = queued.iter().find(|one| one.job.id == id).unwrap();
            tx.save_judged(&key(1), &[job.judged(Vec::new(), standing(outcome, score))])
        })
        .await
        .unwrap();
}

async fn titles(store: &Store, filter: JobFilter) -> Vec<String> {
    let list = store.read(move |r| r.list_jobs(&filter)).await.unwrap();
    list.rows.into_iter().map(|row| row.title).collect()
}

fn all() -> JobFilter {
    JobFilter {
        include_failed: true,
        limit: 100,
        ..JobFilter::default()
    }
}

async fn ranked_corpus() -> Corpus {
    let corpus = Corpus::new().await;
    let names = ["ask 90", "fail 99", "pass 10", "pass 80", "not ranked"];
    let jobs = names
        .iter()
        .map(|name| corpus.job(name, name, "x"))
        .collect();
    corpus.ingest(1, jobs).await;
    rank(&corpus.store, corpus.id("ask 90"), Outcome::Ask, 90.0).await;
    rank(&corpus.store, corpus.id("fail 99"), Outcome::Fail, 99.0).await;
    rank(&corpus.store, corpus.id("pass 10"), Outcome::Pass, 10.0).await;
    rank(&corpus.store, corpus.id("pass 80"), Outcome::Pass, 80.0).await;
    corpus
}

#[tokio::test]
async fn outcome_comes_before_score() {
    let corpus = ranked_corpus().await;
    let best_first = ["pass 80", "pass 10", "ask 90", "not ranked", "fail 99"];
    assert_eq!(titles(&corpus.store, all()).await, best_first);
    let without = JobFilter {
        include_failed: false,
        ..all()
    };
    assert_eq!(titles(&corpus.store, without).await, best_first[..4]);
    let elsewhere = JobFilter {
        source: Some(SourceId::of("lever", "none")),
        ..all()
    };
    assert_eq!(titles(&corpus.store, elsewhere).await, Vec::<String>::new());

    let (id, worst, unranked) = (
        corpus.id("pass 10"),
        corpus.id("fail 99"),
        corpus.id("not ranked"),
    );
    let (second, last, none) = corpus
        .store
        .read(move |r| {
            Ok((
                r.rank_position(id)?,
                r.rank_position(worst)?,
                r.rank_position(unranked)?,
            ))
        })
        .await
        .unwrap();
    let place = |position: Option<agent_store::RankPosition>| position.map(|p| (p.rank, p.of));
    assert_eq!(
        (place(second), place(last), place(none)),
        (Some((2, 4)), Some((4, 4)), None)
    );
}

#[tokio::test]
async fn pages_join_without_gap_or_repeat_while_jobs_come_and_go() {
    let corpus = Corpus::new().await;
    let jobs = (0..50)
        .map(|n| corpus.job(&n.to_string(), &n.to_string(), "x"))
        .collect();
    corpus.ingest(1, jobs).await;
    for n in 0..50 {
        // Equal scores in plenty: the id decides.
        let score = f64::from(n % 3) * 10.0;
        rank(
            &corpus.store,
            corpus.id(&n.to_string()),
            Outcome::Pass,
            score,
        )
        .await;
    }
    let whole = titles(&corpus.store, all()).await;
    assert_eq!(whole.len(), 50);

    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let filter = JobFilter {
            limit: 7,
            after,
            ..all()
        };
        let list = corpus
            .store
            .read(move |r| r.list_jobs(&filter))
            .await
            .unwrap();
        assert!(list.total >= 50);
        paged.extend(list.rows.into_iter().map(|row| row.title));
        let Some(next) = list.next else { break };
        after = Some(next.to_string().parse().unwrap());
        // A better one comes in: before the page, so this walk does not meet it.
        let name = format!("late {}", paged.len());
        corpus.ingest(2, vec![corpus.job(&name, &name, "x")]).await;
        rank(&corpus.store, corpus.id(&name), Outcome::Pass, 99.0).await;
    }
    assert_eq!(paged, whole);
}

#[tokio::test]
async fn closed_jobs_are_listed_on_request() {
    let corpus = ranked_corpus().await;
    let source = corpus.source;
    corpus
        .store
        .write(move |tx| tx.close_source(source, crate::support::at(5)))
        .await
        .unwrap();
    assert_eq!(titles(&corpus.store, all()).await, Vec::<String>::new());
    let closed = JobFilter {
        include_closed: true,
        ..all()
    };
    let list = corpus
        .store
        .read(move |r| r.list_jobs(&closed))
        .await
        .unwrap();
    assert_eq!((list.total, list.rows.len(), list.next), (5, 5, None));
    let standing = list.rows[0].standing.as_ref().unwrap();
    assert_eq!(
        (standing.score, standing.reason.as_str()),
        (80.0, "scored 80")
    );
    assert_eq!(list.rows[3].standing, None);
}

#[tokio::test]
async fn short_prefixes_name_one_job() {
    let corpus = Corpus::new().await;
    let jobs = (0..2000)
        .map(|n| corpus.job(&n.to_string(), "t", "x"))
        .collect();
    corpus.ingest(1, jobs).await;
    let list = corpus
        .store
        .read(|r| {
            r.list_jobs(&JobFilter {
                limit: 2000,
                ..all()
            })
        })
        .await
        .unwrap();
    let longest = list.rows.iter().map(|row| row.short_len).max().unwrap();
    // 2000 ids among 65536 of four digits: some share them.
    assert!(longest > 4, "{longest}");
    corpus
        .store
        .read(move |r| {
            for row in &list.rows {
                let short = &row.id.to_string()[..row.short_len];
                assert_eq!(r.job_by_prefix(short)?, Found::One(row.id), "{short}");
            }
            let row = list
                .rows
                .iter()
                .find(|row| row.short_len == longest)
                .unwrap();
            let shorter = &row.id.to_string()[..longest - 1];
            assert!(
                matches!(r.job_by_prefix(shorter)?, Found::Many(_)),
                "{shorter}"
            );
            assert!(matches!(r.job_by_prefix("a")?, Found::Many(some) if some.len() == 10));
            for none in ["", "zz", "ffffffffffffffffffffffffffffffff", "' OR 1=1"] {
                assert_eq!(r.job_by_prefix(none)?, Found::None, "{none}");
            }
            Ok(())
        })
        .await
        .unwrap();
}
