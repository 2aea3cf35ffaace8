//! Taking a page of postings in: jobs, versions, full text and events in the
//! caller's one transaction.

use std::collections::HashSet;

use agent_core::{
    ids::{ContentHash, JobId, SourceId},
    job::{Job, Posting},
};
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::{Value, json};

use super::JobNumber;
use crate::{
    NewEvent, Reader, RunId, StoreError, WriteTx,
    events::kind,
    value::{from_json, json as to_json, micros},
};

/// A job with the posting it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenJob {
    /// As understood.
    pub job: Job,
    /// As stated.
    pub posting: Posting,
}

/// A page of a board.
#[derive(Debug, Clone, Copy)]
pub struct JobPage<'a> {
    /// The run that reads it.
    pub run: RunId,
    /// The board.
    pub source: SourceId,
    /// When it was read.
    pub at: Timestamp,
    /// Address it was fetched from, where one is known.
    pub fetched_from: Option<&'a str>,
    /// What stands on it. Every job must be of `source`.
    pub jobs: &'a [SeenJob],
}

/// What a page brought. Each posting taken is in exactly one of `new`,
/// `changed`, `restated` and `unchanged`; `reopened` names some of the last
/// three again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Seen for the first time.
    pub new: Vec<JobId>,
    /// With another description.
    pub changed: Vec<JobId>,
    /// With the same description and another title, place, pay or other fact.
    pub restated: Vec<JobId>,
    /// As they were.
    pub unchanged: Vec<JobId>,
    /// Back after they were closed.
    pub reopened: Vec<JobId>,
    /// The portal's ids that stood twice on the page, or on an earlier page of
    /// the run with other words: the first one was taken.
    pub duplicates: Vec<String>,
}

/// A job as it stands before the page.
struct Known {
    number: JobNumber,
    content_hash: ContentHash,
    stated_hash: ContentHash,
    facts: String,
    closed: bool,
    seen_in_run: RunId,
}

/// A job ready to be written.
struct Reading<'a> {
    job: &'a Job,
    facts: String,
    posting: String,
    stated_hash: ContentHash,
}

impl WriteTx<'_> {
    /// Takes a page in and appends an event for each new, changed, restated or
    /// reopened job. The same page again changes nothing but the time last seen.
    pub fn ingest(&mut self, page: &JobPage<'_>) -> Result<Ingested, StoreError> {
        let mut ingested = Ingested::default();
        let mut on_page = HashSet::new();
        for seen in page.jobs {
            if on_page.insert(seen.job.id) {
                self.ingest_one(page, seen, &mut ingested)?;
            } else {
                ingested.duplicates.push(seen.job.external_id.clone());
            }
        }
        Ok(ingested)
    }

    fn ingest_one(
        &mut self,
        page: &JobPage<'_>,
        seen: &SeenJob,
        ingested: &mut Ingested,
    ) -> Result<(), StoreError> {
        let id = seen.job.id;
        let reading = Reading::of(seen)?;
        let Some(known) = self.known(id)? else {
            self.insert_job(page, &reading)?;
            self.tell(page, kind::JOB_NEW, &seen.job, json!({}))?;
            ingested.new.push(id);
            return Ok(());
        };
        let changed = known.content_hash != seen.job.content_hash;
        let restated = if changed {
            Vec::new()
        } else {
            differing_facts(&known.facts, &reading.facts)?
        };
        let differs = changed || !restated.is_empty();
        if differs && known.seen_in_run == page.run && !known.closed {
            ingested.duplicates.push(seen.job.external_id.clone());
            return Ok(());
        }
        self.mark_seen(page, &known)?;
        if known.closed {
            self.tell(page, kind::JOB_REOPENED, &seen.job, json!({}))?;
            ingested.reopened.push(id);
        }
        if known.stated_hash != reading.stated_hash {
            self.restate_posting(&known, &reading)?;
        }
        if changed {
            self.keep_version(page, &known)?;
            self.rewrite_job(page, &known, &reading)?;
            let detail = json!({ "was": known.content_hash, "is": seen.job.content_hash });
            self.tell(page, kind::JOB_CHANGED, &seen.job, detail)?;
            ingested.changed.push(id);
        } else if restated.is_empty() {
            ingested.unchanged.push(id);
        } else {
            self.rewrite_job(page, &known, &reading)?;
            self.tell(
                page,
                kind::JOB_RESTATED,
                &seen.job,
                json!({ "facts": restated }),
            )?;
            ingested.restated.push(id);
        }
        Ok(())
    }

    fn insert_job(&mut self, page: &JobPage<'_>, reading: &Reading<'_>) -> Result<(), StoreError> {
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

    fn mark_seen(&mut self, page: &JobPage<'_>, known: &Known) -> Result<(), StoreError> {
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

    fn restate_posting(&mut self, known: &Known, reading: &Reading<'_>) -> Result<(), StoreError> {
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

    fn keep_version(&mut self, page: &JobPage<'_>, known: &Known) -> Result<(), StoreError> {
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

    fn rewrite_job(
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

    fn tell(
        &mut self,
        page: &JobPage<'_>,
        kind: &str,
        job: &Job,
        mut detail: Value,
    ) -> Result<(), StoreError> {
        if let Some(fields) = detail.as_object_mut() {
            fields.insert("source".to_owned(), json!(page.source));
        }
        self.append_event(&NewEvent {
            at: page.at,
            kind: kind.to_owned(),
            subject: job.id.to_string(),
            text: format!("{} · {}", job.title, job.company),
            detail,
        })?;
        Ok(())
    }
}

impl Reader {
    fn known(&self, id: JobId) -> Result<Option<Known>, StoreError> {
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
    fn of(seen: &'a SeenJob) -> Result<Self, StoreError> {
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
fn differing_facts(old: &str, new: &str) -> Result<Vec<String>, StoreError> {
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
