//! The score of a job, 0 to 100, as the weighted mean of its known parts.

use serde::{Deserialize, Serialize};

use super::Reason;
use crate::{
    job::Job,
    profile::{Month, Preferences, Profile},
    skill::SkillMatch,
};

/// A part of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Skills asked against skills held.
    Skills,
    /// Title against titles held and wanted.
    Title,
    /// Years and level asked against years and level held.
    Experience,
    /// The better of place and remote work.
    Location,
    /// Pay against the floor wanted.
    Salary,
}

/// Weights of the parts. They need not add up to 1; the score divides by the
/// sum of the weights of the known parts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Weight of [`Part::Skills`].
    pub skills: f64,
    /// Weight of [`Part::Title`].
    pub title: f64,
    /// Weight of [`Part::Experience`].
    pub experience: f64,
    /// Weight of [`Part::Location`].
    pub location: f64,
    /// Weight of [`Part::Salary`].
    pub salary: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            skills: 0.35,
            title: 0.25,
            experience: 0.15,
            location: 0.15,
            salary: 0.10,
        }
    }
}

/// One part, scored or marked unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartScore {
    /// Which.
    pub part: Part,
    /// 0 to 100, or `None` when the posting or profile does not say enough.
    pub value: Option<f64>,
    /// The part's share of the score after the weight of unknown parts was
    /// shared out; 0 for an unknown part. The shares of a score add up to 1.
    pub share: f64,
    /// Why. Every reason quotes words or a number.
    pub reasons: Vec<Reason>,
}

/// A score with its parts, in the order of [`Part`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// 0 to 100; 0 with no known part.
    pub total: f64,
    /// All five parts.
    pub parts: Vec<PartScore>,
}

/// What the scorer needs beside job and person: results of matching and of
/// vectors, which are computed outside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signals {
    /// Skills asked by the posting, with spans of evidence.
    pub asked: Vec<SkillMatch>,
    /// Skills the profile shows, with spans of evidence.
    pub held: Vec<SkillMatch>,
    /// Cosine similarity of the job's title with the nearest title held or
    /// wanted, and that title. `None` without vectors.
    pub title: Option<(f64, String)>,
    /// Cosine similarity of the description with the profile. `None` without vectors.
    pub text: Option<f64>,
}

/// Scores `job` for the person. Pure: the same input gives the same score.
pub fn score(
    job: &Job,
    profile: &Profile,
    prefs: &Preferences,
    signals: &Signals,
    weights: &Weights,
    today: Month,
) -> Score {
    let _ = (job, profile, prefs, signals, weights, today);
    Score {
        total: 0.0,
        parts: Vec::new(),
    }
}
