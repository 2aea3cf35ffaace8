//! Rank: constraints and score of every open job for the person as they are now.

use std::sync::Arc;

use agent_core::matching::{Direction, Found, Judge, Person};
use agent_models::ModelError;
use agent_store::{RankKey, RankedJob, ToRank};

use super::{Progress, Reporter, ending};
use crate::{clock, fault::Fault, handle::Handle};

/// Raised when the same input would be judged otherwise, so that all jobs are judged again.
const RANKER: u32 = 2;

/// Jobs per transaction.
const BATCH: u32 = 512;

/// Judges every job not yet judged for the present profile; returns how many.
/// Without a profile there is nothing to judge by, and none is.
pub(crate) async fn rank(handle: &Handle, reporter: &Reporter) -> Result<u32, Fault> {
    let _one_at_a_time = handle.ranking.lock().await;
    let mut done = 0;
    let mut prepared: Option<(Arc<Judge>, RankKey)> = None;
    loop {
        if handle.shutdown.is_cancelled() {
            return Err(ending());
        }
        // Asked anew for each batch: verdicts for a profile that was changed
        // meanwhile would only have to be made again.
        let Some(key) = due(handle).await? else {
            return Ok(done);
        };
        let judge = match prepared.take() {
            Some((judge, of)) if of == key => judge,
            Some(_) | None => match prepare(handle, &key).await? {
                Some(judge) => Arc::new(judge),
                None => continue,
            },
        };
        let (wanted, space) = (key.clone(), handle.space());
        let jobs = handle
            .store
            .read(move |reader| reader.jobs_to_rank(&wanted, &space, BATCH))
            .await?;
        done += u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        let judges = Arc::clone(&judge);
        let judged = handle
            .compute_each(jobs, move |job| ranked(&judges, job))
            .await?;
        let of = key.clone();
        handle
            .write(move |tx| tx.save_matches(&of, &judged))
            .await?;
        reporter.tell(Progress::Rank { done });
        prepared = Some((judge, key));
    }
}

/// What verdicts rest on now, when there is a profile and a job that has none for it.
async fn due(handle: &Handle) -> Result<Option<RankKey>, Fault> {
    let today = clock::this_month();
    let weights = format!("{:?}", handle.config.weights);
    let ranker = format!(
        "{RANKER} {} {}-{}",
        agent_core::skill::version(),
        today.year,
        today.month
    );
    let key = handle
        .store
        .read(move |reader| {
            if reader.profile()?.is_none() {
                return Ok(None);
            }
            let key = RankKey {
                profile_revision: reader.profile_revision()?,
                ranker,
                weights,
            };
            let due = reader.count_to_rank(&key)? > 0;
            Ok(due.then_some(key))
        })
        .await?;
    Ok(key)
}

/// The judge for what `key` is of; `None` when the person was changed since.
async fn prepare(handle: &Handle, key: &RankKey) -> Result<Option<Judge>, Fault> {
    let (current, prefs, revision) = handle
        .store
        .read(|reader| {
            Ok((
                reader.profile()?,
                reader.preferences()?,
                reader.profile_revision()?,
            ))
        })
        .await?;
    let Some(current) = current.filter(|_| revision == key.profile_revision) else {
        return Ok(None);
    };
    let prefs = prefs.map(|stored| stored.preferences).unwrap_or_default();
    let weights = handle.config.weights;
    let today = clock::this_month();
    let embedder = Arc::clone(&handle.embedder);
    let judge = handle.compute(move || {
        let person = Person::new(current.profile, prefs, today);
        let vectors = embedder.embed(&person.texts())?;
        Ok::<_, ModelError>(Judge::new(person, weights, &vectors))
    });
    Ok(Some(judge.await??))
}

fn ranked(judge: &Judge, input: ToRank) -> RankedJob {
    let direction = |vector: Option<Vec<f32>>| Direction::of(&vector?);
    let found = Found {
        skills: input.skills,
        text: direction(input.vector),
        title: direction(input.title_vector),
    };
    let verdict = judge.judge(&input.job, &found);
    RankedJob {
        job: input.job.id,
        basis: input.basis,
        reason: verdict.strongest().to_owned(),
        verdict,
    }
}
