//! Closing what is no longer on its board.

use agent_core::ids::{JobId, SourceId};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::json;

use crate::{NewEvent, RunId, StoreError, WriteTx, events::kind, value::micros};

impl WriteTx<'_> {
    /// Closes the open jobs of a board that `run` did not see, with an event
    /// each. Call it only when the run read the board to its last page.
    pub fn close_unseen(
        &mut self,
        run: RunId,
        source: SourceId,
        at: Timestamp,
    ) -> Result<Vec<JobId>, StoreError> {
        self.close(Some(run), source, at)
    }

    /// Closes all open jobs of a board, with an event each.
    pub fn close_source(
        &mut self,
        source: SourceId,
        at: Timestamp,
    ) -> Result<Vec<JobId>, StoreError> {
        self.close(None, source, at)
    }

    fn close(
        &mut self,
        unless_seen_in: Option<RunId>,
        source: SourceId,
        at: Timestamp,
    ) -> Result<Vec<JobId>, StoreError> {
        let closed = self.all(
            "SELECT number, id, title, company FROM jobs
             WHERE source = ?1 AND closed_at IS NULL AND last_seen_run IS NOT ?2 ORDER BY number",
            params![source.as_bytes(), unless_seen_in.map(|run| run.0)],
            |row| {
                let id = JobId::from_bytes(row.get("id")?);
                let text: String = row.get("title")?;
                let company: String = row.get("company")?;
                Ok((row.get("number")?, id, format!("{text} · {company}")))
            },
        )?;
        let mut ids = Vec::with_capacity(closed.len());
        for (number, id, text) in closed {
            let number: i64 = number;
            self.run(
                "UPDATE jobs SET closed_at = ?2 WHERE number = ?1",
                params![number, micros(at)],
            )?;
            self.append_event(&NewEvent {
                at,
                kind: kind::JOB_CLOSED.to_owned(),
                subject: id.to_string(),
                text,
                detail: json!({ "source": source }),
            })?;
            ids.push(id);
        }
        Ok(ids)
    }
}
