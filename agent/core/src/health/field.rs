//! The facts of a posting whose presence is watched.

use serde::{Deserialize, Serialize};

use crate::job::{Posting, StatedPay};

/// A fact that a board states of its postings, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Employer.
    Company,
    /// Places.
    Location,
    /// Where the work is done.
    Workplace,
    /// Description, as the list gives it.
    Description,
    /// Pay.
    Pay,
    /// Contract.
    Employment,
    /// Level.
    Level,
    /// Department.
    Department,
    /// Team.
    Team,
    /// Language.
    Language,
    /// Publication.
    Posted,
    /// Last day to apply.
    Closes,
    /// Requisition number.
    Requisition,
    /// Address to apply at.
    ApplyUrl,
    /// Benefits.
    Benefits,
    /// Industry.
    Industry,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 16] = [
        Self::Company,
        Self::Location,
        Self::Workplace,
        Self::Description,
        Self::Pay,
        Self::Employment,
        Self::Level,
        Self::Department,
        Self::Team,
        Self::Language,
        Self::Posted,
        Self::Closes,
        Self::Requisition,
        Self::ApplyUrl,
        Self::Benefits,
        Self::Industry,
    ];

    /// Its name for a person.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Location => "location",
            Self::Workplace => "workplace",
            Self::Description => "description",
            Self::Pay => "pay",
            Self::Employment => "employment",
            Self::Level => "level",
            Self::Department => "department",
            Self::Team => "team",
            Self::Language => "language",
            Self::Posted => "day of publication",
            Self::Closes => "last day to apply",
            Self::Requisition => "requisition number",
            Self::ApplyUrl => "address to apply at",
            Self::Benefits => "benefits",
            Self::Industry => "industry",
        }
    }

    /// Whether `posting` states it.
    pub fn is_stated(self, posting: &Posting) -> bool {
        let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !is_blank(text));
        let listed = |texts: &[String]| texts.iter().any(|text| !is_blank(text));
        match self {
            Self::Company => said(&posting.company),
            Self::Location => listed(&posting.locations),
            Self::Workplace => said(&posting.workplace),
            Self::Description => said(&posting.description_html) || said(&posting.description_text),
            Self::Pay => posting.pay.as_ref().is_some_and(says_something),
            Self::Employment => said(&posting.employment),
            Self::Level => said(&posting.level),
            Self::Department => said(&posting.department),
            Self::Team => said(&posting.team),
            Self::Language => said(&posting.language),
            Self::Posted => said(&posting.posted_at),
            Self::Closes => said(&posting.closes_at),
            Self::Requisition => said(&posting.requisition_id),
            Self::ApplyUrl => said(&posting.apply_url),
            Self::Benefits => listed(&posting.benefits),
            Self::Industry => said(&posting.industry),
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn says_something(pay: &StatedPay) -> bool {
    pay.min.is_some() || pay.max.is_some() || pay.text.as_ref().is_some_and(|text| !is_blank(text))
}
