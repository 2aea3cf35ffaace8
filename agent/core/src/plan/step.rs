//! The closed vocabulary: steps, plans and their budgets.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Report, Wish};

/// A kind of step. There is none that sends and none that approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Reads the boards the person follows.
    Discover,
    /// Judges what is new or changed.
    Rank,
    /// Picks the best openings that fit the wish.
    Shortlist,
    /// Has a model read the picked openings.
    Enrich,
    /// Fills forms, up to the review queue.
    Draft,
    /// Makes a report.
    Report,
    /// Finds applications that were not answered.
    FollowUp,
    /// Asks the person what they mean.
    Ask,
}

impl StepKind {
    /// All of them, in the order in which a plan has them.
    pub const ALL: [Self; 8] = [
        Self::Discover,
        Self::Rank,
        Self::Shortlist,
        Self::Enrich,
        Self::Draft,
        Self::Report,
        Self::FollowUp,
        Self::Ask,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::Rank => "rank",
            Self::Shortlist => "shortlist",
            Self::Enrich => "enrich",
            Self::Draft => "draft",
            Self::Report => "report",
            Self::FollowUp => "follow-up",
            Self::Ask => "ask",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a goal stops when it cannot be done. What is stored serves without
    /// the others.
    pub const fn is_needed(self) -> bool {
        match self {
            Self::Discover | Self::Rank | Self::Enrich => false,
            Self::Shortlist | Self::Draft | Self::Report | Self::FollowUp | Self::Ask => true,
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A step with what it works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Work {
    /// Reads the boards the person follows, and no others.
    Discover,
    /// Judges what is new or changed.
    Rank,
    /// Picks the best openings that fit the wish.
    Shortlist {
        /// At most this many.
        limit: u32,
    },
    /// Has a model read openings.
    Enrich {
        /// Id of the step that picked them.
        from: String,
        /// At most this many calls of a model.
        limit: u32,
    },
    /// Fills forms, up to the review queue.
    Draft {
        /// Id of the step that picked the openings.
        from: String,
        /// At most this many applications.
        limit: u32,
    },
    /// Makes a report.
    Report {
        /// Which.
        what: Report,
    },
    /// Finds applications without an answer.
    FollowUp {
        /// For at least this many days.
        days: u32,
    },
    /// Waits for the person.
    Ask {
        /// What they are asked.
        question: Question,
    },
}

impl Work {
    /// Its kind.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Discover => StepKind::Discover,
            Self::Rank => StepKind::Rank,
            Self::Shortlist { .. } => StepKind::Shortlist,
            Self::Enrich { .. } => StepKind::Enrich,
            Self::Draft { .. } => StepKind::Draft,
            Self::Report { .. } => StepKind::Report,
            Self::FollowUp { .. } => StepKind::FollowUp,
            Self::Ask { .. } => StepKind::Ask,
        }
    }

    /// Id of the step it takes openings from.
    pub fn from(&self) -> Option<&str> {
        match self {
            Self::Enrich { from, .. } | Self::Draft { from, .. } => Some(from),
            Self::Discover
            | Self::Rank
            | Self::Shortlist { .. }
            | Self::Report { .. }
            | Self::FollowUp { .. }
            | Self::Ask { .. } => None,
        }
    }
}

/// A question a goal may put to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// The sentence does not say what to do.
    WhatToDo,
}

impl Question {
    /// The question in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::WhatToDo => "what should this goal do?",
        }
    }

    /// What can be answered.
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::WhatToDo => &Choice::ALL,
        }
    }
}

/// An answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// List the best openings.
    List,
    /// List them and prepare the best ones.
    Prepare,
    /// Report what to learn.
    Learn,
}

impl Choice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::List, Self::Prepare, Self::Learn];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Prepare => "prepare",
            Self::Learn => "learn",
        }
    }

    /// The choice of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.name() == name)
    }
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Names it within its plan.
    pub id: String,
    /// What it does.
    #[serde(flatten)]
    pub work: Work,
}

/// What a goal may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Applications, of a standing goal in a day.
    pub drafts: u32,
    /// Calls of a model, the one that made the plan aside.
    pub model_calls: u32,
    /// Minutes of work.
    pub minutes: u32,
}

/// A plan: what is wanted, and the steps to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What is wanted.
    pub wish: Wish,
    /// The steps, in their order.
    pub steps: Vec<Step>,
    /// What they may use up.
    pub budget: Budget,
}

impl Plan {
    /// The kinds of its steps, in their order.
    pub fn kinds(&self) -> Vec<StepKind> {
        self.steps.iter().map(|step| step.work.kind()).collect()
    }
}
