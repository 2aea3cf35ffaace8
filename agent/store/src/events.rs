//! The append-only record of what happened.

use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Reader, StoreError, WriteTx,
    value::{json_column, micros, time},
};

/// Kinds of the events this crate writes itself.
pub mod kind {
    /// A posting was seen for the first time.
    pub const JOB_NEW: &str = "job.new";
    /// The description of a posting changed.
    pub const JOB_CHANGED: &str = "job.changed";
    /// A posting that its board lists in short has its description now.
    pub const JOB_DESCRIBED: &str = "job.described";
    /// Another fact of a posting changed.
    pub const JOB_RESTATED: &str = "job.restated";
    /// A posting is no longer on its board.
    pub const JOB_CLOSED: &str = "job.closed";
    /// A closed posting came back.
    pub const JOB_REOPENED: &str = "job.reopened";
    /// A posting is of the same opening as another.
    pub const JOB_JOINED: &str = "job.joined";
    /// The person said that a posting is an opening of its own.
    pub const JOB_SPLIT: &str = "job.split";
    /// A closed opening was posted anew.
    pub const JOB_REPOSTED: &str = "job.reposted";
    /// The person likes a job.
    pub const FEEDBACK_LIKED: &str = "feedback.liked";
    /// They like it no longer.
    pub const FEEDBACK_UNLIKED: &str = "feedback.unliked";
    /// The person does not want to see a job.
    pub const FEEDBACK_HIDDEN: &str = "feedback.hidden";
    /// They want to see it again.
    pub const FEEDBACK_UNHIDDEN: &str = "feedback.unhidden";
    /// The person accepted a rule about the order.
    pub const RULE_ACCEPTED: &str = "rule.accepted";
    /// They took it back.
    pub const RULE_UNDONE: &str = "rule.undone";
    /// An application was begun.
    pub const APPLICATION_CREATED: &str = "application.created";
    /// Begins the kind of each step of an application; the name of the event
    /// of the state machine follows.
    pub const APPLICATION: &str = "application.";
}

/// Place of an event in the record; later events have greater ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub i64);

/// An event to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// When it happened.
    pub at: Timestamp,
    /// Dotted kind, such as `job.closed`.
    pub kind: String,
    /// Id of what it is about; may be empty.
    pub subject: String,
    /// One line for a person.
    pub text: String,
    /// A JSON object with the details.
    pub detail: Value,
}

/// A written event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its place in the record.
    pub id: EventId,
    /// What happened.
    pub event: NewEvent,
}

impl WriteTx<'_> {
    /// Appends an event. Write it in the closure that writes the state it tells of.
    pub fn append_event(&mut self, event: &NewEvent) -> Result<EventId, StoreError> {
        self.run(
            "INSERT INTO events (at, kind, subject, text, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                micros(event.at),
                event.kind,
                event.subject,
                event.text,
                event.detail.to_string()
            ],
        )?;
        Ok(EventId(self.connection.last_insert_rowid()))
    }
}

impl Reader {
    /// The next `limit` events after `after`, oldest first.
    pub fn events_after(&self, after: EventId, limit: u32) -> Result<Vec<Event>, StoreError> {
        self.all(
            "SELECT id, at, kind, subject, text, detail FROM events
             WHERE id > ?1 ORDER BY id LIMIT ?2",
            params![after.0, limit],
            read,
        )
    }

    /// Whether an event of this kind and subject was ever written. Reads the whole
    /// record: for what happens rarely.
    pub fn has_event(&self, kind: &str, subject: &str) -> Result<bool, StoreError> {
        let count: i64 = self.number(
            "SELECT count(*) FROM (SELECT 1 FROM events WHERE kind = ?1 AND subject = ?2 LIMIT 1)",
            params![kind, subject],
        )?;
        Ok(count > 0)
    }

    /// The id of the newest event; 0 before the first.
    pub fn last_event_id(&self) -> Result<EventId, StoreError> {
        self.number("SELECT coalesce(max(id), 0) FROM events", [])
            .map(EventId)
    }
}

pub(crate) fn read(row: &Row<'_>) -> Result<Event, StoreError> {
    Ok(Event {
        id: EventId(row.get("id")?),
        event: NewEvent {
            at: time(row, "at")?,
            kind: row.get("kind")?,
            subject: row.get("subject")?,
            text: row.get("text")?,
            detail: json_column(row, "detail")?,
        },
    })
}
