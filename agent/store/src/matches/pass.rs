//! A ranking of all jobs: briefs in, standings out.

use agent_core::matching::Standing;
use rusqlite::params;

use super::{Basis, RankKey, RankingId, basis, class_of};
use crate::{Reader, StoreError, WriteTx, jobs::JobNumber};

/// What is kept of a job for judging it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefed {
    job: JobNumber,
    basis: Basis,
    /// As agent-core's `Brief` reads it.
    pub brief: Vec<u8>,
}

/// A job with its new standing.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub(super) job: JobNumber,
    pub(super) basis: Basis,
    pub(super) standing: Standing,
}

impl Briefed {
    /// The job with its standing, to be given back.
    pub fn judged(&self, standing: Standing) -> Judged {
        Judged {
            job: self.job,
            basis: self.basis,
            standing,
        }
    }
}

impl Reader {
    /// The briefs after `last` (from the first, without one), in order, at most `limit`.
    pub fn briefs(&self, last: Option<&Briefed>, limit: u32) -> Result<Vec<Briefed>, StoreError> {
        self.all(
            "SELECT job, revision, enrichment, brief FROM briefs WHERE job > ?1
             ORDER BY job LIMIT ?2",
            params![last.map_or(i64::MIN, |last| last.job.0), limit],
            |row| {
                Ok(Briefed {
                    job: JobNumber(row.get("job")?),
                    basis: basis(row)?,
                    brief: row.get("brief")?,
                })
            },
        )
    }
}

impl WriteTx<'_> {
    /// Keeps the standings of a whole ranking and its order, all or nothing.
    pub fn save_ranking(&mut self, key: &RankKey, judged: &[Judged]) -> Result<(), StoreError> {
        let ranking = self.new_ranking(key)?;
        for one in judged {
            self.put_standing(ranking, one)?;
        }
        self.order_anew()
    }

    /// Queues a job whose brief cannot be read.
    pub fn queue_again(&mut self, briefed: &Briefed) -> Result<(), StoreError> {
        self.run(
            "INSERT OR REPLACE INTO rank_queue (job) SELECT number FROM jobs
             WHERE number = ?1 AND closed_at IS NULL",
            [briefed.job.0],
        )?;
        Ok(())
    }

    /// Keeps one standing and moves the job to its place.
    pub(super) fn move_to(
        &mut self,
        ranking: RankingId,
        judged: &Judged,
    ) -> Result<(), StoreError> {
        let JobNumber(number) = judged.job;
        self.run(
            "DELETE FROM rank_order WHERE (closed, class, loss, id)
                 = (SELECT closed, class, loss, id FROM matches WHERE job = ?1)",
            [number],
        )?;
        let class: Option<u8> = self.value("SELECT class FROM matches WHERE job = ?1", [number])?;
        self.put_standing(ranking, judged)?;
        self.run(
            "INSERT INTO rank_order SELECT closed, class, loss, id, job FROM matches
             WHERE job = ?1",
            [number],
        )?;
        if class != Some(class_of(judged.standing.outcome)) {
            self.forget_counts()?;
        }
        Ok(())
    }

    fn put_standing(&mut self, ranking: RankingId, judged: &Judged) -> Result<(), StoreError> {
        let Standing {
            outcome,
            score,
            reason,
        } = &judged.standing;
        // A score that is no number sorts last instead of nowhere.
        let score = if score.is_finite() {
            score.clamp(0.0, 100.0)
        } else {
            0.0
        };
        self.run(
            "UPDATE matches SET class = ?2, score = ?3, reason = ?4, ranking = ?5,
                 revision = ?6, enrichment = ?7
             WHERE job = ?1",
            params![
                judged.job.0,
                class_of(*outcome),
                score,
                reason,
                ranking.0,
                judged.basis.revision,
                judged.basis.enrichment
            ],
        )?;
        Ok(())
    }
}
