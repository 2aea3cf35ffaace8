//! The skill gap: what is asked for, what of it the person has, and what each missing
//! skill would unlock.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{catalogue::Hours, counted};
use crate::skill;

/// How many skills held are listed.
const HELD: usize = 30;

/// How many pairs are listed.
const PAIRS: usize = 3;

/// What a report was made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// When.
    pub made: Timestamp,
    /// The score from which a job is within reach.
    pub line: f64,
    /// The filter, where only some jobs were looked at.
    pub filter: Option<String>,
    /// Open jobs, one for each opening, without those that are hidden.
    pub open: u32,
    /// Those that weigh something: of work like the person's, failing no hard constraint.
    pub near: u32,
    /// Those that fail a hard constraint. No skill changes that.
    pub failing: u32,
    /// Those within reach now.
    pub reached: u32,
    /// Whether the home is one to practise in.
    pub practice: bool,
}

/// How much a skill is asked for, among the jobs that weigh something.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// Share of the weight of all jobs, 0 to 1.
    pub share: f64,
    /// Jobs that name it.
    pub jobs: u32,
    /// Those that require it.
    pub required: u32,
    /// Those that name it without a mark either way.
    pub named: u32,
    /// Those that would like it.
    pub optional: u32,
}

/// A posting that a line rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posting {
    /// Id of the job.
    pub job: String,
    /// Title.
    pub title: String,
    /// Employer.
    pub employer: String,
    /// Address.
    pub url: String,
    /// The words that ask for the skill.
    pub words: String,
    /// The job's score.
    pub score: f64,
    /// Its score with the skill, where that brings it within reach.
    pub score_with: Option<f64>,
}

/// A skill that is asked for and missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MissingSkill {
    /// Its label.
    pub skill: String,
    /// Its category.
    pub category: String,
    /// How much it is asked for.
    pub demand: Demand,
    /// A skill held that makes it near, so that it counts in part already.
    pub near: Option<String>,
    /// Jobs that come within reach with it alone.
    pub unlocks: u32,
    /// Since when the person learns it.
    pub learning_since: Option<Date>,
    /// Hours to learn it, where the catalogue has it.
    pub hours: Option<Hours>,
    /// Postings that ask for it: those it would unlock, else those that fit best.
    pub postings: Vec<Posting>,
}

/// A skill that is asked for and held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldSkill {
    /// Its label.
    pub skill: String,
    /// How much it is asked for.
    pub demand: Demand,
}

/// Two skills that unlock more together than each alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The skills.
    pub skills: [String; 2],
    /// Jobs that come within reach with both.
    pub unlocks: u32,
    /// Jobs that come within reach with each alone.
    pub alone: [u32; 2],
}

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillGap {
    /// What it was made of.
    pub about: About,
    /// What is missing: what unlocks most first, then what is most in demand.
    pub missing: Vec<MissingSkill>,
    /// Missing skills beyond these, less in demand.
    pub more_missing: u32,
    /// What is asked for and held, most in demand first.
    pub held: Vec<HeldSkill>,
    /// The best two together, best first.
    pub pairs: Vec<Pair>,
}

/// What a gap is put together from.
#[derive(Debug, Clone, PartialEq)]
pub struct GapParts {
    /// What it was made of.
    pub about: About,
    /// What was tried, in any order.
    pub missing: Vec<MissingSkill>,
    /// How many skills were missing in all.
    pub all_missing: usize,
    /// What is held, most in demand first.
    pub held: Vec<HeldSkill>,
    /// What was tried two by two, in any order.
    pub pairs: Vec<Pair>,
    /// At most so many missing skills are told.
    pub limit: usize,
}

impl SkillGap {
    /// Puts the report together.
    pub fn of(parts: GapParts) -> Self {
        let GapParts {
            about,
            mut missing,
            all_missing,
            mut held,
            mut pairs,
            limit,
        } = parts;
        missing.sort_by(|a, b| {
            b.unlocks
                .cmp(&a.unlocks)
                .then_with(|| b.demand.share.total_cmp(&a.demand.share))
                .then_with(|| a.skill.cmp(&b.skill))
        });
        missing.truncate(limit);
        held.truncate(HELD);
        // Two that bring no more than the better of them are no pair.
        pairs.retain(|pair| pair.unlocks > pair.alone.iter().copied().max().unwrap_or_default());
        pairs.sort_by(|a, b| {
            b.unlocks
                .cmp(&a.unlocks)
                .then_with(|| a.skills.cmp(&b.skills))
        });
        pairs.truncate(PAIRS);
        Self {
            more_missing: u32::try_from(all_missing.saturating_sub(missing.len()))
                .unwrap_or(u32::MAX),
            about,
            missing,
            held,
            pairs,
        }
    }

    /// What it says, in one sentence.
    pub fn sentence(&self) -> String {
        let line = self.about.line;
        if self.about.near == 0 {
            return match self.about.open {
                0 => "There is no open job to report on.".to_owned(),
                open => format!(
                    "None of {} is near your work.",
                    counted(open, "open job", "open jobs")
                ),
            };
        }
        let unlocking = self.missing.iter().filter(|skill| skill.unlocks > 0);
        let first = self.missing.first().filter(|first| first.unlocks > 0);
        match (unlocking.count(), first) {
            (1, Some(first)) => format!(
                "{} would bring {} to a score of {line}.",
                first.skill,
                counted(first.unlocks, "more job", "more jobs")
            ),
            (some, Some(first)) => format!(
                "{some} skills would each bring more jobs to a score of {line}; {} brings most: {}.",
                first.skill, first.unlocks
            ),
            (_, None) => format!("No single missing skill brings another job to {line}."),
        }
    }
}

impl MissingSkill {
    /// The category of the skill with this label, by name.
    pub fn category_of(skill: &str) -> String {
        let category = skill::category(skill);
        category.map_or_else(String::new, |category| category.name().to_owned())
    }
}
