//! Other names of skills that the person made.
#![deny(clippy::indexing_slicing)]

use std::{collections::BTreeMap, ops::Range};

use aho_corasick::AhoCorasick;

use super::{
    lexicon::fold,
    matcher::{self, Hit},
};

/// An alias of no more letters stands only for itself in the same letters.
const SHORT: usize = 3;

/// Names of skills that the person made, ready to be found in texts.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    /// Alias and skill, in the order of the automaton's patterns.
    rows: Vec<(String, String)>,
    automaton: Option<AhoCorasick>,
}

/// A place of a text and the label of the skill it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub(super) range: Range<usize>,
    pub(super) label: std::borrow::Cow<'a, str>,
}

impl Aliases {
    /// The aliases of these pairs of an alias and the label of a skill.
    pub fn of(pairs: &BTreeMap<String, String>) -> Self {
        if pairs.is_empty() {
            return Self::default();
        }
        let automaton = AhoCorasick::new(pairs.keys().map(|alias| fold(alias)));
        Self {
            rows: pairs
                .iter()
                .map(|(alias, skill)| (alias.clone(), skill.clone()))
                .collect(),
            automaton: automaton.ok(),
        }
    }

    /// The places of `text` with an alias, in its order; of overlapping ones the leftmost,
    /// of those the longest. Takes those out of `hits` that they overlap: what the person
    /// says wins, but for a term of which an alias is only a part.
    pub(super) fn found(&self, text: &str, hits: &mut Vec<Hit>) -> Vec<Named<'_>> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let folded = fold(text);
        let found = automaton.find_overlapping_iter(&folded);
        let mut places: Vec<(Range<usize>, &str)> = found
            .filter_map(|found| {
                let (alias, skill) = self.rows.get(found.pattern().as_usize())?;
                let range = found.range();
                let written = text.get(range.clone())?;
                let short = alias.chars().count() <= SHORT;
                let plural = matcher::bounded(text, range.start, range.end)?;
                let is_meant = !short || (written == alias && !plural);
                is_meant.then_some((range, skill.as_str()))
            })
            .collect();
        places.retain(|(range, _)| {
            let is_part = |hit: &Hit| {
                hit.start <= range.start
                    && range.end <= hit.end
                    && hit.end - hit.start > range.end - range.start
            };
            !hits.iter().any(is_part)
        });
        places.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut reached = 0;
        places.retain(|(range, _)| {
            let free = range.start >= reached;
            if free {
                reached = range.end;
            }
            free
        });
        hits.retain(|hit| !places.iter().any(|(range, _)| meet(hit, range)));
        places
            .into_iter()
            .map(|(range, skill)| Named {
                range,
                label: skill.into(),
            })
            .collect()
    }
}

fn meet(hit: &Hit, range: &Range<usize>) -> bool {
    hit.start < range.end && range.start < hit.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skill::{find, find_asked, find_with};

    fn aliases(pairs: &[(&str, &str)]) -> Aliases {
        let pair = |(alias, skill): &(&str, &str)| ((*alias).to_owned(), (*skill).to_owned());
        Aliases::of(&pairs.iter().map(pair).collect())
    }

    #[test]
    fn an_alias_is_read_as_its_skill_and_only_as_a_whole_word() {
        let check = |pairs: &[(&str, &str)], text: &str, expected: &[&str]| {
            let aliases = aliases(pairs);
            let found = find_with(text, &aliases);
            let names: Vec<&str> = found.iter().map(|found| found.skill.as_str()).collect();
            assert_eq!(names, expected, "{text}");
            let asked = find_asked(text, &aliases);
            assert!(
                names
                    .iter()
                    .all(|name| asked.iter().any(|one| one.skill == *name))
            );
        };
        let orca = [("Orca Works", "Kubernetes")];
        check(
            &orca,
            "You run orca works and Kafka.",
            &["Kubernetes", "Kafka"],
        );
        check(&orca, "You run orca-works and Kafka.", &["Kafka"]);
        check(&orca, "orca worksheets", &[]);
        check(&[("orca", "Kubernetes")], "two orcas", &["Kubernetes"]);
        // What the person says wins over the lexicon, but not over what it is part of.
        check(
            &[("k8s platform", "Our platform")],
            "our k8s platform",
            &["Our platform"],
        );
        check(
            &[("native", "Swift")],
            "React Native, native",
            &["React Native", "Swift"],
        );
        // A short one in the same letters only.
        check(&[("TF", "Terraform")], "TF and tf", &["Terraform"]);
        check(&[("TF", "Terraform")], "tf, TFs", &[]);
        check(&[], "Rust language", &["Rust"]);
    }

    #[test]
    fn without_aliases_nothing_is_read_otherwise() {
        let text = "Requirements\n- Rust language and Kafka\n- Knowledge of mycology";
        assert_eq!(find_with(text, &Aliases::default()), find(text));
        assert_eq!(find_with(text, &aliases(&[("orca", "Kafka")])), find(text));
    }
}
