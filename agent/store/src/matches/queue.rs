//! Jobs that are new or changed since they were judged.

use agent_core::{
    job::Job,
    matching::{Direction, Found, Standing},
    skill::SkillMatch,
};
use rusqlite::params;

use super::{Basis, RankKey, basis, pass::Judged};
use crate::{
    Reader, StoreError, VectorSpace, WriteTx,
    jobs::{JOB_COLUMNS, JobNumber, job},
};

/// A job whose brief is to be made and judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Changes when the job is queued again meanwhile.
    ticket: i64,
    number: JobNumber,
    /// The job.
    pub job: Job,
    /// Its state.
    pub basis: Basis,
    /// Skills it asks for.
    pub skills: Vec<SkillMatch>,
    /// Vector of the description, if there is one.
    pub vector: Option<Vec<f32>>,
    /// Vector of the title, if there is one.
    pub title_vector: Option<Vec<f32>>,
}

/// A job of the queue, done with.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedAnew {
    ticket: i64,
    judged: Judged,
    brief: Vec<u8>,
}

impl Queued {
    /// What was found in the job.
    pub fn found(&self) -> Found {
        let direction = |vector: &Option<Vec<f32>>| Direction::of(vector.as_deref()?);
        Found {
            skills: self.skills.clone(),
            text: direction(&self.vector),
            title: direction(&self.title_vector),
        }
    }

    /// The job with its brief and standing, to be given back.
    pub fn judged(&self, brief: Vec<u8>, standing: Standing) -> JudgedAnew {
        JudgedAnew {
            ticket: self.ticket,
            judged: Judged {
                job: self.number,
                basis: self.basis,
                standing,
            },
            brief,
        }
    }
}

impl WriteTx<'_> {
    /// Keeps briefs and standings of jobs of the queue and takes them out of it,
    /// unless they changed meanwhile. Nothing is kept when the ranking is no
    /// longer that of `key`.
    pub fn save_judged(
        &mut self,
        key: &RankKey,
        judged: &[JudgedAnew],
    ) -> Result<bool, StoreError> {
        let Some((ranking, _)) = self.ranking()?.filter(|(_, present)| present == key) else {
            return Ok(false);
        };
        for one in judged {
            let job = one.judged.job.0;
            self.run(
                "INSERT OR REPLACE INTO briefs (job, revision, enrichment, brief)
                 SELECT job, ?2, ?3, ?4 FROM matches WHERE job = ?1 AND NOT closed",
                params![
                    job,
                    one.judged.basis.revision,
                    one.judged.basis.enrichment,
                    one.brief
                ],
            )?;
            self.move_to(ranking, &one.judged)?;
            self.run("DELETE FROM rank_queue WHERE ticket = ?1", [one.ticket])?;
        }
        Ok(true)
    }
}

impl Reader {
    /// Jobs of the queue, at most `limit`, with their vectors in `space`.
    pub fn queued(&self, space: &VectorSpace, limit: u32) -> Result<Vec<Queued>, StoreError> {
        let stem = self.stem(space)?;
        let sql = format!(
            "SELECT ticket, jobs.number, {JOB_COLUMNS}, jobs.revision, jobs.enrichment
             FROM rank_queue JOIN jobs ON jobs.number = rank_queue.job
             ORDER BY ticket LIMIT ?1"
        );
        self.all(&sql, [limit], |row| {
            let number = JobNumber(row.get("number")?);
            let [vector, title_vector] = match &stem {
                Some(stem) => self.job_vectors(stem, number)?,
                None => [None, None],
            };
            Ok(Queued {
                ticket: row.get("ticket")?,
                number,
                job: job(row)?,
                basis: basis(row)?,
                skills: self.skills_of(number)?,
                vector,
                title_vector,
            })
        })
    }

    /// How many jobs wait to be judged.
    pub fn count_queued(&self) -> Result<u32, StoreError> {
        self.number("SELECT count(*) FROM rank_queue", [])
    }
}
