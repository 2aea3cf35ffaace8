//! What must be done after a transition, as data.

use agent_approval::{Difference, ManifestDigest};
use serde::{Deserialize, Serialize};

use super::state::{IntentId, PersonStop, Stage};

/// Something to be done. Effects are performed in order, each finished before
/// the next begins, and after a restart those of the present stage are asked
/// for again: performers must bear a repeat. The exception is the pair
/// [`Effect::RecordIntent`] and [`Effect::OpenGate`], which is never repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "effect",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Effect {
    /// Prepare documents and answers, fill the form and compose its manifest.
    Draft,
    /// Put a question before the person.
    AskPerson {
        /// What is asked.
        ask: Ask,
    },
    /// Open the form again, fill it, and compare it with the approved snapshot.
    CompareLiveForm {
        /// The approved manifest.
        manifest: ManifestDigest,
    },
    /// The approval for this manifest must never be used any more.
    DropApproval {
        /// The manifest.
        manifest: ManifestDigest,
    },
    /// Commit the intent durably: after this a crash cannot forget the attempt.
    RecordIntent {
        /// The intent.
        intent: IntentId,
        /// What will be sent under it.
        manifest: ManifestDigest,
    },
    /// Let the releases of this manifest out, once.
    OpenGate {
        /// The intent it is opened for.
        intent: IntentId,
        /// What may pass.
        manifest: ManifestDigest,
    },
    /// Shut the gate and end the browser session.
    CloseGate {
        /// The intent it was opened for.
        intent: IntentId,
    },
    /// Read the live form and compose a new manifest with a new nonce.
    RenewNonce {
        /// The manifest that can no longer be used.
        spent: ManifestDigest,
    },
}

/// A question for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Ask {
    /// Answers the form wants.
    Answers {
        /// The questions.
        questions: Vec<String>,
    },
    /// Something only they can do at the portal.
    Act {
        /// What.
        stop: PersonStop,
    },
    /// To review and approve, edit or discard.
    Review {
        /// What would be sent.
        manifest: ManifestDigest,
        /// What changed since the last review.
        diff: Vec<Difference>,
    },
    /// Whether a submission arrived.
    Outcome {
        /// The intent in doubt.
        intent: IntentId,
        /// Application bytes that left.
        forwarded: u64,
    },
    /// What to do about the portal's refusal.
    Refusal {
        /// The portal's messages.
        messages: Vec<String>,
    },
}

/// What entering `stage` asks for, and what a restart in it asks for again.
///
/// Entering [`Stage::Submitting`] asks for nothing here: opening the gate is
/// tied to the one event that records the intent.
pub(super) fn of_entering(stage: &Stage) -> Vec<Effect> {
    let ask = |ask| vec![Effect::AskPerson { ask }];
    match stage {
        Stage::Drafting => vec![Effect::Draft],
        Stage::NeedsInput { questions } => ask(Ask::Answers {
            questions: questions.clone(),
        }),
        Stage::NeedsPerson { stop } => ask(Ask::Act { stop: *stop }),
        Stage::AwaitingApproval { manifest, diff } => ask(Ask::Review {
            manifest: *manifest,
            diff: diff.clone(),
        }),
        Stage::Approved { manifest } => vec![Effect::CompareLiveForm {
            manifest: *manifest,
        }],
        Stage::RefusedByPortal { messages } => ask(Ask::Refusal {
            messages: messages.clone(),
        }),
        Stage::OutcomeUnknown {
            intent, forwarded, ..
        } => ask(Ask::Outcome {
            intent: *intent,
            forwarded: *forwarded,
        }),
        Stage::NotSubmitted { manifest } => vec![Effect::RenewNonce { spent: *manifest }],
        Stage::Proposed
        | Stage::Submitting { .. }
        | Stage::Submitted { .. }
        | Stage::InReview
        | Stage::Interview
        | Stage::Offer
        | Stage::Accepted
        | Stage::Declined
        | Stage::Rejected
        | Stage::Withdrawn
        | Stage::Closed { .. }
        | Stage::Discarded { .. } => Vec::new(),
    }
}
