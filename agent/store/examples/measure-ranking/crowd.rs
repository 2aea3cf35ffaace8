//! A store with very many jobs, written row by row past the doors of the daemon,
//! with every trigger at work. Descriptions are cut short.

use std::path::Path;

use agent_core::{
    ids::SourceId,
    job::{Job, Posting},
    skill::SkillMatch,
};
use agent_store::RunId;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::{
    Outcome,
    fill::{at, new_store, numbered},
    made_up::{self, Dice},
    peak_memory,
};

/// How much of a description is kept, in characters.
const SHORT: usize = 120;

pub(crate) async fn fill(file: &Path, jobs: usize) -> Outcome<Value> {
    let (store, source, run) = new_store(file).await?;
    let models = made_up::jobs(source)?;
    store
        .write(move |tx| tx.finish_run(run, at(2), &json!({})))
        .await?;
    store.close().await;

    insert(file, jobs, (source, run), &models)?;
    let store = agent_store::Store::open(file)?;
    store.write(|tx| tx.count_lists()).await?;
    store.close().await;
    let bytes = std::fs::metadata(file)?.len();
    Ok(json!({ "jobs": jobs, "bytes": bytes, "peak": peak_memory() }))
}

fn insert(
    file: &Path,
    jobs: usize,
    (source, run): (SourceId, RunId),
    models: &[(Job, Posting, Vec<SkillMatch>)],
) -> Outcome<()> {
    let mut connection = Connection::open(file)?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "cache_size", -800_000)?;
    let mut dice = Dice::new(5);
    let tx = connection.transaction()?;
    {
        let mut insert = tx.prepare(
            "INSERT INTO jobs (id, source, external_id, first_seen, last_seen, last_seen_run,
                 closed_at, content_hash, content_since, stated_hash, url, title, company, facts,
                 description)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?4, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        let now = at(1).as_microsecond();
        for n in 0..jobs {
            let Some((job, posting, _)) = models.get(n % models.len()) else {
                break;
            };
            let mut job = numbered(job, posting, n).job;
            let description: String = job.description.chars().take(SHORT).collect();
            job.description.clear();
            // Three of ten are no longer on their board.
            let closed = (dice.number(10) < 3).then_some(now);
            insert.execute(params![
                job.id.as_bytes(),
                source.as_bytes(),
                job.external_id,
                now,
                run.0,
                closed,
                job.content_hash.as_bytes(),
                job.url,
                job.title,
                job.company,
                serde_json::to_string(&job)?,
                description
            ])?;
        }
    }
    // Every twentieth opening is posted twice; scores as a ranking spreads them.
    tx.execute_batch(
        "INSERT INTO cluster_members (job, cluster, agency)
             SELECT number, number - number % 2, number % 2 FROM jobs WHERE number % 40 < 2
             AND number > 1;
         INSERT INTO rankings (profile_revision, ranker, weights) VALUES (1, 'made up', '');
         UPDATE matches SET ranking = 1, revision = 1, enrichment = 0,
             class = CASE WHEN job % 10 < 3 THEN 0 WHEN job % 10 < 6 THEN 1 ELSE 3 END,
             score = (job * 7919 % 9973) / 99.73, reason = 'you have Rust: 1 of 5 skills asked for';
         DELETE FROM rank_order;
         INSERT INTO rank_order SELECT closed, class, loss, id, job FROM matches
             ORDER BY closed, class, loss, id;
         DELETE FROM rank_queue;
         DELETE FROM cluster_queue;
         DELETE FROM list_counts;",
    )?;
    tx.commit()?;
    Ok(())
}
