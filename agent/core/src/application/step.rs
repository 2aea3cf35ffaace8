//! Which stage an event leads to from each stage.

use agent_approval::{Difference, ManifestDigest};

use super::{
    event::{Event, Settlement},
    state::{ClosedBy, Proof, Stage, State},
    transition::Refused,
};

/// Where `event` leads. One arm per event, so that a new event cannot be
/// forgotten; a stage an arm does not name is refused.
pub(super) fn next(state: &State, event: &Event) -> Result<Stage, Refused> {
    let stage = &state.stage;
    let no = || Refused::NoSuchStep {
        stage: stage.name(),
        event: event.name(),
    };
    let only = |fits: bool, next: Stage| if fits { Ok(next) } else { Err(no()) };
    let unspent = |manifest: ManifestDigest| {
        if state.spent.contains(&manifest) {
            return Err(Refused::SpentManifest { manifest });
        }
        Ok(manifest)
    };

    match event {
        Event::DraftingStarted => only(
            matches!(stage, Stage::Proposed | Stage::RefusedByPortal { .. }),
            Stage::Drafting,
        ),
        Event::InputNeeded { questions } => only(
            matches!(stage, Stage::Drafting),
            Stage::NeedsInput {
                questions: questions.clone(),
            },
        ),
        Event::PersonAnswered => only(matches!(stage, Stage::NeedsInput { .. }), Stage::Drafting),
        Event::PersonNeeded { stop } => only(
            matches!(stage, Stage::Drafting | Stage::Approved { .. }),
            Stage::NeedsPerson { stop: *stop },
        ),
        Event::PersonDone => only(matches!(stage, Stage::NeedsPerson { .. }), Stage::Drafting),

        Event::ManifestReady { manifest } => match stage {
            Stage::Drafting | Stage::NotSubmitted { .. } => Ok(Stage::AwaitingApproval {
                manifest: unspent(*manifest)?,
                diff: Vec::new(),
            }),
            _ => Err(no()),
        },
        Event::PersonEdited { manifest, diff } => match stage {
            Stage::AwaitingApproval { manifest: old, .. } | Stage::Approved { manifest: old } => {
                changed(*old, unspent(*manifest)?, diff)
            }
            _ => Err(no()),
        },
        Event::LiveDifference { manifest, diff } => match stage {
            Stage::Approved { manifest: old } => changed(*old, unspent(*manifest)?, diff),
            _ => Err(no()),
        },
        Event::PersonApproved { manifest: given } => match stage {
            Stage::AwaitingApproval { manifest, .. } if manifest == given => Ok(Stage::Approved {
                manifest: unspent(*manifest)?,
            }),
            Stage::AwaitingApproval { manifest, .. } => Err(Refused::OtherManifest {
                waiting: *manifest,
                given: *given,
            }),
            _ => Err(no()),
        },
        Event::ApprovalExpired => match stage {
            Stage::Approved { manifest } => Ok(Stage::AwaitingApproval {
                manifest: *manifest,
                diff: Vec::new(),
            }),
            _ => Err(no()),
        },

        Event::SubmissionStarted { intent } => match stage {
            Stage::Approved { manifest } => Ok(Stage::Submitting {
                intent: *intent,
                manifest: unspent(*manifest)?,
            }),
            _ => Err(no()),
        },
        Event::ReceiptRead { receipt } => only(
            matches!(stage, Stage::Submitting { .. }),
            Stage::Submitted {
                proof: Proof::Receipt { receipt: *receipt },
            },
        ),
        Event::PortalRefused { messages } => only(
            matches!(stage, Stage::Submitting { .. }),
            Stage::RefusedByPortal {
                messages: messages.clone(),
            },
        ),
        Event::GateClosed { forwarded } => unanswered(stage, *forwarded).ok_or_else(no),
        Event::DaemonRestarted { forwarded } => {
            Ok(unanswered(stage, *forwarded).unwrap_or_else(|| stage.clone()))
        }
        Event::PersonSettled { found } => match (stage, found) {
            (Stage::OutcomeUnknown { .. }, Settlement::Sent) => Ok(Stage::Submitted {
                proof: Proof::ByHand,
            }),
            (Stage::OutcomeUnknown { manifest, .. }, Settlement::NotSent) => {
                Ok(Stage::NotSubmitted {
                    manifest: *manifest,
                })
            }
            _ => Err(no()),
        },
        Event::PersonSentByHand => only(
            nothing_sent(stage),
            Stage::Submitted {
                proof: Proof::ByHand,
            },
        ),

        Event::ReviewStarted => only(matches!(stage, Stage::Submitted { .. }), Stage::InReview),
        Event::InterviewSet => only(
            matches!(
                stage,
                Stage::Submitted { .. } | Stage::InReview | Stage::Interview
            ),
            Stage::Interview,
        ),
        Event::OfferMade => only(
            matches!(
                stage,
                Stage::Submitted { .. } | Stage::InReview | Stage::Interview
            ),
            Stage::Offer,
        ),
        Event::PersonAccepted => only(matches!(stage, Stage::Offer), Stage::Accepted),
        Event::PersonDeclined => only(matches!(stage, Stage::Offer), Stage::Declined),
        Event::EmployerRejected => only(with_employer(stage), Stage::Rejected),
        Event::PersonWithdrew => only(with_employer(stage), Stage::Withdrawn),

        Event::PersonDiscarded { reason } => only(
            nothing_sent(stage),
            Stage::Discarded {
                reason: reason.clone(),
            },
        ),
        Event::PersonRestored => only(
            matches!(stage, Stage::Discarded { .. } | Stage::Closed { .. }),
            Stage::Proposed,
        ),
        Event::PostingClosed => only(
            nothing_sent(stage),
            Stage::Closed {
                by: ClosedBy::Posting,
            },
        ),
        Event::PostingReopened => only(
            matches!(
                stage,
                Stage::Closed {
                    by: ClosedBy::Posting
                }
            ),
            Stage::Proposed,
        ),
        Event::QueueLapsed => only(
            matches!(
                stage,
                Stage::NeedsInput { .. }
                    | Stage::NeedsPerson { .. }
                    | Stage::AwaitingApproval { .. }
            ),
            Stage::Closed {
                by: ClosedBy::Lapse,
            },
        ),
    }
}

/// Back to review with what changed, and with a manifest that an approval of
/// the old one cannot fit.
fn changed(
    old: ManifestDigest,
    manifest: ManifestDigest,
    diff: &[Difference],
) -> Result<Stage, Refused> {
    if manifest == old {
        return Err(Refused::SameManifest { manifest });
    }
    Ok(Stage::AwaitingApproval {
        manifest,
        diff: diff.to_vec(),
    })
}

/// What an unanswered submission becomes; `None` when none is under way.
fn unanswered(stage: &Stage, forwarded: u64) -> Option<Stage> {
    let Stage::Submitting { intent, manifest } = stage else {
        return None;
    };
    Some(if forwarded == 0 {
        Stage::NotSubmitted {
            manifest: *manifest,
        }
    } else {
        Stage::OutcomeUnknown {
            intent: *intent,
            manifest: *manifest,
            forwarded,
        }
    })
}

/// Whether the application is alive and surely nothing of it has arrived.
const fn nothing_sent(stage: &Stage) -> bool {
    matches!(
        stage,
        Stage::Proposed
            | Stage::Drafting
            | Stage::NeedsInput { .. }
            | Stage::NeedsPerson { .. }
            | Stage::AwaitingApproval { .. }
            | Stage::Approved { .. }
            | Stage::RefusedByPortal { .. }
            | Stage::NotSubmitted { .. }
    )
}

/// Whether the employer has it and may still decide.
const fn with_employer(stage: &Stage) -> bool {
    matches!(
        stage,
        Stage::Submitted { .. } | Stage::InReview | Stage::Interview | Stage::Offer
    )
}
