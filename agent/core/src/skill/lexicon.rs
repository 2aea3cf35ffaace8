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
    /// All of them, in the order of the lexicon.
    pub const ALL: [Self; 14] = [
        Self::Software,
        Self::Data,
        Self::Design,
        Self::Marketing,
        Self::Health,
        Self::Teaching,
        Self::Finance,
        Self::Logistics,
        Self::Sales,
        Self::Hr,
        Self::Trades,
        Self::Office,
        Self::Management,
        Self::Soft,
    ];

    /// Its name, as the sections of the assets have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Data => "data",
            Self::Design => "design",
            Self::Marketing => "marketing",
            Self::Health => "health",
            Self::Teaching => "teaching",
            Self::Finance => "finance",
            Self::Logistics => "logistics",
            Self::Sales => "sales",
            Self::Hr => "hr",
            Self::Trades => "trades",
            Self::Office => "office",
            Self::Management => "management",
            Self::Soft => "soft",
        }
    }

    pub(super) fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.name() == name)
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
    /// Every way of writing a skill, without marks, with the skill's index.
    pub(super) names: Vec<(&'static str, usize)>,
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
    let mut all_names = Vec::new();
    for (section, row) in rows(text) {
        let Some(category) = Category::of_name(section) else {
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
            all_names.push((spelling.unwrap_or(name), skill));
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
        names: all_names,
        labels,
    }
}
