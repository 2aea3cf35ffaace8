//! Work that survives a kill: runs and, per source, how far each got.

use agent_core::ids::SourceId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Reader, StoreError, WriteTx,
    value::{json_column, micros, time, time_or_none},
};

/// Number of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub i64);

/// A run to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// What it does ("sync").
    pub kind: String,
    /// When it starts.
    pub at: Timestamp,
    /// The sources it goes through, in this order. Each counts once.
    pub sources: Vec<SourceId>,
}

/// A run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// What it does.
    pub kind: String,
    /// When it started.
    pub started_at: Timestamp,
    /// When it was finished; `None` while it is not.
    pub finished_at: Option<Timestamp>,
    /// What came of it, once finished.
    pub outcome: Option<Value>,
}

/// How far a step got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Not begun.
    Queued,
    /// Begun; after a restart, to go on from its cursor.
    Running,
    /// Read to the last page.
    Done,
    /// Given up.
    Failed,
}

/// One source in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunSource {
    /// The run.
    pub run: RunId,
    /// The source.
    pub source: SourceId,
    /// How far it got.
    pub state: StepState,
    /// Where the next page starts; `None` is the first page.
    pub cursor: Option<String>,
    /// How often it was begun.
    pub attempts: u32,
    /// Why it failed.
    pub error: Option<String>,
    /// The caller's counts so far; `null` before the first.
    pub counters: Value,
}

/// How far a source got: written in the closure that ingests the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Where the next page starts.
    pub cursor: Option<String>,
    /// Counts so far.
    pub counters: Value,
}

/// How a source's part of a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceEnd {
    /// The last page is in.
    Done,
    /// Given up, for this reason.
    Failed(String),
}

const SELECT_RUN: &str = "SELECT id, kind, started_at, finished_at, outcome FROM runs";
const SELECT_STEP: &str =
    "SELECT run, source, state, cursor, attempts, error, counters FROM run_sources";

impl WriteTx<'_> {
    /// Starts a run over sources, all queued.
    pub fn start_run(&mut self, new: &NewRun) -> Result<RunId, StoreError> {
        self.run(
            "INSERT INTO runs (kind, started_at) VALUES (?1, ?2)",
            params![new.kind, micros(new.at)],
        )?;
        let id = RunId(self.connection.last_insert_rowid());
        for (position, source) in (0_i64..).zip(&new.sources) {
            self.run(
                "INSERT INTO run_sources (run, source, position, state, counters)
                 VALUES (?1, ?2, ?3, 'queued', 'null') ON CONFLICT DO NOTHING",
                params![id.0, source.as_bytes(), position],
            )?;
        }
        Ok(id)
    }

    /// Notes that work on a source begins, or begins again after a restart.
    pub fn begin_source(&mut self, run: RunId, source: SourceId) -> Result<(), StoreError> {
        let changed = self.run(
            "UPDATE run_sources SET state = 'running', attempts = attempts + 1, error = NULL
             WHERE run = ?1 AND source = ?2",
            params![run.0, source.as_bytes()],
        )?;
        known(changed, run, source)
    }

    /// Notes how far a source got. Call it in the closure that ingests the page.
    pub fn save_progress(
        &mut self,
        run: RunId,
        source: SourceId,
        progress: &Progress,
    ) -> Result<(), StoreError> {
        let changed = self.run(
            "UPDATE run_sources SET cursor = ?3, counters = ?4 WHERE run = ?1 AND source = ?2",
            params![
                run.0,
                source.as_bytes(),
                progress.cursor,
                progress.counters.to_string()
            ],
        )?;
        known(changed, run, source)
    }

    /// Notes that a source's part of the run is over.
    pub fn finish_source(
        &mut self,
        run: RunId,
        source: SourceId,
        end: &SourceEnd,
    ) -> Result<(), StoreError> {
        let (state, error) = match end {
            SourceEnd::Done => (StepState::Done, None),
            SourceEnd::Failed(why) => (StepState::Failed, Some(why)),
        };
        let changed = self.run(
            "UPDATE run_sources SET state = ?3, error = ?4 WHERE run = ?1 AND source = ?2",
            params![run.0, source.as_bytes(), state.name(), error],
        )?;
        known(changed, run, source)
    }

    /// Notes that a run is over, with what came of it.
    pub fn finish_run(
        &mut self,
        run: RunId,
        at: Timestamp,
        outcome: &Value,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE runs SET finished_at = ?2, outcome = ?3 WHERE id = ?1 AND finished_at IS NULL",
            params![run.0, micros(at), outcome.to_string()],
        )?;
        Ok(())
    }
}

impl Reader {
    /// One run.
    pub fn run_of(&self, id: RunId) -> Result<Option<Run>, StoreError> {
        self.first(&format!("{SELECT_RUN} WHERE id = ?1"), [id.0], read_run)
    }

    /// Runs that a restart must take up again, oldest first.
    pub fn unfinished_runs(&self) -> Result<Vec<Run>, StoreError> {
        let sql = format!("{SELECT_RUN} WHERE finished_at IS NULL ORDER BY id");
        self.all(&sql, [], read_run)
    }

    /// The run of `kind` that finished last. One that was replaced before it was
    /// done (`{"replaced": true}`) does not count.
    pub fn last_finished_run(&self, kind: &str) -> Result<Option<Run>, StoreError> {
        let sql = format!(
            "{SELECT_RUN} WHERE kind = ?1 AND finished_at IS NOT NULL
               AND json_extract(outcome, '$.replaced') IS NULL
             ORDER BY id DESC LIMIT 1"
        );
        self.first(&sql, [kind], read_run)
    }

    /// The sources of a run, in its order.
    pub fn run_sources(&self, run: RunId) -> Result<Vec<RunSource>, StoreError> {
        let sql = format!("{SELECT_STEP} WHERE run = ?1 ORDER BY position");
        self.all(&sql, [run.0], read_step)
    }

    /// One source of a run.
    pub fn run_source(
        &self,
        run: RunId,
        source: SourceId,
    ) -> Result<Option<RunSource>, StoreError> {
        let sql = format!("{SELECT_STEP} WHERE run = ?1 AND source = ?2");
        self.first(&sql, params![run.0, source.as_bytes()], read_step)
    }

    /// The next source to work on: one that was begun before one that was not.
    pub fn next_pending(&self, run: RunId) -> Result<Option<RunSource>, StoreError> {
        let sql = format!(
            "{SELECT_STEP} WHERE run = ?1 AND state IN ('queued', 'running')
             ORDER BY state = 'queued', position LIMIT 1"
        );
        self.first(&sql, [run.0], read_step)
    }
}

impl StepState {
    const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn of_name(name: &str) -> Result<Self, StoreError> {
        [Self::Queued, Self::Running, Self::Done, Self::Failed]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| crate::value::unreadable("state of a step", &name))
    }
}

fn known(changed: usize, run: RunId, source: SourceId) -> Result<(), StoreError> {
    if changed > 0 {
        return Ok(());
    }
    Err(StoreError::Missing {
        what: "source in run",
        id: format!("{}/{source}", run.0),
    })
}

fn read_run(row: &Row<'_>) -> Result<Run, StoreError> {
    let outcome: Option<String> = row.get("outcome")?;
    Ok(Run {
        id: RunId(row.get("id")?),
        kind: row.get("kind")?,
        started_at: time(row, "started_at")?,
        finished_at: time_or_none(row, "finished_at")?,
        outcome: outcome
            .map(|text| crate::value::from_json("outcome", &text))
            .transpose()?,
    })
}

fn read_step(row: &Row<'_>) -> Result<RunSource, StoreError> {
    let state: String = row.get("state")?;
    Ok(RunSource {
        run: RunId(row.get("run")?),
        source: SourceId::from_bytes(row.get("source")?),
        state: StepState::of_name(&state)?,
        cursor: row.get("cursor")?,
        attempts: row.get("attempts")?,
        error: row.get("error")?,
        counters: json_column(row, "counters")?,
    })
}
