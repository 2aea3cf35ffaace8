//! Verdicts with their sentences, kept of the jobs at the head of the list.

use agent_core::{
    ids::JobId,
    job::Job,
    matching::{Direction, Found, Verdict},
    skill::SkillMatch,
};
use rusqlite::{Row, params};

use super::{Basis, FAILED, RankKey, UNRANKED, basis};
use crate::{
    Reader, StoreError, VectorSpace, WriteTx,
    jobs::{JOB_COLUMNS, JobNumber, job},
    value::json,
    vectors::Stem,
};

/// Of how many jobs the sentences are kept.
const KEPT: u32 = 100;

/// A job at the head of the list whose sentences are not kept yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Unexplained {
    number: JobNumber,
    basis: Basis,
    /// The job.
    pub job: Job,
    /// Skills it asks for.
    pub skills: Vec<SkillMatch>,
    /// Vectors of its description and its title, where there are some.
    pub vectors: [Option<Vec<f32>>; 2],
}

/// The head of the list, of the jobs that were judged.
const HEAD: &str = "SELECT job FROM rank_order WHERE closed = 0 AND class < ?1 AND class <> ?2
    ORDER BY class, loss, id LIMIT ?3";

impl Reader {
    /// The jobs at the head of the list whose sentences are not kept as they are
    /// judged now, with their vectors in `space`.
    pub fn unexplained(&self, space: &VectorSpace) -> Result<Vec<Unexplained>, StoreError> {
        let stem = self.stem(space)?;
        let sql = format!(
            "SELECT jobs.number, {JOB_COLUMNS}, m.revision, m.enrichment
             FROM ({HEAD}) head JOIN matches m ON m.job = head.job
             JOIN jobs ON jobs.number = m.job
             WHERE m.revision = jobs.revision AND m.enrichment = jobs.enrichment
               AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.job = m.job
                   AND v.ranking = m.ranking AND v.revision = m.revision
                   AND v.enrichment = m.enrichment)"
        );
        self.all(&sql, params![FAILED, UNRANKED, KEPT], |row| {
            self.unexplained_row(stem.as_ref(), row)
        })
    }

    /// One job with what its verdict is made of, with its vectors in `space`;
    /// `None` when it changed since it was judged, or never was.
    pub fn to_explain(
        &self,
        id: JobId,
        space: &VectorSpace,
    ) -> Result<Option<Unexplained>, StoreError> {
        let stem = self.stem(space)?;
        let sql = format!(
            "SELECT jobs.number, {JOB_COLUMNS}, m.revision, m.enrichment
             FROM jobs JOIN matches m ON m.job = jobs.number
             WHERE jobs.id = ?1 AND m.revision = jobs.revision AND m.enrichment = jobs.enrichment"
        );
        self.first(&sql, [id.as_bytes()], |row| {
            self.unexplained_row(stem.as_ref(), row)
        })
    }

    fn unexplained_row(
        &self,
        stem: Option<&Stem>,
        row: &Row<'_>,
    ) -> Result<Unexplained, StoreError> {
        let number = JobNumber(row.get("number")?);
        Ok(Unexplained {
            number,
            basis: basis(row)?,
            job: job(row)?,
            skills: self.skills_of(number)?,
            vectors: match stem {
                Some(stem) => self.job_vectors(stem, number)?,
                None => [None, None],
            },
        })
    }
}

impl Unexplained {
    /// What was found in the job.
    pub fn found(&self) -> Found {
        let direction = |vector: &Option<Vec<f32>>| Direction::of(vector.as_deref()?);
        let [text, title] = &self.vectors;
        Found {
            skills: self.skills.clone(),
            text: direction(text),
            title: direction(title),
        }
    }
}

impl WriteTx<'_> {
    /// Keeps verdicts made for `key`, and forgets those of jobs that are no
    /// longer at the head. Nothing is kept when the ranking is another one now.
    pub fn save_verdicts(
        &mut self,
        key: &RankKey,
        verdicts: &[(Unexplained, Verdict)],
    ) -> Result<(), StoreError> {
        let Some((ranking, _)) = self.ranking()?.filter(|(_, present)| present == key) else {
            return Ok(());
        };
        for (of, verdict) in verdicts {
            self.run(
                "INSERT OR REPLACE INTO verdicts (job, ranking, revision, enrichment, verdict)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    of.number.0,
                    ranking.0,
                    of.basis.revision,
                    of.basis.enrichment,
                    json("verdict", verdict)?
                ],
            )?;
        }
        let sql = format!("DELETE FROM verdicts WHERE job NOT IN ({HEAD})");
        self.run(&sql, params![FAILED, UNRANKED, KEPT])?;
        Ok(())
    }
}
