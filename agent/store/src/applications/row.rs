//! Reading applications out of rows.

use agent_core::{
    application::State,
    ids::{ApplicationId, JobId},
};
use jiff::Timestamp;
use rusqlite::{Params, Row, params};

use super::stages::TAKES_OPENING;
use crate::{
    Found, Reader, StoreError,
    prefix::{MANY, bounds},
    value::{json_column, time, time_or_none},
};

/// An application as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// How many digits of the id tell it from all others; at least 4.
    pub short_len: usize,
    /// The posting, if it is one of the corpus.
    pub job: Option<JobId>,
    /// Names the opening on any board and at any time.
    pub opening: String,
    /// The employer.
    pub employer: String,
    /// Title of the posting.
    pub title: String,
    /// Address of the posting.
    pub url: String,
    /// Where it stands.
    pub state: State,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When its last step was taken.
    pub changed_at: Timestamp,
    /// Since when it waits for the person; `None` when it does not.
    pub waiting_since: Option<Timestamp>,
    /// When it closes if the person does nothing; `None` when it does not.
    pub expires_at: Option<Timestamp>,
    /// Raised by each step; the next one must name it.
    pub revision: i64,
}

const SELECT: &str = "SELECT id, job, opening, employer, title, url, state,
    created_at, changed_at, waiting_since, expires_at, revision FROM applications";

impl Application {
    /// Name of its stage.
    pub const fn stage(&self) -> &'static str {
        self.state.stage.name()
    }

    /// The digits of the id that tell it from all others.
    pub fn short_id(&self) -> String {
        self.id.to_string().chars().take(self.short_len).collect()
    }
}

impl Reader {
    /// One application.
    pub fn application(&self, id: ApplicationId) -> Result<Option<Application>, StoreError> {
        self.one_application("WHERE id = ?1", [id.as_bytes()])
    }

    /// The applications whose id starts with `prefix`.
    pub fn application_by_prefix(&self, prefix: &str) -> Result<Found<ApplicationId>, StoreError> {
        let Some((low, high)) = bounds(prefix) else {
            return Ok(Found::None);
        };
        let ids = self.all(
            "SELECT id FROM applications WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
            params![low, high, MANY],
            |row| Ok(ApplicationId::from_bytes(row.get(0)?)),
        )?;
        Ok(Found::of(ids))
    }

    /// The application to a posting: the one that is alive or was sent, else
    /// the newest.
    pub fn application_of_job(&self, job: JobId) -> Result<Option<Application>, StoreError> {
        let rest = format!("WHERE job = ?1 {}", foremost());
        self.one_application(&rest, [job.as_bytes()])
    }

    /// The application to an opening: the one that is alive or was sent, else
    /// the newest.
    pub fn application_of_opening(&self, opening: &str) -> Result<Option<Application>, StoreError> {
        let rest = format!("WHERE opening = ?1 {}", foremost());
        self.one_application(&rest, [opening])
    }

    /// An application that must exist.
    pub(crate) fn known_application(&self, id: ApplicationId) -> Result<Application, StoreError> {
        self.application(id)?.ok_or_else(|| StoreError::Missing {
            what: "application",
            id: id.to_string(),
        })
    }

    /// The applications that `rest` of a query (from its WHERE on) selects.
    pub(super) fn applications_where(
        &self,
        rest: &str,
        params: impl Params,
    ) -> Result<Vec<Application>, StoreError> {
        self.all(&format!("{SELECT} {rest}"), params, |row| read(self, row))
    }

    fn one_application(
        &self,
        rest: &str,
        params: impl Params,
    ) -> Result<Option<Application>, StoreError> {
        self.first(&format!("{SELECT} {rest}"), params, |row| read(self, row))
    }
}

fn foremost() -> String {
    format!("ORDER BY {TAKES_OPENING} DESC, created_at DESC, id DESC LIMIT 1")
}

fn read(reader: &Reader, row: &Row<'_>) -> Result<Application, StoreError> {
    let id = ApplicationId::from_bytes(row.get("id")?);
    let neighbours = [
        "SELECT id FROM applications WHERE id < ?1 ORDER BY id DESC LIMIT 1",
        "SELECT id FROM applications WHERE id > ?1 ORDER BY id LIMIT 1",
    ];
    Ok(Application {
        id,
        short_len: reader.telling_digits(id.as_bytes(), neighbours)?,
        job: row
            .get::<_, Option<[u8; 16]>>("job")?
            .map(JobId::from_bytes),
        opening: row.get("opening")?,
        employer: row.get("employer")?,
        title: row.get("title")?,
        url: row.get("url")?,
        state: json_column(row, "state")?,
        created_at: time(row, "created_at")?,
        changed_at: time(row, "changed_at")?,
        waiting_since: time_or_none(row, "waiting_since")?,
        expires_at: time_or_none(row, "expires_at")?,
        revision: row.get("revision")?,
    })
}
