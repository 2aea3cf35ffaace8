//! Goals: a sentence, its plan, and the steps to it, done one after the other.
//!
//! Nothing here can do more than the plan's vocabulary names. The steps use what
//! the person's own commands use: a sync of the followed boards, the ranking, the
//! list with a filter, and preparing, which ends in the review queue.

mod draft;
mod hold;
mod make;
#[cfg(test)]
mod obedient;
mod person;
mod planner;
mod run;
mod shortlist;
mod standing;
mod step;

use agent_api::reason;
use agent_core::ids::GoalId;
use agent_store::{About, Found, Goal, GoalStep, ModelCall};

pub(crate) use self::{
    make::{Asked, Run, make},
    person::{answer, cancel, retry},
    run::run,
};
use crate::{
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// Most calls of models that are shown with a goal.
const CALLS: u32 = 30;

/// A goal with everything that is shown of it.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) goal: Goal,
    /// The steps of its present round; those that are planned, before the first.
    pub(crate) steps: Vec<GoalStep>,
    /// What models were asked for it, newest first.
    pub(crate) calls: Vec<ModelCall>,
    /// How many applications of a day's allowance are used.
    pub(crate) used_today: u32,
}

/// The goal whose id begins as the person typed.
pub(crate) async fn find(handle: &Handle, given: &str) -> Result<GoalId, Fault> {
    let prefix = given.trim().to_lowercase();
    let found = handle
        .store
        .read(move |reader| reader.goal_by_prefix(&prefix))
        .await?;
    match found {
        Found::One(id) => Ok(id),
        Found::None => {
            let message = format!("no goal has the id {}", shown(given, 40));
            Err(Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
                .hint("see them with: agentctl goals list"))
        }
        Found::Many(_) => {
            let message = format!("several goals begin with {}", shown(given, 40));
            Err(Fault::new(Kind::Invalid, reason::AMBIGUOUS_ID, message)
                .hint("type more of the id"))
        }
    }
}

/// A goal as it stands.
pub(crate) async fn view(handle: &Handle, id: GoalId) -> Result<View, Fault> {
    let today = crate::clock::local().date();
    let found = handle
        .store
        .read(move |reader| {
            let Some(goal) = reader.goal(id)? else {
                return Ok(None);
            };
            Ok(Some(View {
                steps: reader.goal_steps(id, goal.round)?,
                calls: reader.model_calls_about(&about(id), CALLS)?,
                used_today: reader.drafts_on(id, today)?,
                goal,
            }))
        })
        .await?;
    found.ok_or_else(|| {
        let message = format!("the goal {id} is no longer kept");
        Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
    })
}

fn about(id: GoalId) -> About {
    About {
        kind: "goal".to_owned(),
        id: id.to_string(),
    }
}

/// What models were asked for a goal, newest first.
async fn calls(handle: &Handle, id: GoalId) -> Result<Vec<ModelCall>, Fault> {
    let about = about(id);
    let calls = handle
        .store
        .read(move |reader| reader.model_calls_about(&about, CALLS))
        .await?;
    Ok(calls)
}

/// The goals, made last first.
pub(crate) async fn list(handle: &Handle) -> Result<Vec<View>, Fault> {
    const MOST: u32 = 100;
    let goals = handle.store.read(|reader| reader.goals(MOST)).await?;
    let mut views = Vec::new();
    for goal in goals {
        views.push(view(handle, goal.id).await?);
    }
    Ok(views)
}
