//! What each sync found on a board, and whether it was as usual.

use agent_core::{
    health::{MAX_READINGS, Reading},
    ids::SourceId,
};
use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Reader, RunId, StoreError, WriteTx,
    value::{json, json_column, micros, time, unreadable},
};

/// How a reading was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadingState {
    /// As usual.
    Fine,
    /// Not as usual: nothing was closed on its word.
    Alarm,
    /// Not as usual, and the run before found the same.
    Confirmed,
    /// Not as usual, and the person said that it is right.
    Accepted,
}

/// What a run found on a board.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceReading {
    /// The board.
    pub source: SourceId,
    /// The run.
    pub run: RunId,
    /// When its last page was read.
    pub at: Timestamp,
    /// How it was judged.
    pub state: ReadingState,
    /// The counts.
    pub reading: Reading,
    /// What spoke against it, in words.
    pub alarms: Vec<String>,
}

impl WriteTx<'_> {
    /// Keeps what a run found; the same run again replaces it.
    pub fn save_reading(&mut self, kept: &SourceReading) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO source_readings (source, run, at, state, reading, alarms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (source, run) DO UPDATE SET
                 at = excluded.at, state = excluded.state,
                 reading = excluded.reading, alarms = excluded.alarms",
            params![
                kept.source.as_bytes(),
                kept.run.0,
                micros(kept.at),
                kept.state.name(),
                json("reading", &kept.reading)?,
                json("alarms", &kept.alarms)?
            ],
        )?;
        Ok(())
    }
}

impl Reader {
    /// The readings a board is judged by, the last first: at most
    /// [`MAX_READINGS`], none that was an alarm, none from before the last that
    /// was confirmed or accepted, since the board is another one from there on.
    pub fn baseline_readings(&self, source: SourceId) -> Result<Vec<Reading>, StoreError> {
        let limit = i64::try_from(MAX_READINGS).unwrap_or(i64::MAX);
        self.all(
            "SELECT reading FROM source_readings
             WHERE source = ?1 AND state <> 'alarm' AND run >= coalesce(
                 (SELECT max(run) FROM source_readings
                  WHERE source = ?1 AND state IN ('confirmed', 'accepted')), 0)
             ORDER BY run DESC LIMIT ?2",
            params![source.as_bytes(), limit],
            |row| json_column(row, "reading"),
        )
    }

    /// What the last run that read the board to its end found.
    pub fn last_reading(&self, source: SourceId) -> Result<Option<SourceReading>, StoreError> {
        self.first(
            "SELECT source, run, at, state, reading, alarms FROM source_readings
             WHERE source = ?1 ORDER BY run DESC LIMIT 1",
            [source.as_bytes()],
            read,
        )
    }

    /// How many open jobs of the board `run` did not see.
    pub fn unseen_count(&self, run: RunId, source: SourceId) -> Result<u32, StoreError> {
        self.number(
            "SELECT count(*) FROM jobs
             WHERE source = ?1 AND closed_at IS NULL AND last_seen_run IS NOT ?2",
            params![source.as_bytes(), run.0],
        )
    }
}

impl ReadingState {
    const fn name(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Alarm => "alarm",
            Self::Confirmed => "confirmed",
            Self::Accepted => "accepted",
        }
    }

    fn of_name(name: &str) -> Result<Self, StoreError> {
        [Self::Fine, Self::Alarm, Self::Confirmed, Self::Accepted]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| unreadable("state of a reading", &name))
    }
}

fn read(row: &Row<'_>) -> Result<SourceReading, StoreError> {
    let state: String = row.get("state")?;
    Ok(SourceReading {
        source: SourceId::from_bytes(row.get("source")?),
        run: RunId(row.get("run")?),
        at: time(row, "at")?,
        state: ReadingState::of_name(&state)?,
        reading: json_column(row, "reading")?,
        alarms: json_column(row, "alarms")?,
    })
}
