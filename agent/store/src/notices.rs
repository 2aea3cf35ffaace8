//! What the person is told of, and how far telling them has come.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    EventId, Reader, StoreError, WriteTx,
    value::{json, micros, time, time_or_none, unreadable},
};

/// The setting that holds the last event notices were made from.
const READ_TO: &str = "notices.read-to";

/// Something to tell the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// What it comes from; a cause is told of once, ever.
    pub cause: String,
    /// Its kind.
    pub kind: &'static str,
    /// Id of what it is about; may be empty.
    pub subject: String,
    /// When it came up.
    pub at: Timestamp,
    /// One line for the person, which may name employers.
    pub text: String,
    /// The command to type next.
    pub command: String,
    /// After that it is not worth telling.
    pub lapses_at: Option<Timestamp>,
}

/// A kept notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its place; later ones have greater ids.
    pub id: i64,
    /// What it comes from.
    pub cause: String,
    /// Its kind.
    pub kind: String,
    /// Id of what it is about; may be empty.
    pub subject: String,
    /// When it came up.
    pub at: Timestamp,
    /// One line for the person.
    pub text: String,
    /// The command to type next.
    pub command: String,
    /// After that it is not worth telling.
    pub lapses_at: Option<Timestamp>,
}

/// How far a channel is with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendingState {
    /// It is still to be told.
    Waiting,
    /// It was told.
    Sent,
    /// The channel failed for too long.
    GivenUp,
    /// It was settled before it was told.
    Moot,
}

impl SendingState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::GivenUp, Self::Moot];

    /// Name as stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given-up",
            Self::Moot => "moot",
        }
    }
}

/// A notice on its way through one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The notice.
    pub notice: i64,
    /// The channel.
    pub channel: String,
    /// How far it is.
    pub state: SendingState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub not_before: Timestamp,
    /// When it was sent, given up or found moot.
    pub ended_at: Option<Timestamp>,
    /// Why the last try failed; empty when none did.
    pub problem: String,
}

/// How a try, or the waiting for one, ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendingEnd {
    /// The channel took it.
    Sent,
    /// It failed and is tried again.
    Later {
        /// Not before this.
        not_before: Timestamp,
        /// Why it failed.
        problem: String,
    },
    /// It failed for the last time.
    GivenUp {
        /// Why.
        problem: String,
    },
    /// There is nothing to tell any more.
    Moot,
}

impl WriteTx<'_> {
    /// Keeps a notice for each of `channels`, unless its cause was told of before.
    /// Says whether it was new.
    pub fn add_notice(
        &mut self,
        new: &NewNotice,
        channels: &[&'static str],
    ) -> Result<bool, StoreError> {
        let added = self.run(
            "INSERT INTO notices (cause, kind, subject, at, text, command, lapses_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (cause) DO NOTHING",
            params![
                new.cause,
                new.kind,
                new.subject,
                micros(new.at),
                new.text,
                new.command,
                new.lapses_at.map(micros)
            ],
        )?;
        if added == 0 {
            return Ok(false);
        }
        let notice = self.connection.last_insert_rowid();
        for channel in channels {
            self.run(
                "INSERT INTO notice_sendings (notice, channel, not_before) VALUES (?1, ?2, ?3)",
                params![notice, channel, micros(new.at)],
            )?;
        }
        Ok(true)
    }

    /// Notes up to which event notices were made.
    pub fn set_notices_read_to(&mut self, event: EventId) -> Result<(), StoreError> {
        self.set_setting(READ_TO, &event.0.to_string())
    }

    /// Notes what became of notices in a channel.
    pub fn end_sendings(
        &mut self,
        channel: &str,
        notices: &[i64],
        end: &SendingEnd,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (state, tried, not_before, problem) = match end {
            SendingEnd::Sent => (SendingState::Sent, 1, None, ""),
            SendingEnd::Later {
                not_before,
                problem,
            } => (
                SendingState::Waiting,
                1,
                Some(*not_before),
                problem.as_str(),
            ),
            SendingEnd::GivenUp { problem } => (SendingState::GivenUp, 1, None, problem.as_str()),
            SendingEnd::Moot => (SendingState::Moot, 0, None, ""),
        };
        let ended = (state != SendingState::Waiting).then(|| micros(at));
        self.run(
            "UPDATE notice_sendings SET state = ?3, tries = tries + ?4,
                 not_before = coalesce(?5, not_before), ended_at = ?6, problem = ?7
             WHERE channel = ?1 AND state = 'waiting'
               AND notice IN (SELECT value FROM json_each(?2))",
            params![
                channel,
                json("notices", &notices)?,
                state.name(),
                tried,
                not_before.map(micros),
                ended,
                problem
            ],
        )?;
        Ok(())
    }

    /// Notes that a channel told of something.
    pub fn add_telling(&mut self, channel: &str, at: Timestamp) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO notice_tellings (channel, at) VALUES (?1, ?2)",
            params![channel, micros(at)],
        )?;
        Ok(())
    }

    /// Forgets notices older than `before`, and when channels told of them; gives
    /// how many. Those that still wait stay.
    pub fn prune_notices(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        self.run(
            "DELETE FROM notice_tellings WHERE at < ?1",
            [micros(before)],
        )?;
        self.run(
            "DELETE FROM notices WHERE at < ?1 AND NOT EXISTS
                 (SELECT 1 FROM notice_sendings WHERE notice = notices.id AND state = 'waiting')",
            [micros(before)],
        )
    }
}

impl Reader {
    /// Up to which event notices were made; `None` before the first.
    pub fn notices_read_to(&self) -> Result<Option<EventId>, StoreError> {
        self.setting(READ_TO)?
            .map(|text| text.parse().map(EventId))
            .transpose()
            .map_err(|error: std::num::ParseIntError| unreadable("event", &error))
    }

    /// What a channel is to tell, oldest first, also what is tried later.
    pub fn waiting_notices(&self, channel: &str) -> Result<Vec<(Notice, Sending)>, StoreError> {
        self.all(
            "SELECT n.*, s.* FROM notice_sendings s JOIN notices n ON n.id = s.notice
             WHERE s.channel = ?1 AND s.state = 'waiting' ORDER BY n.id",
            [channel],
            |row| Ok((notice(row)?, sending(row)?)),
        )
    }

    /// When a channel told of something since `since`, oldest first.
    pub fn tellings(&self, channel: &str, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        self.all(
            "SELECT at FROM notice_tellings WHERE channel = ?1 AND at > ?2 ORDER BY at",
            params![channel, micros(since)],
            |row| time(row, "at"),
        )
    }

    /// The newest notices, newest first, each with its sendings.
    pub fn notices(&self, limit: u32) -> Result<Vec<(Notice, Vec<Sending>)>, StoreError> {
        let notices = self.all(
            "SELECT * FROM notices ORDER BY id DESC LIMIT ?1",
            [limit],
            notice,
        )?;
        notices
            .into_iter()
            .map(|notice| {
                let sendings = self.all(
                    "SELECT * FROM notice_sendings WHERE notice = ?1 ORDER BY channel",
                    [notice.id],
                    sending,
                )?;
                Ok((notice, sendings))
            })
            .collect()
    }

    /// The last try of a channel that ended or failed, if there was one.
    pub fn last_sending(&self, channel: &str) -> Result<Option<Sending>, StoreError> {
        self.first(
            "SELECT * FROM notice_sendings WHERE channel = ?1 AND tries > 0
             ORDER BY notice DESC LIMIT 1",
            [channel],
            sending,
        )
    }

    /// How many notices wait in all channels.
    pub fn waiting_notice_count(&self) -> Result<u32, StoreError> {
        self.number(
            "SELECT count(*) FROM notice_sendings WHERE state = 'waiting'",
            [],
        )
    }
}

fn notice(row: &Row<'_>) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: row.get("id")?,
        cause: row.get("cause")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        at: time(row, "at")?,
        text: row.get("text")?,
        command: row.get("command")?,
        lapses_at: time_or_none(row, "lapses_at")?,
    })
}

fn sending(row: &Row<'_>) -> Result<Sending, StoreError> {
    let state: String = row.get("state")?;
    Ok(Sending {
        notice: row.get("notice")?,
        channel: row.get("channel")?,
        state: SendingState::ALL
            .into_iter()
            .find(|known| known.name() == state)
            .ok_or_else(|| unreadable("state of a sending", &state))?,
        tries: row.get("tries")?,
        not_before: time(row, "not_before")?,
        ended_at: time_or_none(row, "ended_at")?,
        problem: row.get("problem")?,
    })
}
