//! What the person does with a goal: end it, try it again, answer what it asks.

use agent_api::reason;
use agent_core::{
    ids::GoalId,
    plan::{Choice, StepKind, USUAL_DRAFTS, Wish, assemble},
    report,
};
use agent_store::GoalState;
use serde_json::json;

use super::{View, find, make::last_sync, view};
use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// Ends a goal. What it prepared stays where it is.
pub(crate) async fn cancel(handle: &Handle, given: &str) -> Result<View, Fault> {
    let id = find(handle, given).await?;
    let goal = view(handle, id).await?.goal;
    match goal.state {
        GoalState::Done | GoalState::Cancelled => {
            return Err(over(&goal.short_id(), goal.state));
        }
        GoalState::Working | GoalState::Waiting | GoalState::Standing | GoalState::Dead => {}
    }
    change(handle, id, GoalState::Cancelled, events::GOAL_CANCELLED).await
}

/// Tries again what was given up, with as much work allowed as at first.
pub(crate) async fn retry(handle: &Handle, given: &str) -> Result<View, Fault> {
    let id = find(handle, given).await?;
    let goal = view(handle, id).await?.goal;
    match goal.state {
        GoalState::Dead | GoalState::Working => {}
        GoalState::Done | GoalState::Cancelled | GoalState::Waiting | GoalState::Standing => {
            return Err(over(&goal.short_id(), goal.state));
        }
    }
    handle.write(move |tx| tx.retry_goal_steps(id)).await?;
    change(handle, id, GoalState::Working, events::GOAL_RETRIED).await
}

/// Takes the person's answer to what a goal asks, and plans anew.
pub(crate) async fn answer(handle: &Handle, given: &str, said: &str) -> Result<View, Fault> {
    let id = find(handle, given).await?;
    let goal = view(handle, id).await?.goal;
    if goal.state != GoalState::Waiting {
        return Err(over(&goal.short_id(), goal.state));
    }
    let Some(choice) = Choice::named(said.trim()) else {
        let message = format!("{} is none of the answers", shown(said, 40));
        let hint = format!(
            "answer with one of: {}",
            Choice::ALL.map(Choice::name).join(", ")
        );
        return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message).hint(hint));
    };
    let openings = [
        StepKind::Discover,
        StepKind::Rank,
        StepKind::Shortlist,
        StepKind::Enrich,
    ];
    let mut wish = Wish {
        standing: false,
        ..goal.plan.wish
    };
    let mut kinds = Vec::new();
    match choice {
        Choice::List => kinds.extend(openings),
        Choice::Prepare => {
            wish.prepare = Some(USUAL_DRAFTS);
            kinds.extend(openings);
            kinds.push(StepKind::Draft);
        }
        Choice::Learn => {
            wish.report = Some(report::Kind::SkillGap);
            kinds.push(StepKind::Report);
        }
    }
    let plan = assemble(wish, &kinds);
    let sync = last_sync(handle).await?;
    handle
        .write(move |tx| {
            tx.replan_goal(id, &plan, sync)?;
            tx.set_goal(id, GoalState::Working, "", clock::now())?;
            let text = format!("answered: {}", choice.name());
            tx.append_event(&event(events::GOAL_ANSWERED, id, text, json!({})))
        })
        .await?;
    view(handle, id).await
}

async fn change(
    handle: &Handle,
    id: GoalId,
    state: GoalState,
    kind: &'static str,
) -> Result<View, Fault> {
    handle
        .write(move |tx| {
            tx.set_goal(id, state, "", clock::now())?;
            let sentence = tx.goal(id)?.map(|goal| goal.sentence).unwrap_or_default();
            tx.append_event(&event(kind, id, sentence, json!({})))
        })
        .await?;
    view(handle, id).await
}

fn over(short_id: &str, state: GoalState) -> Fault {
    let message = format!("the goal {short_id} is {}", state.name());
    Fault::new(Kind::Refused, reason::WRONG_STAGE, message)
        .hint(format!("see it: agentctl goals show {short_id}"))
}
