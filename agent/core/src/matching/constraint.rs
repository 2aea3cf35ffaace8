//! Hard constraints: decided before any score, and no score overrides them.
//!
//! They look at the fields and the facts of a job, never at its description.

mod clearance;
mod degree;
mod employer;
mod employment;
mod level;
mod limits;
mod location;
mod pay;
mod permit;
mod policy;
mod tongue;

pub(super) use limits::Limits;

pub use employer::key as employer_key;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Evidence, EvidenceSource, Person, Reason};
use crate::job::Job;

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
    /// Work permit, sponsorship or citizenship.
    Permit,
    /// Security clearance.
    Clearance,
    /// Language of the work.
    Language,
    /// Pay floor.
    Pay,
    /// Kind of contract.
    Employment,
    /// Level, where it is a limit.
    Level,
    /// Degree.
    Degree,
    /// What the employer forbids in an application.
    Policy,
    /// Excluded employers, size and industry.
    Company,
}

impl Constraint {
    /// Name, in kebab-case, as it is stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Permit => "permit",
            Self::Clearance => "clearance",
            Self::Language => "language",
            Self::Pay => "pay",
            Self::Employment => "employment",
            Self::Level => "level",
            Self::Degree => "degree",
            Self::Policy => "policy",
            Self::Company => "company",
        }
    }
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
///
/// A constraint on which the person set no limit passes, and its reason says
/// so. Where the posting does not say enough to be sure, or says two things, the
/// outcome is [`Outcome::Ask`]: a wrong pass costs the person more than a question.
pub fn check(job: &Job, person: &Person) -> Vec<Check> {
    decide_all(job, person)
        .map(|(constraint, decision)| Check {
            constraint,
            outcome: decision.outcome,
            reason: Reason {
                text: decision.text.into_owned(),
                evidence: (decision.because)(),
            },
        })
        .collect()
}

/// The worst outcome of all constraints, and why it is no pass: of equally bad
/// ones the last.
pub(super) fn worst(job: &Job, person: &Person) -> (Outcome, Option<String>) {
    let against = decide_all(job, person)
        .map(|(_, decision)| decision)
        .filter(|decision| decision.outcome != Outcome::Pass)
        .max_by_key(|decision| decision.outcome);
    match against {
        Some(decision) => (decision.outcome, Some(decision.text.into_owned())),
        None => (Outcome::Pass, None),
    }
}

fn decide_all<'a>(
    job: &'a Job,
    person: &'a Person,
) -> impl Iterator<Item = (Constraint, Decision<'a>)> {
    [
        (Constraint::Location, location::decide(job, person)),
        (Constraint::Permit, permit::decide(job, person)),
        (Constraint::Clearance, clearance::decide(job, person)),
        (Constraint::Language, tongue::decide(job, person)),
        (Constraint::Pay, pay::decide(job, person)),
        (Constraint::Employment, employment::decide(job, person)),
        (Constraint::Level, level::decide(job, person)),
        (Constraint::Degree, degree::decide(job, person)),
        (Constraint::Policy, policy::decide(job)),
        (Constraint::Company, employer::decide(job, person)),
    ]
    .into_iter()
}

/// Quotes what a decision rests on, when it is asked for: a hundred thousand jobs
/// are decided for every one that is shown.
type Because<'a> = Box<dyn Fn() -> Vec<Evidence> + 'a>;

/// An outcome with its reason.
struct Decision<'a> {
    outcome: Outcome,
    text: Cow<'static, str>,
    because: Because<'a>,
}

fn decide<'a>(
    outcome: Outcome,
    text: impl Into<Cow<'static, str>>,
    because: impl Fn() -> Vec<Evidence> + 'a,
) -> Decision<'a> {
    Decision {
        outcome,
        text: text.into(),
        because: Box::new(because),
    }
}

/// Evidence that the person has no such wish: the keys that are not set.
fn unset(keys: &str) -> Vec<Evidence> {
    vec![Evidence::new(
        EvidenceSource::Preference,
        &format!("{keys}: not set"),
    )]
}

#[cfg(test)]
mod tests;
