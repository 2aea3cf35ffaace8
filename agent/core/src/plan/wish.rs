//! What a sentence asks for.

use serde::{Deserialize, Serialize};

use super::{MAX_DRAFTS, MAX_LIST, Report, USUAL_DRAFTS, USUAL_LIST};
use crate::job::Level;

/// What the person wants, read out of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wish {
    /// Words of titles, such as "backend engineer"; any of them fits.
    pub roles: Vec<String>,
    /// Level of the position.
    pub level: Option<Level>,
    /// Places as the sentence names them; any of them fits.
    pub places: Vec<String>,
    /// How remote work counts.
    pub remote: Remote,
    /// The least pay for a year.
    pub pay: Option<LeastPay>,
    /// Employers; any of them fits.
    pub companies: Vec<String>,
    /// Skills; all of them are asked for.
    pub skills: Vec<String>,
    /// The least score.
    pub least_score: Option<u32>,
    /// How many openings to list, where it says.
    pub list: Option<u32>,
    /// How many of them to prepare; none where preparing was not asked for.
    pub prepare: Option<u32>,
    /// Whether it holds from now on, for every opening that comes.
    pub standing: bool,
    /// Most applications to prepare in a day, where it says.
    pub per_day: Option<u32>,
    /// The report that is asked for.
    pub report: Option<Report>,
    /// Whether it asks what to do about applications without an answer.
    pub follow_up: bool,
}

/// How remote work counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remote {
    /// The sentence does not speak of it.
    #[default]
    Unsaid,
    /// It is as good as one of the places.
    Also,
    /// Nothing else is wanted.
    Only,
}

/// The least pay for a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeastPay {
    /// Amount for a year.
    pub amount: f64,
    /// ISO 4217 code; `None`: in whatever currency a posting states.
    pub currency: Option<String>,
}

impl Wish {
    /// Most openings that are listed.
    pub fn to_list(&self) -> u32 {
        let drafts = self.prepare.unwrap_or_default();
        let wanted = self.list.unwrap_or_else(|| drafts.max(USUAL_LIST));
        wanted.max(drafts).clamp(1, MAX_LIST)
    }

    /// Most applications that are prepared, of a standing wish in a day; 0 where
    /// preparing was not asked for.
    pub fn to_prepare(&self) -> u32 {
        match (self.prepare, self.standing) {
            (None, _) => 0,
            (Some(_), true) => self.per_day.unwrap_or(USUAL_DRAFTS).clamp(1, MAX_DRAFTS),
            (Some(wanted), false) => wanted.clamp(1, MAX_DRAFTS),
        }
    }

    /// Whether anything in it tells one opening from another.
    pub fn is_narrow(&self) -> bool {
        let Self {
            roles,
            level,
            places,
            remote,
            pay,
            companies,
            skills,
            least_score,
            list: _,
            prepare: _,
            standing: _,
            per_day: _,
            report: _,
            follow_up: _,
        } = self;
        !(roles.is_empty() && places.is_empty() && companies.is_empty() && skills.is_empty())
            || level.is_some()
            || pay.is_some()
            || least_score.is_some()
            || *remote != Remote::Unsaid
    }
}
