//! Boards the person follows.

use agent_core::ids::SourceId;
use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Found, Reader, StoreError, WriteTx,
    prefix::{MANY, bounds},
    value::{json_column, micros, time, time_or_none},
};

/// A board to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    /// Plugin that reads it.
    pub plugin: String,
    /// The board, as the plugin names it.
    pub key: String,
    /// Its address.
    pub url: String,
    /// Employer's name.
    pub company: String,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Derived from plugin and key.
    pub id: SourceId,
    /// Plugin that reads it.
    pub plugin: String,
    /// The board, as the plugin names it.
    pub key: String,
    /// Its address.
    pub url: String,
    /// Employer's name.
    pub company: String,
    /// When it was first followed.
    pub added_at: Timestamp,
    /// When it was last unfollowed; `None` while it is followed.
    pub removed_at: Option<Timestamp>,
    /// When a sync of it last ended, well or not.
    pub last_sync: Option<Timestamp>,
    /// Why the last sync failed; `None` when it did not.
    pub last_error: Option<String>,
    /// How many of its jobs are open.
    pub jobs_open: u32,
    /// What spoke against its last reading, in words; empty when it was as usual.
    pub alarms: Vec<String>,
}

const SELECT: &str =
    "SELECT id, plugin, key, url, company, added_at, removed_at, last_sync, last_error,
     (SELECT count(*) FROM jobs WHERE jobs.source = sources.id AND closed_at IS NULL) AS jobs_open,
     coalesce((SELECT CASE state WHEN 'alarm' THEN alarms END FROM source_readings
               WHERE source_readings.source = sources.id ORDER BY run DESC LIMIT 1), '[]') AS alarms
     FROM sources";

impl WriteTx<'_> {
    /// Follows a board. Adding one twice gives the same id and keeps what is
    /// known of it; address and name are taken from the new call, and a removed
    /// board is followed again.
    pub fn add_source(&mut self, new: &NewSource, at: Timestamp) -> Result<SourceId, StoreError> {
        let id = SourceId::of(&new.plugin, &new.key);
        self.run(
            "INSERT INTO sources (id, plugin, key, url, company, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE
             SET url = excluded.url, company = excluded.company, removed_at = NULL",
            params![
                id.as_bytes(),
                new.plugin,
                new.key,
                new.url,
                new.company,
                micros(at)
            ],
        )?;
        Ok(id)
    }

    /// Knows a board without following it, for a single job of it; no sync reads
    /// it. One that is known stays as it is.
    pub fn know_source(&mut self, new: &NewSource, at: Timestamp) -> Result<SourceId, StoreError> {
        let id = SourceId::of(&new.plugin, &new.key);
        self.run(
            "INSERT INTO sources (id, plugin, key, url, company, added_at, removed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (id) DO NOTHING",
            params![
                id.as_bytes(),
                new.plugin,
                new.key,
                new.url,
                new.company,
                micros(at)
            ],
        )?;
        Ok(id)
    }

    /// Stops following a board. Its jobs stay; close them with
    /// [`WriteTx::close_source`]. Says whether it was followed.
    pub fn remove_source(&mut self, id: SourceId, at: Timestamp) -> Result<bool, StoreError> {
        let changed = self.run(
            "UPDATE sources SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL",
            params![id.as_bytes(), micros(at)],
        )?;
        Ok(changed > 0)
    }

    /// Names the employer of a board, as its postings do.
    pub fn name_source(&mut self, id: SourceId, company: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE sources SET company = ?2 WHERE id = ?1",
            params![id.as_bytes(), company],
        )?;
        Ok(())
    }

    /// Notes how a sync of a board ended: well, or why not.
    pub fn set_sync_outcome(
        &mut self,
        id: SourceId,
        at: Timestamp,
        outcome: Result<(), &str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE sources SET last_sync = ?2, last_error = ?3 WHERE id = ?1",
            params![id.as_bytes(), micros(at), outcome.err()],
        )?;
        Ok(())
    }
}

impl Reader {
    /// The boards followed now, by company name.
    pub fn sources(&self) -> Result<Vec<SourceRow>, StoreError> {
        let sql = format!("{SELECT} WHERE removed_at IS NULL ORDER BY company COLLATE NOCASE, id");
        self.all(&sql, [], read)
    }

    /// One board, followed or removed.
    pub fn source(&self, id: SourceId) -> Result<Option<SourceRow>, StoreError> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [id.as_bytes()], read)
    }

    /// The followed boards whose id starts with `prefix`.
    pub fn source_by_prefix(&self, prefix: &str) -> Result<Found<SourceRow>, StoreError> {
        let Some((low, high)) = bounds(prefix) else {
            return Ok(Found::None);
        };
        let sql = format!(
            "{SELECT} WHERE removed_at IS NULL AND id BETWEEN ?1 AND ?2 ORDER BY id LIMIT {MANY}"
        );
        Ok(Found::of(self.all(&sql, [low, high], read)?))
    }
}

fn read(row: &Row<'_>) -> Result<SourceRow, StoreError> {
    Ok(SourceRow {
        id: SourceId::from_bytes(row.get("id")?),
        plugin: row.get("plugin")?,
        key: row.get("key")?,
        url: row.get("url")?,
        company: row.get("company")?,
        added_at: time(row, "added_at")?,
        removed_at: time_or_none(row, "removed_at")?,
        last_sync: time_or_none(row, "last_sync")?,
        last_error: row.get("last_error")?,
        jobs_open: row.get("jobs_open")?,
        alarms: json_column(row, "alarms")?,
    })
}
