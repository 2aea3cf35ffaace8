//! Rules of applications that a write would break. Nothing of it is written.

use agent_approval::ManifestDigest;
use agent_core::{application::IntentId, ids::ApplicationId};

use crate::ApprovalState;

/// Why the database does not take a step of an application.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Someone else moved the application on since it was read.
    #[error("application {application} changed meanwhile: look at it again")]
    Stale {
        /// The application.
        application: ApplicationId,
    },
    /// Another application has the opening.
    #[error("application {by} to the same opening is {stage}: one opening, one application")]
    OpeningTaken {
        /// The opening.
        opening: String,
        /// The other application.
        by: ApplicationId,
        /// Its stage.
        stage: &'static str,
    },
    /// The next stage names something that is not so in the database.
    #[error("an application cannot be {stage} without {lacks}")]
    Ungrounded {
        /// The next stage.
        stage: &'static str,
        /// What is missing.
        lacks: &'static str,
    },
    /// The application would go on while its intent has no end yet, or an end
    /// in doubt that the person has not settled.
    #[error("submission {} has no settled end yet", intent.0)]
    IntentPending {
        /// The intent.
        intent: IntentId,
    },
    /// The content belongs to another application or opening.
    #[error("the {what} is for another application")]
    OtherApplication {
        /// What was given.
        what: &'static str,
    },
    /// The manifest has an approval; only one that ran out unused may be renewed.
    #[error("manifest {manifest} was approved before, and the approval is {state}")]
    Approved {
        /// The manifest.
        manifest: ManifestDigest,
        /// What became of the approval.
        state: ApprovalState,
    },
    /// These very signed bytes were stored before.
    #[error("this approval was given before: review and sign again")]
    Replayed,
    /// No approval of the manifest can be used now.
    #[error("manifest {manifest} has no approval that can be used: review and sign it")]
    NoApproval {
        /// The manifest.
        manifest: ManifestDigest,
    },
    /// A submission to the opening is under way, arrived, or may have arrived.
    #[error("submission {} to the same opening arrived or may have: nothing is sent twice", intent.0)]
    SubmissionStands {
        /// The opening.
        opening: String,
        /// The intent of that submission.
        intent: IntentId,
    },
    /// The intent has another end already, or was settled otherwise.
    #[error("submission {} has ended in another way already", intent.0)]
    Finished {
        /// The intent.
        intent: IntentId,
    },
    /// A file is larger than the database keeps.
    #[error("the {what} has {size} bytes, and at most {limit} are kept: use a smaller file")]
    TooLarge {
        /// What it is.
        what: &'static str,
        /// Its size in bytes.
        size: u64,
        /// The most that is kept, in bytes.
        limit: u64,
    },
}
