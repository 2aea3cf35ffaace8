//! One posting as it stands in one round, before a portal's shape is put on it.

use serde::{Deserialize, Serialize};

/// What kind of work a posting is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profession {
    /// Software engineering and what borders on it.
    Software,
    /// Nursing and care.
    Care,
    /// Teaching.
    Teaching,
    /// Accounting and finance.
    Finance,
    /// Logistics and warehouse.
    Logistics,
    /// Marketing and design.
    Marketing,
}

/// The language a posting is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
}

impl Language {
    /// The ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
            Language::Fr => "fr",
        }
    }
}

/// Pay in numbers, where the employer gives them apart from the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayRange {
    pub(crate) min: u64,
    pub(crate) max: u64,
    pub(crate) currency: String,
    pub(crate) per: PayPeriod,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PayPeriod {
    Year,
    Month,
    Hour,
}

/// A posting in one round.
#[derive(Debug, Clone)]
pub(crate) struct Posting {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) profession: Profession,
    pub(crate) language: Language,
    pub(crate) department: String,
    /// Lever's team; some employers enter a dash.
    pub(crate) team: String,
    pub(crate) commitment: Option<String>,
    pub(crate) places: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) workplace: Option<String>,
    /// The same for one opening posted in several places.
    pub(crate) group: u64,
    pub(crate) requisition: Option<String>,
    /// Epoch milliseconds.
    pub(crate) published: i64,
    /// Epoch milliseconds; employers' systems touch it for no reason.
    pub(crate) updated: i64,
    pub(crate) range: Option<PayRange>,
    pub(crate) text: PostingText,
}

/// The description, in paragraphs and lists of plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct PostingText {
    /// Who the employer is.
    pub(crate) intro: Vec<String>,
    /// What the job is.
    pub(crate) body: Vec<String>,
    /// HTML somebody pasted into the form.
    pub(crate) pasted: Option<String>,
    pub(crate) lists: Vec<TextList>,
    /// Pay, visa, languages; then what is said under every posting.
    pub(crate) closing: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TextList {
    pub(crate) heading: String,
    pub(crate) items: Vec<String>,
}
