//! Domain and store to protobuf. The only file that sees both.

use agent_api::v1;
use agent_core::{
    job::{Pay, PayPeriod, Workplace, WorkplaceKind},
    matching::{self, Constraint, EvidenceSource, Outcome, Part},
    profile::Preferences,
    skill::SkillMatch,
};
use agent_store::{
    EgressEntry, EgressTotal, Event, JobRow, Match, MatchedBy, RankPosition, SearchHit, SourceRow,
    StoredJob,
};
use jiff::Timestamp;

use crate::{
    doctor::{Finding, Level},
    pipeline::{Progress, Report},
    plugins::{self, Checked, Listed, State},
    profile::Imported,
};

/// A job with all that is kept of it but its verdict.
pub(super) struct Kept {
    pub(super) row: JobRow,
    pub(super) stored: StoredJob,
    pub(super) source: Option<SourceRow>,
    pub(super) skills: Vec<SkillMatch>,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn time(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp {
        seconds: at.as_second(),
        nanos: at.subsec_nanosecond(),
    }
}

pub(super) fn event(written: Event) -> v1::Event {
    let event = written.event;
    v1::Event {
        id: written.id.0,
        at: Some(time(event.at)),
        kind: event.kind,
        subject: event.subject,
        text: event.text,
        detail_json: event.detail.to_string(),
    }
}

pub(super) fn finding(finding: Finding) -> v1::Finding {
    let level = match finding.level {
        Level::Ok => v1::finding::Level::Ok,
        Level::Note => v1::finding::Level::Note,
        Level::Fault => v1::finding::Level::Fault,
    };
    v1::Finding {
        level: level.into(),
        check: finding.check.to_owned(),
        message: finding.message,
        hint: finding.hint,
    }
}

pub(super) fn imported(imported: Imported) -> v1::ImportResponse {
    let profile = imported.reading.profile;
    v1::ImportResponse {
        name: profile.name,
        headline: profile.headline.unwrap_or_default(),
        format: imported.format.to_owned(),
        positions: count(profile.work.len()),
        education: count(profile.education.len()),
        skills: imported.skills,
        years: imported.years,
        questions: imported.reading.questions,
        revision: imported.revision,
    }
}

pub(super) fn preferences(prefs: &Preferences) -> v1::Preferences {
    let entries = Preferences::keys().iter().map(|key| v1::Preference {
        key: key.name.to_owned(),
        values: prefs.get(key.name),
        help: key.help.to_owned(),
    });
    v1::Preferences {
        entries: entries.collect(),
    }
}

pub(super) fn source(row: SourceRow) -> v1::Source {
    v1::Source {
        id: row.id.to_string(),
        plugin: row.plugin,
        url: row.url,
        company: row.company,
        jobs_open: row.jobs_open,
        added: Some(time(row.added_at)),
        last_sync: row.last_sync.map(time),
        last_error: row.last_error.unwrap_or_default(),
    }
}

pub(super) fn progress(progress: Progress) -> v1::SyncProgress {
    match progress {
        Progress::Board {
            source,
            company,
            done,
            total,
        } => v1::SyncProgress {
            stage: "discover".into(),
            source: source.to_string(),
            company,
            done,
            total,
            ..v1::SyncProgress::default()
        },
        Progress::BoardDone {
            source,
            company,
            report,
            fault,
        } => v1::SyncProgress {
            stage: "discover".into(),
            source: source.to_string(),
            company,
            done: report.fetched,
            total: report.asked,
            report: Some(self::report(report)),
            error: fault.map(|fault| fault.to_string()).unwrap_or_default(),
        },
        Progress::Enrich { done } => v1::SyncProgress {
            stage: "enrich".into(),
            done,
            ..v1::SyncProgress::default()
        },
        Progress::Rank { done } => v1::SyncProgress {
            stage: "rank".into(),
            done,
            ..v1::SyncProgress::default()
        },
        Progress::Done { report } => v1::SyncProgress {
            stage: "done".into(),
            report: Some(self::report(report)),
            ..v1::SyncProgress::default()
        },
        Progress::Stopped { fault } => v1::SyncProgress {
            stage: "done".into(),
            error: fault.to_string(),
            ..v1::SyncProgress::default()
        },
    }
}

fn report(report: Report) -> v1::SyncReport {
    v1::SyncReport {
        asked: report.asked,
        fetched: report.fetched,
        new: report.new,
        changed: report.changed,
        unchanged: report.unchanged,
        closed: report.closed,
        reopened: report.reopened,
        dropped: report.dropped,
        ranked: report.ranked,
        restated: report.restated,
        failed_sources: report.failed_sources,
    }
}

pub(super) fn plugin(listed: Listed) -> v1::Plugin {
    let state = match listed.state {
        State::Installed => "installed",
        State::Dropped => "dropped",
        State::Changed => "changed",
        State::Missing => "missing",
    };
    let row = listed.row;
    v1::Plugin {
        id: row.as_ref().map_or(listed.file, |row| row.id.clone()),
        version: row
            .as_ref()
            .map(|row| row.version.clone())
            .unwrap_or_default(),
        sha256: listed.sha256.to_string(),
        hosts: row
            .as_ref()
            .map(|row| row.hosts.clone())
            .unwrap_or_default(),
        state: state.to_owned(),
        bytes: listed.bytes,
        supports: row
            .as_ref()
            .map(|row| row.supports.clone())
            .unwrap_or_default(),
        description: row.map(|row| row.description).unwrap_or_default(),
        new_hosts: Vec::new(),
    }
}

pub(super) fn checked_plugin(checked: Checked) -> v1::Plugin {
    let manifest = checked.inspected.manifest;
    v1::Plugin {
        id: manifest.id,
        version: manifest.version,
        sha256: checked.inspected.sha256.to_string(),
        hosts: manifest.hosts.iter().map(ToString::to_string).collect(),
        state: checked.state.to_owned(),
        bytes: checked.inspected.bytes,
        supports: manifest
            .supports
            .into_iter()
            .map(plugins::word)
            .map(str::to_owned)
            .collect(),
        description: manifest.description,
        new_hosts: checked.new_hosts,
    }
}

pub(super) fn egress_total(total: EgressTotal) -> v1::EgressTotal {
    v1::EgressTotal {
        host: total.host,
        component: total.component,
        purpose: total.purpose,
        requests: total.requests,
        refused: total.refused,
        bytes_out: total.bytes_out,
        bytes_in: total.bytes_in,
        last: Some(time(total.last)),
    }
}

pub(super) fn egress_entry(written: EgressEntry) -> v1::EgressEntry {
    let entry = written.exchange;
    v1::EgressEntry {
        at: Some(time(entry.at)),
        component: entry.component,
        purpose: entry.purpose,
        method: entry.method,
        url: entry.url,
        status: entry.status.map(u32::from).unwrap_or_default(),
        bytes_out: entry.bytes_out,
        bytes_in: entry.bytes_in,
        refusal: entry.refusal.unwrap_or_default(),
    }
}

pub(super) fn job_row(row: JobRow) -> v1::JobRow {
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
        url: row.url,
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

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Ask => "ask",
        Outcome::Fail => "fail",
    }
}

pub(super) fn job_detail(kept: Kept) -> v1::JobDetail {
    let Kept {
        row,
        stored,
        source,
        skills,
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

pub(super) fn hit(hit: SearchHit) -> v1::SearchHit {
    let matched_by = match hit.matched_by {
        MatchedBy::Words => "words",
        MatchedBy::Meaning => "meaning",
        MatchedBy::WordsAndMeaning => "words and meaning",
    };
    v1::SearchHit {
        relevance: hit.relevance,
        matched_by: matched_by.to_owned(),
        snippet: hit.snippet,
        job: Some(job_row(hit.row)),
    }
}

pub(super) fn explanation(
    kept: Kept,
    judged: Option<Match>,
    place: Option<RankPosition>,
    vectors: String,
) -> v1::Explanation {
    let Kept {
        row,
        stored,
        source,
        skills: _,
    } = kept;
    let mut explanation = v1::Explanation {
        plugin: source
            .as_ref()
            .map(|source| source.plugin.clone())
            .unwrap_or_default(),
        source_url: source.map(|source| source.url).unwrap_or_default(),
        fetched_url: stored.fetched_from.unwrap_or_default(),
        fetched_at: Some(time(stored.sightings.last_seen)),
        content_hash: stored.job.content_hash.to_string(),
        vectors,
        rank: place.map(|place| place.rank).unwrap_or_default(),
        of: place.map(|place| place.of).unwrap_or_default(),
        job: Some(job_row(row)),
        ..v1::Explanation::default()
    };
    if let Some(judged) = judged {
        explanation.profile_revision = judged.key.profile_revision;
        explanation.total = judged.verdict.score.total;
        explanation.checks = judged.verdict.checks.into_iter().map(check).collect();
        explanation.parts = judged.verdict.score.parts.into_iter().map(part).collect();
    }
    explanation
}

fn check(check: matching::Check) -> v1::Check {
    let constraint = match check.constraint {
        Constraint::Location => "location",
        Constraint::Permit => "permit",
        Constraint::Language => "language",
        Constraint::Pay => "pay",
        Constraint::Company => "company",
    };
    v1::Check {
        constraint: constraint.to_owned(),
        outcome: outcome(check.outcome).to_owned(),
        reason: Some(reason(check.reason)),
    }
}

fn part(part: matching::PartScore) -> v1::Part {
    let name = match part.part {
        Part::Skills => "skills",
        Part::Title => "title",
        Part::Experience => "experience",
        Part::Location => "location",
        Part::Salary => "salary",
    };
    v1::Part {
        part: name.to_owned(),
        value: part.value,
        share: part.share,
        reasons: part.reasons.into_iter().map(reason).collect(),
    }
}

fn reason(reason: matching::Reason) -> v1::Reason {
    let evidence = reason.evidence.into_iter().map(|evidence| v1::Evidence {
        source: match evidence.source {
            EvidenceSource::Posting => "posting",
            EvidenceSource::Profile => "profile",
            EvidenceSource::Preference => "preference",
            EvidenceSource::Measure => "measure",
        }
        .to_owned(),
        quote: evidence.quote,
    });
    v1::Reason {
        text: reason.text,
        evidence: evidence.collect(),
    }
}
