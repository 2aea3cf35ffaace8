//! Intents to submit: on disk before the gate opens, so that no crash can
//! forget an attempt and none is made twice.

use agent_approval::ManifestDigest;
use agent_core::{
    application::{IntentId, Settlement},
    ids::ApplicationId,
};
use jiff::Timestamp;
use rusqlite::{Row, params};

use super::approvals::ApprovalId;
use crate::{
    Reader, Refusal, StoreError, WriteTx,
    value::{count, integer, micros, time, time_or_none, unreadable},
};

/// An intent to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewIntent {
    /// The application.
    pub application: ApplicationId,
    /// The approved manifest.
    pub manifest: ManifestDigest,
    /// When; its approval must be valid then.
    pub at: Timestamp,
}

/// A recorded intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Its row.
    pub id: IntentId,
    /// The application.
    pub application: ApplicationId,
    /// The opening.
    pub opening: String,
    /// What was to be sent.
    pub manifest: ManifestDigest,
    /// The approval it used up.
    pub approval: ApprovalId,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// How it ended; `None` while it is under way.
    pub end: Option<IntentEnd>,
    /// What the person said became of an unknown outcome.
    pub settled: Option<(Settlement, Timestamp)>,
}

/// How an intent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntentEnd {
    /// What came of it.
    pub outcome: IntentOutcome,
    /// Application bytes the gate let out: none when not submitted, at least
    /// one when unknown.
    pub forwarded: u64,
    /// When it ended.
    pub at: Timestamp,
}

/// What came of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntentOutcome {
    /// The portal confirmed; the receipt is kept.
    Receipt,
    /// The portal answered that it does not take the form as it is.
    Refused,
    /// Surely nothing left.
    NotSubmitted,
    /// Bytes left and no answer was read.
    Unknown,
}

const SELECT: &str = "SELECT id, application, opening, manifest, approval, recorded_at, outcome,
    forwarded, finished_at, settled, settled_at FROM intents";

/// Intents beside which there is no other to the same opening, as the partial
/// index of the schema says it.
const STANDING: &str = "outcome IS NULL OR outcome = 'receipt'
    OR (outcome = 'unknown' AND settled IS NOT 'not-sent')";

impl WriteTx<'_> {
    /// Records an intent and uses the approval up. Call it in a durable write,
    /// before the gate opens.
    ///
    /// Refused while a submission to the opening is under way, arrived or may
    /// have arrived, and without an approval of the manifest that is live and
    /// valid. The schema holds the same rules.
    pub fn record_intent(&mut self, new: &NewIntent) -> Result<IntentId, StoreError> {
        let opening = self.known_application(new.application)?.opening;
        let sql = format!("SELECT id FROM intents WHERE opening = ?1 AND ({STANDING})");
        if let Some(standing) = self.value(&sql, [&opening])? {
            let intent = IntentId(count(standing));
            return Err(Refusal::SubmissionStands { opening, intent }.into());
        }
        let manifest = new.manifest;
        let approval = self
            .live_approval(new.application)?
            .filter(|live| live.manifest == manifest && live.valid_until > new.at)
            .ok_or(Refusal::NoApproval { manifest })?;
        self.run(
            "INSERT INTO intents (application, opening, manifest, approval, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                new.application.as_bytes(),
                opening,
                manifest.as_bytes(),
                approval.id.0,
                micros(new.at)
            ],
        )?;
        Ok(IntentId(count(self.connection.last_insert_rowid())))
    }

    /// Notes how an intent ended. The same end again changes nothing; another
    /// is refused. A receipt must be kept before.
    pub fn finish_intent(&mut self, id: IntentId, end: &IntentEnd) -> Result<(), StoreError> {
        let known = self.known_intent(id)?;
        if let Some(earlier) = known.end {
            let same = (earlier.outcome, earlier.forwarded) == (end.outcome, end.forwarded);
            return if same {
                Ok(())
            } else {
                Err(Refusal::Finished { intent: id }.into())
            };
        }
        let receipted = "SELECT count(*) FROM receipts WHERE intent = ?1";
        let receipted: bool = self.number(receipted, [integer(id.0)])?;
        if receipted != (end.outcome == IntentOutcome::Receipt) {
            return Err(if receipted {
                Refusal::Finished { intent: id }.into()
            } else {
                StoreError::Missing {
                    what: "receipt of submission",
                    id: id.0.to_string(),
                }
            });
        }
        self.run(
            "UPDATE intents SET outcome = ?2, forwarded = ?3, finished_at = ?4 WHERE id = ?1",
            params![
                integer(id.0),
                end.outcome.name(),
                integer(end.forwarded),
                micros(end.at)
            ],
        )?;
        Ok(())
    }

    /// Notes what the person found became of an unknown outcome. The same word
    /// again changes nothing.
    pub fn settle_intent(
        &mut self,
        id: IntentId,
        found: Settlement,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let known = self.known_intent(id)?;
        match (known.end.map(|end| end.outcome), known.settled) {
            (Some(IntentOutcome::Unknown), None) => {
                self.run(
                    "UPDATE intents SET settled = ?2, settled_at = ?3 WHERE id = ?1",
                    params![integer(id.0), settlement_name(found), micros(at)],
                )?;
                Ok(())
            }
            (_, Some((earlier, _))) if earlier == found => Ok(()),
            _ => Err(Refusal::Finished { intent: id }.into()),
        }
    }
}

impl Reader {
    /// One intent.
    pub fn intent(&self, id: IntentId) -> Result<Option<Intent>, StoreError> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [integer(id.0)], read)
    }

    /// Intents without an end, oldest first: after a restart each may have sent.
    pub fn open_intents(&self) -> Result<Vec<Intent>, StoreError> {
        let sql = format!("{SELECT} WHERE outcome IS NULL ORDER BY id");
        self.all(&sql, [], read)
    }

    /// The intents of an application, oldest first.
    pub fn intents_of(&self, application: ApplicationId) -> Result<Vec<Intent>, StoreError> {
        let sql = format!("{SELECT} WHERE application = ?1 ORDER BY id");
        self.all(&sql, [application.as_bytes()], read)
    }

    /// An intent that must exist.
    pub(super) fn known_intent(&self, id: IntentId) -> Result<Intent, StoreError> {
        self.intent(id)?.ok_or_else(|| StoreError::Missing {
            what: "submission",
            id: id.0.to_string(),
        })
    }
}

impl IntentOutcome {
    const ALL: [Self; 4] = [
        Self::Receipt,
        Self::Refused,
        Self::NotSubmitted,
        Self::Unknown,
    ];

    /// Name as stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Refused => "refused",
            Self::NotSubmitted => "not-submitted",
            Self::Unknown => "unknown",
        }
    }
}

const fn settlement_name(found: Settlement) -> &'static str {
    match found {
        Settlement::Sent => "sent",
        Settlement::NotSent => "not-sent",
    }
}

fn read(row: &Row<'_>) -> Result<Intent, StoreError> {
    let end = match row.get::<_, Option<String>>("outcome")? {
        None => None,
        Some(name) => Some(IntentEnd {
            outcome: IntentOutcome::ALL
                .into_iter()
                .find(|outcome| outcome.name() == name)
                .ok_or_else(|| unreadable("outcome of a submission", &name))?,
            forwarded: count(row.get("forwarded")?),
            at: time(row, "finished_at")?,
        }),
    };
    let settled_at = time_or_none(row, "settled_at")?;
    let settled = match (row.get::<_, Option<String>>("settled")?, settled_at) {
        (Some(name), Some(at)) => {
            let found = [Settlement::Sent, Settlement::NotSent]
                .into_iter()
                .find(|found| settlement_name(*found) == name)
                .ok_or_else(|| unreadable("settlement", &name))?;
            Some((found, at))
        }
        _ => None,
    };
    Ok(Intent {
        id: IntentId(count(row.get("id")?)),
        application: ApplicationId::from_bytes(row.get("application")?),
        opening: row.get("opening")?,
        manifest: ManifestDigest::from_bytes(row.get("manifest")?),
        approval: ApprovalId(row.get("approval")?),
        recorded_at: time(row, "recorded_at")?,
        end,
        settled,
    })
}
