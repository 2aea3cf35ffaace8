//! What models read out of postings.

use agent_core::{ids::JobId, skill::claim::Claim};
use jiff::Timestamp;
use rusqlite::params;

use crate::{
    ModelTier, Reader, StoreError, WriteTx,
    value::{json, json_column, micros, time, unreadable},
};

/// What a model read out of one posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobAnalysis {
    /// Revision of the job that was read.
    pub revision: i64,
    /// When.
    pub at: Timestamp,
    /// Where the model is.
    pub tier: ModelTier,
    /// Its name.
    pub model: String,
    /// What it read, each with its quote.
    pub claims: Vec<Claim>,
}

impl WriteTx<'_> {
    /// Keeps what a model read, in place of an earlier reading.
    pub fn save_job_analysis(
        &mut self,
        id: JobId,
        analysis: &JobAnalysis,
    ) -> Result<(), StoreError> {
        let number = self.known_job(id)?;
        self.run(
            "INSERT OR REPLACE INTO job_analyses (job, revision, at, tier, model, claims)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                number.0,
                analysis.revision,
                micros(analysis.at),
                analysis.tier.name(),
                analysis.model,
                json("claims", &analysis.claims)?
            ],
        )?;
        Ok(())
    }
}

impl Reader {
    /// What a model read out of a posting as it is now; `None` when none did.
    pub fn job_analysis(&self, id: JobId) -> Result<Option<JobAnalysis>, StoreError> {
        self.first(
            "SELECT a.* FROM job_analyses a JOIN jobs ON jobs.number = a.job
             WHERE jobs.id = ?1 AND a.revision = jobs.revision",
            [id.as_bytes()],
            |row| {
                let tier: String = row.get("tier")?;
                Ok(JobAnalysis {
                    revision: row.get("revision")?,
                    at: time(row, "at")?,
                    tier: ModelTier::of(&tier).ok_or_else(|| unreadable("tier", &tier))?,
                    model: row.get("model")?,
                    claims: json_column(row, "claims")?,
                })
            },
        )
    }

    /// Revision of a job as it is now.
    pub fn job_revision(&self, id: JobId) -> Result<Option<i64>, StoreError> {
        self.value("SELECT revision FROM jobs WHERE id = ?1", [id.as_bytes()])
    }
}
