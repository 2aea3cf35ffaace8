//! Fills a store through the doors the daemon uses.

use std::path::Path;

use agent_core::job::{Job, Posting};
use agent_store::{
    Enrichment, JobPage, NewRun, NewSource, RunId, SeenJob, Store, StoreError, WriteTx,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    Outcome,
    made_up::{self, Dice, space},
    peak_memory,
};

/// Jobs per transaction.
const PAGE: usize = 1_000;

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap_or_default()
}

/// A store with one board and a run over it.
pub(crate) async fn new_store(file: &Path) -> Outcome<(Store, agent_core::ids::SourceId, RunId)> {
    let store = Store::open(file)?;
    let made = store
        .write(|tx| {
            let source = tx.add_source(
                &NewSource {
                    plugin: "greenhouse".to_owned(),
                    key: "made-up".to_owned(),
                    url: "https://boards.example/made-up".to_owned(),
                    company: "Made up".to_owned(),
                },
                at(0),
            )?;
            let run = tx.start_run(&NewRun {
                kind: "sync".to_owned(),
                at: at(0),
                sources: vec![source],
            })?;
            Ok((source, run))
        })
        .await?;
    Ok((store, made.0, made.1))
}

pub(crate) async fn fill(file: &Path, jobs: usize) -> Outcome<Value> {
    let (store, source, run) = new_store(file).await?;
    let models = std::sync::Arc::new(made_up::jobs(source)?);
    let mut done = 0;
    while done < jobs {
        let (models, from, to) = (models.clone(), done, (done + PAGE).min(jobs));
        store
            .write(move |tx| {
                let page: Vec<SeenJob> = (from..to)
                    .filter_map(|n| {
                        let (job, posting, _) = models.get(n % models.len())?;
                        Some(numbered(job, posting, n))
                    })
                    .collect();
                tx.ingest(&JobPage {
                    run,
                    source,
                    at: at(1),
                    fetched_from: Some("https://boards.example/made-up"),
                    jobs: &page,
                })?;
                for (n, seen) in (from..to).zip(&page) {
                    if let Some((_, _, skills)) = models.get(n % models.len()) {
                        enrich(tx, &seen.job, n, skills)?;
                    }
                }
                Ok(())
            })
            .await?;
        done = to;
    }
    store
        .write(move |tx| tx.finish_run(run, at(2), &json!({})))
        .await?;
    store.close().await;
    let bytes = std::fs::metadata(file)?.len();
    Ok(json!({ "jobs": jobs, "bytes": bytes, "peak": peak_memory() }))
}

/// One of the made-up jobs as another one, with a title and a text of its own.
pub(crate) fn numbered(job: &Job, posting: &Posting, n: usize) -> SeenJob {
    let mut job = job.clone();
    job.external_id = n.to_string();
    job.id = agent_core::ids::JobId::of(job.source, &job.external_id);
    job.url = format!("https://jobs.example/{n}");
    job.title = format!("{} {}", job.title, n % 977);
    job.description = format!("{}\nReference {n}.", job.description);
    job.content_hash = agent_core::ids::ContentHash::of(&job.description);
    let mut posting = posting.clone();
    posting.external_id.clone_from(&job.external_id);
    posting.title.clone_from(&job.title);
    SeenJob { job, posting }
}

fn enrich(
    tx: &mut WriteTx<'_>,
    job: &Job,
    n: usize,
    skills: &[agent_core::skill::SkillMatch],
) -> Result<(), StoreError> {
    let mut dice = Dice::new(n as u64 + 7);
    tx.save_enrichment(&Enrichment {
        job: job.id,
        revision: 1,
        lexicon: "made-up",
        skills,
        space: &space(),
        vector: &dice.vector(n % 50),
        title_vector: &dice.vector(n % 8),
    })
}
