//! How often each field of the postings is stated.

use serde::Serialize;

use super::Line;

/// A field and how many postings state it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fill {
    /// Name of the field.
    pub field: &'static str,
    /// Postings that state it.
    pub stated: usize,
    /// Their share, from 0 to 1.
    pub share: f64,
}

type States = fn(&Line) -> bool;

const FIELDS: &[(&str, States)] = &[
    ("description_text", |line| line.description_text.is_some()),
    ("locations", |line| !line.locations.is_empty()),
    ("workplace", |line| line.workplace.is_some()),
    ("company", |line| line.company.is_some()),
    ("apply_url", |line| line.apply_url.is_some()),
    ("posted_at", |line| line.posted_at.is_some()),
    ("closes_at", |line| line.closes_at.is_some()),
    ("pay", |line| line.pay.is_some()),
    ("employment", |line| line.employment.is_some()),
    ("level", |line| line.level.is_some()),
    ("department", |line| line.department.is_some()),
    ("team", |line| line.team.is_some()),
    ("language", |line| line.language.is_some()),
    ("requisition_id", |line| line.requisition_id.is_some()),
    ("group_id", |line| line.group_id.is_some()),
    ("benefits", |line| !line.benefits.is_empty()),
    ("industry", |line| line.industry.is_some()),
    ("company_size", |line| line.company_size.is_some()),
    ("agency", |line| line.agency.is_some()),
];

/// The rate of each field; none without postings.
pub(super) fn rates(lines: &[Line]) -> Vec<Fill> {
    if lines.is_empty() {
        return Vec::new();
    }
    let rate = |&(field, states): &(&'static str, States)| {
        let stated = lines.iter().filter(|line| states(line)).count();
        #[allow(clippy::cast_precision_loss, reason = "counts are small")]
        let share = stated as f64 / lines.len() as f64;
        Fill {
            field,
            stated,
            share,
        }
    };
    FIELDS.iter().map(rate).collect()
}
