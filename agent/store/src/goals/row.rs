//! Reading goals out of rows.

use agent_core::{
    ids::GoalId,
    plan::{Plan, Work},
};
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Found, Reader, StoreError,
    prefix::{MANY, bounds},
    value::{count, json_column, time, time_or_none, unreadable},
};

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalState {
    /// Its steps are being done.
    Working,
    /// It waits for an answer of the person.
    Waiting,
    /// It waits for the next sync.
    Standing,
    /// All its steps are done.
    Done,
    /// A step was given up.
    Dead,
    /// The person ended it.
    Cancelled,
}

impl GoalState {
    const ALL: [Self; 6] = [
        Self::Working,
        Self::Waiting,
        Self::Standing,
        Self::Done,
        Self::Dead,
        Self::Cancelled,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Waiting => "waiting",
            Self::Standing => "standing",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    fn of_name(name: &str) -> Result<Self, StoreError> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| unreadable("state of a goal", &name))
    }
}

/// How a step of a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalStepState {
    /// Not begun, or to be tried again.
    Queued,
    /// Begun; after a restart, to be done again.
    Running,
    /// Done.
    Done,
    /// Given up; the goal went on without it.
    Failed,
    /// Given up, and the goal with it.
    Dead,
    /// Not needed.
    Skipped,
}

impl GoalStepState {
    const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Dead,
        Self::Skipped,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Dead => "dead",
            Self::Skipped => "skipped",
        }
    }

    fn of_name(name: &str) -> Result<Self, StoreError> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| unreadable("state of a goal's step", &name))
    }
}

/// A goal as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// How many digits of the id tell it from all others; at least 4.
    pub short_len: usize,
    /// What the person said.
    pub sentence: String,
    /// The plan.
    pub plan: Plan,
    /// The model that made the plan; empty of rules.
    pub planner: String,
    /// Why rules made it; empty of a model.
    pub why: String,
    /// How it stands.
    pub state: GoalState,
    /// One line about that.
    pub note: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// Milliseconds of work of the present round.
    pub worked_ms: u64,
    /// The present round; only a standing goal has more than one.
    pub round: u32,
    /// The last sync that a round followed.
    pub sync: i64,
}

impl Goal {
    /// The digits of the id that tell it from all others.
    pub fn short_id(&self) -> String {
        self.id.to_string().chars().take(self.short_len).collect()
    }
}

/// A step of a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalStep {
    /// Its place in the plan, from 0.
    pub position: u32,
    /// Its name in the plan.
    pub name: String,
    /// What it does.
    pub work: Work,
    /// How it stands.
    pub state: GoalStepState,
    /// How often it failed; a kill is no failure.
    pub tries: u32,
    /// Not before this time.
    pub next_at: Option<Timestamp>,
    /// What came of it, also while it is under way; `null` before.
    pub result: Value,
    /// The same in one line, or why it failed.
    pub note: String,
}

const SELECT: &str = "SELECT id, sentence, plan, planner, why, state, note, made_at, changed_at,
    worked_ms, round, sync FROM goals";

impl Reader {
    /// A goal.
    pub fn goal(&self, id: GoalId) -> Result<Option<Goal>, StoreError> {
        let sql = format!("{SELECT} WHERE id = ?1");
        self.first(&sql, [id.as_bytes()], |row| self.goal_row(row))
    }

    /// The goals, made last first.
    pub fn goals(&self, limit: u32) -> Result<Vec<Goal>, StoreError> {
        let sql = format!("{SELECT} ORDER BY made_at DESC, id DESC LIMIT ?1");
        self.all(&sql, [limit], |row| self.goal_row(row))
    }

    /// The goals in one of these states, made first first.
    pub fn goals_in(&self, states: &[GoalState]) -> Result<Vec<Goal>, StoreError> {
        let names: Vec<&str> = states.iter().map(|state| state.name()).collect();
        let sql = format!(
            "{SELECT} WHERE state IN (SELECT value FROM json_each(?1)) ORDER BY made_at, id"
        );
        let names = crate::value::json("states", &names)?;
        self.all(&sql, [names], |row| self.goal_row(row))
    }

    /// The goal whose id begins so.
    pub fn goal_by_prefix(&self, prefix: &str) -> Result<Found<GoalId>, StoreError> {
        let Some((low, high)) = bounds(prefix) else {
            return Ok(Found::None);
        };
        let ids = self.all(
            "SELECT id FROM goals WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
            params![low, high, MANY],
            |row| Ok(GoalId::from_bytes(row.get(0)?)),
        )?;
        Ok(Found::of(ids))
    }

    /// The steps of a round of a goal, in their order.
    pub fn goal_steps(&self, goal: GoalId, round: u32) -> Result<Vec<GoalStep>, StoreError> {
        self.all(
            "SELECT * FROM goal_steps WHERE goal = ?1 AND round = ?2 ORDER BY position",
            params![goal.as_bytes(), round],
            step,
        )
    }

    fn goal_row(&self, row: &Row<'_>) -> Result<Goal, StoreError> {
        let id = GoalId::from_bytes(row.get("id")?);
        let neighbours = [
            "SELECT id FROM goals WHERE id < ?1 ORDER BY id DESC LIMIT 1",
            "SELECT id FROM goals WHERE id > ?1 ORDER BY id LIMIT 1",
        ];
        let state: String = row.get("state")?;
        Ok(Goal {
            short_len: self.telling_digits(id.as_bytes(), neighbours)?,
            id,
            sentence: row.get("sentence")?,
            plan: json_column(row, "plan")?,
            planner: row.get("planner")?,
            why: row.get("why")?,
            state: GoalState::of_name(&state)?,
            note: row.get("note")?,
            made_at: time(row, "made_at")?,
            changed_at: time(row, "changed_at")?,
            worked_ms: count(row.get("worked_ms")?),
            round: row.get("round")?,
            sync: row.get("sync")?,
        })
    }
}

fn step(row: &Row<'_>) -> Result<GoalStep, StoreError> {
    let state: String = row.get("state")?;
    Ok(GoalStep {
        position: row.get("position")?,
        name: row.get("name")?,
        work: json_column(row, "work")?,
        state: GoalStepState::of_name(&state)?,
        tries: row.get("tries")?,
        next_at: time_or_none(row, "next_at")?,
        result: json_column(row, "result")?,
        note: row.get("note")?,
    })
}
