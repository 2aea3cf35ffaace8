//! Verdicts on jobs, and which jobs still want one.

use agent_core::{
    ids::JobId,
    job::Job,
    matching::{Outcome, Verdict},
    skill::SkillMatch,
};
use rusqlite::{Row, params};

use crate::{
    Reader, StoreError, VectorSpace, WriteTx,
    jobs::{JOB_COLUMNS, JobNumber, job},
    value::{json, json_column, unreadable},
};

/// What a verdict rests on beside the job. A change makes all verdicts due again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankKey {
    /// Revision of profile and preferences.
    pub profile_revision: i64,
    /// Version of the ranking code.
    pub ranker: String,
    /// Digest of the weights, and of whatever else the ranking is given.
    pub weights: String,
}

/// The state of a job that a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Revision of the job's facts.
    pub revision: i64,
    /// Revision of what was found in it; 0 before anything was.
    pub enrichment: i64,
}

/// A job without a verdict for the present key and state.
#[derive(Debug, Clone, PartialEq)]
pub struct ToRank {
    /// The job.
    pub job: Job,
    /// Its state, to be given back with the verdict.
    pub basis: Basis,
    /// Skills it asks for.
    pub skills: Vec<SkillMatch>,
    /// Vector of the description, if there is one.
    pub vector: Option<Vec<f32>>,
    /// Vector of the title, if there is one.
    pub title_vector: Option<Vec<f32>>,
}

/// A verdict to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedJob {
    /// The job.
    pub job: JobId,
    /// The state it was judged in. When it changed since, it is due again.
    pub basis: Basis,
    /// The verdict.
    pub verdict: Verdict,
    /// The strongest reason, one line, for lists.
    pub reason: String,
}

/// A kept verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// What it rests on beside the job.
    pub key: RankKey,
    /// The state of the job it rests on.
    pub basis: Basis,
    /// The verdict.
    pub verdict: Verdict,
    /// The strongest reason.
    pub reason: String,
}

/// Rank classes of `jobs.rank_class`, in the order of a list.
pub(crate) const UNRANKED: u8 = 2;
pub(crate) const FAILED: u8 = 3;

/// Open jobs that are due, given profile revision, ranker and weights (?1 to ?3).
const DUE: &str = "FROM jobs LEFT JOIN matches m ON m.job = jobs.number
    WHERE jobs.closed_at IS NULL
      AND (m.job IS NULL OR m.revision <> jobs.revision OR m.enrichment <> jobs.enrichment
           OR m.profile_revision <> ?1 OR m.ranker <> ?2 OR m.weights <> ?3)";

impl WriteTx<'_> {
    /// Keeps verdicts, in place of earlier ones, and moves the jobs in the ranking.
    pub fn save_matches(&mut self, key: &RankKey, ranked: &[RankedJob]) -> Result<(), StoreError> {
        for one in ranked {
            self.save_match(key, one)?;
        }
        Ok(())
    }

    fn save_match(&mut self, key: &RankKey, ranked: &RankedJob) -> Result<(), StoreError> {
        let JobNumber(number) = self.known_job(ranked.job)?;
        let outcome = ranked.verdict.outcome();
        // A score that is no number sorts last instead of nowhere.
        let total = ranked.verdict.score.total;
        let score = if total.is_finite() {
            total.clamp(0.0, 100.0)
        } else {
            0.0
        };
        self.run(
            "INSERT INTO matches (job, revision, enrichment, profile_revision, ranker, weights,
                                  outcome, score, reason, verdict)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (job) DO UPDATE SET
                 revision = excluded.revision, enrichment = excluded.enrichment,
                 profile_revision = excluded.profile_revision, ranker = excluded.ranker,
                 weights = excluded.weights, outcome = excluded.outcome, score = excluded.score,
                 reason = excluded.reason, verdict = excluded.verdict",
            params![
                number,
                ranked.basis.revision,
                ranked.basis.enrichment,
                key.profile_revision,
                key.ranker,
                key.weights,
                outcome_name(outcome),
                score,
                ranked.reason,
                json("verdict", &ranked.verdict)?
            ],
        )?;
        self.run(
            "UPDATE jobs SET rank_class = ?2, rank_loss = ?3 WHERE number = ?1",
            params![number, rank_class(outcome), 100.0 - score],
        )?;
        Ok(())
    }
}

impl Reader {
    /// Open jobs without a verdict for `key` since they last changed, at most
    /// `limit`, with their vectors in `space`.
    pub fn jobs_to_rank(
        &self,
        key: &RankKey,
        space: &VectorSpace,
        limit: u32,
    ) -> Result<Vec<ToRank>, StoreError> {
        let stem = self.stem(space)?;
        let sql = format!(
            "SELECT jobs.number, {JOB_COLUMNS}, jobs.revision, jobs.enrichment
             {DUE} ORDER BY jobs.number LIMIT ?4"
        );
        self.all(
            &sql,
            params![key.profile_revision, key.ranker, key.weights, limit],
            |row| {
                let number = JobNumber(row.get("number")?);
                let [vector, title_vector] = match &stem {
                    Some(stem) => self.job_vectors(stem, number)?,
                    None => [None, None],
                };
                Ok(ToRank {
                    job: job(row)?,
                    basis: basis(row)?,
                    skills: self.skills_of(number)?,
                    vector,
                    title_vector,
                })
            },
        )
    }

    /// How many jobs [`Reader::jobs_to_rank`] would give without a limit.
    pub fn count_to_rank(&self, key: &RankKey) -> Result<u32, StoreError> {
        self.number(
            &format!("SELECT count(*) {DUE}"),
            params![key.profile_revision, key.ranker, key.weights],
        )
    }

    /// The verdict on a job, once there is one.
    pub fn match_of(&self, id: JobId) -> Result<Option<Match>, StoreError> {
        self.first(
            "SELECT m.revision, m.enrichment, m.profile_revision, m.ranker, m.weights, m.reason,
                    m.verdict
             FROM matches m JOIN jobs ON jobs.number = m.job WHERE jobs.id = ?1",
            [id.as_bytes()],
            |row| {
                Ok(Match {
                    key: RankKey {
                        profile_revision: row.get("profile_revision")?,
                        ranker: row.get("ranker")?,
                        weights: row.get("weights")?,
                    },
                    basis: basis(row)?,
                    verdict: json_column(row, "verdict")?,
                    reason: row.get("reason")?,
                })
            },
        )
    }
}

fn basis(row: &Row<'_>) -> Result<Basis, StoreError> {
    Ok(Basis {
        revision: row.get("revision")?,
        enrichment: row.get("enrichment")?,
    })
}

const fn rank_class(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass => 0,
        Outcome::Ask => 1,
        Outcome::Fail => FAILED,
    }
}

const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Ask => "ask",
        Outcome::Fail => "fail",
    }
}

pub(crate) fn outcome_of_name(name: &str) -> Result<Outcome, StoreError> {
    [Outcome::Pass, Outcome::Ask, Outcome::Fail]
        .into_iter()
        .find(|outcome| outcome_name(*outcome) == name)
        .ok_or_else(|| unreadable("outcome", &name))
}
