//! Moving an application on: the new state and its event, in one transaction.

use agent_core::{
    application::{Event, Stage, State},
    ids::ApplicationId,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;
use serde_json::json;

use super::{
    row::Application,
    stages::{LAPSING, WAITING},
};
use crate::{
    NewEvent, Refusal, StoreError, WriteTx,
    events::kind,
    value::{json as to_json, micros, unreadable},
};

/// How long an item of the queue waits for the person before it closes: 14 days.
pub const QUEUE_LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// A step of the state machine, to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The application.
    pub application: ApplicationId,
    /// The revision whose state the step starts from.
    pub revision: i64,
    /// What happened.
    pub event: &'a Event,
    /// Where it leads.
    pub next: &'a State,
    /// When.
    pub at: Timestamp,
}

impl WriteTx<'_> {
    /// Stores a step with its event; gives the new revision.
    ///
    /// What the next stage names (manifest, live approval, intent, receipt)
    /// must be in the database before, and an intent that is over must have
    /// its end: write them in the same closure. A live approval that the next
    /// state cannot use is ended: dropped when its manifest is spent, else as
    /// one that ran out.
    pub fn put_application(&mut self, step: &Step<'_>) -> Result<i64, StoreError> {
        let known = self.known_application(step.application)?;
        if known.revision != step.revision {
            let application = known.id;
            return Err(Refusal::Stale { application }.into());
        }
        let next = &step.next.stage;
        self.check_opening(&known, next.name())?;
        self.check_ground(known.id, next)?;
        self.end_approval(&known, step)?;
        let (waiting_since, expires_at) = waiting(&known, step)?;
        let revision = known.revision + 1;
        self.run(
            "UPDATE applications SET state = ?2, revision = ?3, changed_at = ?4,
                 waiting_since = ?5, expires_at = ?6
             WHERE id = ?1",
            params![
                known.id.as_bytes(),
                to_json("state", step.next)?,
                revision,
                micros(step.at),
                waiting_since.map(micros),
                expires_at.map(micros)
            ],
        )?;
        self.append_event(&NewEvent {
            at: step.at,
            kind: format!("{}{}", kind::APPLICATION, step.event.name()),
            subject: known.id.to_string(),
            text: format!("{} · {}", known.title, known.employer),
            detail: json!({ "event": step.event, "from": known.stage(), "to": next.name() }),
        })?;
        Ok(revision)
    }

    /// Ends the live approval unless the next state rests on it.
    fn end_approval(&mut self, known: &Application, step: &Step<'_>) -> Result<(), StoreError> {
        let Some(live) = self.live_approval(known.id)? else {
            return Ok(());
        };
        if matches!(step.next.stage, Stage::Approved { manifest } if manifest == live.manifest) {
            return Ok(());
        }
        if step.next.spent.contains(&live.manifest) {
            self.drop_approval(live.manifest, step.event.name(), step.at)?;
        } else {
            self.expire_approval(live.manifest, step.at)?;
        }
        Ok(())
    }
}

/// Since when the application then waits for the person, and when it closes.
fn waiting(
    known: &Application,
    step: &Step<'_>,
) -> Result<(Option<Timestamp>, Option<Timestamp>), StoreError> {
    let next = step.next.stage.name();
    if !WAITING.contains(&next) {
        return Ok((None, None));
    }
    // An event that changes nothing, a restart for one, gives no more time.
    let since = match known.waiting_since {
        Some(since) if known.state.stage == step.next.stage => since,
        _ => step.at,
    };
    let expires = if LAPSING.contains(&next) {
        let ends = since.checked_add(QUEUE_LIFE);
        Some(ends.map_err(|error| unreadable("end of the wait", &error))?)
    } else {
        None
    };
    Ok((Some(since), expires))
}
