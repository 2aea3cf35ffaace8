//! The score of a job, 0 to 100, as the weighted mean of its known parts.
//!
//! ```text
//! total = Σ share(part) · value(part)       over the known parts
//! share = weight(part) / Σ weight           over the known parts
//! ```
//!
//! With the default weights: 0.35 skills + 0.25 title + 0.15 experience + 0.15
//! max(place, remote) + 0.10 salary. Each part says in its own file how its
//! value comes about. Text of a posting enters only through the skills it names
//! (each once), the years it asks for and stated facts, so that neither
//! repetition nor sentences addressed to a machine move the score.

mod experience;
mod place;
mod salary;
mod skills;
mod title;

use serde::{Deserialize, Serialize};

use super::{Evidence, EvidenceSource, Reason};
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
    let rated = [
        (Part::Skills, weights.skills, skills::rate(signals)),
        (
            Part::Title,
            weights.title,
            title::rate(job, profile, prefs, signals),
        ),
        (
            Part::Experience,
            weights.experience,
            experience::rate(job, profile, prefs, today),
        ),
        (
            Part::Location,
            weights.location,
            place::rate(job, profile, prefs),
        ),
        (Part::Salary, weights.salary, salary::rate(job, prefs)),
    ];
    let usable = |weight: f64| {
        if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        }
    };
    let known: f64 = rated
        .iter()
        .filter(|(_, _, rated)| rated.value.is_some())
        .map(|(_, weight, _)| usable(*weight))
        .sum();
    let parts: Vec<PartScore> = rated
        .into_iter()
        .map(|(part, weight, rated)| {
            let share = if rated.value.is_some() && known > 0.0 {
                usable(weight) / known
            } else {
                0.0
            };
            let value = rated.value.map(|value| value.clamp(0.0, 100.0));
            PartScore {
                part,
                value,
                share,
                reasons: rated.reasons,
            }
        })
        .collect();
    let total: f64 = parts
        .iter()
        .filter_map(|part| Some(part.value? * part.share))
        .sum();
    Score {
        total: total.clamp(0.0, 100.0),
        parts,
    }
}

/// A part before its weight is known.
struct Rated {
    value: Option<f64>,
    reasons: Vec<Reason>,
}

impl Rated {
    fn unknown(text: &str, evidence: Vec<Evidence>) -> Self {
        Self {
            value: None,
            reasons: vec![reason(text, evidence)],
        }
    }
}

fn reason(text: impl Into<String>, evidence: Vec<Evidence>) -> Reason {
    Reason {
        text: text.into(),
        evidence,
    }
}

fn measure(quote: impl AsRef<str>) -> Evidence {
    Evidence::new(EvidenceSource::Measure, quote.as_ref())
}

/// The value at `x` of the line through `points`, which rise in both numbers;
/// outside them the value of the nearest.
fn along(points: &[(f64, f64)], x: f64) -> f64 {
    let Some((first, last)) = points.first().zip(points.last()) else {
        return 0.0;
    };
    if x.is_nan() || x <= first.0 {
        return first.1;
    }
    points
        .windows(2)
        .find_map(|pair| match pair {
            [(x0, y0), (x1, y1)] if x <= *x1 => Some(y0 + (y1 - y0) * (x - x0) / (x1 - x0)),
            _ => None,
        })
        .unwrap_or(last.1)
}

#[cfg(test)]
mod tests;
