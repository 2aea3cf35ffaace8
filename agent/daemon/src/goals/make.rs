//! A new goal: planned, shown, and kept unless it is only shown.

use agent_api::reason;
use agent_core::{
    ids::GoalId,
    plan::{Sentence, StepKind},
};
use agent_store::{Goal, GoalState, ModelCall, NewGoal};

use super::{View, calls, planner, view};
use crate::{
    applications, clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
    pipeline,
};

/// What becomes of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// It is carried out.
    Now,
    /// It is shown and forgotten.
    Never,
}

/// What the person asked for.
pub(crate) struct Asked {
    pub(crate) sentence: String,
    pub(crate) run: Run,
    /// Whether it holds from now on, also where the sentence does not say so.
    pub(crate) standing: bool,
}

/// A planned goal.
pub(crate) struct Made {
    pub(crate) view: View,
    /// What the person should know of the plan.
    pub(crate) notes: Vec<String>,
}

/// Most goals that are at work or standing.
const MOST: usize = 50;

/// Plans a goal, and keeps it unless it is only to be shown. The daemon works on it
/// also when who asked goes away.
pub(crate) async fn make(handle: &Handle, asked: Asked) -> Result<Made, Fault> {
    let sentence = Sentence::of(&asked.sentence).map_err(|error| {
        Fault::new(Kind::Invalid, reason::INVALID_VALUE, error.to_string()).hint(
            "for example: agentctl goal \"five backend roles in Berlin, and prepare the best two\"",
        )
    })?;
    if asked.run == Run::Now {
        applications::refuse_paused(handle).await?;
    }
    let id = new_id()?;
    let planned = planner::plan(handle, id, &sentence, asked.standing).await?;
    let kinds = planned.plan.kinds();
    let state = if planned.plan.wish.standing && !kinds.contains(&StepKind::Ask) {
        GoalState::Standing
    } else {
        GoalState::Working
    };
    let new = NewGoal {
        id,
        sentence: sentence.as_str().to_owned(),
        plan: planned.plan,
        planner: planned.planner,
        why: planned.why,
        state,
        sync: last_sync(handle).await?,
        at: clock::now(),
    };
    let notes = planned.notes;
    if asked.run == Run::Never {
        let calls = calls(handle, id).await?;
        return Ok(Made {
            view: unkept(new, calls),
            notes,
        });
    }
    let kept = handle
        .write(move |tx| {
            let busy =
                tx.goals_in(&[GoalState::Working, GoalState::Standing, GoalState::Waiting])?;
            if busy.len() >= MOST {
                return Ok(false);
            }
            tx.create_goal(&new)?;
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            let planner = if new.planner.is_empty() {
                "rules"
            } else {
                &new.planner
            };
            let detail = serde_json::json!({ "steps": names, "planner": planner });
            tx.append_event(&event(events::GOAL_MADE, id, new.sentence, detail))?;
            Ok(true)
        })
        .await?;
    if !kept {
        let message = format!("{MOST} goals are at work or standing already");
        return Err(Fault::new(Kind::Refused, reason::INVALID_VALUE, message)
            .hint("end one: agentctl goals cancel ID"));
    }
    Ok(Made {
        view: view(handle, id).await?,
        notes,
    })
}

/// The last sync that was finished.
pub(super) async fn last_sync(handle: &Handle) -> Result<i64, Fault> {
    let last = handle
        .store
        .read(|reader| reader.last_finished_run(pipeline::SYNC))
        .await?;
    Ok(last.map_or(0, |run| run.id.0))
}

fn new_id() -> Result<GoalId, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        let message = format!("the system gave no random bytes: {error}");
        Fault::new(Kind::Internal, reason::BUG, message)
    })?;
    Ok(GoalId::from_bytes(bytes))
}

/// A goal as it would be kept.
fn unkept(new: NewGoal, calls: Vec<ModelCall>) -> View {
    View {
        goal: Goal {
            id: new.id,
            short_len: 4,
            sentence: new.sentence,
            plan: new.plan,
            planner: new.planner,
            why: new.why,
            state: new.state,
            note: String::new(),
            made_at: new.at,
            changed_at: new.at,
            worked_ms: 0,
            round: 0,
            sync: new.sync,
        },
        steps: Vec::new(),
        calls,
        used_today: 0,
    }
}
