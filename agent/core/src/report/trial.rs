//! Which jobs come within reach with a skill, counted by judging them again.
//!
//! A job that names none of the skills a supposition changes has the same score with it
//! as without: it is not judged again. A test holds that this is the same as judging
//! every job for every supposition.

use std::collections::HashMap;

use super::{POSTINGS, demand::reaches};
use crate::{
    ids::JobId,
    matching::{Brief, Judge, Supposed},
};

/// A job to be shown beside a skill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// Which.
    pub id: JobId,
    /// Its score.
    pub score: f64,
    /// Its score with the skill, where that brings it within reach.
    pub with: Option<f64>,
}

/// The best few of many, best first; the same in whatever order they come.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Best(Vec<Shown>);

impl Best {
    pub(super) fn add(&mut self, shown: Shown, most: usize) {
        let value = |one: &Shown| one.with.unwrap_or(one.score);
        let after = |other: &Shown| {
            value(other)
                .total_cmp(&value(&shown))
                .then_with(|| shown.id.cmp(&other.id))
                .is_ge()
        };
        let place = self.0.partition_point(after);
        if place < most {
            self.0.insert(place, shown);
            self.0.truncate(most);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for shown in other.0 {
            self.add(shown, POSTINGS);
        }
    }

    pub(super) fn shown(&self) -> &[Shown] {
        &self.0
    }
}

/// What one supposition does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gain {
    /// Jobs that come within reach.
    pub gained: u32,
    /// Jobs that leave it; none, unless reading the profile again reads it otherwise.
    pub lost: u32,
    best: Best,
}

impl Gain {
    /// The jobs that come within reach, the best first.
    pub fn best(&self) -> &[Shown] {
        self.best.shown()
    }

    /// Adds what was counted over another share of the jobs.
    pub fn merge(&mut self, other: Self) {
        self.gained += other.gained;
        self.lost += other.lost;
        self.best.merge(other.best);
    }
}

/// Suppositions to be tried on many jobs.
#[derive(Debug, Clone)]
pub struct Trial {
    supposed: Vec<Supposed>,
    /// Those that touch a label, by it.
    by_label: HashMap<String, Vec<usize>>,
    /// Those that may touch any job.
    always: Vec<usize>,
    line: f64,
}

impl Trial {
    /// Prepares to try these; `line` is the score from which a job is within reach.
    pub fn new(supposed: Vec<Supposed>, line: f64) -> Self {
        let mut by_label: HashMap<String, Vec<usize>> = HashMap::new();
        let mut always = Vec::new();
        for (at, one) in supposed.iter().enumerate() {
            match one.touches() {
                Some(labels) => {
                    for label in labels {
                        by_label.entry(label.to_owned()).or_default().push(at);
                    }
                }
                None => always.push(at),
            }
        }
        Self {
            supposed,
            by_label,
            always,
            line,
        }
    }

    /// An empty count for each supposition.
    pub fn empty(&self) -> Vec<Gain> {
        vec![Gain::default(); self.supposed.len()]
    }

    /// The suppositions, in the order of the counts.
    pub fn supposed(&self) -> &[Supposed] {
        &self.supposed
    }

    /// Tries one job; `judge` is that of the person as they are.
    pub fn add(&self, gains: &mut [Gain], id: JobId, judge: &Judge, brief: &Brief<'_>) {
        let asks = brief.asks();
        let mut tried: Vec<usize> = asks
            .iter()
            .filter_map(|(skill, _)| self.by_label.get(*skill))
            .flatten()
            .chain(&self.always)
            .copied()
            .collect();
        if tried.is_empty() {
            return;
        }
        tried.sort_unstable();
        tried.dedup();
        let likeness = judge.likeness_of(brief);
        let before = judge.mark(brief, &likeness);
        let reached = reaches(&before, self.line);
        for at in tried {
            let (Some(supposed), Some(gain)) = (self.supposed.get(at), gains.get_mut(at)) else {
                continue;
            };
            let mark = supposed.mark(brief, &likeness);
            match (reached, reaches(&mark, self.line)) {
                (false, true) => {
                    gain.gained += 1;
                    let shown = Shown {
                        id,
                        score: before.score,
                        with: Some(mark.score),
                    };
                    gain.best.add(shown, POSTINGS);
                }
                (true, false) => gain.lost += 1,
                (true, true) | (false, false) => {}
            }
        }
    }
}
