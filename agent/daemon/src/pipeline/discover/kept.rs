//! What the row of a board's run keeps between two pages.

use agent_core::health::Reading;
use agent_store::{Progress, RunSource};
use serde::{Deserialize, Serialize};

use super::Report;

/// How far a board was read. A daemon that was killed goes on from here.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// The counts that are shown.
    #[serde(flatten)]
    pub(super) report: Report,
    /// The counts that the board is judged by.
    pub(super) reading: Reading,
    /// Whether the last page is in; what follows are single postings.
    pub(super) pages_read: bool,
}

impl Kept {
    /// What the row holds; nothing before the first page.
    pub(super) fn of(row: &RunSource) -> Self {
        serde_json::from_value(row.counters.clone()).unwrap_or_default()
    }

    /// The same, to be written with what it counts.
    pub(super) fn progress(&self, cursor: Option<String>) -> Progress {
        Progress {
            cursor,
            counters: serde_json::json!(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_core::{health::Field, ids::SourceId};
    use agent_store::{RunId, StepState};

    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_rows_of_older_daemons_too() {
        let row = |counters| RunSource {
            run: RunId(1),
            source: SourceId::of("lever", "acme"),
            state: StepState::Running,
            cursor: None,
            attempts: 1,
            error: None,
            counters,
        };
        let mut kept = Kept {
            pages_read: true,
            ..Kept::default()
        };
        kept.report.fetched = 7;
        kept.reading.postings = 6;
        kept.reading.stated.insert(Field::Pay, 2);
        let back = Kept::of(&row(kept.progress(None).counters));
        assert_eq!(
            (back.report, back.reading, back.pages_read),
            (kept.report, kept.reading, true)
        );
        let older = Kept::of(&row(serde_json::json!({ "fetched": 3, "new": 2 })));
        assert_eq!((older.report.fetched, older.pages_read), (3, false));
        assert_eq!(Kept::of(&row(serde_json::Value::Null)).report.fetched, 0);
    }
}
