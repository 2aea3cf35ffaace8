//! Jobs, as lists, searches and single screens show them.

use agent_api::v1;
use agent_core::{
    job::{Pay, PayPeriod, Workplace, WorkplaceKind},
    page::{NOWHERE, ReadFrom},
    skill::SkillMatch,
};
use agent_store::{ClusterMate, JobRow, MatchedBy, SearchHit, SourceRow, StoredJob};

use super::{
    clusters::{also_at, mate},
    time,
    verdict::outcome,
};
use crate::by_hand::{Added, Origin};

/// A job with all that is kept of it but its verdict.
pub(in crate::rpc) struct Kept {
    pub(in crate::rpc) row: JobRow,
    pub(in crate::rpc) stored: StoredJob,
    pub(in crate::rpc) source: Option<SourceRow>,
    pub(in crate::rpc) skills: Vec<SkillMatch>,
    pub(in crate::rpc) mates: Vec<ClusterMate>,
}

pub(in crate::rpc) fn added(added: Added) -> v1::AddedJobs {
    let read_from = match added.origin {
        Origin::Plugin => "plugin",
        Origin::Page(ReadFrom::Markup) => "markup",
        Origin::Page(ReadFrom::Text) => "text",
    };
    let uncertain = added.uncertain.iter().map(|what| what.word().to_owned());
    v1::AddedJobs {
        jobs: added.jobs.into_iter().map(job_row).collect(),
        read_from: read_from.to_owned(),
        uncertain: uncertain.collect(),
        new: added.new,
    }
}

pub(in crate::rpc) fn job_row(row: JobRow) -> v1::JobRow {
    let standing = row.standing;
    v1::JobRow {
        short_id: row.id.to_string().chars().take(row.short_len).collect(),
        id: row.id.to_string(),
        title: row.title,
        company: row.company,
        places: row
            .places
            .iter()
            .map(|place| place.text.as_str())
            .collect::<Vec<_>>()
            .join("; "),
        workplace: workplace(&row.workplace).to_owned(),
        pay: row.pay.as_ref().map(pay).unwrap_or_default(),
        score: standing.as_ref().map(|standing| standing.score),
        outcome: standing
            .as_ref()
            .map(|standing| outcome(standing.outcome))
            .unwrap_or_default()
            .to_owned(),
        state: if row.sightings.closed_at.is_some() {
            "closed"
        } else {
            "open"
        }
        .to_owned(),
        posted: row.posted_on.map(|day| day.to_string()).unwrap_or_default(),
        first_seen: Some(time(row.sightings.first_seen)),
        reason: standing.map(|standing| standing.reason).unwrap_or_default(),
        // A page that did not say where it was has an address only for us.
        url: if row.url.starts_with(NOWHERE) {
            String::new()
        } else {
            row.url
        },
        also_at: row.also_at.into_iter().map(also_at).collect(),
        watched: row.watched,
    }
}

fn workplace(workplace: &Workplace) -> &'static str {
    match workplace.kind {
        Some(WorkplaceKind::OnSite) => "on-site",
        Some(WorkplaceKind::Hybrid) => "hybrid",
        Some(WorkplaceKind::Remote) => "remote",
        None => "",
    }
}

/// Pay as one short phrase, such as "60000–80000 EUR/year".
fn pay(pay: &Pay) -> String {
    let amounts = match (pay.min, pay.max) {
        (Some(min), Some(max)) if min < max => format!("{min}–{max}"),
        (Some(one), _) => format!("{one}"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => return String::new(),
    };
    let period = match pay.period {
        PayPeriod::Hour => "hour",
        PayPeriod::Day => "day",
        PayPeriod::Week => "week",
        PayPeriod::Month => "month",
        PayPeriod::Year => "year",
    };
    let currency = pay
        .currency
        .as_deref()
        .map(|code| format!(" {code}"))
        .unwrap_or_default();
    format!("{amounts}{currency}/{period}")
}

pub(in crate::rpc) fn job_detail(kept: Kept) -> v1::JobDetail {
    let Kept {
        row,
        stored,
        source,
        skills,
        mates,
    } = kept;
    let (job, sightings) = (stored.job, stored.sightings);
    v1::JobDetail {
        level: job
            .level
            .as_ref()
            .map(|level| word(&level.value))
            .unwrap_or_default(),
        description: job.description,
        apply_url: job.apply_url.unwrap_or_default(),
        employment: job.employment.unwrap_or_default(),
        department: job.department.unwrap_or_default(),
        language: job.language.unwrap_or_default(),
        closes: job.closes_on.map(|day| day.to_string()).unwrap_or_default(),
        source_url: source.map(|source| source.url).unwrap_or_default(),
        skills: skills.into_iter().map(|found| found.skill).collect(),
        last_seen: Some(time(sightings.last_seen)),
        closed_at: sightings.closed_at.map(time),
        versions: stored.versions,
        reposts: sightings.reposts,
        same_opening: mates.into_iter().map(mate).collect(),
        row: Some(job_row(row)),
    }
}

/// The kebab-case word a unit variant serialises to.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

pub(in crate::rpc) fn hit(hit: SearchHit) -> v1::SearchHit {
    let matched_by = match hit.matched_by {
        MatchedBy::Words => "words",
        MatchedBy::Meaning => "meaning",
        MatchedBy::WordsAndMeaning => "words and meaning",
        MatchedBy::Filter => "filter",
    };
    v1::SearchHit {
        relevance: hit.relevance,
        matched_by: matched_by.to_owned(),
        snippet: hit.snippet,
        job: Some(job_row(hit.row)),
    }
}
