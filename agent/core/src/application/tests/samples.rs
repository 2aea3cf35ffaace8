//! A state of every stage and an event of every kind.

use super::super::*;

pub(super) fn manifest(number: u8) -> ManifestDigest {
    ManifestDigest::from_bytes([number; 32])
}

pub(super) const INTENT: IntentId = IntentId(7);

/// The manifest that waits, is approved or is being sent in the sample states.
pub(super) fn present() -> ManifestDigest {
    manifest(1)
}

/// A manifest that was used before in every sample state.
pub(super) fn used() -> ManifestDigest {
    manifest(2)
}

pub(super) fn fresh() -> ManifestDigest {
    manifest(3)
}

pub(super) fn diff() -> Vec<Difference> {
    vec![Difference {
        field: "Notice period".into(),
        before: Some("1 month".into()),
        after: Some("3 months".into()),
    }]
}

/// Every stage, and both forms where behaviour depends on the content.
pub(super) fn states() -> Vec<State> {
    let manifest = present();
    let stages = vec![
        Stage::Proposed,
        Stage::Drafting,
        Stage::NeedsInput {
            questions: vec!["Notice period?".into()],
        },
        Stage::NeedsPerson {
            stop: PersonStop::Login,
        },
        Stage::AwaitingApproval {
            manifest,
            diff: Vec::new(),
        },
        Stage::Approved { manifest },
        Stage::Submitting {
            intent: INTENT,
            manifest,
        },
        Stage::Submitted {
            proof: Proof::Receipt {
                receipt: ReceiptId(4),
            },
        },
        Stage::Submitted {
            proof: Proof::ByHand,
        },
        Stage::RefusedByPortal {
            messages: vec!["Phone is required".into()],
        },
        Stage::OutcomeUnknown {
            intent: INTENT,
            manifest,
            forwarded: 512,
        },
        Stage::NotSubmitted { manifest },
        Stage::InReview,
        Stage::Interview,
        Stage::Offer,
        Stage::Accepted,
        Stage::Declined,
        Stage::Rejected,
        Stage::Withdrawn,
        Stage::Closed {
            by: ClosedBy::Posting,
        },
        Stage::Closed {
            by: ClosedBy::Lapse,
        },
        Stage::Discarded { reason: None },
    ];
    stages
        .into_iter()
        .map(|stage| State {
            stage,
            spent: vec![used()],
        })
        .collect()
}

/// Every event, and each form where behaviour depends on the content.
pub(super) fn events() -> Vec<(&'static str, Event)> {
    let diff = diff();
    vec![
        ("", Event::DraftingStarted),
        (
            "",
            Event::InputNeeded {
                questions: vec!["Salary?".into()],
            },
        ),
        ("", Event::PersonAnswered),
        (
            "",
            Event::PersonNeeded {
                stop: PersonStop::Captcha,
            },
        ),
        ("", Event::PersonDone),
        ("new", Event::ManifestReady { manifest: fresh() }),
        ("used", Event::ManifestReady { manifest: used() }),
        (
            "new",
            Event::PersonEdited {
                manifest: fresh(),
                diff: diff.clone(),
            },
        ),
        (
            "same",
            Event::PersonEdited {
                manifest: present(),
                diff: diff.clone(),
            },
        ),
        (
            "used",
            Event::PersonEdited {
                manifest: used(),
                diff: diff.clone(),
            },
        ),
        (
            "this one",
            Event::PersonApproved {
                manifest: present(),
            },
        ),
        ("another", Event::PersonApproved { manifest: fresh() }),
        ("used", Event::PersonApproved { manifest: used() }),
        ("", Event::ApprovalExpired),
        (
            "new",
            Event::LiveDifference {
                manifest: fresh(),
                diff: diff.clone(),
            },
        ),
        (
            "same",
            Event::LiveDifference {
                manifest: present(),
                diff: diff.clone(),
            },
        ),
        (
            "used",
            Event::LiveDifference {
                manifest: used(),
                diff,
            },
        ),
        (
            "",
            Event::SubmissionStarted {
                intent: IntentId(9),
            },
        ),
        (
            "",
            Event::ReceiptRead {
                receipt: ReceiptId(5),
            },
        ),
        (
            "",
            Event::PortalRefused {
                messages: vec!["E-mail is invalid".into()],
            },
        ),
        ("0 bytes", Event::GateClosed { forwarded: 0 }),
        ("99 bytes", Event::GateClosed { forwarded: 99 }),
        ("0 bytes", Event::DaemonRestarted { forwarded: 0 }),
        ("99 bytes", Event::DaemonRestarted { forwarded: 99 }),
        (
            "sent",
            Event::PersonSettled {
                found: Settlement::Sent,
            },
        ),
        (
            "not sent",
            Event::PersonSettled {
                found: Settlement::NotSent,
            },
        ),
        ("", Event::PersonSentByHand),
        ("", Event::ReviewStarted),
        ("", Event::InterviewSet),
        ("", Event::OfferMade),
        ("", Event::PersonAccepted),
        ("", Event::PersonDeclined),
        ("", Event::EmployerRejected),
        ("", Event::PersonWithdrew),
        (
            "",
            Event::PersonDiscarded {
                reason: Some("too far".into()),
            },
        ),
        ("", Event::PersonRestored),
        ("", Event::PostingClosed),
        ("", Event::PostingReopened),
        ("", Event::QueueLapsed),
    ]
}
