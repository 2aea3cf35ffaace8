//! Skills the person is learning.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Reader, StoreError, WriteTx,
    value::{micros, time, time_or_none, unreadable},
};

/// How far the learning of a skill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LearningState {
    /// Under way.
    Learning,
    /// The person says they have it.
    Done,
    /// Given up.
    Dropped,
}

impl LearningState {
    const ALL: [Self; 3] = [Self::Learning, Self::Done, Self::Dropped];

    /// Its name, as it is stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learning => "learning",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// A skill that is or was learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    /// Label.
    pub skill: String,
    /// How far it is.
    pub state: LearningState,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was done or dropped.
    pub ended_at: Option<Timestamp>,
}

impl Reader {
    /// What is and was learned: what is under way first, then by time, the newest first.
    pub fn learning(&self) -> Result<Vec<Learning>, StoreError> {
        self.all(
            "SELECT * FROM learning
             ORDER BY state <> 'learning', coalesce(ended_at, started_at) DESC, skill",
            [],
            learning,
        )
    }

    /// One skill.
    pub fn learning_of(&self, skill: &str) -> Result<Option<Learning>, StoreError> {
        self.first("SELECT * FROM learning WHERE skill = ?1", [skill], learning)
    }
}

impl WriteTx<'_> {
    /// Begins to learn a skill; `false` when it is under way already. One that was done
    /// or dropped is begun again.
    pub fn start_learning(&mut self, skill: &str, at: Timestamp) -> Result<bool, StoreError> {
        let begun = self.run(
            "INSERT INTO learning (skill, state, started_at) VALUES (?1, 'learning', ?2)
             ON CONFLICT (skill) DO UPDATE SET state = 'learning', started_at = ?2, ended_at = NULL
             WHERE state <> 'learning'",
            params![skill, micros(at)],
        )?;
        Ok(begun > 0)
    }

    /// Ends the learning of a skill as `state`. One that was never begun is noted as done
    /// at once; `false` when there is nothing to drop.
    pub fn end_learning(
        &mut self,
        skill: &str,
        state: LearningState,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = match state {
            LearningState::Learning => self.start_learning(skill, at).map(usize::from)?,
            LearningState::Done => self.run(
                "INSERT INTO learning (skill, state, started_at, ended_at)
                 VALUES (?1, 'done', ?2, ?2)
                 ON CONFLICT (skill) DO UPDATE SET state = 'done', ended_at = ?2",
                params![skill, micros(at)],
            )?,
            LearningState::Dropped => self.run(
                "UPDATE learning SET state = 'dropped', ended_at = ?2
                 WHERE skill = ?1 AND state = 'learning'",
                params![skill, micros(at)],
            )?,
        };
        Ok(changed > 0)
    }
}

fn learning(row: &Row<'_>) -> Result<Learning, StoreError> {
    let name: String = row.get("state")?;
    let state = LearningState::ALL
        .into_iter()
        .find(|state| state.name() == name)
        .ok_or_else(|| unreadable("state", &name))?;
    Ok(Learning {
        skill: row.get("skill")?,
        state,
        started_at: time(row, "started_at")?,
        ended_at: time_or_none(row, "ended_at")?,
    })
}
