//! The person's approvals: each can be used once, and only while it lives.

use std::fmt;

use agent_approval::{Approval, KeyId, ManifestDigest, SignedApproval};
use agent_core::ids::ApplicationId;
use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Reader, Refusal, StoreError, WriteTx,
    value::{micros, time, time_or_none, unreadable},
};

/// Row of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApprovalId(pub i64);

/// An approval to keep. Its signature must have been verified.
#[derive(Debug, Clone, Copy)]
pub struct NewApproval<'a> {
    /// The application it is for.
    pub application: ApplicationId,
    /// What the signed bytes say.
    pub approval: &'a Approval,
    /// The bytes and the signature as they came.
    pub signed: &'a SignedApproval,
    /// When it came.
    pub at: Timestamp,
}

/// A kept approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredApproval {
    /// Its row.
    pub id: ApprovalId,
    /// The application it is for.
    pub application: ApplicationId,
    /// The manifest that was signed.
    pub manifest: ManifestDigest,
    /// The bytes and the signature as they came.
    pub signed: SignedApproval,
    /// The key it was signed with.
    pub key: KeyId,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// From then on it is worth nothing.
    pub valid_until: Timestamp,
    /// What became of it.
    pub state: ApprovalState,
    /// When it was used, dropped or ran out.
    pub ended_at: Option<Timestamp>,
    /// Why it was dropped.
    pub why: Option<String>,
}

/// What became of an approval. All but the first are final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApprovalState {
    /// It can be used until it runs out.
    Live,
    /// An intent used it up.
    Used,
    /// It must not be used any more.
    Dropped,
    /// It ran out unused; the same manifest may be signed again.
    Expired,
}

const SELECT: &str = "SELECT id, application, manifest, bytes, signature, key, signed_at,
    valid_until, state, ended_at, why FROM approvals";

impl WriteTx<'_> {
    /// Keeps an approval, live. Call it in a durable write.
    ///
    /// Refuses one for a manifest that the application does not have, that was
    /// approved before (unless that approval ran out), and the same signed
    /// bytes a second time.
    pub fn save_approval(&mut self, new: &NewApproval<'_>) -> Result<ApprovalId, StoreError> {
        let manifest = new.approval.manifest;
        let says = new.approval.encode();
        if says.map_err(|error| unreadable("approval", &error))? != new.signed.bytes {
            return Err(unreadable(
                "approval",
                &"it says something else than was signed",
            ));
        }
        let of = self.manifest(manifest)?.map(|kept| kept.application);
        match of {
            Some(application) if application == new.application => {}
            Some(_) => return Err(Refusal::OtherApplication { what: "approval" }.into()),
            None => {
                return Err(StoreError::Missing {
                    what: "manifest",
                    id: manifest.to_string(),
                });
            }
        }
        let earlier = "SELECT count(*) FROM approvals WHERE bytes = ?1";
        if self.number(earlier, [&new.signed.bytes])? {
            return Err(Refusal::Replayed.into());
        }
        if let Some(state) = self.standing_approval(manifest)? {
            return Err(Refusal::Approved { manifest, state }.into());
        }
        self.run(
            "INSERT INTO approvals
                 (application, manifest, bytes, signature, key, signed_at, valid_until, saved_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                new.application.as_bytes(),
                manifest.as_bytes(),
                new.signed.bytes,
                new.signed.signature,
                new.approval.key.as_bytes(),
                micros(of_seconds(new.approval.signed_at)?),
                micros(of_seconds(new.approval.valid_until)?),
                micros(new.at)
            ],
        )?;
        Ok(ApprovalId(self.connection.last_insert_rowid()))
    }

    /// Ends the live approval of a manifest for good. Says whether there was one.
    pub fn drop_approval(
        &mut self,
        manifest: ManifestDigest,
        why: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let dropped = self.run(
            "UPDATE approvals SET state = 'dropped', ended_at = ?2, why = ?3
             WHERE manifest = ?1 AND state = 'live'",
            params![manifest.as_bytes(), micros(at), why],
        )?;
        Ok(dropped > 0)
    }

    /// Ends the live approval of a manifest as one that ran out. Says whether
    /// there was one.
    pub fn expire_approval(
        &mut self,
        manifest: ManifestDigest,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let expired = self.run(
            "UPDATE approvals SET state = 'expired', ended_at = ?2
             WHERE manifest = ?1 AND state = 'live'",
            params![manifest.as_bytes(), micros(at)],
        )?;
        Ok(expired > 0)
    }
}

impl Reader {
    /// One approval.
    pub fn approval(&self, id: ApprovalId) -> Result<Option<StoredApproval>, StoreError> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [id.0], read)
    }

    /// The live approval of an application; it may have run out without being
    /// ended yet.
    pub fn live_approval(
        &self,
        application: ApplicationId,
    ) -> Result<Option<StoredApproval>, StoreError> {
        let sql = format!("{SELECT} WHERE application = ?1 AND state = 'live'");
        self.first(&sql, [application.as_bytes()], read)
    }

    /// All live approvals, the one that runs out first in front.
    pub fn live_approvals(&self) -> Result<Vec<StoredApproval>, StoreError> {
        let sql = format!("{SELECT} WHERE state = 'live' ORDER BY valid_until, id");
        self.all(&sql, [], read)
    }

    /// Live approvals that have run out by `now`.
    pub fn approvals_due(&self, now: Timestamp) -> Result<Vec<StoredApproval>, StoreError> {
        let sql =
            format!("{SELECT} WHERE state = 'live' AND valid_until <= ?1 ORDER BY valid_until, id");
        self.all(&sql, [micros(now)], read)
    }

    /// All approvals of an application, oldest first.
    pub fn approvals_of(
        &self,
        application: ApplicationId,
    ) -> Result<Vec<StoredApproval>, StoreError> {
        let sql = format!("{SELECT} WHERE application = ?1 ORDER BY id");
        self.all(&sql, [application.as_bytes()], read)
    }

    /// State of the approval of a manifest that rules out another.
    fn standing_approval(
        &self,
        manifest: ManifestDigest,
    ) -> Result<Option<ApprovalState>, StoreError> {
        self.first(
            "SELECT state FROM approvals WHERE manifest = ?1 AND state <> 'expired'",
            [manifest.as_bytes()],
            state,
        )
    }
}

impl ApprovalState {
    const ALL: [Self; 4] = [Self::Live, Self::Used, Self::Dropped, Self::Expired];

    /// Name as stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Used => "used",
            Self::Dropped => "dropped",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for ApprovalState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn state(row: &Row<'_>) -> Result<ApprovalState, StoreError> {
    let name: String = row.get("state")?;
    ApprovalState::ALL
        .into_iter()
        .find(|state| state.name() == name)
        .ok_or_else(|| unreadable("state of an approval", &name))
}

fn of_seconds(seconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(seconds).map_err(|error| unreadable("time of an approval", &error))
}

fn read(row: &Row<'_>) -> Result<StoredApproval, StoreError> {
    Ok(StoredApproval {
        id: ApprovalId(row.get("id")?),
        application: ApplicationId::from_bytes(row.get("application")?),
        manifest: ManifestDigest::from_bytes(row.get("manifest")?),
        signed: SignedApproval {
            bytes: row.get("bytes")?,
            signature: row.get("signature")?,
        },
        key: KeyId::from_bytes(row.get("key")?),
        signed_at: time(row, "signed_at")?,
        valid_until: time(row, "valid_until")?,
        state: state(row)?,
        ended_at: time_or_none(row, "ended_at")?,
        why: row.get("why")?,
    })
}
