//! A report as its JSON says it. Fields that are not shown are not read.

use serde::Deserialize;

use crate::error::{Failure, Kind};

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Report {
    SkillGap(Gap),
    LearningPath(Path),
}

#[derive(Debug, Deserialize)]
pub(super) struct About {
    pub(super) line: f64,
    pub(super) filter: Option<String>,
    pub(super) open: u32,
    pub(super) near: u32,
    pub(super) failing: u32,
    pub(super) reached: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Gap {
    pub(super) about: About,
    pub(super) missing: Vec<Missing>,
    pub(super) more_missing: u32,
    pub(super) held: Vec<Held>,
    pub(super) pairs: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Demand {
    pub(super) share: f64,
    pub(super) required: u32,
    pub(super) named: u32,
    pub(super) optional: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Missing {
    pub(super) skill: String,
    pub(super) demand: Demand,
    pub(super) near: Option<String>,
    pub(super) unlocks: u32,
    pub(super) learning_since: Option<String>,
    pub(super) hours: Option<Hours>,
    pub(super) postings: Vec<Posting>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Hours {
    pub(super) least: u32,
    pub(super) most: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Posting {
    pub(super) job: String,
    pub(super) title: String,
    pub(super) employer: String,
    pub(super) words: String,
    pub(super) score: f64,
    pub(super) score_with: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Held {
    pub(super) skill: String,
    pub(super) demand: Demand,
}

#[derive(Debug, Deserialize)]
pub(super) struct Pair {
    pub(super) skills: [String; 2],
    pub(super) unlocks: u32,
    pub(super) alone: [u32; 2],
}

#[derive(Debug, Deserialize)]
pub(super) struct Path {
    pub(super) about: About,
    pub(super) steps: Vec<Step>,
    pub(super) projects: Vec<Project>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Step {
    pub(super) skill: String,
    pub(super) for_skill: Option<String>,
    pub(super) hours: Option<Hours>,
    pub(super) resources: Vec<Resource>,
    pub(super) can: Vec<String>,
    pub(super) reached: u32,
    pub(super) learning_since: Option<String>,
    pub(super) written_by: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) url: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Project {
    pub(super) name: String,
    pub(super) shows: Vec<String>,
    pub(super) hours: Hours,
}

/// Reads what the daemon handed over.
pub(super) fn read(content: &str) -> Result<Report, Failure> {
    serde_json::from_str(content).map_err(|error| {
        Failure::new(
            Kind::Protocol,
            format!("the report cannot be read: {error}"),
        )
        .hint("agentctl and the daemon may be of different versions; look with: agentctl status")
    })
}
