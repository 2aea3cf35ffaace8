//! Boards and the steps of a sync.

use agent_api::v1;
use agent_store::SourceRow;

use super::time;
use crate::{
    directory::Found,
    pipeline::{Progress, Report},
    source_check::{Checked, Outcome},
};

pub(in crate::rpc) fn source(row: SourceRow) -> v1::Source {
    v1::Source {
        id: row.id.to_string(),
        plugin: row.plugin,
        url: row.url,
        company: row.company,
        jobs_open: row.jobs_open,
        added: Some(time(row.added_at)),
        last_sync: row.last_sync.map(time),
        last_error: row.last_error.unwrap_or_default(),
        alarms: row.alarms,
    }
}

pub(in crate::rpc) fn progress(progress: Progress) -> v1::SyncProgress {
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
        Progress::Details {
            source,
            company,
            done,
            total,
        } => v1::SyncProgress {
            stage: "details".into(),
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
            report: Some(report_of(report)),
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
            report: Some(report_of(report)),
            ..v1::SyncProgress::default()
        },
        Progress::Stopped { fault } => v1::SyncProgress {
            stage: "done".into(),
            error: fault.to_string(),
            ..v1::SyncProgress::default()
        },
    }
}

fn report_of(report: Report) -> v1::SyncReport {
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
        details: report.details,
        details_failed: report.details_failed,
        not_asked: report.not_asked,
        duplicates: report.duplicates,
        held: report.held,
        alarms: report.alarms,
        learned: report.learned,
    }
}

pub(in crate::rpc) fn found_board(found: Found) -> v1::FoundBoard {
    v1::FoundBoard {
        company: found.company,
        plugin: found.plugin,
        url: found.url,
        verified: found.verified,
        openings: found.openings,
        installed: found.installed,
        source: found.source.map(|id| id.to_string()).unwrap_or_default(),
        error: found.error,
        named_by: found.named_by,
    }
}

pub(in crate::rpc) fn source_check(checked: Checked) -> v1::SourceCheck {
    let fields = checked.fields().into_iter();
    let fields = fields.map(|(field, found, usual)| v1::FieldShare {
        field: field.to_owned(),
        found,
        usual,
    });
    let fields = fields.collect();
    let (outcome, closed) = match checked.outcome {
        Outcome::Fine => ("fine", 0),
        Outcome::Alarm => ("alarm", 0),
        Outcome::New => ("new", 0),
        Outcome::Failed => ("failed", 0),
        Outcome::Accepted(closed) => ("accepted", closed),
    };
    let baseline = checked.baseline;
    let band = baseline.as_ref().map(|baseline| baseline.postings);
    v1::SourceCheck {
        source: Some(source(checked.source)),
        outcome: outcome.to_owned(),
        alarms: checked.alarms,
        found: checked.reading.postings,
        dropped: checked.reading.dropped,
        runs: baseline.map_or(0, |baseline| super::count(baseline.runs)),
        usual: band.map_or(0, |band| band.usual),
        low: band.map_or(0, |band| band.low),
        high: band.map_or(0, |band| band.high),
        fields,
        closed,
    }
}
