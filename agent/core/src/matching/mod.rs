//! Judging a job for a person: constraints first, then the score with its reasons.

mod brief;
pub mod constraint;
mod cv;
mod direction;
pub mod feedback;
mod held;
mod judge;
mod locate;
mod near;
mod person;
mod scale;
pub mod score;
mod suppose;
mod years;

pub use brief::{Brief, BriefError};
pub use constraint::{Check, Constraint, Outcome, employer_key};
pub use cv::{CvFit, beyond_profile, fit_cvs, shown_skills};
pub use direction::Direction;
pub use held::held_skills;
pub use judge::{Found, Judge, Likeness, Mark, Standing};
pub use person::Person;
pub(crate) use person::covered_skills;
pub use scale::{Scale, Scales};
pub use score::{Part, PartScore, Score, Weights};
pub use suppose::Supposed;
pub(crate) use suppose::is_learnable;
pub use years::{SkillYears, skill_years};

use serde::{Deserialize, Serialize};

use crate::text;

/// A sentence for the person, and the words or number it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The sentence.
    pub text: String,
    /// What it rests on, quoted.
    pub evidence: Vec<Evidence>,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where the words stand.
    pub source: EvidenceSource,
    /// The words, at most 200 characters, or the number as text.
    pub quote: String,
}

impl Evidence {
    /// A quotation of `words` from `source`, cut to 200 characters.
    pub fn new(source: EvidenceSource, words: &str) -> Self {
        Self {
            source,
            quote: text::quote(words, 200),
        }
    }
}

/// Where quoted words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceSource {
    /// The posting.
    Posting,
    /// The person's profile.
    Profile,
    /// The person's preferences.
    Preference,
    /// A computed number.
    Measure,
}

/// Everything decided about one job for one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Every constraint checked, with its outcome.
    pub checks: Vec<Check>,
    /// The score, computed whatever the checks say, so that `explain` can show it.
    pub score: Score,
}

impl Verdict {
    /// The worst outcome of all checks: a fail before an ask before a pass.
    pub fn outcome(&self) -> Outcome {
        self.checks
            .iter()
            .map(|check| check.outcome)
            .max()
            .unwrap_or(Outcome::Pass)
    }

    /// The reason to show in a list: of the constraint that speaks against the
    /// job, else of the part that adds most to its score.
    pub fn strongest(&self) -> &str {
        let part = || self.score.strongest().and_then(|part| part.reasons.first());
        let reason = against(&self.checks)
            .map(|check| &check.reason)
            .or_else(part);
        reason
            .map(|reason| reason.text.as_str())
            .unwrap_or_default()
    }
}

/// The check that speaks against the job most.
fn against(checks: &[Check]) -> Option<&Check> {
    checks
        .iter()
        .filter(|check| check.outcome != Outcome::Pass)
        .max_by_key(|check| check.outcome)
}
