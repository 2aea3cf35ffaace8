//! A posting as the host reads it, for people and programs that judge a plugin.

use agent_core::ids::SourceId;
use agent_core::job::{self, Posting, ReadError, StatedPay};
use agent_core::normal::date;
use agent_core::{html, text};
use jiff::Timestamp;
use serde::Serialize;

use crate::host::Board;

/// A posting after the host's own cleaning: no markup, no control characters.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the fields are those of a stated posting")]
pub struct Line {
    pub external_id: String,
    pub title: String,
    pub company: Option<String>,
    pub locations: Vec<String>,
    pub workplace: Option<String>,
    pub url: String,
    pub apply_url: Option<String>,
    /// RFC 3339 time or date where one was stated, else the portal's words.
    pub posted_at: Option<String>,
    /// Likewise.
    pub closes_at: Option<String>,
    pub description_text: Option<String>,
    pub pay: Option<StatedPay>,
    pub employment: Option<String>,
    pub level: Option<String>,
    pub department: Option<String>,
    pub team: Option<String>,
    pub language: Option<String>,
    pub requisition_id: Option<String>,
    pub group_id: Option<String>,
    pub benefits: Vec<String>,
    pub industry: Option<String>,
    pub company_size: Option<String>,
    pub agency: Option<bool>,
}

impl Line {
    /// Reads a posting as the host does when it takes it in.
    pub(super) fn of(plugin: &str, board: &Board, posting: &Posting) -> Result<Self, ReadError> {
        let company = board.company.as_deref().unwrap_or(&board.key);
        let job = job::read(SourceId::of(plugin, &board.key), company, posting)?;
        Ok(Self {
            external_id: job.external_id,
            title: job.title,
            company: words(posting.company.as_ref().or(board.company.as_ref())),
            locations: posting
                .locations
                .iter()
                .filter_map(|p| words(Some(p)))
                .collect(),
            workplace: words(posting.workplace.as_ref()),
            url: job.url,
            apply_url: job.apply_url,
            posted_at: posting.posted_at.as_deref().map(moment),
            closes_at: posting.closes_at.as_deref().map(moment),
            description_text: Some(job.description).filter(|text| !text.is_empty()),
            pay: posting.pay.as_ref().map(pay),
            employment: job.employment,
            level: words(posting.level.as_ref()),
            department: job.department,
            team: job.team,
            language: words(posting.language.as_ref()),
            requisition_id: job.requisition_id,
            group_id: job.group_id,
            benefits: job.benefits,
            industry: job.industry,
            company_size: job.company_size,
            agency: job.agency,
        })
    }

    /// Every text in it, by the name of its field.
    pub(super) fn texts(&self) -> Vec<(&'static str, &str)> {
        let one = [
            ("title", Some(&self.title)),
            ("company", self.company.as_ref()),
            ("workplace", self.workplace.as_ref()),
            ("posted_at", self.posted_at.as_ref()),
            ("closes_at", self.closes_at.as_ref()),
            ("description_text", self.description_text.as_ref()),
            ("pay", self.pay.as_ref().and_then(|pay| pay.text.as_ref())),
            ("employment", self.employment.as_ref()),
            ("level", self.level.as_ref()),
            ("department", self.department.as_ref()),
            ("team", self.team.as_ref()),
            ("language", self.language.as_ref()),
            ("requisition_id", self.requisition_id.as_ref()),
            ("group_id", self.group_id.as_ref()),
            ("industry", self.industry.as_ref()),
            ("company_size", self.company_size.as_ref()),
        ];
        let one = one
            .into_iter()
            .filter_map(|(name, text)| Some((name, text?.as_str())));
        let places = self
            .locations
            .iter()
            .map(|text| ("locations", text.as_str()));
        let benefits = self.benefits.iter().map(|text| ("benefits", text.as_str()));
        one.chain(places).chain(benefits).collect()
    }
}

/// One clean line; none when nothing is left.
fn words(stated: Option<&String>) -> Option<String> {
    let stated = stated?;
    let line = if stated.contains(['<', '&']) {
        text::line(&html::to_text(stated))
    } else {
        text::line(stated)
    };
    (!line.is_empty()).then_some(line)
}

/// A stated date in the form of RFC 3339 where it is one.
fn moment(stated: &str) -> String {
    let stated = text::line(stated);
    if stated.parse::<Timestamp>().is_ok() {
        return stated;
    }
    let epoch: Option<i64> = stated.parse().ok();
    let at = match stated.len() {
        12..=14 => epoch.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        9..=10 => epoch.and_then(|s| Timestamp::from_second(s).ok()),
        _ => None,
    };
    match (at, date::of_text(&stated)) {
        (Some(at), Some(_)) => at.to_string(),
        (None, Some(day)) => day.to_string(),
        (_, None) => stated,
    }
}

/// Pay with the bounds in order; a bound of nothing is none, as the host takes it.
fn pay(stated: &StatedPay) -> StatedPay {
    let bound = |bound: Option<f64>| bound.filter(|bound| bound.is_finite() && *bound > 0.0);
    let (min, max) = match (bound(stated.min), bound(stated.max)) {
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        bounds => bounds,
    };
    StatedPay {
        text: words(stated.text.as_ref()),
        min,
        max,
        currency: words(stated.currency.as_ref()),
        period: words(stated.period.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_one_where_it_is_one() {
        for (stated, expected) in [
            ("2026-09-11T08:00:00-04:00", "2026-09-11T08:00:00-04:00"),
            ("1790000000123", "2026-09-21T14:13:20.123Z"),
            ("1790000000", "2026-09-21T14:13:20Z"),
            ("Sep 11, 2026", "2026-09-11"),
            ("2024-08-05 08:38:01 UTC", "2024-08-05"),
            ("Posted 30+ Days Ago", "Posted 30+ Days Ago"),
        ] {
            assert_eq!(moment(stated), expected, "{stated}");
        }
    }
}
