//! What a sentence plainly says, by rules: the planner that is always there, and
//! the measure of what a model makes of the same sentence.
//!
//! It reads English words and numbers, and the German ones that goals are made of.
//! What it does not know it leaves alone, and tells ([`unread`]): a sentence of which nothing is read ends in a question to the person.
#![deny(clippy::indexing_slicing)]

mod act;
mod amount;
mod change;
mod named;
mod one;
mod role;
mod unread;

pub(super) use role::kind_of_work;
pub use unread::unread;

use super::{Sentence, Wish};
use crate::normal::level;

/// What the person follows, for the names in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed {
    /// Names of the employers whose boards are read.
    pub companies: Vec<String>,
}

/// What the rules read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is wanted.
    pub wish: Wish,
    /// Whether openings are wanted, and not a report alone.
    pub openings: bool,
    /// Whether the sentence says that nothing is to be prepared.
    pub no_drafts: bool,
    /// Names after "at" of which no board is followed.
    pub strangers: Vec<String>,
    /// What each number of the sentence counts.
    pub(super) numbers: amount::Numbers,
}

/// Reads a sentence.
pub fn read(sentence: &Sentence, followed: &Followed) -> Reading {
    let numbers = amount::of(sentence);
    let act = act::of(sentence);
    let (companies, strangers) = named::companies(sentence, followed);
    let places = named::places(sentence, &companies);
    let roles = role::of(sentence, &places, &companies);
    let level = roles
        .level
        .clone()
        .and_then(|words| level::of_title(&words));
    let mut wish = Wish {
        roles: roles.titles,
        level: level.map(|stated| stated.value),
        remote: named::remote(sentence, places.is_empty()),
        places,
        pay: numbers.pay.clone(),
        companies: [companies, strangers.clone()].concat(),
        skills: named::skills(sentence),
        least_score: numbers.score,
        list: None,
        prepare: None,
        standing: act.standing || numbers.per_day.is_some(),
        per_day: numbers.per_day,
        report: act.report,
        follow_up: act.follow_up,
    };
    let (listed, drafted) = numbers.counts_around(act.prepare_at);
    wish.list = listed;
    let prepares = act.prepare_at.is_some() && !act.no_drafts;
    if prepares {
        let usual = act.drafts.or(listed).unwrap_or(super::USUAL_DRAFTS);
        wish.prepare = Some(drafted.unwrap_or(usual));
    } else {
        // Counts after a "do not prepare" still count what is listed.
        wish.list = listed.or(drafted);
    }
    let alone = wish.report.is_some() || wish.follow_up;
    let openings = prepares
        || wish.standing
        || (act.looks && roles.named)
        || (!alone && (roles.named || wish.is_narrow() || wish.list.is_some() || act.looks));
    Reading {
        openings,
        no_drafts: act.no_drafts,
        strangers,
        numbers,
        wish,
    }
}
