//! What is found in jobs: skills with evidence, vectors.

use agent_core::{
    ids::JobId,
    job::Job,
    skill::{Need, SkillMatch},
};
use rusqlite::params;

use crate::{
    Reader, StoreError, VectorSpace, WriteTx,
    jobs::{JOB_COLUMNS, JobNumber, job},
    value::unreadable,
    vectors::Of,
};

/// A job whose text was not read yet, or differently.
#[derive(Debug, Clone, PartialEq)]
pub struct ToEnrich {
    /// The job.
    pub job: Job,
    /// Its revision, to be given back with what was found.
    pub revision: i64,
    /// Its place in the order of reading: the next batch begins behind it.
    pub place: i64,
}

/// What was found in one job.
#[derive(Debug, Clone, Copy)]
pub struct Enrichment<'a> {
    /// The job.
    pub job: JobId,
    /// Revision that was read. When the job changed since, it is due again.
    pub revision: i64,
    /// Version of the lexicon the skills were found with.
    pub lexicon: &'a str,
    /// Skills asked for, in the order to keep.
    pub skills: &'a [SkillMatch],
    /// Space of the vectors.
    pub space: &'a VectorSpace,
    /// Vector of the description.
    pub vector: &'a [f32],
    /// Vector of the title.
    pub title_vector: &'a [f32],
}

/// Open jobs behind a place (?3) that are due, given a lexicon (?1) and the key of a
/// space (?2).
const DUE: &str = "FROM jobs LEFT JOIN job_enrichments e ON e.job = jobs.number
    WHERE jobs.closed_at IS NULL AND jobs.number > ?3
      AND (e.job IS NULL OR e.revision <> jobs.revision OR e.lexicon <> ?1 OR e.space <> ?2
          OR EXISTS (SELECT 1 FROM job_rereadings WHERE job = jobs.number))";

impl WriteTx<'_> {
    /// Keeps what was found in a job, in place of what was found before. The
    /// job is then due for ranking.
    pub fn save_enrichment(&mut self, found: &Enrichment<'_>) -> Result<(), StoreError> {
        let JobNumber(number) = self.known_job(found.job)?;
        self.run(
            "INSERT INTO job_enrichments (job, revision, lexicon, space) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (job) DO UPDATE SET revision = excluded.revision,
                 lexicon = excluded.lexicon, space = excluded.space",
            params![number, found.revision, found.lexicon, found.space.key()],
        )?;
        self.run(
            "UPDATE jobs SET enrichment = enrichment + 1 WHERE number = ?1",
            [number],
        )?;
        self.run("DELETE FROM job_skills WHERE job = ?1", [number])?;
        for (position, skill) in (0_i64..).zip(found.skills) {
            self.run(
                "INSERT INTO job_skills (job, position, skill, need, years, evidence)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    number,
                    position,
                    skill.skill,
                    need_name(skill.need),
                    skill.years,
                    skill.evidence
                ],
            )?;
        }
        self.save_vector(found.space, Of::Jobs, number, found.vector)?;
        self.save_vector(found.space, Of::Titles, number, found.title_vector)
    }
}

impl Reader {
    /// Open jobs not read with this lexicon and space since they last changed, and those to
    /// be read again, at most `limit`. Places count from 1: behind 0 are all.
    pub fn jobs_to_enrich(
        &self,
        lexicon: &str,
        space: &VectorSpace,
        behind: i64,
        limit: u32,
    ) -> Result<Vec<ToEnrich>, StoreError> {
        self.all(
            &format!(
                "SELECT {JOB_COLUMNS}, jobs.revision, jobs.number AS place {DUE}
                 ORDER BY jobs.number LIMIT ?4"
            ),
            params![lexicon, space.key(), behind, limit],
            |row| {
                Ok(ToEnrich {
                    job: job(row)?,
                    revision: row.get("revision")?,
                    place: row.get("place")?,
                })
            },
        )
    }

    /// How many jobs [`Reader::jobs_to_enrich`] would give without a limit.
    pub fn count_to_enrich(&self, lexicon: &str, space: &VectorSpace) -> Result<u32, StoreError> {
        self.number(
            &format!("SELECT count(*) {DUE}"),
            params![lexicon, space.key(), 0],
        )
    }

    /// Skills found in a job, in order.
    pub fn job_skills(&self, id: JobId) -> Result<Vec<SkillMatch>, StoreError> {
        match self.job_number(id)? {
            Some(number) => self.skills_of(number),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) fn skills_of(&self, job: JobNumber) -> Result<Vec<SkillMatch>, StoreError> {
        self.all(
            "SELECT skill, need, years, evidence FROM job_skills WHERE job = ?1 ORDER BY position",
            [job.0],
            |row| {
                let need: String = row.get("need")?;
                Ok(SkillMatch {
                    skill: row.get("skill")?,
                    need: need_of_name(&need)?,
                    years: row.get("years")?,
                    evidence: row.get("evidence")?,
                })
            },
        )
    }
}

const fn need_name(need: Need) -> &'static str {
    match need {
        Need::Optional => "optional",
        Need::Named => "named",
        Need::Required => "required",
    }
}

fn need_of_name(name: &str) -> Result<Need, StoreError> {
    [Need::Optional, Need::Named, Need::Required]
        .into_iter()
        .find(|need| need_name(*need) == name)
        .ok_or_else(|| unreadable("need of a skill", &name))
}
