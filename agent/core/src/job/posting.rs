//! What a portal stated, as a plugin hands it over.

use serde::{Deserialize, Serialize};

/// A posting in the portal's own words. A plugin has no clock and does not
/// normalise: dates, places and pay are text or numbers as stated.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Posting {
    /// The portal's id, unique within its board.
    pub external_id: String,
    /// Address of the posting.
    pub url: String,
    /// Where one applies, if that is another address.
    pub apply_url: Option<String>,
    /// Title.
    pub title: String,
    /// Employer, where the portal states it per posting.
    pub company: Option<String>,
    /// Places, in the portal's order.
    pub locations: Vec<String>,
    /// Workplace in the portal's words ("hybrid", "Remote").
    pub workplace: Option<String>,
    /// Description as HTML, unescaped once if the portal escapes it.
    pub description_html: Option<String>,
    /// Description as plain text, where the portal has one and no HTML.
    pub description_text: Option<String>,
    /// Pay as stated.
    pub pay: Option<StatedPay>,
    /// Contract as stated.
    pub employment: Option<String>,
    /// Level as stated.
    pub level: Option<String>,
    /// Department as stated.
    pub department: Option<String>,
    /// Team as stated.
    pub team: Option<String>,
    /// Language as stated.
    pub language: Option<String>,
    /// Publication: RFC 3339, epoch milliseconds as digits, or the portal's words.
    pub posted_at: Option<String>,
    /// Last day to apply, in the same forms.
    pub closes_at: Option<String>,
    /// Requisition number.
    pub requisition_id: Option<String>,
    /// The portal's id of one opening posted several times.
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
}

/// Pay in the portal's words and, where given, numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StatedPay {
    /// The sentence or label.
    pub text: Option<String>,
    /// Lower bound.
    pub min: Option<f64>,
    /// Upper bound.
    pub max: Option<f64>,
    /// Currency as stated.
    pub currency: Option<String>,
    /// Period as stated ("per-year-salary", "hour").
    pub period: Option<String>,
}
