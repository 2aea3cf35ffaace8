//! What an employer's postings say over and over.
#![deny(clippy::indexing_slicing)]

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::Print;

/// Most titles that are looked at of one employer.
const TITLES: usize = 48;

/// How many of an employer's titles use each run of words. A paragraph about the
/// company stands under every title; what tells an opening stands under one.
#[derive(Debug, Clone, Default)]
pub struct Commons {
    titles: HashMap<String, Marks>,
    counts: HashMap<u32, u32, Spreading>,
    names: HashMap<u32, HashSet<String>, Spreading>,
}

type Marks = HashSet<u32, Spreading>;

/// Marks and names are hashes already: hashing them again with care was most of
/// the time that comparing took. A text made to collide gains little, for a
/// sketch and the titles looked at are bounded.
type Spreading = BuildHasherDefault<Spread>;

#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4).
        let sum = self.0.rotate_left(5) ^ u64::from(number);
        self.0 = sum.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// How much each mark says about one opening with one of two titles.
pub(super) struct Weights<'a> {
    commons: &'a Commons,
    /// The marks under the two titles; one of them, when they are the same.
    own: [Option<&'a Marks>; 2],
}

impl Weights<'_> {
    /// All of it when no other title has the mark, and less the more others do.
    pub(super) fn of(&self, mark: u32) -> f64 {
        let spread = self.commons.spread(mark);
        if spread == 0 {
            return 1.0;
        }
        let has = |marks: &Option<&Marks>| marks.is_some_and(|marks| marks.contains(&mark));
        let own = self.own.iter().map(|marks| u32::from(has(marks))).sum();
        let others: u32 = spread.saturating_sub(own);
        f64::from(others + 1).powi(-2)
    }
}

impl Commons {
    /// Takes one more posting of the employer into account.
    pub fn add(&mut self, print: &Print) {
        let key = print.title.key();
        if self.titles.len() >= TITLES && !self.titles.contains_key(&key) {
            return;
        }
        for name in print.text.names() {
            let under = self.names.entry(*name).or_default();
            if under.len() <= 2 {
                under.insert(key.clone());
            }
        }
        let known = self.titles.entry(key).or_default();
        for mark in print.text.marks() {
            if known.insert(*mark) {
                *self.counts.entry(*mark).or_default() += 1;
            }
        }
    }

    /// Under how many titles a mark stands.
    pub(super) fn spread(&self, mark: u32) -> u32 {
        self.counts.get(&mark).copied().unwrap_or(0)
    }

    /// What each mark says about one opening with one of `titles`.
    pub(super) fn weights(&self, [one, other]: &[String; 2]) -> Weights<'_> {
        let second = (one != other).then(|| self.titles.get(other)).flatten();
        Weights {
            commons: self,
            own: [self.titles.get(one), second],
        }
    }

    /// Whether a name stands under other titles than `titles`.
    pub(super) fn is_usual_name(&self, name: u32, titles: &[String; 2]) -> bool {
        self.names
            .get(&name)
            .is_some_and(|under| under.iter().any(|title| !titles.contains(title)))
    }
}
