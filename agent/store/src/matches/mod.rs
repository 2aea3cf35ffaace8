//! Standings of jobs, the order they make, and which jobs still want judging.
//!
//! A change of the person, the weights or the ranking code makes a new ranking:
//! every brief is read, in order, and all standings are written in one
//! transaction ([`WriteTx::save_ranking`]). Between two of them only the jobs of
//! the queue are judged ([`WriteTx::save_judged`]): triggers put there what is
//! new or changed.

mod best;
mod order;
mod pass;
mod queue;
mod read;

pub use best::Unexplained;
pub use pass::{Briefed, Judged};
pub use queue::{JudgedAnew, Queued};
pub use read::Match;

use agent_core::matching::Outcome;
use rusqlite::Row;

use crate::{Reader, StoreError, WriteTx, value::unreadable};

/// What standings rest on beside the jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankKey {
    /// Revision of profile and preferences.
    pub profile_revision: i64,
    /// Version of the ranking code, and whatever else it depends on.
    pub ranker: String,
    /// The weights of the parts, as JSON.
    pub weights: String,
}

/// The state of a job that a standing rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Revision of the job's facts.
    pub revision: i64,
    /// Revision of what was found in it; 0 before anything was.
    pub enrichment: i64,
}

/// Number of a ranking, in order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RankingId(i64);

/// Classes of `matches.class`, in the order of a list.
pub(crate) const UNRANKED: u8 = 2;
pub(crate) const FAILED: u8 = 3;

impl Reader {
    /// The present ranking, once there is one.
    fn ranking(&self) -> Result<Option<(RankingId, RankKey)>, StoreError> {
        self.first(
            "SELECT id, profile_revision, ranker, weights FROM rankings ORDER BY id DESC LIMIT 1",
            [],
            |row| Ok((RankingId(row.get("id")?), key(row)?)),
        )
    }

    /// Whether the standings are those of `key`.
    pub fn is_ranked_for(&self, key: &RankKey) -> Result<bool, StoreError> {
        Ok(self.ranking()?.is_some_and(|(_, present)| present == *key))
    }
}

impl WriteTx<'_> {
    fn new_ranking(&mut self, key: &RankKey) -> Result<RankingId, StoreError> {
        self.run(
            "INSERT INTO rankings (profile_revision, ranker, weights) VALUES (?1, ?2, ?3)",
            rusqlite::params![key.profile_revision, key.ranker, key.weights],
        )?;
        Ok(RankingId(self.connection.last_insert_rowid()))
    }
}

fn key(row: &Row<'_>) -> Result<RankKey, StoreError> {
    Ok(RankKey {
        profile_revision: row.get("profile_revision")?,
        ranker: row.get("ranker")?,
        weights: row.get("weights")?,
    })
}

fn basis(row: &Row<'_>) -> Result<Basis, StoreError> {
    Ok(Basis {
        revision: row.get("revision")?,
        enrichment: row.get("enrichment")?,
    })
}

const fn class_of(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass => 0,
        Outcome::Ask => 1,
        Outcome::Fail => FAILED,
    }
}

pub(crate) fn outcome_of_name(name: &str) -> Result<Outcome, StoreError> {
    match name {
        "pass" => Ok(Outcome::Pass),
        "ask" => Ok(Outcome::Ask),
        "fail" => Ok(Outcome::Fail),
        _ => Err(unreadable("outcome", &name)),
    }
}
