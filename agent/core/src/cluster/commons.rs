//! What an employer's postings say over and over.
#![deny(clippy::indexing_slicing)]

use std::collections::{HashMap, HashSet};

use super::Print;

/// Most titles that are looked at of one employer.
const TITLES: usize = 48;

/// How many of an employer's titles use each run of words. A paragraph about the
/// company stands under every title; what tells an opening stands under one.
#[derive(Debug, Clone, Default)]
pub struct Commons {
    titles: HashMap<String, HashSet<u32>>,
    counts: HashMap<u32, u32>,
    names: HashMap<u32, HashSet<String>>,
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

    /// How much a mark says about one opening with one of `titles`: all of it when
    /// no other title has it, and less the more others do.
    pub(super) fn weight(&self, mark: u32, titles: &[String; 2]) -> f64 {
        let [one, other] = titles;
        let has = |title: &String| {
            self.titles
                .get(title)
                .is_some_and(|marks| marks.contains(&mark))
        };
        let own = u32::from(has(one)) + u32::from(one != other && has(other));
        let others = self.spread(mark).saturating_sub(own);
        f64::from(others + 1).powi(-2)
    }

    /// Whether a name stands under other titles than `titles`.
    pub(super) fn is_usual_name(&self, name: u32, titles: &[String; 2]) -> bool {
        self.names
            .get(&name)
            .is_some_and(|under| under.iter().any(|title| !titles.contains(title)))
    }
}
