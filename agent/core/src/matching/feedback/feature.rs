//! What jobs have in common, as far as a like or a hide can speak of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::job::{Level, WorkplaceKind};

/// Words of titles that tell nothing apart.
const SMALL: &str = "a all am an and at auf aus bei das der des die ein et f for für gn h i im in \
    la le m mit of on or oder pour the til to und v von w with x zu";

/// Most words of a title that count.
const MAX_WORDS: usize = 12;

/// Most skills that count.
const MAX_SKILLS: usize = 40;

/// Kinds of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeatureKind {
    /// That an agency posts it.
    Agency,
    /// The employer.
    Company,
    /// The industry as stated.
    Industry,
    /// Where the work is done.
    Workplace,
    /// The level.
    Level,
    /// A word of the title.
    Title,
    /// A skill it names.
    Skill,
}

impl FeatureKind {
    /// All kinds, from the plainest to propose a rule about to the vaguest.
    pub const ALL: [Self; 7] = [
        Self::Agency,
        Self::Company,
        Self::Industry,
        Self::Workplace,
        Self::Level,
        Self::Title,
        Self::Skill,
    ];

    /// How much its weights count: a like of one remote job says less about
    /// remote work than about its employer.
    pub(super) const fn share(self) -> f64 {
        match self {
            Self::Agency => 0.4,
            Self::Company => 0.5,
            Self::Industry | Self::Title => 0.4,
            Self::Skill => 0.3,
            Self::Workplace | Self::Level => 0.15,
        }
    }

    /// The kind in one plain word, as it is stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Company => "company",
            Self::Industry => "industry",
            Self::Workplace => "workplace",
            Self::Level => "level",
            Self::Title => "title",
            Self::Skill => "skill",
        }
    }
}

/// Something jobs have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Feature {
    /// Its kind.
    pub kind: FeatureKind,
    /// Its value, as one of the jobs wrote it; empty for an agency.
    pub value: String,
}

impl Feature {
    /// A number that spellings in other cases share.
    pub fn id(&self) -> u64 {
        id_of(self.kind, &self.value)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FeatureKind::Agency => f.write_str("being posted by an agency"),
            FeatureKind::Title => write!(f, "“{}” in the title", self.value),
            FeatureKind::Company
            | FeatureKind::Industry
            | FeatureKind::Workplace
            | FeatureKind::Level
            | FeatureKind::Skill => write!(f, "{} {}", self.kind.word(), self.value),
        }
    }
}

/// What the features of a job are read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits<'a> {
    /// Title.
    pub title: &'a str,
    /// Employer.
    pub company: &'a str,
    /// Whether an agency posts it.
    pub agency: bool,
    /// Industry as stated.
    pub industry: Option<&'a str>,
    /// Where the work is done.
    pub workplace: Option<WorkplaceKind>,
    /// Level.
    pub level: Option<Level>,
    /// Skills it names.
    pub skills: &'a [&'a str],
}

impl Traits<'_> {
    /// The features, each once.
    pub fn features(&self) -> Vec<Feature> {
        let mut features: Vec<Feature> = Vec::new();
        self.each(|kind, value| {
            features.push(Feature {
                kind,
                value: value.to_owned(),
            });
        });
        features
    }

    /// Kinds and numbers of the features, each once: what [`super::FeedbackModel::shift`]
    /// takes.
    pub fn ids(&self) -> Vec<(FeatureKind, u64)> {
        let mut ids: Vec<(FeatureKind, u64)> = Vec::with_capacity(24);
        self.each(|kind, value| ids.push((kind, id_of(kind, value))));
        ids
    }

    fn each<'a>(&'a self, mut take: impl FnMut(FeatureKind, &'a str)) {
        if self.agency {
            take(FeatureKind::Agency, "");
        }
        let stated = [
            (FeatureKind::Company, Some(self.company)),
            (FeatureKind::Industry, self.industry),
            (FeatureKind::Workplace, self.workplace.map(workplace)),
            (FeatureKind::Level, self.level.map(level)),
        ];
        for (kind, value) in stated {
            if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
                take(kind, value);
            }
        }
        let mut taken: Vec<u64> = Vec::with_capacity(24);
        let words = self
            .title
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#')))
            .filter(|word| word.chars().any(char::is_alphabetic) && !is_small(word));
        let words = words.take(MAX_WORDS).map(|word| (FeatureKind::Title, word));
        let skills = self.skills.iter().take(MAX_SKILLS);
        for (kind, value) in words.chain(skills.map(|skill| (FeatureKind::Skill, *skill))) {
            let id = id_of(kind, value);
            if !taken.contains(&id) {
                taken.push(id);
                take(kind, value);
            }
        }
    }
}

fn is_small(word: &str) -> bool {
    SMALL
        .split_ascii_whitespace()
        .any(|small| small.eq_ignore_ascii_case(word))
}

/// FNV-1a of the kind and of the value in lower case.
fn id_of(kind: FeatureKind, value: &str) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ kind as u64;
    hash = hash.wrapping_mul(PRIME);
    for lower in value.chars().flat_map(char::to_lowercase) {
        for byte in u32::from(lower).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash
}

fn workplace(kind: WorkplaceKind) -> &'static str {
    match kind {
        WorkplaceKind::OnSite => "on-site",
        WorkplaceKind::Hybrid => "hybrid",
        WorkplaceKind::Remote => "remote",
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Intern => "intern",
        Level::Entry => "entry",
        Level::Mid => "mid",
        Level::Senior => "senior",
        Level::Lead => "lead",
        Level::Manager => "manager",
        Level::Executive => "executive",
    }
}
