//! The gate for text that a model wrote on the person's behalf: what it states must
//! stand in the profile, or, where it speaks of the employer, in the posting.
//!
//! It fails closed. Numbers, dates, years, names, titles, degrees, skills, certificates,
//! languages and addresses are read and traced one by one; any other word that claims
//! something has to be one the profile uses too. What a posting asks for is never taken
//! for what the person can do. It reads English alone: text in another language is a
//! finding as a whole.
#![deny(clippy::indexing_slicing)]

mod arith;
mod borrowed;
mod chain;
#[cfg(test)]
mod class_tests;
mod clause;
mod count;
mod dates;
mod deed;
mod employer;
mod event;
mod former;
mod general;
mod greeting;
mod ground;
mod held;
mod kin;
mod lasting;
mod level;
mod list;
mod mixed;
mod mood;
mod number;
mod often;
mod phrases;
mod praise;
mod reading;
mod role;
mod said;
mod share;
mod study;
mod tenure;
#[cfg(test)]
mod tests;
mod time;
mod title;
mod token;
mod tongue;
mod unit;
mod word;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::{ground::Index, reading::Reading};
use crate::profile::{Month, Profile};

/// What a text may rest on.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// What the person can truthfully say of themselves.
    pub profile: &'a Profile,
    /// What the employer says.
    pub posting: PostingText<'a>,
    /// The present month: positions without an end run to it.
    pub today: Month,
}

/// A posting, as far as a text may rest on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PostingText<'a> {
    /// Its title.
    pub title: &'a str,
    /// The employer.
    pub employer: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What kind of thing is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// A number of anything.
    Number,
    /// A time of work.
    Years,
    /// A year of the calendar.
    Date,
    /// A name.
    Name,
    /// A title held.
    Title,
    /// A degree.
    Degree,
    /// A skill.
    Skill,
    /// A certificate or licence.
    Certificate,
    /// A spoken language.
    Language,
    /// An address.
    Address,
    /// "I meet every requirement".
    Blanket,
    /// Any other word that says something.
    Word,
    /// Text in another language than English.
    Foreign,
}

/// Where a claim stands already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "in")]
pub enum Rest {
    /// In the profile.
    Profile {
        /// [`StatedFact::id`]; empty for a line of the CV's text.
        id: String,
        /// The line.
        line: String,
    },
    /// In the posting.
    Posting {
        /// The sentence.
        line: String,
    },
}

/// A claim of a text and where it stands already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its words.
    pub words: String,
    /// What is claimed.
    pub kind: ClaimKind,
    /// Where it stands; `None` makes it a finding.
    pub rests_on: Option<Rest>,
    /// Why it is a finding, a fragment; empty where it is none.
    pub why: String,
}

/// A fact of the profile, as a model is told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedFact {
    /// Names it: "w1" is the newest position, "w1.2" the second thing done there.
    pub id: String,
    /// The fact.
    pub text: String,
}

/// The gate for the texts about one person and posting.
#[derive(Debug)]
pub struct Gate<'a> {
    grounds: Grounds<'a>,
    index: Index,
}

impl ClaimKind {
    /// Name, in kebab-case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Years => "years",
            Self::Date => "date",
            Self::Name => "name",
            Self::Title => "title",
            Self::Degree => "degree",
            Self::Skill => "skill",
            Self::Certificate => "certificate",
            Self::Language => "language",
            Self::Address => "address",
            Self::Blanket => "blanket",
            Self::Word => "word",
            Self::Foreign => "foreign",
        }
    }
}

impl<'a> Gate<'a> {
    /// Reads both sides once.
    pub fn new(grounds: Grounds<'a>) -> Self {
        Self {
            index: Index::new(&grounds),
            grounds,
        }
    }

    /// Every claim of `text`, in its order.
    pub fn claims(&self, text: &str) -> Vec<Claim> {
        Reading::new(&self.grounds, &self.index, text).claims()
    }

    /// The claims of `text` that stand nowhere: with none, it may be shown as the
    /// person's.
    pub fn findings(&self, text: &str) -> Vec<Claim> {
        let mut claims = self.claims(text);
        claims.retain(|claim| claim.rests_on.is_none());
        claims
    }
}

/// The facts of a profile, each under the id that a text names it by.
pub fn stated_facts(profile: &Profile, today: Month) -> Vec<StatedFact> {
    let grounds = Grounds {
        profile,
        posting: PostingText::default(),
        today,
    };
    let lines = ground::person_lines(&grounds).into_iter();
    let stated = lines.filter(|line| !line.id.is_empty());
    stated
        .map(|line| StatedFact {
            id: line.id,
            text: line.text,
        })
        .collect()
}
