//! Single jobs, and counts over all.

use agent_core::{
    ids::{ContentHash, JobId},
    job::{Job, Posting, Sightings},
};
use jiff::Timestamp;
use rusqlite::params;

use super::{JOB_COLUMNS, JobRow, ROW_COLUMNS, ROW_TABLES, job, job_row, row::sightings};
use crate::{
    Found, Reader, StoreError,
    matches::UNRANKED,
    prefix::{MANY, bounds},
    value::{from_json, time},
};

/// Everything kept of a job but its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredJob {
    /// As understood.
    pub job: Job,
    /// When it was seen.
    pub sightings: Sightings,
    /// When its present description was first seen.
    pub content_since: Timestamp,
    /// Where it was fetched from last, if that is known.
    pub fetched_from: Option<String>,
    /// How many descriptions it has had, the present one included.
    pub versions: u32,
    /// Raised by each change of a fact.
    pub revision: i64,
}

/// An earlier description of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobVersion {
    /// Hash of the description.
    pub content_hash: ContentHash,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When another was seen.
    pub superseded_at: Timestamp,
    /// The title it had.
    pub title: String,
    /// The description.
    pub description: String,
}

/// How many jobs there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// On their boards.
    pub open: u32,
    /// No longer on their boards.
    pub closed: u32,
    /// Open ones with a verdict.
    pub ranked: u32,
}

/// A job's place among the open, ranked jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankPosition {
    /// From 1.
    pub rank: u32,
    /// How many there are.
    pub of: u32,
}

impl Reader {
    /// One job.
    pub fn job(&self, id: JobId) -> Result<Option<StoredJob>, StoreError> {
        let sql = format!(
            "SELECT {JOB_COLUMNS}, first_seen, last_seen, closed_at, reposts, content_since,
                    fetched_from, revision,
                    1 + (SELECT count(*) FROM job_versions WHERE job = jobs.number) AS versions
             FROM jobs WHERE id = ?1"
        );
        self.first(&sql, [id.as_bytes()], |row| {
            Ok(StoredJob {
                job: job(row)?,
                sightings: sightings(row)?,
                content_since: time(row, "content_since")?,
                fetched_from: row.get("fetched_from")?,
                versions: row.get("versions")?,
                revision: row.get("revision")?,
            })
        })
    }

    /// One job as a list shows it.
    pub fn job_row(&self, id: JobId) -> Result<Option<JobRow>, StoreError> {
        let sql = format!("SELECT {ROW_COLUMNS} FROM {ROW_TABLES} WHERE jobs.id = ?1");
        self.first(&sql, [id.as_bytes()], |row| job_row(self, row))
    }

    /// The jobs whose id starts with `prefix`.
    pub fn job_by_prefix(&self, prefix: &str) -> Result<Found<JobId>, StoreError> {
        let Some((low, high)) = bounds(prefix) else {
            return Ok(Found::None);
        };
        let ids = self.all(
            "SELECT id FROM jobs WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
            params![low, high, MANY],
            |row| Ok(JobId::from_bytes(row.get(0)?)),
        )?;
        Ok(Found::of(ids))
    }

    /// The posting as the portal stated it last.
    pub fn posting(&self, id: JobId) -> Result<Option<Posting>, StoreError> {
        let text: Option<String> = self.value(
            "SELECT posting FROM job_postings JOIN jobs ON jobs.number = job WHERE jobs.id = ?1",
            [id.as_bytes()],
        )?;
        text.map(|text| from_json("posting", &text)).transpose()
    }

    /// Earlier descriptions of a job, oldest first; the present one is in [`Reader::job`].
    pub fn job_versions(&self, id: JobId) -> Result<Vec<JobVersion>, StoreError> {
        self.all(
            "SELECT v.content_hash, v.first_seen, v.superseded_at, v.title, v.description
             FROM job_versions v JOIN jobs ON jobs.number = v.job
             WHERE jobs.id = ?1 ORDER BY v.number",
            [id.as_bytes()],
            |row| {
                Ok(JobVersion {
                    content_hash: ContentHash::from_bytes(row.get("content_hash")?),
                    first_seen: time(row, "first_seen")?,
                    superseded_at: time(row, "superseded_at")?,
                    title: row.get("title")?,
                    description: row.get("description")?,
                })
            },
        )
    }

    /// Counts over all jobs.
    pub fn job_counts(&self) -> Result<JobCounts, StoreError> {
        // Each is answered from an index, without reading the jobs.
        let counts = self.first(
            "SELECT (SELECT count(*) FROM rank_order WHERE closed = 0) AS open,
                    (SELECT count(*) FROM rank_order) AS every,
                    (SELECT count(*) FROM rank_order WHERE closed = 0 AND class <> ?1) AS ranked",
            [UNRANKED],
            |row| {
                let open = row.get("open")?;
                Ok(JobCounts {
                    open,
                    closed: row.get::<_, u32>("every")?.saturating_sub(open),
                    ranked: row.get("ranked")?,
                })
            },
        )?;
        Ok(counts.unwrap_or_default())
    }

    /// The place of an open job among all open and ranked ones; `None` when it
    /// is closed or not ranked.
    pub fn rank_position(&self, id: JobId) -> Result<Option<RankPosition>, StoreError> {
        self.first(
            "SELECT 1 + (SELECT count(*) FROM rank_order better
                         WHERE better.closed = 0 AND better.class <> ?2
                           AND (better.class, better.loss, better.id)
                               < (place.class, place.loss, place.id)) AS rank,
                    (SELECT count(*) FROM rank_order WHERE closed = 0 AND class <> ?2) AS of
             FROM jobs JOIN matches place ON place.job = jobs.number
             WHERE jobs.id = ?1 AND NOT place.closed AND place.class <> ?2",
            params![id.as_bytes(), UNRANKED],
            |row| {
                Ok(RankPosition {
                    rank: row.get("rank")?,
                    of: row.get("of")?,
                })
            },
        )
    }
}
