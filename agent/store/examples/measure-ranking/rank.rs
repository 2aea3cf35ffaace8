//! Rankings of all jobs, and of one that changed, as the daemon makes them.

use std::{
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use agent_core::{
    matching::{Brief, Judge, Person, Weights},
    profile::Month,
};
use agent_store::{Briefed, JobPage, Judged, NewRun, RankKey, Store};
use serde_json::{Value, json};

use crate::{
    Outcome, fill,
    made_up::{self, Dice, space},
    peak_memory,
};

/// How often all jobs are ranked.
const ROUNDS: usize = 7;

/// Briefs judged at a time, as in the daemon.
const CHUNK: u32 = 4096;

pub(crate) async fn measure(file: &Path) -> Outcome<Value> {
    let store = Store::open(file)?;
    let start = Instant::now();
    let first = from_queue(&store, 0).await?;
    let briefs = start.elapsed();
    let mut seconds = Vec::new();
    let mut parts = Vec::new();
    for round in 1..=ROUNDS {
        let start = Instant::now();
        let took = rank_all(&store, round).await?;
        seconds.push(start.elapsed().as_secs_f64());
        parts.push(took.map(|part| part.as_secs_f64()));
    }
    let peak = peak_memory();

    change_one(&store).await?;
    let start = Instant::now();
    let judged = from_queue(&store, ROUNDS).await?;
    let one = start.elapsed();
    store.close().await;
    Ok(json!({
        "jobs": first,
        "briefs_seconds": briefs.as_secs_f64(),
        "rank_seconds": seconds,
        "judge_save_explain_seconds": parts,
        "peak": peak,
        "changed_judged": judged,
        "changed_seconds": one.as_secs_f64(),
    }))
}

fn key(wish: usize) -> RankKey {
    RankKey {
        profile_revision: i64::try_from(wish).unwrap_or_default(),
        ranker: "measured".to_owned(),
        weights: String::new(),
    }
}

pub(crate) fn judge(wish: usize) -> Arc<Judge> {
    let (profile, prefs) = made_up::person(wish);
    let today = Month {
        year: 2026,
        month: 6,
    };
    let person = Person::new(profile, prefs, today);
    let mut dice = Dice::new(99);
    let vectors: Vec<Vec<f32>> = (0..person.texts().len())
        .map(|topic| dice.vector(topic))
        .collect();
    Arc::new(Judge::new(person, Weights::default(), &vectors))
}

/// Ranks every job; gives how long judging, writing and explaining took.
async fn rank_all(store: &Store, wish: usize) -> Outcome<[Duration; 3]> {
    let (judge, key) = (judge(wish), key(wish));
    let start = Instant::now();
    let mut all: Vec<Judged> = Vec::new();
    let mut next = store.read(|reader| reader.briefs(None, CHUNK)).await?;
    while let Some(last) = next.last().cloned() {
        let read = store.read(move |reader| reader.briefs(Some(&last), CHUNK));
        let (judged, read) = tokio::join!(in_shares(&judge, next), read);
        all.extend(judged?);
        next = read?;
    }
    let judging = start.elapsed();
    let of = key.clone();
    store.write(move |tx| tx.save_ranking(&of, &all)).await?;
    let writing = start.elapsed() - judging;
    explain(store, &judge, key).await?;
    Ok([judging, writing, start.elapsed() - judging - writing])
}

async fn in_shares(judge: &Arc<Judge>, mut briefs: Vec<Briefed>) -> Outcome<Vec<Judged>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = briefs.len().div_ceil(threads).max(1);
    let mut shares = Vec::new();
    while !briefs.is_empty() {
        let rest = briefs.split_off(share.min(briefs.len()));
        let judge = Arc::clone(judge);
        shares.push(tokio::task::spawn_blocking(move || {
            let weigh = |one: Briefed| {
                let standing = judge.weigh(&Brief::read(&one.brief)?);
                Ok(one.judged(standing))
            };
            briefs
                .into_iter()
                .map(weigh)
                .collect::<Outcome<Vec<Judged>>>()
        }));
        briefs = rest;
    }
    let mut judged = Vec::new();
    for share in shares {
        judged.extend(share.await??);
    }
    Ok(judged)
}

/// The sentences of the first hundred.
async fn explain(store: &Store, judge: &Arc<Judge>, key: RankKey) -> Outcome<()> {
    let head = store.read(|reader| reader.unexplained(&space())).await?;
    let verdicts: Vec<_> = head
        .into_iter()
        .map(|of| {
            let verdict = judge.judge(&of.job, &of.found());
            (of, verdict)
        })
        .collect();
    store
        .write(move |tx| {
            tx.save_verdicts(&key, &verdicts)?;
            tx.count_lists()
        })
        .await?;
    Ok(())
}

/// Judges what waits; gives how many jobs that were.
async fn from_queue(store: &Store, wish: usize) -> Outcome<usize> {
    let (judge, key) = (judge(wish), key(wish));
    let of = key.clone();
    store
        .write(move |tx| {
            if tx.is_ranked_for(&of)? {
                return Ok(());
            }
            tx.save_ranking(&of, &[])
        })
        .await?;
    let mut done = 0;
    loop {
        let queued = store.read(|reader| reader.queued(&space(), 512)).await?;
        if queued.is_empty() {
            explain(store, &judge, key).await?;
            return Ok(done);
        }
        done += queued.len();
        let judged = queued
            .iter()
            .map(|one| {
                let brief = Brief::bytes(&one.job, &one.found())?;
                let standing = judge.weigh(&Brief::read(&brief)?);
                Ok(one.judged(brief, standing))
            })
            .collect::<Outcome<Vec<_>>>()?;
        let of = key.clone();
        store.write(move |tx| tx.save_judged(&of, &judged)).await?;
    }
}

/// One posting says something else in the next sync.
async fn change_one(store: &Store) -> Outcome<()> {
    let sources = store.read(|reader| reader.sources()).await?;
    let source = sources.first().ok_or("no board")?.id;
    let models = made_up::jobs(source)?;
    let (job, posting, _) = models.get(17).ok_or("no job")?;
    let mut seen = fill::numbered(job, posting, 17);
    seen.job.description.push_str("\nOne more sentence.");
    seen.job.content_hash = agent_core::ids::ContentHash::of(&seen.job.description);
    store
        .write(move |tx| {
            let run = tx.start_run(&NewRun {
                kind: "sync".to_owned(),
                at: fill::at(10),
                sources: vec![source],
            })?;
            let taken = tx.ingest(&JobPage {
                run,
                source,
                at: fill::at(11),
                fetched_from: None,
                jobs: &[seen],
            })?;
            tx.finish_run(run, fill::at(12), &json!(taken.changed.len()))
        })
        .await?;
    Ok(())
}
