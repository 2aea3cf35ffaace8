//! Reading jobs out of rows.

use agent_core::{
    ids::{JobId, SourceId},
    job::{Job, Pay, Place, Sightings, Workplace},
    matching::Standing,
};
use jiff::civil::Date;
use rusqlite::Row;
use serde::Deserialize;

use crate::{
    AlsoAt, Reader, StoreError,
    matches::outcome_of_name,
    narrow::watched,
    value::{json_column, time, time_or_none},
};

/// A job's row id inside the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct JobNumber(pub(crate) i64);

/// What a list shows of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobRow {
    /// Its id.
    pub id: JobId,
    /// How many digits of the id tell it from all others; at least 4.
    pub short_len: usize,
    /// The board it came from.
    pub source: SourceId,
    /// Title.
    pub title: String,
    /// Employer.
    pub company: String,
    /// Address of the posting.
    pub url: String,
    /// Places stated.
    pub places: Vec<Place>,
    /// Where the work is done.
    pub workplace: Workplace,
    /// Pay, if stated.
    pub pay: Option<Pay>,
    /// Day of publication, if stated.
    pub posted_on: Option<Date>,
    /// When it was seen.
    pub sightings: Sightings,
    /// Its verdict in short; `None` before the first ranking.
    pub standing: Option<Standing>,
    /// The other postings of the opening.
    pub also_at: Vec<AlsoAt>,
    /// Whether the person watches the employer.
    pub watched: bool,
}

/// The facts of a list row, out of the job's JSON.
#[derive(Deserialize)]
struct ListFacts {
    places: Vec<Place>,
    workplace: Workplace,
    pay: Option<Pay>,
    posted_on: Option<Date>,
}

/// Columns that [`job`] reads, of the table `jobs`.
pub(crate) const JOB_COLUMNS: &str = "jobs.facts, jobs.description";

/// Columns that [`job_row`] reads, of [`ROW_TABLES`].
pub(crate) const ROW_COLUMNS: &str = "jobs.id, jobs.source, jobs.title, jobs.company, jobs.url,
    jobs.facts, jobs.first_seen, jobs.last_seen, jobs.closed_at, jobs.reposts,
    matches.outcome, matches.score, matches.reason";

pub(crate) const ROW_TABLES: &str = "jobs LEFT JOIN matches ON matches.job = jobs.number";

/// The whole job.
pub(crate) fn job(row: &Row<'_>) -> Result<Job, StoreError> {
    let mut job: Job = json_column(row, "facts")?;
    job.description = row.get("description")?;
    Ok(job)
}

/// A list row. `reader` finds the length of the short id.
pub(crate) fn job_row(reader: &Reader, row: &Row<'_>) -> Result<JobRow, StoreError> {
    let facts: ListFacts = json_column(row, "facts")?;
    let id = JobId::from_bytes(row.get("id")?);
    let company: String = row.get("company")?;
    Ok(JobRow {
        watched: reader.is_watched(&company)?,
        id,
        short_len: reader.short_prefix_len(id)?,
        source: SourceId::from_bytes(row.get("source")?),
        title: row.get("title")?,
        company,
        url: row.get("url")?,
        places: facts.places,
        workplace: facts.workplace,
        pay: facts.pay,
        posted_on: facts.posted_on,
        sightings: sightings(row)?,
        standing: standing(row)?,
        also_at: reader.also_at(id)?,
    })
}

pub(crate) fn sightings(row: &Row<'_>) -> Result<Sightings, StoreError> {
    Ok(Sightings {
        first_seen: time(row, "first_seen")?,
        last_seen: time(row, "last_seen")?,
        closed_at: time_or_none(row, "closed_at")?,
        reposts: row.get("reposts")?,
    })
}

fn standing(row: &Row<'_>) -> Result<Option<Standing>, StoreError> {
    let Some(outcome) = row.get::<_, Option<String>>("outcome")? else {
        return Ok(None);
    };
    Ok(Some(Standing {
        outcome: outcome_of_name(&outcome)?,
        score: row.get("score")?,
        reason: row.get("reason")?,
    }))
}

impl Reader {
    fn is_watched(&self, company: &str) -> Result<bool, StoreError> {
        self.number(&format!("SELECT {}", watched("?1")), [company])
    }

    /// How many digits of `id` tell it from every other job; at least 4.
    pub fn short_prefix_len(&self, id: JobId) -> Result<usize, StoreError> {
        let neighbours = [
            "SELECT id FROM jobs WHERE id < ?1 ORDER BY id DESC LIMIT 1",
            "SELECT id FROM jobs WHERE id > ?1 ORDER BY id LIMIT 1",
        ];
        self.telling_digits(id.as_bytes(), neighbours)
    }

    /// Row id of a job.
    pub(crate) fn job_number(&self, id: JobId) -> Result<Option<JobNumber>, StoreError> {
        let found = self.value("SELECT number FROM jobs WHERE id = ?1", [id.as_bytes()])?;
        Ok(found.map(JobNumber))
    }

    /// Row id of a job that must exist.
    pub(crate) fn known_job(&self, id: JobId) -> Result<JobNumber, StoreError> {
        self.job_number(id)?.ok_or_else(|| StoreError::Missing {
            what: "job",
            id: id.to_string(),
        })
    }
}
