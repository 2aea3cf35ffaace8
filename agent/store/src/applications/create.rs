//! Beginning an application: at most one per opening that is alive or was sent.

use agent_core::{
    application::State,
    ids::{ApplicationId, JobId},
};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::json;

use super::{
    row::Application,
    stages::{FREE, TAKES_OPENING},
};
use crate::{
    NewEvent, Reader, Refusal, StoreError, WriteTx,
    events::kind,
    value::{json as to_json, micros},
};

/// An application to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication {
    /// Its id, new.
    pub id: ApplicationId,
    /// The posting, if it is one of the corpus.
    pub job: Option<JobId>,
    /// Names the opening on any board and at any time; not empty.
    pub opening: String,
    /// The employer.
    pub employer: String,
    /// Title of the posting.
    pub title: String,
    /// Address of the posting.
    pub url: String,
    /// When it begins.
    pub at: Timestamp,
}

/// Whether an application was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It was: proposed, at revision 1.
    New,
    /// Not: this one has the id, or has the opening and is alive or was sent.
    Exists {
        /// The other application.
        id: ApplicationId,
        /// Its stage.
        stage: &'static str,
    },
}

impl WriteTx<'_> {
    /// Begins an application, with its event, unless the opening is taken.
    pub fn create_application(&mut self, new: &NewApplication) -> Result<Created, StoreError> {
        let there = match self.application(new.id)? {
            Some(same) => Some(same),
            None => self.taker_of(&new.opening)?,
        };
        if let Some(other) = there {
            return Ok(Created::Exists {
                id: other.id,
                stage: other.stage(),
            });
        }
        self.run(
            "INSERT INTO applications
                 (id, job, opening, employer, title, url, created_at, changed_at, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)",
            params![
                new.id.as_bytes(),
                new.job.as_ref().map(JobId::as_bytes),
                new.opening,
                new.employer,
                new.title,
                new.url,
                micros(new.at),
                to_json("state", &State::default())?
            ],
        )?;
        self.append_event(&NewEvent {
            at: new.at,
            kind: kind::APPLICATION_CREATED.to_owned(),
            subject: new.id.to_string(),
            text: format!("{} · {}", new.title, new.employer),
            detail: json!({ "opening": new.opening, "job": new.job }),
        })?;
        Ok(Created::New)
    }
}

impl Reader {
    /// Refuses to take `application` up again while another has its opening.
    pub(super) fn check_opening(
        &self,
        application: &Application,
        next: &'static str,
    ) -> Result<(), StoreError> {
        if FREE.contains(&next) {
            return Ok(());
        }
        match self.taker_of(&application.opening)? {
            Some(other) if other.id != application.id => Err(Refusal::OpeningTaken {
                opening: application.opening.clone(),
                by: other.id,
                stage: other.stage(),
            }
            .into()),
            _ => Ok(()),
        }
    }

    /// The application that takes the opening up.
    fn taker_of(&self, opening: &str) -> Result<Option<Application>, StoreError> {
        let rest = format!("WHERE opening = ?1 AND {TAKES_OPENING}");
        Ok(self.applications_where(&rest, [opening])?.pop())
    }
}
