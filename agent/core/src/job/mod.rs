//! A posting as its portal stated it, and the job understood from it.

pub mod facts;
mod gist;
pub(crate) mod language;
mod listed;
mod posting;
mod read;
mod texts;
mod told;

pub use facts::JobFacts;
pub use language::of_text as language_of;
pub use posting::{Posting, StatedPay};
pub use read::{ReadError, read};
pub use texts::Told;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::ids::{ContentHash, JobId, SourceId};

/// A posting after normalisation. Each fact keeps the text it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Identity, derived from the source and the portal's own id.
    pub id: JobId,
    /// The board it came from.
    pub source: SourceId,
    /// The portal's own id, as stated.
    pub external_id: String,
    /// Canonical address of the posting.
    pub url: String,
    /// Where one applies, when the portal states it apart from `url`.
    pub apply_url: Option<String>,
    /// Title, one line, trimmed.
    pub title: String,
    /// Employer's name, as stated or as configured for the source.
    pub company: String,
    /// Places stated, in the portal's order.
    pub places: Vec<Place>,
    /// Where the work is done.
    pub workplace: Workplace,
    /// Level, if the posting says or plainly implies one.
    pub level: Option<Stated<Level>>,
    /// Pay, if stated as numbers.
    pub pay: Option<Pay>,
    /// Contract as stated ("Full-time", "Contract").
    pub employment: Option<String>,
    /// Department as stated.
    pub department: Option<String>,
    /// Team as stated.
    pub team: Option<String>,
    /// Language of the description: ISO 639-1 code.
    pub language: Option<String>,
    /// Description as plain text, paragraphs and list items on their own lines.
    pub description: String,
    /// Hash of the description, whitespace folded: a change of it is a new version.
    pub content_hash: ContentHash,
    /// Day of publication, if stated.
    pub posted_on: Option<Date>,
    /// Last day to apply, if stated.
    pub closes_on: Option<Date>,
    /// Requisition number, if stated.
    pub requisition_id: Option<String>,
    /// The portal's id for one opening posted in several places.
    pub group_id: Option<String>,
    /// Benefits the portal lists as such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<String>,
    /// Industry as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Size of the company as stated ("51-200").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_size: Option<String>,
    /// Whether an agency posts it for another employer, where the portal says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<bool>,
    /// What its texts state beside its fields, read once.
    #[serde(default)]
    pub facts: JobFacts,
}

/// A fact with the text it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// What was understood.
    pub value: T,
    /// The words it was read from, at most 200 characters.
    pub text: String,
}

/// A place as stated, and what could be resolved of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The portal's words.
    pub text: String,
    /// City name in English or local spelling, as the normaliser's table has it.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2 code, upper case.
    pub country: Option<String>,
    /// A region larger than a country.
    pub region: Option<Region>,
}

impl Place {
    /// Codes of its country, and of its region where that is one of law: a right to
    /// work is for these.
    pub(crate) fn law_codes(&self) -> impl Iterator<Item = &str> {
        let region: &[&str] = match self.region {
            Some(Region::EuropeanUnion) => &["EU"],
            Some(Region::Dach) => &["DE", "AT", "CH"],
            Some(
                Region::Worldwide
                | Region::Europe
                | Region::Emea
                | Region::Americas
                | Region::NorthAmerica
                | Region::LatinAmerica
                | Region::Apac,
            )
            | None => &[],
        };
        self.country
            .as_deref()
            .into_iter()
            .chain(region.iter().copied())
    }
}

/// A region wider than one country, as job postings name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Anywhere on earth.
    Worldwide,
    /// The European Union.
    EuropeanUnion,
    /// Europe.
    Europe,
    /// Europe, the Middle East and Africa.
    Emea,
    /// North and South America.
    Americas,
    /// The United States, Canada and Mexico.
    NorthAmerica,
    /// South and Central America.
    LatinAmerica,
    /// Asia and the Pacific.
    Apac,
    /// Germany, Austria and Switzerland.
    Dach,
}

/// Where the work is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workplace {
    /// Kind, or `None` when the posting does not say.
    pub kind: Option<WorkplaceKind>,
    /// For remote work: where one must live. Empty when not limited or not said.
    pub scope: Vec<Place>,
    /// The words it was read from; empty when nothing was said.
    pub text: String,
}

/// Kind of workplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkplaceKind {
    /// At the employer's place.
    OnSite,
    /// Partly at the employer's place.
    Hybrid,
    /// Away from the employer's place.
    Remote,
}

/// Level of a position, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Internship or apprenticeship.
    Intern,
    /// First job, trainee, junior.
    Entry,
    /// Neither junior nor senior.
    Mid,
    /// Senior.
    Senior,
    /// Staff, principal, lead without reports.
    Lead,
    /// Leads people.
    Manager,
    /// Director, head of, vice president, chief.
    Executive,
}

/// Pay as stated, with bounds in the stated currency and period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pay {
    /// Lower bound in `currency` per `period`.
    pub min: Option<f64>,
    /// Upper bound in `currency` per `period`.
    pub max: Option<f64>,
    /// ISO 4217 code, upper case.
    pub currency: Option<String>,
    /// The period the bounds are for.
    pub period: PayPeriod,
    /// The words it was read from.
    pub text: String,
}

/// Period of pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayPeriod {
    /// Per hour.
    Hour,
    /// Per day.
    Day,
    /// Per week.
    Week,
    /// Per month.
    Month,
    /// Per year.
    Year,
}

impl PayPeriod {
    /// How many of this period are paid in a year: 52 weeks of 40 hours in 5 days.
    pub const fn per_year(self) -> f64 {
        match self {
            Self::Hour => 2080.0,
            Self::Day => 260.0,
            Self::Week => 52.0,
            Self::Month => 12.0,
            Self::Year => 1.0,
        }
    }
}

/// When a job was seen, beside what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sightings {
    /// First seen in a sync.
    pub first_seen: Timestamp,
    /// Last seen in a sync.
    pub last_seen: Timestamp,
    /// When a sync no longer found it.
    pub closed_at: Option<Timestamp>,
    /// How often it came back after it was closed.
    pub reposts: u32,
}
