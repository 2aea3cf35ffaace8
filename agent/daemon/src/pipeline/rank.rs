//! Rank: constraints and score of every open job for the person as they are now.

use std::sync::Arc;

use agent_core::{
    matching::{self, Outcome, Signals, Verdict, Weights},
    profile::{Month, Preferences, Profile},
    skill::SkillMatch,
};
use agent_models::{BuiltIn, ModelError, cosine};
use agent_store::{RankKey, RankedJob, ToRank};

use super::{Progress, Reporter, ending};
use crate::{clock, fault::Fault, handle::Handle};

/// Raised when the same input would be judged otherwise, so that all jobs are judged again.
const RANKER: u32 = 1;

/// Jobs per transaction.
const BATCH: u32 = 512;

/// The person, prepared for judging many jobs.
struct Person {
    profile: Profile,
    prefs: Preferences,
    weights: Weights,
    held: Vec<SkillMatch>,
    /// Titles held and wanted, with their vectors.
    titles: Vec<(String, Vec<f32>)>,
    /// Vector of the CV.
    text: Vec<f32>,
    today: Month,
}

/// Judges every job not yet judged for the present profile; returns how many.
/// Without a profile there is nothing to judge by, and none is.
pub(crate) async fn rank(handle: &Handle, reporter: &Reporter) -> Result<u32, Fault> {
    let _one_at_a_time = handle.ranking.lock().await;
    let mut done = 0;
    let mut prepared: Option<(Arc<Person>, RankKey)> = None;
    loop {
        if handle.shutdown.is_cancelled() {
            return Err(ending());
        }
        // Asked anew for each batch: verdicts for a profile that was changed
        // meanwhile would only have to be made again.
        let Some(key) = due(handle).await? else {
            return Ok(done);
        };
        let person = match prepared.take() {
            Some((person, of)) if of == key => person,
            Some(_) | None => match person(handle, &key).await? {
                Some(person) => Arc::new(person),
                None => continue,
            },
        };
        let (wanted, space) = (key.clone(), handle.space());
        let jobs = handle
            .store
            .read(move |reader| reader.jobs_to_rank(&wanted, &space, BATCH))
            .await?;
        done += u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        let judge_of = Arc::clone(&person);
        let judged = handle
            .compute_each(jobs, move |job| judge(&judge_of, job))
            .await?;
        let of = key.clone();
        handle
            .write(move |tx| tx.save_matches(&of, &judged))
            .await?;
        reporter.tell(Progress::Rank { done });
        prepared = Some((person, key));
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

/// The person `key` is of; `None` when they were changed since.
async fn person(handle: &Handle, key: &RankKey) -> Result<Option<Person>, Fault> {
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
    let person = handle
        .compute(move || prepare(&embedder, current.profile, prefs, weights, today))
        .await??;
    Ok(Some(person))
}

fn prepare(
    embedder: &BuiltIn,
    profile: Profile,
    prefs: Preferences,
    weights: Weights,
    today: Month,
) -> Result<Person, ModelError> {
    let held = matching::held_skills(&profile);
    let titles = titles(&profile, &prefs);
    let vectors = embedder.embed(&titles.iter().map(String::as_str).collect::<Vec<_>>())?;
    let named: Vec<&str> = held.iter().map(|found| found.skill.as_str()).collect();
    let summary = profile.summary.as_deref().unwrap_or_default();
    let text = format!("{}. {}. {summary}", titles.join(". "), named.join(", "));
    let text = embedder
        .embed(&[&text])?
        .into_iter()
        .next()
        .unwrap_or_default();
    let titles = titles.into_iter().zip(vectors).collect();
    Ok(Person {
        profile,
        prefs,
        weights,
        held,
        titles,
        text,
        today,
    })
}

/// Titles wanted and held, each once: the vectors of a job's title are compared with them.
fn titles(profile: &Profile, prefs: &Preferences) -> Vec<String> {
    let held = profile.work.iter().map(|position| &position.title);
    let mut titles: Vec<String> = Vec::new();
    for title in prefs.roles.iter().chain(&profile.headline).chain(held) {
        if !title.is_empty() && !titles.contains(title) {
            titles.push(title.clone());
        }
    }
    titles
}

fn judge(person: &Person, input: ToRank) -> RankedJob {
    let title = input.title_vector.and_then(|vector| {
        person
            .titles
            .iter()
            .map(|(title, held)| (f64::from(cosine(held, &vector)), title))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(likeness, title)| (likeness, title.clone()))
    });
    let signals = Signals {
        asked: input.skills,
        held: person.held.clone(),
        title,
        text: input
            .vector
            .map(|vector| f64::from(cosine(&person.text, &vector))),
    };
    let job = &input.job;
    let verdict = Verdict {
        checks: matching::constraint::check(job, &person.profile, &person.prefs),
        score: matching::score::score(
            job,
            &person.profile,
            &person.prefs,
            &signals,
            &person.weights,
            person.today,
        ),
    };
    RankedJob {
        job: job.id,
        basis: input.basis,
        reason: strongest(&verdict),
        verdict,
    }
}

/// The reason to show in a list: of the constraint that speaks against the job,
/// else of the part that adds most to its score.
fn strongest(verdict: &Verdict) -> String {
    let against = verdict
        .checks
        .iter()
        .filter(|check| check.outcome != Outcome::Pass)
        .max_by_key(|check| check.outcome);
    let adds = |part: &&matching::PartScore| part.value.unwrap_or_default() * part.share;
    let best = verdict
        .score
        .parts
        .iter()
        .max_by(|a, b| adds(a).total_cmp(&adds(b)));
    let reason = against
        .map(|check| &check.reason)
        .or_else(|| best.and_then(|part| part.reasons.first()));
    reason.map(|reason| reason.text.clone()).unwrap_or_default()
}
