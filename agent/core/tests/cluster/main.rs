//! Which postings are one opening, measured on labelled pairs of postings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and this one prints what it measured"
)]

mod build;
mod corpus;

use std::collections::BTreeMap;

use build::Pair;

/// Counts of one kind of pair.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    found: u32,
    missed: u32,
    wrong: u32,
    apart: u32,
}

impl Counts {
    fn precision(self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.found) / f64::from((self.found + self.missed).max(1))
    }

    fn add(&mut self, pair: &Pair, joined: bool) {
        match (pair.same, joined) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrong += 1,
            (false, false) => self.apart += 1,
        }
    }
}

#[test]
fn labelled_pairs_are_told_with_precision_and_recall() {
    let pairs = build::pairs();
    assert!(pairs.len() >= 300, "{}", pairs.len());
    let mut sets = [Counts::default(); 2];
    let mut kinds: BTreeMap<&str, Counts> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let (joined, link) = corpus::joins(pair);
        let held_aside = at % 5 == 4;
        sets[usize::from(held_aside)].add(pair, joined);
        kinds.entry(&pair.kind).or_default().add(pair, joined);
        if joined != pair.same && !held_aside {
            println!("{} {:?}: {}", at + 1, link, pair.row);
        }
    }
    println!("kind                 found missed wrong apart");
    for (kind, c) in &kinds {
        println!(
            "{kind:<20} {:>5} {:>6} {:>5} {:>5}",
            c.found, c.missed, c.wrong, c.apart
        );
    }
    for (name, counts) in ["worked on", "held aside"].into_iter().zip(sets) {
        let (precision, recall) = (counts.precision(), counts.recall());
        println!("{name}: precision {precision:.3}, recall {recall:.3}, {counts:?}");
        assert!(precision >= 0.98, "{name}: {counts:?}");
        assert!(recall >= 0.95, "{name}: {counts:?}");
    }
}
