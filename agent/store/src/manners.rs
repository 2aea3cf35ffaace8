//! What the domains that were asked are remembered by.

use std::time::Duration;

use agent_core::manners::DomainManners;
use jiff::Timestamp;
use rusqlite::params;

use crate::{
    Reader, StoreError, WriteTx,
    value::{count, integer, micros, time_or_none},
};

impl WriteTx<'_> {
    /// Remembers a domain, in place of what was remembered of it before.
    pub fn save_manners(&mut self, domain: &str, of: &DomainManners) -> Result<(), StoreError> {
        self.run(
            "INSERT OR REPLACE INTO manners (domain, asked, pace, not_before, failures,
                                             open_until, open_for, cause, challenged)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                domain,
                of.asked.map(micros),
                length(of.pace),
                of.not_before.map(micros),
                of.failures,
                of.open_until.map(micros),
                length(of.open_for),
                of.cause,
                of.challenged
            ],
        )?;
        Ok(())
    }

    /// Forgets the domains that were last asked before `then` and owe no wait
    /// after it; how many they were.
    pub fn prune_manners(&mut self, then: Timestamp) -> Result<usize, StoreError> {
        self.run(
            "DELETE FROM manners WHERE coalesce(asked, 0) < ?1
                 AND coalesce(not_before, 0) < ?1 AND coalesce(open_until, 0) < ?1",
            [micros(then)],
        )
    }
}

impl Reader {
    /// What is remembered of a domain.
    pub fn manners(&self, domain: &str) -> Result<Option<DomainManners>, StoreError> {
        self.first(
            "SELECT asked, pace, not_before, failures, open_until, open_for, cause, challenged
             FROM manners WHERE domain = ?1",
            [domain],
            |row| {
                Ok(DomainManners {
                    asked: time_or_none(row, "asked")?,
                    pace: Duration::from_micros(count(row.get("pace")?)),
                    not_before: time_or_none(row, "not_before")?,
                    failures: row.get("failures")?,
                    open_until: time_or_none(row, "open_until")?,
                    open_for: Duration::from_micros(count(row.get("open_for")?)),
                    cause: row.get("cause")?,
                    challenged: row.get("challenged")?,
                })
            },
        )
    }
}

fn length(of: Duration) -> i64 {
    integer(u64::try_from(of.as_micros()).unwrap_or(u64::MAX))
}
