//! Likes and hides: every word of the person is kept, the last one holds.

use agent_core::{ids::JobId, text};
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::json;

use super::HIDDEN_JOBS;
use crate::{
    JobRow, NewEvent, Reader, StoreError, WriteTx,
    events::kind,
    jobs::{JobNumber, ROW_COLUMNS, ROW_TABLES, job_row},
    value::{micros, time, unreadable},
};

/// Longest reason that is kept, in characters.
const MAX_REASON: usize = 300;

/// What the person says of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// They like it.
    Like,
    /// They do not want to see it.
    Hide,
    /// What they said before holds no longer.
    Undo,
}

impl Said {
    const fn name(self) -> &'static str {
        match self {
            Self::Like => "like",
            Self::Hide => "hide",
            Self::Undo => "undo",
        }
    }
}

/// What holds of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Liked.
    Like,
    /// Hidden.
    Hide,
}

impl Mark {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Like => "like",
            Self::Hide => "hide",
        }
    }

    pub(super) fn of_name(name: &str) -> Result<Self, StoreError> {
        match name {
            "like" => Ok(Self::Like),
            "hide" => Ok(Self::Hide),
            other => Err(unreadable("mark", &other)),
        }
    }
}

/// A mark with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobMark {
    /// Liked or hidden.
    pub mark: Mark,
    /// When.
    pub at: Timestamp,
    /// Why, in the person's words; may be empty.
    pub reason: String,
}

/// A job that is liked or hidden.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackEntry {
    /// The job.
    pub row: JobRow,
    /// What holds of it.
    pub mark: JobMark,
}

impl WriteTx<'_> {
    /// Takes in what the person says of a job, with an event. Says whether
    /// anything changed: a like of what is liked, for the same reason, does not.
    pub fn say_of_job(
        &mut self,
        id: JobId,
        said: Said,
        reason: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let job = self.known_job(id)?;
        let reason = text::quote(reason, MAX_REASON);
        let held = self.mark_of(id)?;
        let same = match (&held, said) {
            (None, Said::Undo) => true,
            (Some(held), Said::Like) => held.mark == Mark::Like && held.reason == reason,
            (Some(held), Said::Hide) => held.mark == Mark::Hide && held.reason == reason,
            (None, Said::Like | Said::Hide) | (Some(_), Said::Undo) => false,
        };
        if same {
            return Ok(false);
        }
        self.run(
            "INSERT INTO feedback (at, job, said, reason) VALUES (?1, ?2, ?3, ?4)",
            params![micros(at), job.0, said.name(), reason],
        )?;
        match said {
            Said::Undo => {
                self.run("DELETE FROM job_marks WHERE job = ?1", [job.0])?;
            }
            Said::Like | Said::Hide => {
                self.run(
                    "INSERT INTO job_marks (job, mark, at, reason) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (job) DO UPDATE SET
                         mark = excluded.mark, at = excluded.at, reason = excluded.reason",
                    params![job.0, said.name(), micros(at), reason],
                )?;
            }
        }
        self.forget_counts()?;
        let text: String = self.number(
            "SELECT title || ' · ' || company FROM jobs WHERE number = ?1",
            [job.0],
        )?;
        let was = held.map(|held| held.mark);
        let event = match (said, was) {
            (Said::Like, _) => kind::FEEDBACK_LIKED,
            (Said::Hide, _) => kind::FEEDBACK_HIDDEN,
            (Said::Undo, Some(Mark::Hide)) => kind::FEEDBACK_UNHIDDEN,
            (Said::Undo, Some(Mark::Like) | None) => kind::FEEDBACK_UNLIKED,
        };
        self.append_event(&NewEvent {
            at,
            kind: event.to_owned(),
            subject: id.to_string(),
            text,
            detail: json!({ "reason": reason }),
        })?;
        Ok(true)
    }
}

impl Reader {
    /// What holds of a job; `None` when it is neither liked nor hidden.
    pub fn mark_of(&self, id: JobId) -> Result<Option<JobMark>, StoreError> {
        self.first(
            "SELECT mark, at, reason FROM job_marks JOIN jobs ON jobs.number = job
             WHERE jobs.id = ?1",
            [id.as_bytes()],
            mark,
        )
    }

    /// The jobs that are liked or hidden, the latest first.
    pub fn feedback(&self, limit: u32) -> Result<Vec<FeedbackEntry>, StoreError> {
        let sql = format!(
            "SELECT {ROW_COLUMNS}, job_marks.mark, job_marks.at, job_marks.reason AS said_why
             FROM {ROW_TABLES} JOIN job_marks ON job_marks.job = jobs.number
             ORDER BY job_marks.at DESC, jobs.number LIMIT ?1"
        );
        self.all(&sql, [limit], |row| entry(self, row))
    }

    pub(super) fn feedback_of(&self, job: JobNumber) -> Result<Option<FeedbackEntry>, StoreError> {
        let sql = format!(
            "SELECT {ROW_COLUMNS}, job_marks.mark, job_marks.at, job_marks.reason AS said_why
             FROM {ROW_TABLES} JOIN job_marks ON job_marks.job = jobs.number
             WHERE jobs.number = ?1"
        );
        self.first(&sql, [job.0], |row| entry(self, row))
    }

    /// How many open jobs are hidden, by the person or by a rule.
    pub fn hidden_count(&self) -> Result<u32, StoreError> {
        self.number(
            &format!(
                "SELECT count(*) FROM jobs WHERE closed_at IS NULL AND number IN ({HIDDEN_JOBS})"
            ),
            [],
        )
    }

    /// How many jobs are liked or hidden.
    pub fn feedback_count(&self) -> Result<u32, StoreError> {
        self.number("SELECT count(*) FROM job_marks", [])
    }
}

fn entry(reader: &Reader, row: &Row<'_>) -> Result<FeedbackEntry, StoreError> {
    let name: String = row.get("mark")?;
    Ok(FeedbackEntry {
        row: job_row(reader, row)?,
        mark: JobMark {
            mark: Mark::of_name(&name)?,
            at: time(row, "at")?,
            reason: row.get("said_why")?,
        },
    })
}

fn mark(row: &Row<'_>) -> Result<JobMark, StoreError> {
    let name: String = row.get("mark")?;
    Ok(JobMark {
        mark: Mark::of_name(&name)?,
        at: time(row, "at")?,
        reason: row.get("reason")?,
    })
}
