//! What a posting states beside its fields, each fact with the sentence it rests on.
//!
//! Facts are read once, where a posting becomes a [`super::Job`]. Whoever judges a
//! job looks at facts alone and never at the description again.

mod fold;
mod kinds;
mod read;
#[cfg(test)]
mod tests;

mod agency;
mod benefit;
mod closing;
mod degree;
mod employment;
mod hours;
mod office;
mod policy;
mod right;
mod size;
mod terms;
mod tongue;
mod travel;
mod years;

pub use degree::level_of as degree_level;
pub use kinds::{
    Benefit, CompanySize, Contract, DegreeAsked, DegreeLevel, Fluency, Hours, LanguageAsked, Need,
    OfficeDays, PayTerm, Policy, RemoteLimit, RightKind, WorkRight,
};
pub use read::read;
pub use tongue::fluency;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Stated;

/// Number of the rules that read facts. Facts read by other rules are read anew
/// from the stored posting.
pub const RULES: u32 = 1;

/// What a posting states of the work and of who may do it.
///
/// A fact that a portal states in a field of its own comes before one that
/// stands in prose. Sentences that say different things are all kept, so that
/// whoever judges can ask.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct JobFacts {
    /// The [`RULES`] these were read by; 0 when they were never read.
    pub rules: u32,
    /// Rights to work that are asked for, and help with them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rights: Vec<Stated<WorkRight>>,
    /// Languages asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Stated<LanguageAsked>>,
    /// Degree asked for: the lowest that will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree: Option<Stated<DegreeAsked>>,
    /// Years of experience asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<Stated<u8>>,
    /// Kinds of contract, any of which is offered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contracts: Vec<Stated<Contract>>,
    /// What the pay of the job rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pay_terms: Vec<Stated<PayTerm>>,
    /// Hours of a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Stated<Hours>>,
    /// Days at the employer's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_days: Option<Stated<OfficeDays>>,
    /// What narrows remote work beyond its scope.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remote_limits: Vec<Stated<RemoteLimit>>,
    /// Greatest share of the time spent travelling, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel: Option<Stated<u8>>,
    /// What the employer gives beside pay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<Stated<Benefit>>,
    /// Number of people at the employer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_size: Option<Stated<CompanySize>>,
    /// Last day to apply, where the text says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_on: Option<Stated<Date>>,
    /// What the employer forbids in an application.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<Stated<Policy>>,
    /// Whether an agency posts it for another employer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Stated<bool>>,
}
