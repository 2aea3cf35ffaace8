//! The language of `--where`: which jobs a person wants to see, as typed by
//! them (`score>75 and (remote or place:Berlin) and not agency`).
//!
//! It is closed: every name and value is checked here, so that whoever runs a
//! [`Filter`] has nothing left to refuse. What a posting does not say fits no
//! test; so `not pay<50000` keeps postings without pay.

mod fault;
mod field;
mod fold;
mod parse;
mod token;
mod value;
mod words;

pub use fault::{FilterError, Problem};
pub use fold::fold;
pub use parse::parse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    job::{Level, WorkplaceKind},
    matching::Outcome,
};

/// Longest text of a filter, in characters.
pub const MAX_LENGTH: usize = 1000;

/// How deep parentheses and `not` may stand in each other.
pub const MAX_DEPTH: usize = 16;

/// Most tests of one filter.
pub const MAX_TESTS: usize = 48;

/// What a job must be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Filter {
    /// All of them.
    All(Vec<Filter>),
    /// One of them.
    Any(Vec<Filter>),
    /// Anything else.
    Not(Box<Filter>),
    /// One fact.
    Is(Test),
}

/// A test of one fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// Its score, 0 to 100.
    Score(Compare, f64),
    /// Its pay for a year: for "more than" the upper end, for "less than" the lower.
    Pay {
        /// How to compare.
        compare: Compare,
        /// Amount for a year.
        amount: f64,
        /// ISO 4217 code, upper case; `None`: in whatever currency it is stated.
        currency: Option<String>,
    },
    /// A day or time of it.
    When(Moment, Compare, When),
    /// Its level; a higher one is greater.
    Level(Compare, Level),
    /// Words of it, in their order; the last may go on.
    Words(WordsOf, String),
    /// Part of a text, whatever its case and accents.
    Part(PartOf, String),
    /// A country it is in: ISO 3166-1 alpha-2 code, upper case.
    Country(String),
    /// The language it is written in: ISO 639-1 code.
    Language(String),
    /// A skill it names.
    Skill(String),
    /// Where the work is done.
    Workplace(WorkplaceKind),
    /// The outcome of the person's limits.
    Outcome(Outcome),
    /// A state of it.
    Flag(Flag),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `!=`
    Other,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

/// A time of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// The day of publication, as stated.
    Posted,
    /// When a sync first saw it.
    Seen,
    /// The last day to apply, as stated.
    Closes,
}

/// A time to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// This many days before now: more is longer ago.
    Ago(u32),
    /// In this many days: more is later. For [`Moment::Closes`].
    In(u32),
    /// A day: more is later.
    On(Date),
}

/// Texts whose words are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WordsOf {
    /// Its title.
    Title,
    /// Its employer.
    Company,
    /// Title, employer and description.
    Everything,
}

/// Short texts of which a part is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartOf {
    /// Places as stated, and what they were understood as.
    Place,
    /// Name or address of the board.
    Source,
    /// Kind of contract as stated.
    Employment,
    /// Industry as stated.
    Industry,
    /// Department or team as stated.
    Department,
}

/// A state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flag {
    /// On its board.
    Open,
    /// No longer on its board.
    Closed,
    /// First seen within a day.
    New,
    /// Posted by an agency.
    Agency,
    /// Liked by the person.
    Liked,
    /// Hidden by the person, or by a rule they accepted.
    Hidden,
    /// Applied to, or being applied to.
    Applied,
    /// Of an employer the person watches.
    Watched,
}

impl Filter {
    /// Whether some test of it is one that `picks`.
    pub fn asks(&self, picks: &impl Fn(&Test) -> bool) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks(picks)),
            Self::Not(part) => part.asks(picks),
            Self::Is(test) => picks(test),
        }
    }

    /// Whether it speaks of open or closed jobs, so that it decides itself
    /// which of them are shown.
    pub fn asks_for_closed(&self) -> bool {
        self.asks(&|test| matches!(test, Test::Flag(Flag::Open | Flag::Closed)))
    }

    /// Whether it speaks of hidden jobs.
    pub fn asks_for_hidden(&self) -> bool {
        self.asks(&|test| matches!(test, Test::Flag(Flag::Hidden)))
    }

    /// Whether it speaks of jobs that break a limit.
    pub fn asks_for_failed(&self) -> bool {
        self.asks(&|test| matches!(test, Test::Outcome(_)))
    }
}

#[cfg(test)]
mod tests;
