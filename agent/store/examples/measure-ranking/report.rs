//! What each missing skill would unlock, as the daemon's reports count it, and by
//! judging every job again for every skill.

use std::{path::Path, sync::Arc, thread, time::Instant};

use agent_core::{
    matching::{Brief, Judge, Outcome, Supposed},
    profile::Month,
    report::{CANDIDATES, Gain, PAIRED, Tally, Trial},
};
use agent_store::{ReportJob, ReportScope, Store};
use serde_json::{Value, json};

use crate::{Outcome as Result, peak_memory, rank};

/// How often the report is made.
const ROUNDS: usize = 3;
/// Jobs read at a time, as in the daemon.
const CHUNK: u32 = 4096;
const LINE: f64 = 75.0;
const TODAY: Month = Month {
    year: 2026,
    month: 6,
};

pub(crate) async fn measure(file: &Path) -> Result<Value> {
    let store = Store::open(file)?;
    let judge = rank::judge(0);
    let mut seconds = Vec::new();
    let mut last = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        last = report(&store, &judge).await?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    let peak = peak_memory();
    let (skills, gains) = last;
    let start = Instant::now();
    let forced = by_force(&store, &judge, &skills).await?;
    let force = start.elapsed();
    let counted: Vec<u32> = gains.iter().map(|gain| gain.gained).collect();
    if counted != forced {
        return Err(format!("counted {counted:?}, by force {forced:?}").into());
    }
    store.close().await;
    Ok(json!({
        "tried": skills.len(),
        "unlocked": counted.iter().map(|count| u64::from(*count)).sum::<u64>(),
        "report_seconds": seconds,
        "force_seconds": force.as_secs_f64(),
        "peak": peak,
    }))
}

/// All of it: the count, the skills alone, and the pairs.
async fn report(store: &Store, judge: &Arc<Judge>) -> Result<(Vec<String>, Vec<Gain>)> {
    let mut tally = Tally::new(LINE);
    let own = Arc::clone(judge);
    let count = move |jobs: &[ReportJob]| {
        let mut tally = Tally::new(LINE);
        for job in jobs {
            if let Ok(brief) = Brief::read(&job.brief) {
                tally.add(job.id, &own, &brief);
            }
        }
        tally
    };
    each(store, count, |part| tally.merge(part)).await?;
    let mut skills = tally.missing(judge);
    skills.truncate(CANDIDATES);
    let alone: Vec<Vec<&str>> = skills.iter().map(|skill| vec![skill.as_str()]).collect();
    let gains = tried(store, judge, &alone).await?;
    let mut pairs = Vec::new();
    for (at, first) in skills.iter().enumerate().take(PAIRED) {
        let others = skills.iter().take(PAIRED).skip(at + 1);
        pairs.extend(others.map(|second| vec![first.as_str(), second.as_str()]));
    }
    tried(store, judge, &pairs).await?;
    Ok((skills, gains))
}

async fn tried(store: &Store, judge: &Arc<Judge>, sets: &[Vec<&str>]) -> Result<Vec<Gain>> {
    let supposed: Vec<Supposed> = sets
        .iter()
        .map(|skills| judge.supposing(skills, &[], TODAY))
        .collect();
    let trial = Arc::new(Trial::new(supposed, LINE));
    let (shared, own) = (Arc::clone(&trial), Arc::clone(judge));
    let count = move |jobs: &[ReportJob]| {
        let mut gains = shared.empty();
        for job in jobs {
            if let Ok(brief) = Brief::read(&job.brief) {
                shared.add(&mut gains, job.id, &own, &brief);
            }
        }
        gains
    };
    let mut gains = trial.empty();
    each(store, count, |part| {
        gains
            .iter_mut()
            .zip(part)
            .for_each(|(gain, part)| gain.merge(part));
    })
    .await?;
    Ok(gains)
}

/// Every job judged by a judge of its own for every skill.
async fn by_force(store: &Store, judge: &Arc<Judge>, skills: &[String]) -> Result<Vec<u32>> {
    let judges: Vec<Judge> = skills
        .iter()
        .map(|skill| {
            judge
                .supposing(&[skill.as_str()], &[], TODAY)
                .judge()
                .clone()
        })
        .collect();
    let (judges, own) = (Arc::new(judges), Arc::clone(judge));
    let count = move |jobs: &[ReportJob]| {
        let mut counts = vec![0_u32; judges.len()];
        for job in jobs {
            let Ok(brief) = Brief::read(&job.brief) else {
                continue;
            };
            let reaches = |judge: &Judge| {
                let standing = judge.weigh(&brief);
                standing.outcome != Outcome::Fail && standing.score >= LINE
            };
            let before = reaches(&own);
            for (count, judge) in counts.iter_mut().zip(judges.iter()) {
                *count += u32::from(reaches(judge) && !before);
            }
        }
        counts
    };
    let mut counts = vec![0_u32; skills.len()];
    each(store, count, |part| {
        counts
            .iter_mut()
            .zip(part)
            .for_each(|(count, part)| *count += part);
    })
    .await?;
    Ok(counts)
}

/// Does `work` on every share of the jobs, on all processors.
async fn each<T: Send + 'static>(
    store: &Store,
    work: impl Fn(&[ReportJob]) -> T + Clone + Send + 'static,
    mut merge: impl FnMut(T),
) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let scope = ReportScope::default();
    let mut last: Option<ReportJob> = None;
    loop {
        let (of, after) = (scope.clone(), last.take());
        let jobs = store
            .read(move |reader| reader.report_jobs(&of, after.as_ref(), CHUNK))
            .await?;
        if jobs.is_empty() {
            return Ok(());
        }
        last = jobs.last().cloned();
        let share = jobs.len().div_ceil(threads).max(1);
        let mut shares = Vec::new();
        for part in jobs.chunks(share) {
            let (part, work) = (part.to_vec(), work.clone());
            shares.push(tokio::task::spawn_blocking(move || work(&part)));
        }
        for share in shares {
            merge(share.await?);
        }
    }
}
