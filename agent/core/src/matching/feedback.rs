//! What the person's likes and hides teach about the order of other jobs.
//!
//! Each feature of a judged job (its employer, words of its title, its skills…)
//! has a weight, the logarithm of its odds, shrunk towards nothing:
//!
//! ```text
//! weight = ln((for + S) / (against + S))       for, against: sums of 0.5^(age / 60 days)
//! points = MAX · tanh(Σ share(kind) · Σ weight / √features of the kind)
//! ```
//!
//! So one like moves what is much like it by a few points, and nothing moves
//! anything by more than [`MAX_POINTS`]. The points change the order alone: no
//! constraint and no part of the score knows of them.

mod effect;
mod feature;
mod rule;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use effect::{Effect, effect};
pub use feature::{Feature, FeatureKind, Traits};
pub use rule::{Proposal, RULE_POINTS, Rule, RuleAction, propose};

use super::{Evidence, EvidenceSource, Reason};

/// Most points that likes and hides move a job by, up or down.
pub const MAX_POINTS: f64 = 8.0;

/// Days after which a judgement counts half.
const HALF_LIFE: f64 = 60.0;

/// The age of a judgement counts in steps of this many days, so that the order
/// does not change every night.
const STEP: u32 = 7;

/// What is added to both sides: the odds of a feature seen once are 1.5 to 1.
const SHRINKAGE: f64 = 2.0;

/// Most jobs named as what a weight rests on.
const NAMED: usize = 3;

/// Most features named in an explanation.
const REASONS: usize = 5;

/// What became of a job, as far as it tells what the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// The person liked it.
    Liked,
    /// They applied to it.
    Applied,
    /// They hid it.
    Hidden,
    /// They prepared an application and said no to it.
    Discarded,
    /// Its employer said no.
    Rejected,
}

impl Judgement {
    /// How much it counts; less than 0 is against.
    const fn weight(self) -> f64 {
        match self {
            Self::Liked | Self::Applied => 1.0,
            Self::Hidden => -1.0,
            Self::Discarded => -0.5,
            Self::Rejected => -0.3,
        }
    }

    /// The judgement in a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Liked => "liked",
            Self::Applied => "applied to",
            Self::Hidden => "hidden",
            Self::Discarded => "discarded",
            Self::Rejected => "rejected by the employer",
        }
    }
}

/// A job the person judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Title and employer, for explanations.
    pub name: String,
    /// Its features, each once.
    pub features: Vec<Feature>,
    /// What became of it.
    pub judgement: Judgement,
    /// Days since.
    pub age: u32,
}

/// What was learned, small enough to be asked for every job.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedbackModel {
    learned: HashMap<u64, Learned>,
    rules: Vec<Rule>,
    by_rule: HashMap<u64, Vec<usize>>,
}

/// What was learned of a feature.
#[derive(Debug, Clone, PartialEq)]
struct Learned {
    feature: Feature,
    weight: f64,
    /// Judged jobs that have it, the latest first, at most [`NAMED`], and their number.
    because: Vec<(Judgement, String)>,
    liked: usize,
    against: usize,
}

/// What the model says of a job.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shift {
    /// Points its place moves by: up to [`MAX_POINTS`] by likes and hides, and
    /// [`RULE_POINTS`] by an accepted rule.
    pub points: f64,
    /// Place, in the model's rules, of the one that hides it.
    pub hidden_by: Option<usize>,
}

impl FeedbackModel {
    /// Learns from judged jobs, and keeps accepted rules. The order of the
    /// examples does not matter but for which of them are named.
    pub fn learn(examples: &[Example], rules: Vec<Rule>) -> Self {
        let mut sums: HashMap<u64, (f64, f64)> = HashMap::new();
        let mut learned: HashMap<u64, Learned> = HashMap::new();
        let mut latest: Vec<&Example> = examples.iter().collect();
        latest.sort_by(|a, b| a.age.cmp(&b.age).then_with(|| a.name.cmp(&b.name)));
        for example in latest {
            let weight = example.judgement.weight();
            let age = f64::from(example.age / STEP * STEP);
            let counts = weight.abs() * 0.5_f64.powf(age / HALF_LIFE);
            for feature in &example.features {
                let sum = sums.entry(feature.id()).or_default();
                let one = learned.entry(feature.id()).or_insert_with(|| Learned {
                    feature: feature.clone(),
                    weight: 0.0,
                    because: Vec::new(),
                    liked: 0,
                    against: 0,
                });
                if weight > 0.0 {
                    sum.0 += counts;
                    one.liked += 1;
                } else {
                    sum.1 += counts;
                    one.against += 1;
                }
                if one.because.len() < NAMED {
                    one.because.push((example.judgement, example.name.clone()));
                }
            }
        }
        for (id, one) in &mut learned {
            let (liked, against) = sums.get(id).copied().unwrap_or_default();
            one.weight = ((liked + SHRINKAGE) / (against + SHRINKAGE)).ln();
        }
        Self {
            learned,
            ..Self::default()
        }
        .with_rules(rules)
    }

    /// What was learned, with these rules in place of its own.
    pub fn with_rules(&self, rules: Vec<Rule>) -> Self {
        let mut by_rule: HashMap<u64, Vec<usize>> = HashMap::new();
        for (place, rule) in rules.iter().enumerate() {
            by_rule.entry(rule.feature.id()).or_default().push(place);
        }
        Self {
            learned: self.learned.clone(),
            rules,
            by_rule,
        }
    }

    /// Whether it has nothing to say of any job.
    pub fn is_empty(&self) -> bool {
        self.learned.is_empty() && self.rules.is_empty()
    }

    /// The accepted rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the model says of a job with these features, each given once.
    pub fn shift(&self, features: &[(FeatureKind, u64)]) -> Shift {
        let mut sum = 0.0;
        let mut rules = 0.0;
        let mut hidden_by = None;
        for kind in FeatureKind::ALL {
            let mut count = 0_u32;
            let mut weights = 0.0;
            for (_, id) in features.iter().filter(|(of, _)| *of == kind) {
                count += 1;
                weights += self.learned.get(id).map_or(0.0, |one| one.weight);
                for place in self.by_rule.get(id).into_iter().flatten() {
                    match self.rules.get(*place).map(|rule| rule.action) {
                        Some(RuleAction::Hide) => {
                            hidden_by = Some(hidden_by.map_or(*place, |at: usize| at.min(*place)));
                        }
                        Some(RuleAction::Lower) => rules -= RULE_POINTS,
                        Some(RuleAction::Raise) => rules += RULE_POINTS,
                        None => {}
                    }
                }
            }
            if count > 0 {
                sum += kind.share() * weights / f64::from(count).sqrt();
            }
        }
        Shift {
            points: MAX_POINTS * sum.tanh() + rules.clamp(-RULE_POINTS, RULE_POINTS),
            hidden_by,
        }
    }

    /// Why a job is moved: the features that weigh most, each with the jobs it
    /// rests on, and accepted rules. Empty when nothing moves it.
    pub fn reasons(&self, features: &[Feature]) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = features
            .iter()
            .flat_map(|feature| self.by_rule.get(&feature.id()).into_iter().flatten())
            .filter_map(|place| self.rules.get(*place))
            .map(|rule| Reason {
                text: format!("a rule you accepted: {rule}"),
                evidence: Vec::new(),
            })
            .collect();
        let mut found: Vec<&Learned> = features
            .iter()
            .filter_map(|feature| self.learned.get(&feature.id()))
            .collect();
        let weighs = |one: &Learned| (one.weight * one.feature.kind.share()).abs();
        found.sort_by(|a, b| {
            let by_weight = weighs(b).total_cmp(&weighs(a));
            by_weight.then_with(|| a.feature.cmp(&b.feature))
        });
        for one in found.into_iter().take(REASONS) {
            let direction = if one.weight > 0.0 { "up" } else { "down" };
            let counted = match (one.liked, one.against) {
                (liked, 0) => format!("you wanted {liked} with it"),
                (0, against) => format!("{against} with it came to nothing"),
                (liked, against) => format!("you wanted {liked} with it and {against} not"),
            };
            let evidence = one.because.iter().map(|(judgement, name)| {
                let quote = format!("{}: {name}", judgement.word());
                Evidence::new(EvidenceSource::Preference, &quote)
            });
            reasons.push(Reason {
                text: format!("{} moves it {direction}: {counted}", one.feature),
                evidence: evidence.collect(),
            });
        }
        reasons
    }

    /// What it would say, as one text: equal texts move every job alike.
    pub fn fingerprint(&self) -> String {
        let mut lines: Vec<String> = self
            .learned
            .values()
            .map(|one| format!("{:?} {:x}", one.feature, one.weight.to_bits()))
            .chain(self.rules.iter().map(|rule| format!("{rule:?}")))
            .collect();
        lines.sort_unstable();
        crate::ids::ContentHash::of(&lines.join("\n")).to_string()
    }
}

#[cfg(test)]
mod tests;
