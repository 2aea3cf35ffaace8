//! Small values the daemon keeps, the schedule among them.

use jiff::Timestamp;

use crate::{Reader, StoreError, WriteTx, value::unreadable};

const SYNC: &str = "schedule.sync";
const SYNC_LAST_RUN: &str = "schedule.sync.last-run";
const PAUSED_SINCE: &str = "paused.since";

/// When the daemon works by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The rule for a sync as the person wrote it; `None` before it was set.
    pub sync: Option<String>,
    /// When a scheduled sync last began.
    pub last_run: Option<Timestamp>,
}

impl WriteTx<'_> {
    /// Keeps a value under `key`, in place of an earlier one.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO settings (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        Ok(())
    }

    /// Forgets the value under `key`.
    pub fn clear_setting(&mut self, key: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM settings WHERE key = ?1", [key])?;
        Ok(())
    }

    /// Keeps the rule for a sync.
    pub fn set_schedule(&mut self, sync: &str) -> Result<(), StoreError> {
        self.set_setting(SYNC, sync)
    }

    /// Notes that a scheduled sync began.
    pub fn set_schedule_run(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.set_setting(SYNC_LAST_RUN, &at.to_string())
    }

    /// Notes that the person paused the daemon. An earlier pause counts on.
    pub fn pause(&mut self, at: Timestamp) -> Result<(), StoreError> {
        if self.paused_since()?.is_some() {
            return Ok(());
        }
        self.set_setting(PAUSED_SINCE, &at.to_string())
    }

    /// Notes that the person lifted the pause.
    pub fn unpause(&mut self) -> Result<(), StoreError> {
        self.clear_setting(PAUSED_SINCE)
    }
}

impl Reader {
    /// The value under `key`.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.value("SELECT value FROM settings WHERE key = ?1", [key])
    }

    /// The schedule.
    pub fn schedule(&self) -> Result<Schedule, StoreError> {
        Ok(Schedule {
            sync: self.setting(SYNC)?,
            last_run: self.time_setting(SYNC_LAST_RUN, "last scheduled run")?,
        })
    }

    /// Since when the daemon is paused; `None` when it is not.
    pub fn paused_since(&self) -> Result<Option<Timestamp>, StoreError> {
        self.time_setting(PAUSED_SINCE, "time of the pause")
    }

    fn time_setting(&self, key: &str, what: &'static str) -> Result<Option<Timestamp>, StoreError> {
        self.setting(key)?
            .map(|text| text.parse())
            .transpose()
            .map_err(|error: jiff::Error| unreadable(what, &error))
    }
}
