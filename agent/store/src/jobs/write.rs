//! The rows of a posting: what is known of it, and the statements that write it.

use agent_core::{
    ids::{ContentHash, JobId},
    job::Job,
};
use rusqlite::{Row, params};
use serde_json::Value;

use super::{JobNumber, JobPage, SeenJob};
use crate::{
    Reader, RunId, StoreError, WriteTx,
    value::{from_json, json as to_json, micros},
};

/// A job as it stands before the page.
pub(super) struct Known {
    pub(super) number: JobNumber,
    pub(super) content_hash: ContentHash,
    pub(super) stated_hash: ContentHash,
    pub(super) facts: String,
    pub(super) closed: bool,
    pub(super) seen_in_run: RunId,
}

/// A job ready to be written.
pub(super) struct Reading<'a> {
    pub(super) job: &'a Job,
    pub(super) facts: String,
    posting: String,
    pub(super) stated_hash: ContentHash,
}

impl WriteTx<'_> {
    pub(super) fn insert_job(
        &mut self,
        page: &JobPage<'_>,
        reading: &Reading<'_>,
    ) -> Result<(), StoreError> {
        let job = reading.job;
        self.run(
            "INSERT INTO jobs (id, source, external_id, first_seen, last_seen, last_seen_run,
                 content_hash, content_since, stated_hash, fetched_from, url, title, company,
                 facts, description)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?4, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                job.id.as_bytes(),
                page.source.as_bytes(),
                job.external_id,
                micros(page.at),
                page.run.0,
                job.content_hash.as_bytes(),
                reading.stated_hash.as_bytes(),
                page.fetched_from,
                job.url,
                job.title,
                job.company,
                reading.facts,
                job.description
            ],
        )?;
        let number = self.connection.last_insert_rowid();
        self.run(
            "INSERT INTO job_postings (job, posting) VALUES (?1, ?2)",
            params![number, reading.posting],
        )?;
        Ok(())
    }

    pub(super) fn mark_seen(
        &mut self,
        page: &JobPage<'_>,
        known: &Known,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE jobs SET last_seen = max(last_seen, ?2), last_seen_run = ?3,
                 fetched_from = coalesce(?4, fetched_from),
                 reposts = reposts + (closed_at IS NOT NULL), closed_at = NULL
             WHERE number = ?1",
            params![
                known.number.0,
                micros(page.at),
                page.run.0,
                page.fetched_from
            ],
        )?;
        Ok(())
    }

    pub(super) fn restate_posting(
        &mut self,
        known: &Known,
        reading: &Reading<'_>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE job_postings SET posting = ?2 WHERE job = ?1",
            params![known.number.0, reading.posting],
        )?;
        self.run(
            "UPDATE jobs SET stated_hash = ?2 WHERE number = ?1",
            params![known.number.0, reading.stated_hash.as_bytes()],
        )?;
        Ok(())
    }

    pub(super) fn keep_version(
        &mut self,
        page: &JobPage<'_>,
        known: &Known,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO job_versions
                 (job, number, content_hash, first_seen, superseded_at, title, description)
             SELECT number,
                    1 + (SELECT count(*) FROM job_versions WHERE job = jobs.number),
                    content_hash, content_since, ?2, title, description
             FROM jobs WHERE number = ?1",
            params![known.number.0, micros(page.at)],
        )?;
        Ok(())
    }

    pub(super) fn rewrite_job(
        &mut self,
        page: &JobPage<'_>,
        known: &Known,
        reading: &Reading<'_>,
    ) -> Result<(), StoreError> {
        let job = reading.job;
        self.run(
            "UPDATE jobs SET revision = revision + 1,
                 content_since = CASE WHEN content_hash = ?2 THEN content_since ELSE ?3 END,
                 content_hash = ?2, url = ?4, title = ?5, company = ?6, facts = ?7,
                 description = ?8
             WHERE number = ?1",
            params![
                known.number.0,
                job.content_hash.as_bytes(),
                micros(page.at),
                job.url,
                job.title,
                job.company,
                reading.facts,
                job.description
            ],
        )?;
        Ok(())
    }
}

impl Reader {
    pub(super) fn known(&self, id: JobId) -> Result<Option<Known>, StoreError> {
        self.first(
            "SELECT number, content_hash, stated_hash, facts, closed_at IS NOT NULL AS closed,
                    last_seen_run
             FROM jobs WHERE id = ?1",
            [id.as_bytes()],
            |row: &Row<'_>| {
                Ok(Known {
                    number: JobNumber(row.get("number")?),
                    content_hash: ContentHash::from_bytes(row.get("content_hash")?),
                    stated_hash: ContentHash::from_bytes(row.get("stated_hash")?),
                    facts: row.get("facts")?,
                    closed: row.get("closed")?,
                    seen_in_run: RunId(row.get("last_seen_run")?),
                })
            },
        )
    }
}

impl<'a> Reading<'a> {
    pub(super) fn of(seen: &'a SeenJob) -> Result<Self, StoreError> {
        let posting = to_json("posting", &seen.posting)?;
        // The description has a column of its own, for the full text.
        let facts = Job {
            description: String::new(),
            ..seen.job.clone()
        };
        Ok(Self {
            job: &seen.job,
            facts: to_json("job", &facts)?,
            stated_hash: ContentHash::of(&posting),
            posting,
        })
    }
}

/// Names of the facts that differ. A fact that one text lacks and the other
/// holds as null or empty does not: another build may know more of them.
pub(super) fn differing_facts(old: &str, new: &str) -> Result<Vec<String>, StoreError> {
    if old == new {
        return Ok(Vec::new());
    }
    type Facts = serde_json::Map<String, Value>;
    let old: Facts = from_json("job", old)?;
    let new: Facts = from_json("job", new)?;
    let says = |facts: &Facts, name: &String| {
        facts
            .get(name)
            .filter(|value| {
                !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
            })
            .cloned()
    };
    let mut names: Vec<String> = new
        .keys()
        .chain(old.keys().filter(|name| !new.contains_key(*name)))
        .filter(|name| says(&old, name) != says(&new, name))
        .cloned()
        .collect();
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_facts_that_say_something_else_differ() {
        let check = |old: &str, new: &str, expected: &[&str]| {
            assert_eq!(differing_facts(old, new).unwrap(), expected, "{old} {new}");
        };
        check(r#"{"a":1}"#, r#"{"a":1}"#, &[]);
        check(r#"{"a":1}"#, r#"{"a":2,"b":[]}"#, &["a"]);
        check(r#"{"a":1,"gone":null}"#, r#"{"a":1,"b":null}"#, &[]);
        check(r#"{"pay":{"min":1}}"#, r#"{"pay":null}"#, &["pay"]);
        check(r#"{}"#, r#"{"z":[1],"b":"x"}"#, &["b", "z"]);
    }
}
