//! The standing of one job, with what it rests on.

use agent_core::{
    ids::JobId,
    matching::{Standing, Verdict},
    profile::{Preferences, Profile},
};

use super::{Basis, RankKey, basis, key};
use crate::{Reader, StoreError, matches::outcome_of_name, value::from_json};

/// A kept standing.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// What it rests on beside the job.
    pub key: RankKey,
    /// The state of the job it rests on.
    pub basis: Basis,
    /// The standing.
    pub standing: Standing,
    /// The verdict with its sentences, where it was kept.
    pub verdict: Option<Verdict>,
    /// Whether the job or the person changed since, so that it is to be judged again.
    pub due: bool,
}

impl Reader {
    /// The standing of a job, once it was judged.
    pub fn match_of(&self, id: JobId) -> Result<Option<Match>, StoreError> {
        self.first(
            "SELECT m.revision, m.enrichment, m.outcome, m.score, m.reason,
                    r.profile_revision, r.ranker, r.weights, v.verdict,
                    r.id <> (SELECT max(id) FROM rankings)
                    OR EXISTS (SELECT 1 FROM rank_queue q WHERE q.job = m.job) AS due
             FROM jobs JOIN matches m ON m.job = jobs.number
             JOIN rankings r ON r.id = m.ranking
             LEFT JOIN verdicts v ON v.job = m.job AND v.ranking = m.ranking
                 AND v.revision = m.revision AND v.enrichment = m.enrichment
             WHERE jobs.id = ?1",
            [id.as_bytes()],
            |row| {
                let outcome: String = row.get("outcome")?;
                let verdict: Option<String> = row.get("verdict")?;
                Ok(Match {
                    key: key(row)?,
                    basis: basis(row)?,
                    standing: Standing {
                        outcome: outcome_of_name(&outcome)?,
                        score: row.get("score")?,
                        reason: row.get("reason")?,
                    },
                    verdict: verdict
                        .map(|text| from_json("verdict", &text))
                        .transpose()?,
                    due: row.get("due")?,
                })
            },
        )
    }

    /// The person's facts and wishes as they were at `revision`.
    pub fn person_at(&self, revision: i64) -> Result<Option<(Profile, Preferences)>, StoreError> {
        let profile: Option<String> = self.value(
            "SELECT profile FROM profiles WHERE revision <= ?1 ORDER BY revision DESC LIMIT 1",
            [revision],
        )?;
        let prefs: Option<String> = self.value(
            "SELECT preferences FROM preferences WHERE revision <= ?1
             ORDER BY revision DESC LIMIT 1",
            [revision],
        )?;
        let edits: Option<String> = self.value(
            "SELECT edits FROM profile_edits WHERE revision <= ?1 ORDER BY revision DESC LIMIT 1",
            [revision],
        )?;
        let Some(profile) = profile else {
            return Ok(None);
        };
        let mut profile: Profile = from_json("profile", &profile)?;
        if let Some(edits) = edits {
            profile = profile.edited(&from_json("profile edits", &edits)?);
        }
        let prefs = prefs
            .map(|text| from_json("preferences", &text))
            .transpose()?
            .unwrap_or_default();
        Ok(Some((profile, prefs)))
    }
}
