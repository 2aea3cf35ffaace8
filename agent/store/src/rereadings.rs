//! Jobs to be read again, because the person names skills otherwise than when they were read.

use agent_core::ids::JobId;
use rusqlite::params;

use crate::{Reader, StoreError, WriteTx, jobs::JobNumber};

impl WriteTx<'_> {
    /// Makes all jobs due for reading that have `words` one behind the other, the last as
    /// the beginning of a word too; gives how many open ones there are. `revision` is that
    /// of the profile in which the words mean something else.
    pub fn read_again(&mut self, words: &str, revision: i64) -> Result<u32, StoreError> {
        let phrase = format!("\"{}\" *", words.replace('"', "\"\"").replace('\0', " "));
        self.run(
            "INSERT OR REPLACE INTO job_rereadings (job, revision)
             SELECT rowid, ?2 FROM job_words WHERE job_words MATCH ?1",
            params![phrase, revision],
        )?;
        self.number(
            "SELECT count(*) FROM job_words JOIN jobs ON jobs.number = job_words.rowid
             WHERE job_words MATCH ?1 AND jobs.closed_at IS NULL",
            [phrase],
        )
    }

    /// Notes that a job was read in the words of the profile with this revision. It stays
    /// due when they were changed since.
    pub fn was_read(&mut self, job: JobId, revision: i64) -> Result<(), StoreError> {
        let JobNumber(number) = self.known_job(job)?;
        self.run(
            "DELETE FROM job_rereadings WHERE job = ?1 AND revision <= ?2",
            params![number, revision],
        )?;
        Ok(())
    }
}

impl Reader {
    /// How many jobs are to be read again.
    pub fn count_rereadings(&self) -> Result<u32, StoreError> {
        self.number("SELECT count(*) FROM job_rereadings", [])
    }
}
