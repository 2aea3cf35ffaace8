//! What a reader of the boards should find, round by round.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

/// A board API this site speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Portal {
    /// `boards-api.greenhouse.io`.
    Greenhouse,
    /// `api.lever.co`.
    Lever,
}

impl fmt::Display for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Portal::Greenhouse => "greenhouse",
            Portal::Lever => "lever",
        })
    }
}

/// One board and the counts to expect of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardInfo {
    /// The API it speaks.
    pub portal: Portal,
    /// The careers address a person would add as a source.
    pub url: String,
    /// How many postings it lists in its first round.
    pub expected: usize,
    /// The counts of each round, in order; the last one stays.
    pub rounds: Vec<RoundCounts>,
}

/// What one sync finds when the sync before saw the round before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundCounts {
    /// The round, from 1.
    pub round: u32,
    /// Postings listed.
    pub listed: usize,
    /// Never listed before.
    pub new: usize,
    /// Listed in the round before too, with another text.
    pub changed: usize,
    /// The same text with another title or place.
    pub restated: usize,
    /// Listed in the round before, not in this one.
    pub closed: usize,
    /// Listed earlier, not in the round before, and now again.
    pub reopened: usize,
}

/// What tells one state of a posting from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) id: String,
    text: u64,
    facts: u64,
}

impl Fingerprint {
    pub(crate) fn new(id: &str, text: impl Hash, facts: impl Hash) -> Self {
        Self {
            id: id.to_owned(),
            text: digest(text),
            facts: digest(facts),
        }
    }
}

/// Counts what happens between each round and the one before.
pub(crate) fn count_rounds(rounds: &[Vec<Fingerprint>]) -> Vec<RoundCounts> {
    let mut ever: HashSet<&str> = HashSet::new();
    let mut before: HashMap<&str, &Fingerprint> = HashMap::new();
    let mut counted = Vec::with_capacity(rounds.len());
    for (round, prints) in (1..).zip(rounds) {
        let now: HashMap<&str, &Fingerprint> = prints.iter().map(|p| (p.id.as_str(), p)).collect();
        let mut counts = RoundCounts {
            round,
            listed: now.len(),
            closed: before.keys().filter(|id| !now.contains_key(*id)).count(),
            ..RoundCounts::default()
        };
        for (id, print) in &now {
            match before.get(id) {
                Some(old) if old.text != print.text => counts.changed += 1,
                Some(old) if old.facts != print.facts => counts.restated += 1,
                Some(_) => {}
                None if ever.contains(id) => counts.reopened += 1,
                None => counts.new += 1,
            }
        }
        ever.extend(now.keys());
        before = now;
        counted.push(counts);
    }
    counted
}

/// Adds up boards; one with fewer rounds repeats its last listing unchanged.
pub(crate) fn totals(boards: &[BoardInfo]) -> Vec<RoundCounts> {
    let rounds = boards.iter().map(|b| b.rounds.len()).max().unwrap_or(0);
    let mut totals = Vec::with_capacity(rounds);
    for (round, index) in (1..).zip(0..rounds) {
        let mut sum = RoundCounts {
            round,
            ..RoundCounts::default()
        };
        for board in boards {
            match board.rounds.get(index) {
                Some(counts) => {
                    sum.listed += counts.listed;
                    sum.new += counts.new;
                    sum.changed += counts.changed;
                    sum.restated += counts.restated;
                    sum.closed += counts.closed;
                    sum.reopened += counts.reopened;
                }
                None => sum.listed += board.rounds.last().map_or(0, |last| last.listed),
            }
        }
        totals.push(sum);
    }
    totals
}

fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_event_is_counted_once() {
        let print = |id, text, facts| Fingerprint::new(id, text, facts);
        let rounds = [
            vec![print("a", 1, 1), print("b", 1, 1), print("c", 1, 1)],
            vec![print("a", 2, 2), print("b", 1, 2), print("d", 1, 1)],
            vec![print("a", 2, 2), print("c", 9, 9)],
        ];
        let counts = count_rounds(&rounds);
        let expected = |round, listed, new, changed, restated, closed, reopened| RoundCounts {
            round,
            listed,
            new,
            changed,
            restated,
            closed,
            reopened,
        };
        assert_eq!(counts[0], expected(1, 3, 3, 0, 0, 0, 0));
        assert_eq!(counts[1], expected(2, 3, 1, 1, 1, 1, 0));
        assert_eq!(counts[2], expected(3, 2, 0, 0, 0, 2, 1));
    }
}
