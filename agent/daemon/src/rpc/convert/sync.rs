//! Boards and the steps of a sync.

use agent_api::v1;
use agent_store::SourceRow;

use super::time;
use crate::pipeline::{Progress, Report};

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
    }
}
