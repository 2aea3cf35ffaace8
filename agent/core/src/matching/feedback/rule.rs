//! Rules proposed from what was hidden and liked. None holds before the person
//! accepted it, and none touches a constraint.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Example, Feature, FeatureKind, Judgement};

/// Points a rule moves a job by.
pub const RULE_POINTS: f64 = 8.0;

/// Fewest judged jobs a proposal rests on, with none that says the opposite.
const EVIDENCE: usize = 5;

/// A feature must be so many times as frequent among the judged jobs as among all.
const LIFT: f64 = 1.5;

/// What a rule does with jobs that have its feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleAction {
    /// Leaves them out of lists.
    Hide,
    /// Puts them lower.
    Lower,
    /// Puts them higher.
    Raise,
}

/// A rule about the order of jobs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// What it does.
    pub action: RuleAction,
    /// With jobs that have this.
    pub feature: Feature,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = &self.feature.value;
        let jobs = match self.feature.kind {
            FeatureKind::Agency => "openings posted by agencies".to_owned(),
            FeatureKind::Company => format!("openings of {value}"),
            FeatureKind::Industry => format!("openings in the industry {value}"),
            FeatureKind::Workplace => format!("{value} openings"),
            FeatureKind::Level => format!("openings of level {value}"),
            FeatureKind::Title => format!("openings with “{value}” in the title"),
            FeatureKind::Skill => format!("openings that name {value}"),
        };
        match self.action {
            RuleAction::Hide => write!(f, "hide {jobs}"),
            RuleAction::Lower => write!(f, "put {jobs} lower"),
            RuleAction::Raise => write!(f, "prefer {jobs}"),
        }
    }
}

/// A rule the person may want, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The rule.
    pub rule: Rule,
    /// How many judged jobs speak for it.
    pub evidence: usize,
    /// Some of them, the latest first.
    pub because: Vec<String>,
}

/// Proposes rules from judged jobs: at least five hides (or, to prefer
/// something, likes and applications) with a feature and none against it, the
/// feature being rarer among all jobs, whose share of it `share` tells. Of
/// features that rest on the same jobs only the plainest is proposed.
pub fn propose(examples: &[Example], share: impl Fn(&Feature) -> f64) -> Vec<Proposal> {
    let mut latest: Vec<&Example> = examples.iter().collect();
    latest.sort_by(|a, b| a.age.cmp(&b.age).then_with(|| a.name.cmp(&b.name)));
    let mut seen: BTreeMap<(FeatureKind, u64), Evidence<'_>> = BTreeMap::new();
    let (mut hides, mut likes) = (0, 0);
    for (place, example) in latest.iter().enumerate() {
        let side = match example.judgement {
            Judgement::Hidden => Side::Hidden,
            Judgement::Liked | Judgement::Applied => Side::Wanted,
            // A no of another kind does not say that the person wants no such jobs.
            Judgement::Discarded | Judgement::Rejected => continue,
        };
        match side {
            Side::Hidden => hides += 1,
            Side::Wanted => likes += 1,
        }
        for feature in &example.features {
            let key = (feature.kind, feature.id());
            let found = seen.entry(key).or_insert_with(|| Evidence {
                feature,
                hidden: Vec::new(),
                wanted: Vec::new(),
            });
            match side {
                Side::Hidden => found.hidden.push(place),
                Side::Wanted => found.wanted.push(place),
            }
        }
    }
    let mut taken: Vec<Vec<usize>> = Vec::new();
    let mut proposals = Vec::new();
    for found in seen.into_values() {
        let Some((action, places, all)) = found.speaks_for(hides, likes) else {
            continue;
        };
        let among = places.len() as f64 / all as f64;
        if among < LIFT * share(found.feature) || taken.contains(places) {
            continue;
        }
        taken.push(places.clone());
        proposals.push(Proposal {
            rule: Rule {
                action,
                feature: found.feature.clone(),
            },
            evidence: places.len(),
            because: places
                .iter()
                .filter_map(|place| latest.get(*place))
                .map(|example| example.name.clone())
                .take(EVIDENCE)
                .collect(),
        });
    }
    proposals
}

#[derive(Clone, Copy)]
enum Side {
    Hidden,
    Wanted,
}

/// The judged jobs with a feature.
struct Evidence<'a> {
    feature: &'a Feature,
    hidden: Vec<usize>,
    wanted: Vec<usize>,
}

impl Evidence<'_> {
    /// What to do with such jobs, the judged jobs that say so, and how many were
    /// judged in that way.
    fn speaks_for(&self, hides: usize, likes: usize) -> Option<(RuleAction, &Vec<usize>, usize)> {
        if self.hidden.len() >= EVIDENCE && self.wanted.is_empty() {
            let action = match self.feature.kind {
                FeatureKind::Agency | FeatureKind::Company | FeatureKind::Industry => {
                    RuleAction::Hide
                }
                // Words and skills stand beside others: hiding would hide too much.
                FeatureKind::Workplace
                | FeatureKind::Level
                | FeatureKind::Title
                | FeatureKind::Skill => RuleAction::Lower,
            };
            return Some((action, &self.hidden, hides));
        }
        let may_prefer = match self.feature.kind {
            FeatureKind::Workplace | FeatureKind::Industry | FeatureKind::Company => true,
            FeatureKind::Agency | FeatureKind::Level | FeatureKind::Title | FeatureKind::Skill => {
                false
            }
        };
        (may_prefer && self.wanted.len() >= EVIDENCE && self.hidden.is_empty()).then_some((
            RuleAction::Raise,
            &self.wanted,
            likes,
        ))
    }
}
