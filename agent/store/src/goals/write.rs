//! Changing goals. Call these in the closure that writes the event.

use agent_core::{ids::GoalId, plan::Plan};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::Value;

use super::row::{GoalState, GoalStepState};
use crate::{
    StoreError, WriteTx,
    value::{integer, json, micros},
};

/// Rounds of a standing goal whose steps are kept.
const KEPT_ROUNDS: u32 = 10;

/// A goal to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewGoal {
    /// Its id.
    pub id: GoalId,
    /// What the person said.
    pub sentence: String,
    /// The plan.
    pub plan: Plan,
    /// The model that made the plan; empty of rules.
    pub planner: String,
    /// Why rules made it; empty of a model.
    pub why: String,
    /// Its first state: working, or standing until the next sync.
    pub state: GoalState,
    /// The last sync there was: a standing goal's rounds follow later ones.
    pub sync: i64,
    /// When.
    pub at: Timestamp,
}

/// How a step ended, for now or for good.
#[derive(Debug, Clone, PartialEq)]
pub struct StepEnd {
    /// How it stands.
    pub state: GoalStepState,
    /// Not before this time, of one to be tried again.
    pub next_at: Option<Timestamp>,
    /// What came of it.
    pub result: Value,
    /// The same in one line, or why it failed.
    pub note: String,
    /// Milliseconds it took.
    pub took_ms: u64,
}

impl WriteTx<'_> {
    /// Keeps a goal, and the steps of its first round unless it waits for a sync.
    pub fn create_goal(&mut self, new: &NewGoal) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO goals (id, sentence, plan, planner, why, state, note, made_at,
                                changed_at, sync, round)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, ?7, ?8, 0)",
            params![
                new.id.as_bytes(),
                new.sentence,
                json("plan", &new.plan)?,
                new.planner,
                new.why,
                new.state.name(),
                micros(new.at),
                new.sync,
            ],
        )?;
        match new.state {
            GoalState::Working | GoalState::Waiting => {
                self.begin_goal_round(new.id, &new.plan, new.sync)
            }
            GoalState::Standing | GoalState::Done | GoalState::Dead | GoalState::Cancelled => {
                Ok(())
            }
        }
    }

    /// Begins a round: all its steps are queued. Rounds long past are forgotten.
    pub fn begin_goal_round(
        &mut self,
        goal: GoalId,
        plan: &Plan,
        sync: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE goals SET round = round + 1, sync = ?2, worked_ms = 0 WHERE id = ?1",
            params![goal.as_bytes(), sync],
        )?;
        for (position, step) in (0_i64..).zip(&plan.steps) {
            self.run(
                "INSERT INTO goal_steps (goal, round, position, name, work, state)
                 SELECT id, round, ?2, ?3, ?4, 'queued' FROM goals WHERE id = ?1",
                params![
                    goal.as_bytes(),
                    position,
                    step.id,
                    json("work", &step.work)?
                ],
            )?;
        }
        self.run(
            "DELETE FROM goal_steps WHERE goal = ?1
             AND round <= (SELECT round FROM goals WHERE id = ?1) - ?2",
            params![goal.as_bytes(), KEPT_ROUNDS],
        )?;
        Ok(())
    }

    /// Changes how a goal stands.
    pub fn set_goal(
        &mut self,
        goal: GoalId,
        state: GoalState,
        note: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE goals SET state = ?2, note = ?3, changed_at = ?4 WHERE id = ?1",
            params![goal.as_bytes(), state.name(), note, micros(at)],
        )?;
        Ok(())
    }

    /// Gives a goal another plan, whose steps begin anew.
    pub fn replan_goal(&mut self, goal: GoalId, plan: &Plan, sync: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE goals SET plan = ?2 WHERE id = ?1",
            params![goal.as_bytes(), json("plan", plan)?],
        )?;
        self.begin_goal_round(goal, plan, sync)
    }

    /// Notes that a step begins.
    pub fn begin_goal_step(
        &mut self,
        goal: GoalId,
        round: u32,
        position: u32,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE goal_steps SET state = 'running', next_at = NULL
             WHERE goal = ?1 AND round = ?2 AND position = ?3",
            params![goal.as_bytes(), round, position],
        )?;
        Ok(())
    }

    /// Notes how far a step is that goes through several things.
    pub fn note_goal_step(
        &mut self,
        goal: GoalId,
        round: u32,
        position: u32,
        result: &Value,
        note: &str,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE goal_steps SET result = ?4, note = ?5
             WHERE goal = ?1 AND round = ?2 AND position = ?3",
            params![goal.as_bytes(), round, position, result.to_string(), note],
        )?;
        Ok(())
    }

    /// Notes how a step ended.
    pub fn end_goal_step(
        &mut self,
        goal: GoalId,
        round: u32,
        position: u32,
        end: &StepEnd,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE goal_steps SET state = ?4, next_at = ?5, result = ?6, note = ?7,
                 tries = tries + (?4 IN ('queued', 'failed', 'dead'))
             WHERE goal = ?1 AND round = ?2 AND position = ?3",
            params![
                goal.as_bytes(),
                round,
                position,
                end.state.name(),
                end.next_at.map(micros),
                end.result.to_string(),
                end.note
            ],
        )?;
        self.run(
            "UPDATE goals SET worked_ms = worked_ms + ?2 WHERE id = ?1",
            params![goal.as_bytes(), integer(end.took_ms)],
        )?;
        Ok(())
    }

    /// Queues again what was given up or waits for a later try. Gives how many steps.
    pub fn retry_goal_steps(&mut self, goal: GoalId) -> Result<usize, StoreError> {
        self.run(
            "UPDATE goals SET worked_ms = 0 WHERE id = ?1",
            [goal.as_bytes()],
        )?;
        self.run(
            "UPDATE goal_steps SET state = 'queued', tries = 0, next_at = NULL
             WHERE goal = ?1 AND round = (SELECT round FROM goals WHERE id = ?1)
               AND (state IN ('dead', 'failed') OR (state = 'queued' AND next_at IS NOT NULL))",
            [goal.as_bytes()],
        )
    }
}
