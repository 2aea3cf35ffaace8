//! The lexicon, read once from the text beside the source.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashMap, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::{Deserialize, Serialize};

use crate::text::rows;

pub(super) const TEXT: &str = include_str!("../../assets/skills.txt");

/// What kind of skill it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Making and running software.
    Software,
    /// Data and statistics.
    Data,
    /// Design of any kind.
    Design,
    /// Marketing, media and languages.
    Marketing,
    /// Health and social care.
    Health,
    /// Teaching and education.
    Teaching,
    /// Accounting and finance.
    Finance,
    /// Warehouse, transport and purchasing.
    Logistics,
    /// Sales, retail and hospitality.
    Sales,
    /// Human resources.
    Hr,
    /// Trades, engineering and production.
    Trades,
    /// Office tools and tasks.
    Office,
    /// Management and methods.
    Management,
    /// Personal traits.
    Soft,
}

impl Category {
    fn of_heading(name: &str) -> Option<Self> {
        Some(match name {
            "software" => Self::Software,
            "data" => Self::Data,
            "design" => Self::Design,
            "marketing" => Self::Marketing,
            "health" => Self::Health,
            "teaching" => Self::Teaching,
            "finance" => Self::Finance,
            "logistics" => Self::Logistics,
            "sales" => Self::Sales,
            "hr" => Self::Hr,
            "trades" => Self::Trades,
            "office" => Self::Office,
            "management" => Self::Management,
            "soft" => Self::Soft,
            _ => return None,
        })
    }
}

/// A skill of the lexicon.
#[derive(Debug)]
pub(super) struct Skill {
    pub(super) label: &'static str,
    pub(super) category: Category,
    pub(super) implies: Vec<&'static str>,
}

/// A way of writing a skill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// Index of the skill.
    pub(super) skill: usize,
    /// The only accepted spelling, if there is one.
    pub(super) exact: Option<&'static str>,
    /// Counts only where the text around speaks of such skills.
    pub(super) ambiguous: bool,
}

/// All skills, and the automaton over the ways of writing them.
pub(super) struct Lexicon {
    pub(super) skills: Vec<Skill>,
    /// Terms by pattern of the automaton.
    pub(super) terms: Vec<Vec<Term>>,
    /// `None` only if the lexicon could not be compiled, which a test rules out.
    pub(super) automaton: Option<AhoCorasick>,
    labels: HashMap<&'static str, usize>,
}

impl Lexicon {
    /// The skill with this label.
    pub(super) fn by_label(&self, label: &str) -> Option<&Skill> {
        self.labels.get(label).and_then(|&at| self.skills.get(at))
    }
}

/// The built-in lexicon.
pub(super) fn built_in() -> &'static Lexicon {
    static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| read(TEXT));
    &BUILT_IN
}

/// `text` with every letter lower-cased that keeps its length in bytes, so that
/// positions in the result are positions in `text`.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        })
        .collect()
}

fn read(text: &'static str) -> Lexicon {
    let mut skills = Vec::new();
    let mut patterns: HashMap<String, usize> = HashMap::new();
    let mut terms: Vec<Vec<Term>> = Vec::new();
    for (section, row) in rows(text) {
        let Some(category) = Category::of_heading(section) else {
            continue;
        };
        let (names, implied) = row.split_once(" > ").unwrap_or((row, ""));
        let mut names = names
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let Some(label) = names.next() else { continue };
        let skill = skills.len();
        let aliases: Vec<&'static str> = names.collect();
        let marked = aliases.iter().any(|alias| {
            alias
                .strip_prefix(['=', '?'])
                .is_some_and(|name| name.eq_ignore_ascii_case(label))
        });
        for name in aliases.into_iter().chain((!marked).then_some(label)) {
            let spelling = name.strip_prefix(['=', '?']);
            let term = Term {
                skill,
                exact: spelling,
                ambiguous: name.starts_with('?'),
            };
            let at = *patterns
                .entry(fold(spelling.unwrap_or(name)))
                .or_insert_with(|| {
                    terms.push(Vec::new());
                    terms.len() - 1
                });
            if let Some(known) = terms.get_mut(at) {
                known.push(term);
            }
        }
        let implies = implied
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        skills.push(Skill {
            label,
            category,
            implies,
        });
    }
    let labels = skills
        .iter()
        .enumerate()
        .map(|(at, skill)| (skill.label, at))
        .collect();
    let mut ordered: Vec<(String, usize)> = patterns.into_iter().collect();
    ordered.sort_by_key(|(_, at)| *at);
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(ordered.iter().map(|(pattern, _)| pattern))
        .ok();
    Lexicon {
        skills,
        terms,
        automaton,
        labels,
    }
}
