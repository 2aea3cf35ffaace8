//! What the person looks for.

use serde::{Deserialize, Serialize};

use crate::job::{Level, PayPeriod, WorkplaceKind};

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
    /// The least pay the person would take.
    pub pay_floor: Option<Money>,
    /// Levels wanted.
    pub levels: Vec<Level>,
    /// Languages the person can work in, ISO 639-1; empty: those of the profile.
    pub languages: Vec<String>,
    /// Countries where the person may work without sponsorship, ISO 3166-1 alpha-2.
    pub permits: Vec<String>,
    /// Employers never to be shown.
    pub excluded_companies: Vec<String>,
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
