//! Whether a run over a board is believed.
//!
//! A run that finds far less than the runs before, or a field nowhere, is an
//! alarm: nothing is closed on its word. When the next run finds the same, or
//! the person says that it is right, the board is believed to have changed; it
//! is judged by that from then on.

use agent_core::{
    health::{self, Baseline, Reading},
    ids::SourceId,
};
use agent_store::{ReadingState, RunId, SourceReading, StoreError, WriteTx};
use jiff::Timestamp;

use super::Report;
use crate::events::{self, event};

/// A board read to its last page.
pub(super) struct Finished<'a> {
    pub(super) run: RunId,
    pub(super) source: SourceId,
    pub(super) company: &'a str,
    pub(super) at: Timestamp,
}

/// Judges the reading, keeps it, and closes what was not seen or says why not.
pub(super) fn settle(
    tx: &mut WriteTx<'_>,
    board: &Finished<'_>,
    reading: &Reading,
    report: &mut Report,
) -> Result<(), StoreError> {
    let baseline = Baseline::of(&tx.baseline_readings(board.source)?);
    let alarms = in_words(&health::judge(baseline.as_ref(), reading));
    let confirmed = tx.last_reading(board.source)?.is_some_and(|last| {
        last.state == ReadingState::Alarm && health::confirms(&last.reading, reading)
    });
    let state = match (alarms.is_empty(), confirmed) {
        (true, _) => ReadingState::Fine,
        (false, true) => ReadingState::Confirmed,
        (false, false) => ReadingState::Alarm,
    };
    tx.save_reading(&SourceReading {
        source: board.source,
        run: board.run,
        at: board.at,
        state,
        reading: reading.clone(),
        alarms: alarms.clone(),
    })?;
    if state == ReadingState::Alarm {
        report.held = tx.unseen_count(board.run, board.source)?;
        report.alarms = alarms;
        return tell(tx, board, events::SOURCE_ALARM, report);
    }
    if state == ReadingState::Confirmed {
        let told = Report {
            alarms,
            ..Report::default()
        };
        tell(tx, board, events::SOURCE_CONFIRMED, &told)?;
    }
    let closed = tx.close_unseen(board.run, board.source, board.at)?;
    report.closed += super::count(closed.len());
    Ok(())
}

/// Adds to the kept reading how the postings' own pages went, and what speaks
/// against that.
pub(super) fn settle_details(
    tx: &mut WriteTx<'_>,
    board: &Finished<'_>,
    reading: &Reading,
    report: &mut Report,
) -> Result<(), StoreError> {
    let Some(mut kept) = tx.last_reading(board.source)? else {
        return Ok(());
    };
    if kept.run != board.run || reading.details + reading.details_failed == 0 {
        return Ok(());
    }
    kept.reading = reading.clone();
    let pages = Reading {
        details: reading.details,
        details_failed: reading.details_failed,
        ..Reading::default()
    };
    let alarms = in_words(&health::judge(None, &pages));
    if !alarms.is_empty() {
        kept.alarms.extend(alarms.iter().cloned());
        if kept.state == ReadingState::Fine {
            kept.state = ReadingState::Alarm;
        }
        let told = Report {
            alarms: alarms.clone(),
            ..Report::default()
        };
        tell(tx, board, events::SOURCE_ALARM, &told)?;
        report.alarms.extend(alarms);
    }
    tx.save_reading(&kept)
}

fn in_words(alarms: &[health::Alarm]) -> Vec<String> {
    alarms.iter().map(ToString::to_string).collect()
}

fn tell(
    tx: &mut WriteTx<'_>,
    board: &Finished<'_>,
    kind: &str,
    report: &Report,
) -> Result<(), StoreError> {
    let detail = serde_json::json!({ "alarms": report.alarms, "held": report.held });
    let text = format!("{}: {}", board.company, report.alarms.join("; "));
    tx.append_event(&event(kind, board.source, text, detail))?;
    Ok(())
}
