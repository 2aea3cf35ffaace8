//! What can happen to an application.

use agent_approval::{Difference, ManifestDigest};
use serde::{Deserialize, Serialize};

use super::state::{IntentId, PersonStop, ReceiptId};

/// Something that happened. Events named `Person…` come from the person alone:
/// no pipeline stage, plugin or model may make one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Event {
    /// Preparation begins, or begins again after the portal refused the form.
    DraftingStarted,
    /// The form asks what is not known.
    InputNeeded {
        /// The questions, in the form's words.
        questions: Vec<String>,
    },
    /// The person answered what was asked.
    PersonAnswered,
    /// The portal wants the person themselves.
    PersonNeeded {
        /// For what.
        stop: PersonStop,
    },
    /// The person did what the portal wanted.
    PersonDone,
    /// The form is filled and read back, and its manifest composed.
    ManifestReady {
        /// The manifest.
        manifest: ManifestDigest,
    },
    /// The person changed an answer or a file; a new manifest was composed.
    PersonEdited {
        /// The new manifest.
        manifest: ManifestDigest,
        /// What changed.
        diff: Vec<Difference>,
    },
    /// The person signed a manifest, and the signature was verified.
    PersonApproved {
        /// The manifest that was signed.
        manifest: ManifestDigest,
    },
    /// The approval ran out before it was used.
    ApprovalExpired,
    /// The form read again after approval is not the one that was approved.
    LiveDifference {
        /// The manifest of the form as it is now.
        manifest: ManifestDigest,
        /// What differs.
        diff: Vec<Difference>,
    },
    /// The live form equals the approved one: release it under this intent.
    SubmissionStarted {
        /// Row of the intent.
        intent: IntentId,
    },
    /// The portal's confirmation was read and stored.
    ReceiptRead {
        /// Row of the receipt.
        receipt: ReceiptId,
    },
    /// The portal answered with complaints about the form.
    PortalRefused {
        /// Its messages.
        messages: Vec<String>,
    },
    /// The gate closed without an answer: a timeout, a lost connection, a crash
    /// of the browser.
    GateClosed {
        /// Application bytes it had let out.
        forwarded: u64,
    },
    /// The daemon came back after it was stopped or killed.
    DaemonRestarted {
        /// Application bytes the gate's journal says were let out under the
        /// open intent; counts only while submitting. When the journal cannot
        /// be read the caller passes 1: unknown is not none.
        forwarded: u64,
    },
    /// The person says what became of a submission whose outcome is unknown.
    PersonSettled {
        /// What they found.
        found: Settlement,
    },
    /// The person applied by themselves, outside the agent.
    PersonSentByHand,
    /// The employer confirmed that the application is being read.
    ReviewStarted,
    /// The employer invited to a talk, the first or a further one.
    InterviewSet,
    /// The employer made an offer.
    OfferMade,
    /// The person took the offer.
    PersonAccepted,
    /// The person declined the offer.
    PersonDeclined,
    /// The employer said no.
    EmployerRejected,
    /// The person took a sent application back.
    PersonWithdrew,
    /// The person does not want to apply.
    PersonDiscarded {
        /// Why, if they said.
        reason: Option<String>,
    },
    /// The person takes up again what they had discarded or what had closed.
    PersonRestored,
    /// A sync found the posting gone.
    PostingClosed,
    /// A sync found the posting again.
    PostingReopened,
    /// The item waited for the person longer than queue items live.
    QueueLapsed,
}

/// What the person found out about a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settlement {
    /// It arrived.
    Sent,
    /// It did not arrive.
    NotSent,
}

impl Event {
    /// Name as stored and shown, in kebab-case.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DraftingStarted => "drafting-started",
            Self::InputNeeded { .. } => "input-needed",
            Self::PersonAnswered => "person-answered",
            Self::PersonNeeded { .. } => "person-needed",
            Self::PersonDone => "person-done",
            Self::ManifestReady { .. } => "manifest-ready",
            Self::PersonEdited { .. } => "person-edited",
            Self::PersonApproved { .. } => "person-approved",
            Self::ApprovalExpired => "approval-expired",
            Self::LiveDifference { .. } => "live-difference",
            Self::SubmissionStarted { .. } => "submission-started",
            Self::ReceiptRead { .. } => "receipt-read",
            Self::PortalRefused { .. } => "portal-refused",
            Self::GateClosed { .. } => "gate-closed",
            Self::DaemonRestarted { .. } => "daemon-restarted",
            Self::PersonSettled { .. } => "person-settled",
            Self::PersonSentByHand => "person-sent-by-hand",
            Self::ReviewStarted => "review-started",
            Self::InterviewSet => "interview-set",
            Self::OfferMade => "offer-made",
            Self::PersonAccepted => "person-accepted",
            Self::PersonDeclined => "person-declined",
            Self::EmployerRejected => "employer-rejected",
            Self::PersonWithdrew => "person-withdrew",
            Self::PersonDiscarded { .. } => "person-discarded",
            Self::PersonRestored => "person-restored",
            Self::PostingClosed => "posting-closed",
            Self::PostingReopened => "posting-reopened",
            Self::QueueLapsed => "queue-lapsed",
        }
    }
}
