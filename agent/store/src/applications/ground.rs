//! What a stage rests on: rows that must be there before an application may
//! stand in it, whatever the caller computed.

use agent_core::{
    application::{IntentId, ManifestDigest, Proof, Stage},
    ids::ApplicationId,
};
use rusqlite::params;

use crate::{
    Reader, Refusal, StoreError,
    value::{count, integer},
};

/// An intent whose end is not known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pending {
    /// Under way.
    Open(IntentId),
    /// Ended in doubt, and the person has not said what became of it.
    Doubtful(IntentId),
}

impl Reader {
    /// Refuses a stage that names what the database does not hold, or that
    /// forgets an attempt whose end is not known.
    pub(super) fn check_ground(
        &self,
        application: ApplicationId,
        next: &Stage,
    ) -> Result<(), StoreError> {
        let (holds, lacks) = match next {
            Stage::AwaitingApproval { manifest, .. } => {
                (self.has_manifest(application, *manifest)?, "its manifest")
            }
            Stage::Approved { manifest } => (
                self.live_approval(application)?
                    .is_some_and(|live| live.manifest == *manifest),
                "a live approval",
            ),
            Stage::Submitted {
                proof: Proof::Receipt { receipt },
            } => (
                self.number(
                    "SELECT count(*) FROM receipts WHERE id = ?1 AND application = ?2",
                    params![integer(receipt.0), application.as_bytes()],
                )?,
                "its receipt",
            ),
            Stage::Submitting { .. }
            | Stage::OutcomeUnknown { .. }
            | Stage::Submitted {
                proof: Proof::ByHand,
            }
            | Stage::Proposed
            | Stage::Drafting
            | Stage::NeedsInput { .. }
            | Stage::NeedsPerson { .. }
            | Stage::RefusedByPortal { .. }
            | Stage::NotSubmitted { .. }
            | Stage::InReview
            | Stage::Interview
            | Stage::Offer
            | Stage::Accepted
            | Stage::Declined
            | Stage::Rejected
            | Stage::Withdrawn
            | Stage::Closed { .. }
            | Stage::Discarded { .. } => (true, ""),
        };
        if !holds {
            let stage = next.name();
            return Err(Refusal::Ungrounded { stage, lacks }.into());
        }
        self.check_pending(application, next)
    }

    /// An open intent goes with submitting alone, a doubtful one with an
    /// unknown outcome alone.
    fn check_pending(&self, application: ApplicationId, next: &Stage) -> Result<(), StoreError> {
        let expected = if let Stage::Submitting { intent, .. } = next {
            Some(Pending::Open(*intent))
        } else if let Stage::OutcomeUnknown { intent, .. } = next {
            Some(Pending::Doubtful(*intent))
        } else {
            None
        };
        let found = self.pending_intent(application)?;
        match (found, expected) {
            (found, expected) if found == expected => Ok(()),
            (Some(Pending::Open(intent) | Pending::Doubtful(intent)), _) => {
                Err(Refusal::IntentPending { intent }.into())
            }
            (None, _) => Err(Refusal::Ungrounded {
                stage: next.name(),
                lacks: "its recorded intent",
            }
            .into()),
        }
    }

    fn pending_intent(&self, application: ApplicationId) -> Result<Option<Pending>, StoreError> {
        // At most one: another cannot be recorded beside it.
        self.first(
            "SELECT id, outcome IS NULL AS open FROM intents
             WHERE application = ?1
               AND (outcome IS NULL OR (outcome = 'unknown' AND settled IS NULL))",
            [application.as_bytes()],
            |row| {
                let intent = IntentId(count(row.get("id")?));
                Ok(if row.get("open")? {
                    Pending::Open(intent)
                } else {
                    Pending::Doubtful(intent)
                })
            },
        )
    }

    fn has_manifest(
        &self,
        application: ApplicationId,
        manifest: ManifestDigest,
    ) -> Result<bool, StoreError> {
        self.number(
            "SELECT count(*) FROM manifests WHERE digest = ?1 AND application = ?2",
            params![manifest.as_bytes(), application.as_bytes()],
        )
    }
}
