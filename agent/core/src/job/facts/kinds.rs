//! The kinds of facts.

use serde::{Deserialize, Serialize};

use crate::job::Region;

/// What a sentence says of the right to work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRight {
    /// What it says.
    pub kind: RightKind,
    /// Countries it speaks of, ISO 3166-1 alpha-2, and `EU` for its members: any
    /// of them will do. Empty when none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// It is said only of those who apply from there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_from_there: bool,
}

/// Kinds of statements about the right to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RightKind {
    /// The employer helps with visa and permit.
    Sponsored,
    /// The employer may help, or helps some.
    MaySponsor,
    /// The employer does not help.
    NotSponsored,
    /// A right to work is asked for.
    Required,
    /// A citizenship is asked for.
    Citizenship,
    /// A security clearance is asked for, held or to be granted.
    Clearance,
}

/// A language a posting speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageAsked {
    /// ISO 639-1 codes, any of which will do.
    pub any_of: Vec<String>,
    /// How well, where the posting says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Fluency>,
    /// How strongly it is asked for.
    pub need: Need,
}

/// How strongly something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// It must be there.
    Required,
    /// It is welcome.
    Welcome,
    /// The posting says that it need not be there.
    NotNeeded,
}

/// Command of a language: the levels of the Common European Framework, and a
/// native speaker's. In rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fluency {
    /// Beginner.
    A1,
    /// Elementary.
    A2,
    /// Intermediate.
    B1,
    /// Upper intermediate.
    B2,
    /// Advanced.
    C1,
    /// Mastery.
    C2,
    /// Mother tongue.
    Native,
}

/// A degree a posting asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DegreeAsked {
    /// The lowest that will do.
    pub level: DegreeLevel,
    /// Whether experience will do instead.
    pub or_equivalent: bool,
    /// How strongly it is asked for.
    pub need: Need,
}

/// Levels of degrees, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DegreeLevel {
    /// End of school.
    School,
    /// A trade learned ("Ausbildung", associate degree).
    Vocational,
    /// Bachelor, or a degree without a name.
    Bachelor,
    /// Master, diploma.
    Master,
    /// Doctorate.
    Doctor,
}

/// A kind of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contract {
    /// The hours of a full week.
    FullTime,
    /// Fewer.
    PartTime,
    /// Employment without an end.
    Permanent,
    /// Employment with an end, also seasonal.
    Temporary,
    /// Work of a contractor or freelancer.
    Freelance,
    /// Internship.
    Internship,
    /// Apprenticeship.
    Apprenticeship,
    /// Work beside studies.
    Student,
    /// Unpaid.
    Volunteer,
}

impl Contract {
    /// Whether it says how much of a week is worked, and not the form of the contract.
    pub const fn is_of_time(self) -> bool {
        match self {
            Self::FullTime | Self::PartTime => true,
            Self::Permanent
            | Self::Temporary
            | Self::Freelance
            | Self::Internship
            | Self::Apprenticeship
            | Self::Student
            | Self::Volunteer => false,
        }
    }
}

/// What stated pay rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayTerm {
    /// Targets: part of it is commission or bonus.
    OnTarget,
    /// A full week, of which less may be worked.
    FullTimeEquivalent,
}

/// Hours of a week.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hours {
    /// Least.
    pub min: f64,
    /// Most.
    pub max: f64,
}

/// Days at the employer's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeDays {
    /// How many.
    pub days: u8,
    /// In a month, and not in a week.
    #[serde(default)]
    pub per_month: bool,
}

/// What narrows remote work beyond its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemoteLimit {
    /// One must live near a place.
    Near,
    /// Parts of the scope are left out.
    Except,
    /// One must work at the hours of a region.
    TimeZone {
        /// Where those hours are kept.
        of: Region,
    },
}

/// What an employer gives beside pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Benefit {
    /// Health, dental or vision insurance.
    Health,
    /// Pension, retirement plan.
    Pension,
    /// Shares or options.
    Equity,
    /// Bonus, profit share.
    Bonus,
    /// Paid leave beyond a mention of it.
    Leave,
    /// Leave of parents.
    ParentalLeave,
    /// A budget or time to learn.
    Learning,
    /// Help with moving house.
    Relocation,
    /// A ticket or car, or money for the way.
    Travel,
    /// Meals.
    Meals,
    /// Sport and wellness.
    Wellness,
    /// Child care.
    Childcare,
    /// Flexible hours.
    FlexibleHours,
}

/// Number of people at an employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanySize {
    /// At least.
    pub min: u32,
    /// At most, when said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// What an employer forbids in an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Text written by a model.
    NoAi,
    /// Applications sent by programs.
    NoAutomation,
    /// Anything but one's own words.
    OwnWords,
}
