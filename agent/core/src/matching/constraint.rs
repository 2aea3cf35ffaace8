//! Hard constraints: decided before any score, and no score overrides them.

use serde::{Deserialize, Serialize};

use super::Reason;
use crate::{
    job::Job,
    profile::{Preferences, Profile},
};

/// What a constraint says of a job. Ordered from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Met, or the person has no such limit.
    Pass,
    /// The posting does not say enough: the person decides.
    Ask,
    /// Not met.
    Fail,
}

/// A hard constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Constraint {
    /// Place, workplace kind, remote scope and willingness to move.
    Location,
    /// Work permit or sponsorship.
    Permit,
    /// Language of the work.
    Language,
    /// Pay floor.
    Pay,
    /// Excluded employers.
    Company,
}

/// One constraint, decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which.
    pub constraint: Constraint,
    /// How it was decided.
    pub outcome: Outcome,
    /// Why, with the words it rests on.
    pub reason: Reason,
}

/// Decides every constraint for `job`, in the order of [`Constraint`].
pub fn check(job: &Job, profile: &Profile, prefs: &Preferences) -> Vec<Check> {
    let _ = (job, profile, prefs);
    Vec::new()
}
