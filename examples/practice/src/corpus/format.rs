//! The corpus files: one TOML file per board, roles with their openings.

use std::collections::BTreeMap;

use serde::Deserialize;

pub(crate) use crate::opening::Shape;
use crate::posting::{Language, PayRange, Profession};

/// A corpus file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BoardFile {
    pub(crate) board: Board,
    #[serde(rename = "role")]
    pub(crate) roles: Vec<Role>,
}

/// The employer and what it says under every posting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Board {
    pub(crate) shape: Shape,
    pub(crate) token: String,
    pub(crate) company: String,
    /// Per language: paragraphs about the employer.
    pub(crate) intro: BTreeMap<Language, Vec<String>>,
    /// Per language: duties, needs, nice to have.
    pub(crate) headings: BTreeMap<Language, [String; 3]>,
    /// Per language: equal opportunity, privacy and the like.
    pub(crate) closing: BTreeMap<Language, Vec<String>>,
}

/// A job, before it is decided where and at which level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    pub(crate) title: String,
    pub(crate) profession: Profession,
    pub(crate) language: Language,
    pub(crate) department: String,
    pub(crate) team: Option<String>,
    pub(crate) commitment: Option<String>,
    pub(crate) summary: String,
    pub(crate) duties: Vec<String>,
    pub(crate) needs: Vec<String>,
    #[serde(default)]
    pub(crate) nice: Vec<String>,
    #[serde(default)]
    pub(crate) terms: Vec<String>,
    /// HTML that stands in the description as it is.
    pub(crate) pasted: Option<String>,
    pub(crate) openings: Vec<Opening>,
}

/// A role in a place; what it gives here stands in front of the role's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    pub(crate) title: Option<String>,
    pub(crate) places: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) workplace: Option<String>,
    /// Stands for `{years}` in the role's text.
    pub(crate) years: Option<u8>,
    /// Stands for `{pay}` in the role's text.
    pub(crate) pay: Option<String>,
    pub(crate) range: Option<PayRange>,
    /// A paragraph about this opening.
    pub(crate) about: String,
    pub(crate) duty: Option<String>,
    pub(crate) need: Option<String>,
    /// The rounds in which it is listed; absent is all of them.
    pub(crate) rounds: Option<Vec<u32>>,
    /// From round 2, stands in place of `about`.
    pub(crate) reworded: Option<String>,
    /// From round 2, the title.
    pub(crate) retitled: Option<String>,
    /// From round 2, the places.
    pub(crate) moved: Option<Vec<String>>,
}
