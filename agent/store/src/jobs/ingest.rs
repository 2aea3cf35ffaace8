//! Taking a page of postings in: jobs, versions, full text and events in the
//! caller's one transaction.

use std::collections::HashSet;

use agent_core::{
    ids::{JobId, SourceId},
    job::{Job, Posting},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::write::{Reading, differing_facts};
use crate::{NewEvent, RunId, StoreError, WriteTx, events::kind};

/// The field of a job that is read from its other fields.
const READ_FROM_TEXT: &str = "facts";

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
    /// As they were, be it with facts read anew by other rules.
    pub unchanged: Vec<JobId>,
    /// Back after they were closed.
    pub reopened: Vec<JobId>,
    /// The portal's ids that stood twice on the page, or on an earlier page of
    /// the run with other words: the first one was taken.
    pub duplicates: Vec<String>,
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
        } else if restated == [READ_FROM_TEXT] {
            // The text is the same: this build reads more or other facts in it.
            self.rewrite_job(page, &known, &reading)?;
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

    pub(super) fn tell(
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
