//! Prepares the best of the picked openings, one after the other, up to the review
//! queue. Nothing is approved and nothing sent.

use agent_api::reason;
use agent_core::application::Stage;
use agent_store::{Goal, GoalStep};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use super::{
    shortlist::{self, Picked},
    step::Done,
};
use crate::{
    applications::{self, Doing, words},
    clock,
    fault::{Fault, Kind},
    handle::Handle,
};

/// How an opening fared.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Drafted {
    #[serde(flatten)]
    job: Picked,
    /// The application; empty where it could not be prepared.
    application: String,
    /// How it stands, or why it could not be prepared.
    note: String,
    prepared: bool,
}

/// Prepares at most `limit` openings of the step `from`; a standing goal within what
/// is left of the day's allowance. One that fails does not end the others.
pub(super) async fn run(
    handle: &Handle,
    goal: &Goal,
    step: &GoalStep,
    (from, limit): (&str, u32),
) -> Result<Done, Fault> {
    let jobs = shortlist::picked(handle, goal, from).await?;
    if jobs.is_empty() {
        return Ok(Done::skipped("there is nothing to prepare"));
    }
    let mut drafted = kept(step);
    let mut soon: Option<Fault> = None;
    for job in jobs {
        let prepared = drafted.iter().filter(|one| one.prepared).count();
        if prepared >= limit as usize || left_today(handle, goal, &job).await? == 0 {
            break;
        }
        if drafted
            .iter()
            .any(|one| one.prepared && one.job.id == job.id)
        {
            continue;
        }
        let number = prepared + 1;
        let doing = format!(
            "preparing {number} of {limit}: {} at {}",
            job.title, job.company
        );
        note(handle, goal, step, &drafted, &doing).await?;
        let (id, of) = (goal.id, job.id);
        let today = clock::local().date();
        handle
            .write(move |tx| tx.reserve_draft(id, of, today))
            .await?;
        let one = match prepare(handle, &job).await {
            Ok(one) => one,
            Err(fault) if is_halt(&fault) => return Err(fault),
            Err(fault) => {
                let why = fault.to_string();
                handle
                    .write(move |tx| tx.release_draft(id, of, &why))
                    .await?;
                let failed = Drafted {
                    application: String::new(),
                    note: fault.message.clone(),
                    prepared: false,
                    job,
                };
                if matches!(fault.kind, Kind::Unavailable | Kind::Exhausted) {
                    soon = Some(fault);
                }
                failed
            }
        };
        drafted.retain(|known| known.job.id != one.job.id);
        drafted.push(one);
        note(handle, goal, step, &drafted, &summary(&drafted)).await?;
    }
    let none = !drafted.iter().any(|one| one.prepared);
    match soon {
        // What is out of reach now may be there later.
        Some(fault) if none => Err(fault),
        Some(_) | None if drafted.is_empty() => Ok(Done::skipped("the day's allowance is used up")),
        Some(_) | None => Ok(Done::with(json!({ "drafted": drafted }), summary(&drafted))),
    }
}

fn is_halt(fault: &Fault) -> bool {
    fault.reason == reason::PAUSED || fault.reason == reason::SHUTTING_DOWN
}

/// What an earlier try of this step did.
fn kept(step: &GoalStep) -> Vec<Drafted> {
    step.result
        .get("drafted")
        .and_then(|drafted| serde_json::from_value(drafted.clone()).ok())
        .unwrap_or_default()
}

/// How many applications the goal may still prepare today, the one at hand included
/// where it was begun before a restart.
async fn left_today(handle: &Handle, goal: &Goal, job: &Picked) -> Result<u32, Fault> {
    if !goal.plan.wish.standing {
        return Ok(goal.plan.budget.drafts);
    }
    let (id, today, of) = (goal.id, clock::local().date(), job.id);
    let (used, tries) = handle
        .store
        .read(move |reader| Ok((reader.drafts_on(id, today)?, reader.draft_tries(id)?)))
        .await?;
    let begun = tries.iter().any(|one| one.job == of && one.counts);
    Ok((goal.plan.budget.drafts + u32::from(begun)).saturating_sub(used))
}

/// Prepares one opening as `agentctl prepare` does, and waits for it.
async fn prepare(handle: &Handle, job: &Picked) -> Result<Drafted, Fault> {
    let of = job.id;
    let known = handle
        .store
        .read(move |reader| reader.application_of_cluster(of))
        .await?;
    // The person's no holds: only they take it back.
    if known.is_some_and(|known| matches!(known.state.stage, Stage::Discarded { .. })) {
        let message = "you discarded it";
        return Err(Fault::new(Kind::Refused, reason::WRONG_STAGE, message));
    }
    let (id, mut work) = applications::prepare(handle, &job.id.to_string(), None).await?;
    loop {
        match work.recv().await {
            Ok(Doing::Ended) | Err(RecvError::Closed) => break,
            Ok(Doing::Failed(fault)) => return Err(fault),
            Ok(Doing::Now(_)) | Err(RecvError::Lagged(_)) => {}
        }
    }
    let application = handle
        .store
        .read(move |reader| reader.application(id))
        .await?
        .ok_or_else(|| applications::unknown(&id.to_string()))?;
    let stage = &application.state.stage;
    let (note, _) = words::of(stage, &application.short_id());
    Ok(Drafted {
        job: job.clone(),
        application: application.id.to_string(),
        note,
        prepared: !matches!(stage, Stage::Closed { .. }),
    })
}

async fn note(
    handle: &Handle,
    goal: &Goal,
    step: &GoalStep,
    drafted: &[Drafted],
    said: &str,
) -> Result<(), Fault> {
    let (id, round, position) = (goal.id, goal.round, step.position);
    let result = json!({ "drafted": drafted });
    let said = agent_core::text::quote(said, 300);
    handle
        .write(move |tx| tx.note_goal_step(id, round, position, &result, &said))
        .await?;
    Ok(())
}

fn summary(drafted: &[Drafted]) -> String {
    let prepared = drafted.iter().filter(|one| one.prepared).count();
    let failed = drafted.len() - prepared;
    let mut said = match prepared {
        0 => "none could be prepared".to_owned(),
        1 => "1 application waits for you".to_owned(),
        many => format!("{many} applications wait for you"),
    };
    if failed > 0 && prepared > 0 {
        said.push_str(&format!("; {failed} could not be prepared"));
    }
    said
}
