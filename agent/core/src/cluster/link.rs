//! That two postings are one opening, and what that rests on.

use serde::{Deserialize, Serialize};

/// By which rule two postings are one opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The person said so.
    Person,
    /// One leads to the other, or both to one page.
    Address,
    /// The board gives them one group.
    Group,
    /// The employer gives them one requisition number.
    Requisition,
    /// The same posting on the same board, after the earlier one was closed.
    Repost,
    /// The same posting stands on the same board twice.
    Twice,
    /// Same employer, title and place, and much the same text.
    Text,
    /// Same employer, title and place, in another language.
    Translation,
    /// An agency's copy: another name, same title, place and text.
    Agency,
    /// A copy under another name whose text names the employer.
    Renamed,
    /// Same employer, title and place, where one has hardly any text.
    Title,
}

impl Rule {
    /// Whether portal, employer or person said so: no likeness was measured.
    pub const fn is_stated(self) -> bool {
        match self {
            Self::Person | Self::Address | Self::Group | Self::Requisition => true,
            Self::Repost
            | Self::Twice
            | Self::Text
            | Self::Translation
            | Self::Agency
            | Self::Renamed
            | Self::Title => false,
        }
    }

    /// The rule's name, as kept and as programs read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Address => "address",
            Self::Group => "group",
            Self::Requisition => "requisition",
            Self::Repost => "repost",
            Self::Twice => "twice",
            Self::Text => "text",
            Self::Translation => "translation",
            Self::Agency => "agency",
            Self::Renamed => "renamed",
            Self::Title => "title",
        }
    }

    /// The rule in the words a person reads: "the same opening: …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Person => "you said so",
            Self::Address => "both lead to one page",
            Self::Group => "the board posts it as one opening",
            Self::Requisition => "one requisition number",
            Self::Repost => "posted again after it was closed",
            Self::Twice => "on the board twice",
            Self::Text => "same employer, title, place and text",
            Self::Translation => "same employer, title and place in another language",
            Self::Agency => "an agency's copy",
            Self::Renamed => "a copy under another name",
            Self::Title => "same employer, title and place, without a text",
        }
    }
}

/// That two postings are one opening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// By which rule.
    pub rule: Rule,
    /// How alike they are, 0 to 1; 1 where it was stated.
    pub similarity: f64,
    /// What it rests on, a line each.
    pub because: Vec<String>,
}

impl Link {
    /// The link that the person made.
    pub fn by_person() -> Self {
        Self {
            rule: Rule::Person,
            similarity: 1.0,
            because: vec!["you joined them".to_owned()],
        }
    }
}
