//! Standing goals: a round after each sync, also after one that ended while the
//! daemon was not there.

use agent_store::GoalState;
use serde_json::json;

use super::make::last_sync;
use crate::{
    clock,
    events::{self, event},
    fault::Fault,
    handle::Handle,
};

/// Begins a round of every standing goal that has not had one since the last sync.
/// Several syncs that were missed are one round: what they found is all there.
pub(super) async fn begin_rounds(handle: &Handle) -> Result<(), Fault> {
    let standing = handle
        .store
        .read(|reader| reader.goals_in(&[GoalState::Standing]))
        .await?;
    if standing.is_empty() {
        return Ok(());
    }
    let sync = last_sync(handle).await?;
    for goal in standing.into_iter().filter(|goal| goal.sync < sync) {
        handle
            .write(move |tx| {
                // It may have been ended meanwhile.
                let still = tx.goal(goal.id)?.map(|now| now.state);
                if still != Some(GoalState::Standing) {
                    return Ok(());
                }
                tx.begin_goal_round(goal.id, &goal.plan, sync)?;
                tx.set_goal(goal.id, GoalState::Working, "", clock::now())?;
                let detail = json!({ "sync": sync });
                tx.append_event(&event(events::GOAL_ROUND, goal.id, goal.sentence, detail))?;
                Ok(())
            })
            .await?;
    }
    Ok(())
}
