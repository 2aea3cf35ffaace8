//! Lists of applications, and what happened to one.

use std::{fmt, str::FromStr};

use agent_core::ids::{ApplicationId, JobId};
use jiff::Timestamp;
use rusqlite::params;

use super::{
    row::Application,
    stages::{UNSENT, named},
};
use crate::{
    Event, Reader, StoreError,
    events::read as read_event,
    value::{json, micros, unreadable},
};

/// Which applications to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationFilter {
    /// Only those in one of these stages; all when empty.
    pub stages: Vec<&'static str>,
    /// At most this many.
    pub limit: u32,
    /// Those after this place.
    pub after: Option<ApplicationKey>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationList {
    /// The applications, begun last first.
    pub rows: Vec<Application>,
    /// How many there are on all pages.
    pub total: u32,
    /// Where the next page starts; `None` after the last.
    pub next: Option<ApplicationKey>,
}

/// A place in the list, as an opaque text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplicationKey {
    created: Timestamp,
    id: ApplicationId,
}

impl fmt::Display for ApplicationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{}", micros(self.created), self.id)
    }
}

impl FromStr for ApplicationKey {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let parse = || {
            let created = u64::from_str_radix(text.get(..16)?, 16).ok()?;
            let created = Timestamp::from_microsecond(created.cast_signed()).ok()?;
            let id = text.get(16..)?.parse().ok()?;
            Some(Self { created, id })
        };
        parse().ok_or(StoreError::PageKey)
    }
}

impl Reader {
    /// Applications, begun last first.
    pub fn applications(&self, filter: &ApplicationFilter) -> Result<ApplicationList, StoreError> {
        let stages = json("stages", &filter.stages)?;
        let listed = "(?1 = '[]' OR stage IN (SELECT value FROM json_each(?1)))";
        let total = self.number(
            &format!("SELECT count(*) FROM applications WHERE {listed}"),
            [&stages],
        )?;
        let (created, id) = match &filter.after {
            Some(key) => (micros(key.created), *key.id.as_bytes()),
            // After every place there is.
            None => (i64::MAX, [0; 16]),
        };
        // One more than asked for tells whether there is a next page.
        let mut rows = self.applications_where(
            &format!(
                "WHERE {listed} AND (created_at, id) < (?2, ?3)
                 ORDER BY created_at DESC, id DESC LIMIT ?4"
            ),
            params![stages, created, id, i64::from(filter.limit) + 1],
        )?;
        let more = rows.len() > filter.limit as usize;
        rows.truncate(filter.limit as usize);
        let next = rows.last().filter(|_| more).map(|row| ApplicationKey {
            created: row.created_at,
            id: row.id,
        });
        Ok(ApplicationList { rows, total, next })
    }

    /// How many applications are in each stage, without the empty ones.
    pub fn application_counts(&self) -> Result<Vec<(&'static str, u32)>, StoreError> {
        self.all(
            "SELECT stage, count(*) AS applications FROM applications GROUP BY stage",
            [],
            |row| {
                let stage: String = row.get("stage")?;
                let stage = named(&stage).ok_or_else(|| unreadable("stage", &stage))?;
                Ok((stage, row.get("applications")?))
            },
        )
    }

    /// Those whose time in the queue is over, the longest over first.
    pub fn due_applications(&self, now: Timestamp) -> Result<Vec<Application>, StoreError> {
        let rest = "WHERE expires_at <= ?1 ORDER BY expires_at, id";
        self.applications_where(rest, [micros(now)])
    }

    /// The live applications to a posting of which nothing was sent.
    pub fn open_applications_of_job(&self, job: JobId) -> Result<Vec<Application>, StoreError> {
        self.applications_where(
            "WHERE job = ?1 AND stage IN (SELECT value FROM json_each(?2))
             ORDER BY created_at, id",
            params![job.as_bytes(), json("stages", &UNSENT)?],
        )
    }

    /// The live applications of which nothing was sent and whose posting is no
    /// longer on its board.
    pub fn applications_of_closed_jobs(&self) -> Result<Vec<Application>, StoreError> {
        self.applications_where(
            "WHERE stage IN (SELECT value FROM json_each(?1))
             AND job IN (SELECT id FROM jobs WHERE closed_at IS NOT NULL)
             ORDER BY created_at, id",
            params![json("stages", &UNSENT)?],
        )
    }

    /// What happened to one application, oldest first.
    pub fn application_history(&self, id: ApplicationId) -> Result<Vec<Event>, StoreError> {
        self.all(
            "SELECT id, at, kind, subject, text, detail FROM events
             WHERE subject = ?1 AND kind >= 'application.' AND kind < 'application/'
             ORDER BY id",
            [id.to_string()],
            read_event,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_key_is_read_back_and_a_wrong_one_refused() {
        let key = ApplicationKey {
            created: Timestamp::from_second(1_700_000_000).unwrap(),
            id: ApplicationId::from_bytes([7; 16]),
        };
        assert_eq!(key.to_string().parse::<ApplicationKey>().ok(), Some(key));
        let far = format!("7fffffffffffffff{}", key.id);
        for wrong in ["", "1", "é", &key.to_string()[1..], &far] {
            assert!(wrong.parse::<ApplicationKey>().is_err(), "{wrong}");
        }
    }
}
