//! Where an application stands.

use agent_approval::{Difference, ManifestDigest};
use serde::{Deserialize, Serialize};

/// Row of a recorded intent to submit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IntentId(pub u64);

/// Row of a stored receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiptId(pub u64);

/// An application: its stage, and the approvals that can no longer be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Where it stands.
    #[serde(flatten)]
    pub stage: Stage,
    /// Manifests whose approval was used by an intent or dropped by a change.
    /// None of them can be reviewed or approved again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<ManifestDigest>,
}

impl Default for State {
    /// A new application.
    fn default() -> Self {
        Self {
            stage: Stage::Proposed,
            spent: Vec::new(),
        }
    }
}

/// Stage of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "stage",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Stage {
    /// Suggested to the person or chosen by them; nothing is prepared.
    Proposed,
    /// Documents and answers are being prepared.
    Drafting,
    /// The form asks what neither the profile nor an earlier answer says.
    NeedsInput {
        /// The questions, in the form's words.
        questions: Vec<String>,
    },
    /// The portal wants the person themselves.
    NeedsPerson {
        /// For what.
        stop: PersonStop,
    },
    /// Ready for review. Nothing has been sent.
    AwaitingApproval {
        /// What would be sent.
        manifest: ManifestDigest,
        /// What changed since the last review; empty at the first.
        diff: Vec<Difference>,
    },
    /// The person signed this manifest; nothing has been sent yet.
    Approved {
        /// What will be sent.
        manifest: ManifestDigest,
    },
    /// The intent is recorded and the gate may be open.
    Submitting {
        /// The recorded intent.
        intent: IntentId,
        /// What is being sent.
        manifest: ManifestDigest,
    },
    /// Sent.
    Submitted {
        /// How that is known.
        proof: Proof,
    },
    /// The portal answered that it does not take the form as it is.
    RefusedByPortal {
        /// The portal's messages.
        messages: Vec<String>,
    },
    /// Bytes left the machine and no answer was read.
    OutcomeUnknown {
        /// The intent that was under way.
        intent: IntentId,
        /// What was being sent.
        manifest: ManifestDigest,
        /// Application bytes the gate let out; at least one.
        forwarded: u64,
    },
    /// Surely not sent: a new manifest with a new nonce is being made.
    NotSubmitted {
        /// The manifest that was not sent, now spent.
        manifest: ManifestDigest,
    },
    /// The employer reads it.
    InReview,
    /// The employer wants to talk, or did.
    Interview,
    /// The employer made an offer.
    Offer,
    /// The person took the offer.
    Accepted,
    /// The person declined the offer.
    Declined,
    /// The employer's no.
    Rejected,
    /// The person took a sent application back.
    Withdrawn,
    /// Over before anything was sent.
    Closed {
        /// Why.
        by: ClosedBy,
    },
    /// The person's no, before anything was sent.
    Discarded {
        /// The person's reason, if one was given.
        reason: Option<String>,
    },
}

impl Stage {
    /// Name as stored and shown, in kebab-case.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Drafting => "drafting",
            Self::NeedsInput { .. } => "needs-input",
            Self::NeedsPerson { .. } => "needs-person",
            Self::AwaitingApproval { .. } => "awaiting-approval",
            Self::Approved { .. } => "approved",
            Self::Submitting { .. } => "submitting",
            Self::Submitted { .. } => "submitted",
            Self::RefusedByPortal { .. } => "refused-by-portal",
            Self::OutcomeUnknown { .. } => "outcome-unknown",
            Self::NotSubmitted { .. } => "not-submitted",
            Self::InReview => "in-review",
            Self::Interview => "interview",
            Self::Offer => "offer",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Closed { .. } => "closed",
            Self::Discarded { .. } => "discarded",
        }
    }

    /// Whether the application is over. Of these only [`Stage::Closed`] and
    /// [`Stage::Discarded`], before which nothing was sent, can be taken up again.
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Accepted
            | Self::Declined
            | Self::Rejected
            | Self::Withdrawn
            | Self::Closed { .. }
            | Self::Discarded { .. } => true,
            Self::Proposed
            | Self::Drafting
            | Self::NeedsInput { .. }
            | Self::NeedsPerson { .. }
            | Self::AwaitingApproval { .. }
            | Self::Approved { .. }
            | Self::Submitting { .. }
            | Self::Submitted { .. }
            | Self::RefusedByPortal { .. }
            | Self::OutcomeUnknown { .. }
            | Self::NotSubmitted { .. }
            | Self::InReview
            | Self::Interview
            | Self::Offer => false,
        }
    }
}

/// What only the person can do at a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonStop {
    /// Log in.
    Login,
    /// Enter a code that was sent to them.
    Code,
    /// Solve a captcha.
    Captcha,
    /// Answer a statement of policy or sign: the agent never does.
    Policy,
}

/// How it is known that an application was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Proof {
    /// The portal's confirmation was read and stored.
    Receipt {
        /// Where.
        receipt: ReceiptId,
    },
    /// The person's word: they sent it themselves, or found that it arrived.
    ByHand,
}

/// Why an application ended before anything was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosedBy {
    /// The posting was found closed.
    Posting,
    /// It waited for the person longer than queue items live.
    Lapse,
}
