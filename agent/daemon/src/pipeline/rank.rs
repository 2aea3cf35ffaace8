//! Rank: constraints and score of every open job for the person as they are now.
//!
//! A change of the person, the weights, the month or the ranking code makes a
//! ranking of all jobs, from their briefs and in one transaction. Otherwise only
//! jobs that are new or changed are judged.

use std::sync::Arc;

use agent_api::reason;
use agent_core::{
    ids::JobId,
    matching::{Brief, BriefError, Judge, Person, Verdict},
    profile::{Month, Preferences, Profile},
};
use agent_store::{Briefed, Judged, JudgedAnew, Match, Queued, RankKey, Unexplained};

use super::{Progress, Reporter, ending};
use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
    tiers::{self, Serving},
};

/// Raised when the same input would be judged otherwise, so that all jobs are judged again.
const RANKER: u32 = 6;

/// Jobs whose briefs are made in one transaction.
const BATCH: u32 = 512;

/// Briefs judged at a time: enough to keep every processor at work, few enough
/// to be gone from memory soon.
const CHUNK: u32 = 4096;

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
        // Asked anew for each round: standings for a profile that was changed
        // meanwhile would only have to be made again.
        let serving = handle.tiers.serving();
        let Some(key) = present_key(handle, &serving).await? else {
            return Ok(done);
        };
        let of = key.clone();
        let (current, queued) = handle
            .store
            .read(move |reader| Ok((reader.is_ranked_for(&of)?, reader.count_queued()?)))
            .await?;
        if current && queued == 0 {
            // Nobody has to be told: the lists are as they were.
            handle.store.write(|tx| tx.count_lists()).await?;
            return Ok(done);
        }
        let judge = match prepared.take() {
            Some((judge, of)) if of == key => judge,
            Some(_) | None => match judge_of(handle, &serving, &key).await? {
                Some(judge) => Arc::new(judge),
                None => continue,
            },
        };
        if current {
            done += take_queue(handle, &judge, &key).await?;
        } else {
            done += take_all(handle, &judge, &key, reporter).await?;
        }
        reporter.tell(Progress::Rank { done });
        if handle.store.read(|reader| reader.count_queued()).await? == 0 {
            explain_best(handle, &judge, &key).await?;
        }
        prepared = Some((judge, key));
    }
}

/// The standing of a job with the verdict it is of, sentences and all; `None`
/// when there is no profile to judge by, or the job is not judged (any more).
///
/// What changed since is judged first, so that the numbers are those of the list.
/// A job that left its board keeps the standing it had; its verdict is made for
/// the person as they were then.
pub(crate) async fn explained(
    handle: &Handle,
    id: JobId,
) -> Result<Option<(Match, Verdict)>, Fault> {
    let read = || handle.store.read(move |reader| reader.match_of(id));
    let mut found = read().await?;
    if found.as_ref().is_none_or(|found| found.due) {
        rank(handle, &Reporter::new()).await?;
        found = read().await?;
    }
    let Some(mut found) = found else {
        return Ok(None);
    };
    if let Some(verdict) = found.verdict.take() {
        return Ok(Some((found, verdict)));
    }
    let serving = handle.tiers.serving();
    let (space, revision) = (serving.space().clone(), found.key.profile_revision);
    let (of, person) = handle
        .store
        .read(move |reader| Ok((reader.to_explain(id, &space)?, reader.person_at(revision)?)))
        .await?;
    let (Some(of), Some((profile, prefs))) = (of, person) else {
        return Ok(None);
    };
    let Some(judge) = prepare(handle, &serving, profile, prefs).await? else {
        let message = format!(
            "the model that made {} does not answer",
            serving.space().name
        );
        return Err(Fault::new(Kind::Unavailable, reason::MODEL_FAILED, message)
            .hint("see agentctl models list"));
    };
    let verdict = handle.compute(move || judge.judge(&of.job, &of.found()));
    Ok(Some((found, verdict.await?)))
}

/// The judge of the person as they are, and what it was made of.
pub(crate) struct PresentJudge {
    pub(crate) judge: Judge,
    pub(crate) key: RankKey,
    /// Vectors of the skills' labels.
    pub(crate) skills: Vec<(String, Vec<f32>)>,
    pub(crate) today: Month,
}

/// The judge of the person as they are, once all jobs are ranked by it; `None` without
/// a profile.
pub(crate) async fn present_judge(handle: &Handle) -> Result<Option<PresentJudge>, Fault> {
    loop {
        rank(handle, &Reporter::new()).await?;
        let serving = handle.tiers.serving();
        let Some(key) = present_key(handle, &serving).await? else {
            return Ok(None);
        };
        // Without one the person was changed meanwhile, or other vectors have to serve.
        let Some(judge) = judge_of(handle, &serving, &key).await? else {
            continue;
        };
        let space = serving.space().clone();
        let skills = handle
            .store
            .read(move |reader| reader.skill_vectors(&space))
            .await?;
        return Ok(Some(PresentJudge {
            judge,
            key,
            skills,
            today: clock::this_month(),
        }));
    }
}

/// What standings rest on now, when there is a profile.
async fn present_key(handle: &Handle, serving: &Serving) -> Result<Option<RankKey>, Fault> {
    let today = clock::this_month();
    let weights = serde_json::json!(handle.config.weights).to_string();
    let ranker = format!(
        "{RANKER} {} {}-{}{}",
        agent_core::skill::version(),
        today.year,
        today.month,
        serving.mark()
    );
    let key = handle
        .store
        .read(move |reader| {
            if reader.profile()?.is_none() {
                return Ok(None);
            }
            Ok(Some(RankKey {
                profile_revision: reader.profile_revision()?,
                ranker,
                weights,
            }))
        })
        .await?;
    Ok(key)
}

/// The judge for what `key` is of; `None` when the person was changed since, or
/// other vectors have to serve.
async fn judge_of(
    handle: &Handle,
    serving: &Serving,
    key: &RankKey,
) -> Result<Option<Judge>, Fault> {
    let of = key.profile_revision;
    let person = handle
        .store
        .read(move |reader| {
            let same = reader.profile_revision()? == of;
            Ok(if same { reader.person_at(of)? } else { None })
        })
        .await?;
    let Some((profile, prefs)) = person else {
        return Ok(None);
    };
    let judge = prepare(handle, serving, profile, prefs).await?;
    if judge.is_none() {
        tiers::step_down(handle, "the model does not answer for a changed profile").await?;
    }
    Ok(judge)
}

/// A judge by the vectors that serve; `None` when their model does not answer.
async fn prepare(
    handle: &Handle,
    serving: &Serving,
    profile: Profile,
    prefs: Preferences,
) -> Result<Option<Judge>, Fault> {
    let weights = handle.config.weights;
    let today = clock::this_month();
    let (space, scales) = (serving.space().clone(), serving.scales());
    let skills = handle
        .store
        .read(move |reader| reader.skill_vectors(&space))
        .await?;
    let person = handle
        .compute(move || Person::new(profile, prefs, today))
        .await?;
    let Some(vectors) = tiers::of_person(handle, serving, person.texts()).await? else {
        return Ok(None);
    };
    let judge = handle.compute(move || {
        Judge::new(person, weights, &vectors)
            .with_scales(scales)
            .with_skill_vectors(&skills)
    });
    judge.await.map(Some)
}

/// Judges the first jobs of the queue, and makes their briefs.
async fn take_queue(handle: &Handle, judge: &Arc<Judge>, key: &RankKey) -> Result<u32, Fault> {
    let judged = judged_anew(handle, judge).await?;
    let count = u32::try_from(judged.len()).unwrap_or(u32::MAX);
    let of = key.clone();
    handle.write(move |tx| tx.save_judged(&of, &judged)).await?;
    Ok(count)
}

async fn judged_anew(handle: &Handle, judge: &Arc<Judge>) -> Result<Vec<JudgedAnew>, Fault> {
    let space = handle.space();
    let queued = handle
        .store
        .read(move |reader| reader.queued(&space, BATCH))
        .await?;
    let judge = Arc::clone(judge);
    let judged = handle
        .compute_each(queued, move |queued| brief_and_judge(&judge, &queued))
        .await?;
    judged
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(unreadable)
}

fn brief_and_judge(judge: &Judge, queued: &Queued) -> Result<JudgedAnew, BriefError> {
    let brief = Brief::bytes(&queued.job, &queued.found())?;
    let standing = judge.weigh(&Brief::read(&brief)?);
    Ok(queued.judged(brief, standing))
}

/// Judges all jobs. Those without a brief stay in the queue.
async fn take_all(
    handle: &Handle,
    judge: &Arc<Judge>,
    key: &RankKey,
    reporter: &Reporter,
) -> Result<u32, Fault> {
    let mut all: Vec<Judged> = Vec::new();
    let mut unread: Vec<Briefed> = Vec::new();
    let mut next = briefs_after(handle, None).await?;
    while let Some(last) = next.last().cloned() {
        if handle.shutdown.is_cancelled() {
            return Err(ending());
        }
        // The next are read while these are judged.
        let judge = Arc::clone(judge);
        let judged = handle.compute_each(next, move |briefed: Briefed| {
            let standing = Brief::read(&briefed.brief).map(|brief| judge.weigh(&brief));
            standing
                .map(|standing| briefed.judged(standing))
                .map_err(|_| briefed)
        });
        let (judged, read) = tokio::join!(judged, briefs_after(handle, Some(last)));
        for one in judged? {
            match one {
                Ok(judged) => all.push(judged),
                Err(briefed) => unread.push(briefed),
            }
        }
        next = read?;
        reporter.tell(Progress::Rank {
            done: u32::try_from(all.len()).unwrap_or(u32::MAX),
        });
    }
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let of = key.clone();
    handle
        .write(move |tx| {
            tx.save_ranking(&of, &all)?;
            // Kept by another version of this program, or damaged: they are made anew.
            unread
                .iter()
                .try_for_each(|briefed| tx.queue_again(briefed))
        })
        .await?;
    Ok(count)
}

async fn briefs_after(handle: &Handle, last: Option<Briefed>) -> Result<Vec<Briefed>, Fault> {
    let read = handle
        .store
        .read(move |reader| reader.briefs(last.as_ref(), CHUNK));
    Ok(read.await?)
}

/// Keeps the sentences of the jobs at the head of the list.
async fn explain_best(handle: &Handle, judge: &Arc<Judge>, key: &RankKey) -> Result<(), Fault> {
    let space = handle.space();
    let head = handle
        .store
        .read(move |reader| reader.unexplained(&space))
        .await?;
    let judge = Arc::clone(judge);
    let verdicts = handle.compute_each(head, move |of: Unexplained| {
        let verdict = judge.judge(&of.job, &of.found());
        (of, verdict)
    });
    let (verdicts, of) = (verdicts.await?, key.clone());
    handle
        .write(move |tx| tx.save_verdicts(&of, &verdicts))
        .await?;
    Ok(())
}

fn unreadable(error: BriefError) -> Fault {
    Fault::new(
        Kind::Internal,
        agent_api::reason::BUG,
        format!("a job cannot be judged: {error}"),
    )
}
