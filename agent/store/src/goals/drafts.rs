//! What a goal prepared, and how much of a day's allowance is used.

use agent_core::ids::{GoalId, JobId};
use jiff::civil::Date;
use rusqlite::params;

use crate::{Reader, StoreError, WriteTx};

/// A try to prepare an opening for a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftTry {
    /// The opening.
    pub job: JobId,
    /// How often it was tried.
    pub tries: u32,
    /// Whether it counts: it was prepared, or is being prepared.
    pub counts: bool,
}

impl WriteTx<'_> {
    /// Uses up one of the day's allowance for an opening. One that is noted
    /// already keeps its day, unless it could not be prepared.
    pub fn reserve_draft(&mut self, goal: GoalId, job: JobId, day: Date) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO goal_drafts (goal, job, day) VALUES (?1, ?2, ?3)
             ON CONFLICT (goal, job) DO UPDATE
             SET tries = tries + 1, day = excluded.day, counts = 1 WHERE counts = 0",
            params![goal.as_bytes(), job.as_bytes(), day.to_string()],
        )?;
        Ok(())
    }

    /// Gives the allowance of an opening back that could not be prepared.
    pub fn release_draft(&mut self, goal: GoalId, job: JobId, why: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE goal_drafts SET counts = 0, note = ?3 WHERE goal = ?1 AND job = ?2",
            params![goal.as_bytes(), job.as_bytes(), why],
        )?;
        Ok(())
    }
}

impl Reader {
    /// How many applications count for `day`. Those of later days count too: they
    /// were made before the clock was set back.
    pub fn drafts_on(&self, goal: GoalId, day: Date) -> Result<u32, StoreError> {
        self.number(
            "SELECT count(*) FROM goal_drafts WHERE goal = ?1 AND counts = 1 AND day >= ?2",
            params![goal.as_bytes(), day.to_string()],
        )
    }

    /// What a goal tried to prepare.
    pub fn draft_tries(&self, goal: GoalId) -> Result<Vec<DraftTry>, StoreError> {
        self.all(
            "SELECT job, tries, counts FROM goal_drafts WHERE goal = ?1 ORDER BY job",
            [goal.as_bytes()],
            |row| {
                Ok(DraftTry {
                    job: JobId::from_bytes(row.get("job")?),
                    tries: row.get("tries")?,
                    counts: row.get("counts")?,
                })
            },
        )
    }
}
