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

pub(super) use experience::level_name;
pub(super) use title::{Work, tokens as title_words};

use super::{Evidence, EvidenceSource, Person, Reason};
use crate::{
    job::Job,
    skill::{self, Category, Need, SkillMatch},
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

/// A skill a posting asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Asked<'a> {
    /// Its label, or its own words.
    pub(super) skill: &'a str,
    pub(super) kind: Kind,
    pub(super) need: Need,
    /// The sentence that asks for it; empty where only numbers are wanted.
    pub(super) evidence: &'a str,
}

/// How much a skill says of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No list has it: it counts only where the person has it.
    Unlisted,
    /// A personal trait: everybody asks for communication and teamwork.
    Trait,
    /// Found by the tagger, and known to the taxonomy alone.
    Tagged,
    /// Anything else.
    Work,
}

impl Kind {
    /// The kind of the skill with this label.
    pub(super) fn of(label: &str) -> Self {
        match skill::category(label) {
            None => Self::Unlisted,
            Some(Category::Soft) => Self::Trait,
            Some(_) if skill::is_of_lexicon(label) => Self::Work,
            Some(_) => Self::Tagged,
        }
    }
}

impl<'a> Asked<'a> {
    /// A skill as it was found.
    pub(super) fn of(found: &'a SkillMatch) -> Self {
        Self {
            skill: &found.skill,
            kind: Kind::of(&found.skill),
            need: found.need,
            evidence: &found.evidence,
        }
    }
}

/// What the scorer needs beside job and person: what was found in the text, and
/// how its vectors lie to the person's.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Signals<'a> {
    /// Skills asked by the posting.
    pub(super) asked: &'a [Asked<'a>],
    /// Cosine similarity of the job's title with each title of the person's, in
    /// their order; empty without vectors.
    pub(super) titles: &'a [Option<f64>],
    /// The work the job's title names.
    pub(super) work: Option<Work>,
    /// Cosine similarity of the description with the profile. `None` without vectors.
    pub(super) text: Option<f64>,
}

/// Whether reasons are written down, or only the numbers are wanted. The numbers
/// are the same: they come from the same lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    Kept,
    Left,
}

impl Notes {
    fn of(self, reasons: impl FnOnce() -> Vec<Reason>) -> Vec<Reason> {
        match self {
            Self::Kept => reasons(),
            Self::Left => Vec::new(),
        }
    }
}

/// From this fit of skills or title on a job is of the person's own field.
const OWN_FIELD: f64 = 30.0;

/// All parts, in their order.
const PARTS: [Part; 5] = [
    Part::Skills,
    Part::Title,
    Part::Experience,
    Part::Location,
    Part::Salary,
];

impl Weights {
    /// Weight of a part; 0 for one that is negative or no number.
    fn of(&self, part: Part) -> f64 {
        let weight = match part {
            Part::Skills => self.skills,
            Part::Title => self.title,
            Part::Experience => self.experience,
            Part::Location => self.location,
            Part::Salary => self.salary,
        };
        if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        }
    }
}

/// A job to be scored, for whom, and with what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) job: &'a Job,
    pub(super) person: &'a Person,
    pub(super) signals: Signals<'a>,
}

impl Case<'_> {
    /// The reasons of a part.
    pub(super) fn reasons(&self, part: Part) -> Vec<Reason> {
        self.rate(part, Notes::Kept).reasons
    }

    fn rate(&self, part: Part, notes: Notes) -> Rated {
        let Self {
            job,
            person,
            signals,
        } = self;
        match part {
            Part::Skills => skills::rate(person, signals, notes),
            Part::Title => title::rate(job, person, signals, notes),
            Part::Experience => experience::rate(job, person, notes),
            Part::Location => place::rate(job, person, notes),
            Part::Salary => salary::rate(job, person, notes),
        }
    }

    /// The score. Pure: the same case gives the same score.
    pub(super) fn score(&self, weights: &Weights, notes: Notes) -> Score {
        let mut known = 0.0;
        let mut nearest: Option<f64> = None;
        let rated = PARTS.map(|part| {
            let mut rated = self.rate(part, notes);
            match part {
                // These two come first.
                Part::Skills | Part::Title => {
                    nearest = rated.value.into_iter().chain(nearest).reduce(f64::max);
                }
                Part::Experience => rated.in_field(nearest, notes),
                Part::Location | Part::Salary => {}
            }
            if rated.value.is_some() {
                known += weights.of(part);
            }
            (part, rated)
        });
        let mut total = 0.0;
        let parts = rated.map(|(part, rated)| {
            let share = if rated.value.is_some() && known > 0.0 {
                weights.of(part) / known
            } else {
                0.0
            };
            let value = rated.value.map(|value| value.clamp(0.0, 100.0));
            total += value.unwrap_or_default() * share;
            PartScore {
                part,
                value,
                share,
                reasons: rated.reasons,
            }
        });
        // A weight without bounds makes a sum that is no number.
        let total = if total.is_finite() { total } else { 0.0 };
        Score {
            total: total.clamp(0.0, 100.0),
            parts: parts.into(),
        }
    }
}

impl Score {
    /// The mean of the known parts but `left`, by their own weights.
    pub(super) fn beside(&self, left: Part) -> Option<f64> {
        let others = self.parts.iter().filter(|part| part.part != left);
        let (share, sum) = others.fold((0.0, 0.0), |(share, sum), part| {
            (
                share + part.share,
                sum + part.value.unwrap_or_default() * part.share,
            )
        });
        (share > 0.0).then(|| sum / share)
    }

    /// The part that adds most.
    pub(super) fn strongest(&self) -> Option<&PartScore> {
        let adds = |part: &&PartScore| part.value.unwrap_or_default() * part.share;
        self.parts.iter().max_by(|a, b| adds(a).total_cmp(&adds(b)))
    }
}

/// A part before its weight is known.
struct Rated {
    value: Option<f64>,
    reasons: Vec<Reason>,
}

impl Rated {
    /// Years and level of one profession say little in another: the less the
    /// work is like that of the person (`nearest`: the better of skills and
    /// title), the less they count.
    fn in_field(&mut self, nearest: Option<f64>, notes: Notes) {
        let Some((value, nearest)) = self.value.zip(nearest.filter(|value| *value < OWN_FIELD))
        else {
            return;
        };
        self.value = Some(value * nearest.max(0.0) / OWN_FIELD);
        self.reasons.extend(notes.of(|| {
            let number = format!("skills and title fit {nearest:.0} of 100");
            vec![reason(
                "the work is unlike yours, so that years and level count less",
                vec![measure(number)],
            )]
        }));
    }

    fn unknown(notes: Notes, text: &str, evidence: impl FnOnce() -> Vec<Evidence>) -> Self {
        Self {
            value: None,
            reasons: notes.of(|| vec![reason(text, evidence())]),
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
pub(super) fn along(points: &[(f64, f64)], x: f64) -> f64 {
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
