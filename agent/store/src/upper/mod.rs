//! The upper tier of vectors: a model server's space beside the built-in one.
//!
//! One space may be *filled* in the background while another *serves*. All state
//! is here, so that a daemon killed at any instant goes on with the next batch.

mod write;

use agent_core::{ids::JobId, job::Job, matching::Scales, skill::SkillMatch};
use rusqlite::params;
use sha2::{Digest as _, Sha256};

use crate::{
    Reader, StoreError, VectorSpace,
    jobs::{JOB_COLUMNS, JobNumber, job},
    value::json_column,
    vectors::numbers,
};

/// What an upper space is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Search, ranking and likeness use it.
    Serving,
    /// It is being filled.
    Filling,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Serving => "serving",
            Self::Filling => "filling",
        }
    }
}

/// A model server's space.
#[derive(Debug, Clone, PartialEq)]
pub struct UpperSpace {
    /// The space.
    pub space: VectorSpace,
    /// Name of the model on the server.
    pub model: String,
    /// Digest of the model's files.
    pub digest: String,
    /// How its likenesses are read.
    pub scales: Scales,
}

/// A job without its present vectors in an upper space.
#[derive(Debug, Clone, PartialEq)]
pub struct ToEmbed {
    number: JobNumber,
    revision: i64,
    lexicon: String,
    /// The job.
    pub job: Job,
    /// Skills found in it.
    pub skills: Vec<SkillMatch>,
}

/// A job's vectors in an upper space.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedded {
    /// What was read.
    pub of: ToEmbed,
    /// Vector of its text.
    pub vector: Vec<f32>,
    /// Vector of its title.
    pub title_vector: Vec<f32>,
}

/// How far a space is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Open jobs that have their present vectors in it.
    pub done: u32,
    /// Open jobs that were read.
    pub total: u32,
}

impl Filled {
    /// Whether no job lacks its vectors.
    pub fn is_full(&self) -> bool {
        self.done >= self.total
    }
}

/// Vectors of one text: in an upper space, and in the built-in one.
pub type Sample = [Vec<f32>; 2];

/// Open jobs (?1 is the key of a space) that were read, and whether they lack their
/// present vectors.
const READ: &str = "rank_order o CROSS JOIN jobs ON jobs.number = o.job
    JOIN job_enrichments e ON e.job = o.job AND e.revision = jobs.revision
    LEFT JOIN job_embeddings m ON m.job = o.job AND m.space = ?1
        AND m.revision = e.revision AND m.lexicon = e.lexicon
    WHERE o.closed = 0";

impl Reader {
    /// The upper space in a role, if there is one.
    pub fn upper_space(&self, role: Role) -> Result<Option<UpperSpace>, StoreError> {
        self.first(
            "SELECT name, dims, model, digest, scales FROM upper_spaces WHERE role = ?1",
            [role.name()],
            |row| {
                Ok(UpperSpace {
                    space: VectorSpace {
                        name: row.get("name")?,
                        dims: row.get::<_, u32>("dims")? as usize,
                    },
                    model: row.get("model")?,
                    digest: row.get("digest")?,
                    scales: json_column(row, "scales")?,
                })
            },
        )
    }

    /// Open jobs without their present vectors in an upper space, at most `limit`,
    /// those at the head of the list first.
    pub fn jobs_to_embed(
        &self,
        space: &VectorSpace,
        limit: u32,
    ) -> Result<Vec<ToEmbed>, StoreError> {
        self.all(
            &format!(
                "SELECT jobs.number, jobs.revision, e.lexicon, {JOB_COLUMNS} FROM {READ}
                 AND m.job IS NULL ORDER BY o.class, o.loss, o.id LIMIT ?2"
            ),
            params![space.key(), limit],
            |row| {
                let number = JobNumber(row.get("number")?);
                Ok(ToEmbed {
                    number,
                    revision: row.get("revision")?,
                    lexicon: row.get("lexicon")?,
                    job: job(row)?,
                    skills: self.skills_of(number)?,
                })
            },
        )
    }

    /// How far an upper space is filled.
    pub fn filled(&self, space: &VectorSpace) -> Result<Filled, StoreError> {
        let found = self.first(
            &format!("SELECT count(m.job) AS done, count(*) AS total FROM {READ}"),
            [space.key()],
            |row| {
                Ok(Filled {
                    done: row.get("done")?,
                    total: row.get("total")?,
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Whether a job has a vector of its text in the space.
    pub fn has_vector(&self, space: &VectorSpace, id: JobId) -> Result<bool, StoreError> {
        let (Some(stem), Some(number)) = (self.stem(space)?, self.job_number(id)?) else {
            return Ok(false);
        };
        let [text, _] = self.job_vectors(&stem, number)?;
        Ok(text.is_some())
    }

    /// Vectors of about `count` jobs, spread evenly, in an upper space and another:
    /// of their texts, and of their titles. The same jobs each time.
    pub fn samples(
        &self,
        upper: &VectorSpace,
        other: &VectorSpace,
        count: usize,
    ) -> Result<[Vec<Sample>; 2], StoreError> {
        let mut found = [Vec::new(), Vec::new()];
        let (Some(upper_stem), Some(other_stem)) = (self.stem(upper)?, self.stem(other)?) else {
            return Ok(found);
        };
        let jobs: Vec<i64> = self.all(
            "SELECT job FROM job_embeddings WHERE space = ?1 ORDER BY job",
            [upper.key()],
            |row| Ok(row.get(0)?),
        )?;
        let step = (jobs.len() / count.max(1)).max(1);
        for number in jobs.into_iter().step_by(step).take(count) {
            let in_upper = self.job_vectors(&upper_stem, JobNumber(number))?;
            let in_other = self.job_vectors(&other_stem, JobNumber(number))?;
            for (kept, pair) in found.iter_mut().zip(in_upper.into_iter().zip(in_other)) {
                if let (Some(upper), Some(other)) = pair {
                    kept.push([upper, other]);
                }
            }
        }
        Ok(found)
    }

    /// The vectors kept of texts, in their order; `None` where there is none.
    pub fn text_vectors(
        &self,
        space: &VectorSpace,
        texts: &[String],
    ) -> Result<Vec<Option<Vec<f32>>>, StoreError> {
        let read = |text: &String| {
            let found: Option<Vec<u8>> = self.value(
                "SELECT vector FROM text_vectors WHERE space = ?1 AND digest = ?2",
                params![space.key(), digest(text)],
            )?;
            Ok(found.map(|found| numbers(&found)))
        };
        texts.iter().map(read).collect()
    }
}

fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
