//! What the person looks for.

use serde::{Deserialize, Serialize};

use crate::job::{
    Level, PayPeriod, WorkplaceKind,
    facts::{CompanySize, Contract},
};

/// Wishes and limits of the person. Empty lists and `None` mean "no wish".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Titles looked for ("Backend engineer").
    pub roles: Vec<String>,
    /// Places where the person would work on site ("Berlin", "DE").
    pub places: Vec<String>,
    /// Country of residence, ISO 3166-1 alpha-2: decides which remote scopes fit.
    pub country: Option<String>,
    /// Kinds of workplace wanted.
    pub workplace: Vec<WorkplaceKind>,
    /// Would move for a job.
    pub relocate: bool,
    /// Places the person would move to; empty with `relocate`: anywhere.
    pub relocate_to: Vec<String>,
    /// The least pay the person would take.
    pub pay_floor: Option<Money>,
    /// Levels wanted.
    pub levels: Vec<Level>,
    /// Jobs of other levels are left out, and not only ranked lower.
    pub only_levels: bool,
    /// Kinds of contract wanted.
    pub contracts: Vec<Contract>,
    /// Industries wished.
    pub industries: Vec<String>,
    /// Size of employer wished.
    pub company_size: Option<CompanySize>,
    /// Languages the person can work in, ISO 639-1; empty: those of the profile.
    pub languages: Vec<String>,
    /// Countries where the person may work without sponsorship, ISO 3166-1 alpha-2.
    pub permits: Vec<String>,
    /// Countries of citizenship, ISO 3166-1 alpha-2.
    pub citizenships: Vec<String>,
    /// Security clearances held, in the person's words.
    pub clearances: Vec<String>,
    /// Employers never to be shown.
    pub excluded_companies: Vec<String>,
    /// Employers to look out for.
    pub watched_companies: Vec<String>,
}

/// An amount of money per period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// Amount in `currency` per `period`.
    pub amount: f64,
    /// ISO 4217 code, upper case.
    pub currency: String,
    /// The period it is for.
    pub period: PayPeriod,
}
