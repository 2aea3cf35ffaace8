//! Jobs that their board lists without a description: which pages are to be
//! read, and what they said.

use agent_core::{
    ids::{ContentHash, JobId, SourceId},
    job::Posting,
};
use rusqlite::{Row, params};
use serde_json::json;

use super::{
    JobNumber, JobPage, SeenJob,
    write::{Reading, differing_facts},
};
use crate::{
    NewEvent, Reader, RunId, StoreError, WriteTx,
    events::kind,
    value::{from_json, json as to_json, json_column, micros},
};

/// How often in a row a page may fail before it is left alone until the list
/// says something else of the posting.
const MAX_FAILURES: u32 = 3;

/// What the own page of a posting said.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptDetail {
    /// Hash of what the list said of it then.
    pub read_for: ContentHash,
    /// As the page stated it.
    pub posting: Posting,
}

/// A posting whose own page is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedDetail {
    /// The job.
    pub job: JobId,
    /// The portal's own id of it.
    pub external_id: String,
    /// As it is known so far.
    pub posting: Posting,
}

/// How asking for a page ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DetailEnd<'a> {
    /// It was read: the job with it, and the page alone.
    Read {
        /// As understood and as put together.
        whole: &'a SeenJob,
        /// As the page stated it.
        page: &'a Posting,
    },
    /// The portal says that the posting is gone.
    Gone,
    /// It could not be read.
    Failed,
}

/// What a page changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detailed {
    /// Nothing.
    Unchanged,
    /// The job has its first description.
    Described,
    /// The job has another description.
    Changed,
    /// Another fact differs.
    Restated,
    /// The job was closed.
    Closed,
}

impl WriteTx<'_> {
    /// Notes that the board lists a job without a description, and the hash of
    /// what it says of it.
    pub fn note_undescribed(&mut self, job: JobId, listed: ContentHash) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO job_details (job, listed) SELECT number, ?2 FROM jobs WHERE id = ?1
             ON CONFLICT (job) DO UPDATE SET
                 failures = CASE WHEN listed = excluded.listed THEN failures ELSE 0 END,
                 listed = excluded.listed",
            params![job.as_bytes(), listed.as_bytes()],
        )?;
        Ok(())
    }

    /// Takes in how asking for a job's page in `page.run` ended, with an event
    /// where the job is another one for it. `page.jobs` is not looked at.
    pub fn take_detail(
        &mut self,
        page: &JobPage<'_>,
        job: JobId,
        end: DetailEnd<'_>,
    ) -> Result<Detailed, StoreError> {
        let number = self.known_job(job)?;
        match end {
            DetailEnd::Failed => {
                self.run(
                    "UPDATE job_details SET tried_in = ?2, failures = failures + 1 WHERE job = ?1",
                    params![number.0, page.run.0],
                )?;
                Ok(Detailed::Unchanged)
            }
            DetailEnd::Gone => {
                self.keep_page(number, page.run, None)?;
                self.close_gone(number, job, page)
            }
            DetailEnd::Read {
                whole,
                page: stated,
            } => {
                self.keep_page(number, page.run, Some(stated))?;
                self.rewrite_with(page, whole)
            }
        }
    }

    fn keep_page(
        &mut self,
        job: JobNumber,
        run: RunId,
        stated: Option<&Posting>,
    ) -> Result<(), StoreError> {
        let posting = stated
            .map(|stated| to_json("posting", stated))
            .transpose()?;
        self.run(
            "UPDATE job_details SET read_for = listed, posting = ?3, tried_in = ?2, failures = 0
             WHERE job = ?1",
            params![job.0, run.0, posting],
        )?;
        Ok(())
    }

    fn close_gone(
        &mut self,
        number: JobNumber,
        id: JobId,
        page: &JobPage<'_>,
    ) -> Result<Detailed, StoreError> {
        let text: Option<String> = self.value(
            "UPDATE jobs SET closed_at = ?2 WHERE number = ?1 AND closed_at IS NULL
             RETURNING title || ' · ' || company",
            params![number.0, micros(page.at)],
        )?;
        let Some(text) = text else {
            return Ok(Detailed::Unchanged);
        };
        self.append_event(&NewEvent {
            at: page.at,
            kind: kind::JOB_CLOSED.to_owned(),
            subject: id.to_string(),
            text,
            detail: json!({ "source": page.source, "why": "its own page is gone" }),
        })?;
        Ok(Detailed::Closed)
    }

    fn rewrite_with(
        &mut self,
        page: &JobPage<'_>,
        whole: &SeenJob,
    ) -> Result<Detailed, StoreError> {
        let Some(known) = self.known(whole.job.id)? else {
            return Ok(Detailed::Unchanged);
        };
        let reading = Reading::of(whole)?;
        if known.stated_hash != reading.stated_hash {
            self.restate_posting(&known, &reading)?;
        }
        let first = known.content_hash == ContentHash::of("");
        let other_text = known.content_hash != whole.job.content_hash;
        let facts = differing_facts(&known.facts, &reading.facts)?;
        let (taken, kind, detail) = match (other_text, first) {
            (true, true) => (Detailed::Described, kind::JOB_DESCRIBED, json!({})),
            (true, false) => {
                self.keep_version(page, &known)?;
                let detail = json!({ "was": known.content_hash, "is": whole.job.content_hash });
                (Detailed::Changed, kind::JOB_CHANGED, detail)
            }
            (false, _) if facts.is_empty() => return Ok(Detailed::Unchanged),
            (false, _) => (
                Detailed::Restated,
                kind::JOB_RESTATED,
                json!({ "facts": facts }),
            ),
        };
        self.rewrite_job(page, &known, &reading)?;
        self.tell(page, kind, &whole.job, detail)?;
        Ok(taken)
    }

    /// Keeps where a job's own page was read.
    pub fn fetched_from(&mut self, job: JobId, address: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE jobs SET fetched_from = ?2 WHERE id = ?1",
            params![job.as_bytes(), address],
        )?;
        Ok(())
    }
}

impl Reader {
    /// What is kept of a job's own page.
    pub fn kept_detail(&self, job: JobId) -> Result<Option<KeptDetail>, StoreError> {
        self.first(
            "SELECT read_for, job_details.posting FROM job_details
             JOIN jobs ON jobs.number = job_details.job
             WHERE jobs.id = ?1 AND job_details.posting IS NOT NULL AND read_for IS NOT NULL",
            [job.as_bytes()],
            |row| {
                Ok(KeptDetail {
                    read_for: ContentHash::from_bytes(row.get("read_for")?),
                    posting: json_column(row, "posting")?,
                })
            },
        )
    }

    /// The open jobs that `run` saw on the board and whose own pages it should
    /// read next, newest first; those that failed before come last.
    pub fn wanted_details(
        &self,
        run: RunId,
        source: SourceId,
        limit: u32,
    ) -> Result<Vec<WantedDetail>, StoreError> {
        let sql = format!(
            "SELECT jobs.id, jobs.external_id, job_postings.posting {WANTED}
             ORDER BY failures, coalesce(json_extract(jobs.facts, '$.posted_on'), '') DESC,
                 jobs.first_seen DESC, jobs.number LIMIT ?4"
        );
        self.all(
            &sql,
            params![source.as_bytes(), run.0, MAX_FAILURES, limit],
            wanted,
        )
    }

    /// How many there are of them.
    pub fn wanted_details_count(&self, run: RunId, source: SourceId) -> Result<u32, StoreError> {
        self.number(
            &format!("SELECT count(*) {WANTED}"),
            params![source.as_bytes(), run.0, MAX_FAILURES],
        )
    }

    /// How many pages of postings of the board `run` asked for so far.
    pub fn details_tried(&self, run: RunId, source: SourceId) -> Result<u32, StoreError> {
        self.number(
            "SELECT count(*) FROM job_details JOIN jobs ON jobs.number = job_details.job
             WHERE tried_in = ?2 AND jobs.source = ?1",
            params![source.as_bytes(), run.0],
        )
    }
}

/// Of board `?1`, seen in run `?2`, failed less than `?3` times: a page not read
/// for what the list says now, nor tried in this run. The board's jobs are named by
/// an index alone: most boards state descriptions, and their rows are not looked at.
const WANTED: &str = "FROM job_details
     CROSS JOIN jobs ON jobs.number = job_details.job
     CROSS JOIN job_postings ON job_postings.job = jobs.number
     WHERE job_details.job IN
           (SELECT number FROM jobs WHERE source = ?1 AND closed_at IS NULL)
       AND read_for IS NOT listed AND tried_in IS NOT ?2 AND failures < ?3
       AND jobs.last_seen_run = ?2";

fn wanted(row: &Row<'_>) -> Result<WantedDetail, StoreError> {
    let posting: String = row.get("posting")?;
    Ok(WantedDetail {
        job: JobId::from_bytes(row.get("id")?),
        external_id: row.get("external_id")?,
        posting: from_json("posting", &posting)?,
    })
}
