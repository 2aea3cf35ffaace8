//! The queue of jobs to be looked at, and the prints made of them.

use std::sync::Arc;

use agent_core::{cluster::Print, ids::JobId, job::Job};
use rusqlite::params;

use crate::{
    Reader, StoreError,
    jobs::{JOB_COLUMNS, job},
    value::json,
};

/// A job to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct ToCluster {
    /// The job.
    pub job: Job,
    /// Its revision, to be given back with its print.
    pub revision: i64,
    /// Its place in the queue: the next batch begins behind it.
    pub place: i64,
}

/// The print of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPrint {
    /// The job.
    pub job: JobId,
    /// The revision that was read. When the job changed since, it stays queued.
    pub revision: i64,
    /// What is compared of it.
    pub print: Arc<Print>,
    pub(super) kept: Kept,
}

/// A print as its row has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    pub(super) json: String,
    pub(super) marks: Vec<u8>,
    pub(super) names: Vec<u8>,
}

impl NewPrint {
    /// The print of a job at a revision, made ready to be written: that takes time,
    /// and the writer has the least.
    pub fn new(job: JobId, revision: i64, print: Print) -> Result<Self, StoreError> {
        let (marks, names) = print.text().to_bytes();
        let kept = Kept {
            json: json("print", &print)?,
            marks,
            names,
        };
        Ok(Self {
            job,
            revision,
            print: Arc::new(print),
            kept,
        })
    }
}

impl Reader {
    /// Queued jobs, oldest first, at most `limit`. Places count from 1: behind 0 are all.
    pub fn jobs_to_cluster(&self, behind: i64, limit: u32) -> Result<Vec<ToCluster>, StoreError> {
        self.all(
            &format!(
                "SELECT {JOB_COLUMNS}, jobs.revision, q.job AS place FROM cluster_queue q
                 JOIN jobs ON jobs.number = q.job WHERE q.job > ?1 ORDER BY q.job LIMIT ?2"
            ),
            params![behind, limit],
            |row| {
                Ok(ToCluster {
                    job: job(row)?,
                    revision: row.get("revision")?,
                    place: row.get("place")?,
                })
            },
        )
    }
}
