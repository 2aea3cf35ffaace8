//! Reports on the whole corpus: what its openings ask for that the person lacks, what
//! each missing skill would bring within reach, and in which order to learn.
//!
//! Nothing here is estimated. What a skill would unlock is counted by judging the jobs
//! again for the person as they would be with it ([`Trial`]), by the judge that ranks.
//! The order of work for a caller is: [`Tally`] over all jobs, then [`Trial`] with the
//! skills it found missing, then [`SkillGap`] or [`LearningPath`] from both.

pub mod catalogue;
mod demand;
mod gap;
mod path;
pub mod render;
mod trial;

pub use demand::{Count, Tally, weight};
pub use gap::{About, Demand, GapParts, HeldSkill, MissingSkill, Pair, Posting, SkillGap};
pub use path::{Aim, LearningPath, PathParts, Planned, ProjectHint, Step, plan};
pub use trial::{Gain, Shown, Trial};

use serde::{Deserialize, Serialize};

/// The score from which a job counts as within reach, unless another is asked for.
pub const LINE: f64 = 75.0;

/// How many missing skills are tried, those most in demand first.
pub const CANDIDATES: usize = 40;

/// How many of the best of them are tried two by two.
pub const PAIRED: usize = 12;

/// How many postings stand beside a skill.
pub const POSTINGS: usize = 5;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What openings ask for, what is missing, and what it would unlock.
    SkillGap,
    /// In which order to learn what is missing.
    LearningPath,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SkillGap, Self::LearningPath];

    /// Its name, as it is typed and stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SkillGap => "skill-gap",
            Self::LearningPath => "learning-path",
        }
    }

    /// The kind of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A finished report. Its JSON is what `agentctl report --format json` prints; fields
/// may be added to it, and none changes its meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Report {
    /// See [`Kind::SkillGap`].
    SkillGap(SkillGap),
    /// See [`Kind::LearningPath`].
    LearningPath(LearningPath),
}

impl Report {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::SkillGap(_) => Kind::SkillGap,
            Self::LearningPath(_) => Kind::LearningPath,
        }
    }

    /// What it was made of.
    pub const fn about(&self) -> &About {
        match self {
            Self::SkillGap(gap) => &gap.about,
            Self::LearningPath(path) => &path.about,
        }
    }

    /// What it says, in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::SkillGap(gap) => gap.sentence(),
            Self::LearningPath(path) => path.sentence(),
        }
    }
}

/// "1 job", "7 jobs".
pub(crate) fn counted(count: u32, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}

#[cfg(test)]
mod tests;
