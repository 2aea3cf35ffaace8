//! How much each skill is in demand among the jobs near the person.
//!
//! A job counts by how well it fits without its skills, so that a skill is not wanted
//! more because the person has it:
//!
//! ```text
//! fit    = Σ weight(part) · value(part) / Σ weight(part)   over the known parts but skills
//! weight = (fit − 40) / 60, at least 0 and at most 1       0 where a hard constraint fails
//! demand = Σ weight of the jobs that name the skill / Σ weight of all jobs
//! ```
//!
//! Work of another profession in the right town with the right pay has a fit below 40,
//! and so weighs nothing.

use std::collections::BTreeMap;

use super::{
    POSTINGS,
    gap::Demand,
    trial::{Best, Shown},
};
use crate::{
    ids::JobId,
    matching::{Brief, Judge, Likeness, Mark, Outcome, is_learnable},
    skill::Need,
};

/// Below this fit a job weighs nothing.
const FLOOR: f64 = 40.0;

/// What a job weighs, in thousandths. Whole numbers, so that a sum is the same in
/// whatever shares it was made.
pub fn weight(mark: &Mark) -> u32 {
    if mark.outcome == Outcome::Fail {
        return 0;
    }
    let fit = mark.beside_skills.unwrap_or(mark.score);
    let weight = ((fit - FLOOR) / (100.0 - FLOOR)).clamp(0.0, 1.0);
    (weight * 1000.0).round() as u32
}

/// The counts of one skill, over the jobs that weigh something.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Count {
    /// Sum of the weights, in thousandths.
    pub weight: u64,
    /// Jobs that require it.
    pub required: u32,
    /// Jobs that name it without a mark either way.
    pub named: u32,
    /// Jobs that would like it.
    pub optional: u32,
    best: Best,
}

impl Count {
    fn merge(&mut self, other: Self) {
        self.weight += other.weight;
        self.required += other.required;
        self.named += other.named;
        self.optional += other.optional;
        self.best.merge(other.best);
    }

    /// Jobs that name it.
    pub fn jobs(&self) -> u32 {
        self.required + self.named + self.optional
    }

    /// Whether any job asks for it or would like it, and does more than name it.
    fn is_asked_for(&self) -> bool {
        self.required > 0 || self.optional > 0
    }

    /// The jobs that name it and fit best.
    pub fn best(&self) -> &[Shown] {
        self.best.shown()
    }
}

/// The counts over a corpus. Shares of it can be counted apart and merged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// The score from which a job is within reach.
    line: f64,
    /// Jobs counted.
    pub open: u32,
    /// Those that fail a hard constraint.
    pub failing: u32,
    /// Those that weigh something.
    pub near: u32,
    /// Those within reach.
    pub reached: u32,
    weight: u64,
    skills: BTreeMap<String, Count>,
}

/// Whether a job is within reach.
pub(super) fn reaches(mark: &Mark, line: f64) -> bool {
    mark.outcome != Outcome::Fail && mark.score >= line
}

impl Tally {
    /// An empty one; `line` is the score from which a job is within reach.
    pub fn new(line: f64) -> Self {
        Self {
            line,
            ..Self::default()
        }
    }

    /// Counts one job.
    pub fn add(&mut self, id: JobId, judge: &Judge, brief: &Brief<'_>) {
        let likeness: Likeness = judge.likeness_of(brief);
        let mark = judge.mark(brief, &likeness);
        self.open += 1;
        self.failing += u32::from(mark.outcome == Outcome::Fail);
        self.reached += u32::from(reaches(&mark, self.line));
        let weight = weight(&mark);
        if weight == 0 {
            return;
        }
        self.near += 1;
        self.weight += u64::from(weight);
        for (skill, need) in brief.asks() {
            let count = match self.skills.get_mut(skill) {
                Some(count) => count,
                None => self.skills.entry(skill.to_owned()).or_default(),
            };
            count.weight += u64::from(weight);
            match need {
                Need::Required => count.required += 1,
                Need::Named => count.named += 1,
                Need::Optional => count.optional += 1,
            }
            count.best.put(Shown {
                id,
                score: mark.score,
                with: None,
            });
        }
    }

    /// Adds the counts of another share.
    pub fn merge(&mut self, other: Self) {
        self.open += other.open;
        self.failing += other.failing;
        self.near += other.near;
        self.reached += other.reached;
        self.weight += other.weight;
        for (skill, count) in other.skills {
            self.skills.entry(skill).or_default().merge(count);
        }
    }

    /// The skills that are missing, most in demand first. Personal traits are no skills
    /// to learn; nor is what postings only speak of, as of their customers' trades: a
    /// skill counts as missing once one near posting asks for it or would like it.
    pub fn missing(&self, judge: &Judge) -> Vec<String> {
        let asked = |skill: &str| self.count(skill).is_some_and(Count::is_asked_for);
        self.by_demand(|skill| !judge.has(skill) && is_learnable(skill) && asked(skill))
    }

    /// The skills in demand that the person has, most in demand first.
    pub fn held(&self, judge: &Judge) -> Vec<String> {
        self.by_demand(|skill| judge.has(skill) && is_learnable(skill))
    }

    fn by_demand(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let wanted = self.skills.iter().filter(|(skill, _)| wanted(skill));
        let mut wanted: Vec<(&String, &Count)> = wanted.collect();
        wanted.sort_by(|(a, x), (b, y)| y.weight.cmp(&x.weight).then_with(|| a.cmp(b)));
        wanted.into_iter().map(|(skill, _)| skill.clone()).collect()
    }

    /// The counts of a skill.
    pub fn count(&self, skill: &str) -> Option<&Count> {
        self.skills.get(skill)
    }

    /// The demand for a skill.
    pub fn demand(&self, skill: &str) -> Demand {
        let Some(count) = self.skills.get(skill) else {
            return Demand::default();
        };
        let share = count.weight as f64 / self.weight.max(1) as f64;
        Demand {
            share: (share * 10_000.0).round() / 10_000.0,
            jobs: count.jobs(),
            required: count.required,
            named: count.named,
            optional: count.optional,
        }
    }
}

impl Best {
    fn put(&mut self, shown: Shown) {
        self.add(shown, POSTINGS);
    }
}
