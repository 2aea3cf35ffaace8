//! The promises, over every pair of the table.

use std::collections::BTreeSet;

use super::{super::*, samples::*};

#[test]
fn p1_only_an_approval_of_what_waits_leads_to_approved_and_only_that_to_submitting() {
    for state in states() {
        for (_, event) in events() {
            let Ok(step) = transition(&state, &event) else {
                continue;
            };
            let stays = step.next.stage == state.stage;
            if let Stage::Approved { manifest } = &step.next.stage
                && !stays
            {
                assert_eq!(
                    event,
                    Event::PersonApproved {
                        manifest: *manifest
                    }
                );
                assert_eq!(state.stage.name(), "awaiting-approval");
                assert_eq!(*manifest, present());
            }
            let opens = step
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::OpenGate { .. }));
            assert_eq!(
                opens,
                step.next.stage.name() == "submitting",
                "{state:?} {event:?}"
            );
            if opens {
                assert_eq!(state.stage.name(), "approved");
                assert_eq!(event.name(), "submission-started");
                assert!(
                    matches!(step.effects[0], Effect::RecordIntent { .. }),
                    "the intent is recorded before the gate opens"
                );
                assert!(
                    step.next.spent.contains(&present()),
                    "the approval is used up"
                );
            }
        }
    }
}

#[test]
fn p2_only_the_person_ends_an_unknown_outcome_and_never_by_submitting() {
    let unknown = states()
        .into_iter()
        .find(|state| state.stage.name() == "outcome-unknown")
        .expect("a sample");
    for (_, event) in events() {
        match transition(&unknown, &event) {
            Err(_) => {}
            Ok(step) if step.next == unknown => assert_eq!(event.name(), "daemon-restarted"),
            Ok(step) => {
                assert_eq!(event.name(), "person-settled");
                assert!(["submitted", "not-submitted"].contains(&step.next.stage.name()));
            }
        }
    }
}

#[test]
fn p2_a_submission_found_not_sent_needs_a_new_nonce_and_a_new_approval() {
    let mut state = State {
        stage: Stage::Approved {
            manifest: present(),
        },
        spent: Vec::new(),
    };
    let mut effects = Vec::new();
    for event in [
        Event::SubmissionStarted { intent: INTENT },
        Event::GateClosed { forwarded: 3 },
        Event::PersonSettled {
            found: Settlement::NotSent,
        },
    ] {
        let step = transition(&state, &event).expect("a step");
        (state, effects) = (step.next, step.effects);
    }
    assert_eq!(effects, [Effect::RenewNonce { spent: present() }]);
    let again = Event::ManifestReady {
        manifest: present(),
    };
    assert_eq!(
        transition(&state, &again),
        Err(Refused::SpentManifest {
            manifest: present()
        })
    );

    // The benign twin: a new nonce, a new approval, one receipt.
    for event in [
        Event::ManifestReady { manifest: fresh() },
        Event::PersonApproved { manifest: fresh() },
        Event::SubmissionStarted {
            intent: IntentId(8),
        },
        Event::ReceiptRead {
            receipt: ReceiptId(1),
        },
    ] {
        state = transition(&state, &event).expect("a step").next;
    }
    assert_eq!(state.stage.name(), "submitted");
    assert_eq!(state.spent, [present(), fresh()]);
}

#[test]
fn p8_a_restart_while_submitting_is_not_submitted_only_when_no_byte_left() {
    let submitting = State {
        stage: Stage::Submitting {
            intent: INTENT,
            manifest: present(),
        },
        spent: vec![present()],
    };
    for (forwarded, expected) in [
        (0, "not-submitted"),
        (1, "outcome-unknown"),
        (u64::MAX, "outcome-unknown"),
    ] {
        let step = transition(&submitting, &Event::DaemonRestarted { forwarded }).expect("a step");
        assert_eq!(step.next.stage.name(), expected);
        assert_eq!(step.effects[0], Effect::CloseGate { intent: INTENT });
    }
}

#[test]
fn p8_a_restart_elsewhere_changes_nothing_and_asks_again_for_what_was_due() {
    for state in states() {
        if state.stage.name() == "submitting" {
            continue;
        }
        for forwarded in [0, 1] {
            let step = transition(&state, &Event::DaemonRestarted { forwarded }).expect("a step");
            assert_eq!(step.next, state);
            assert!(
                !step
                    .effects
                    .iter()
                    .any(|effect| matches!(effect, Effect::OpenGate { .. }))
            );
        }
    }
}

#[test]
fn what_is_over_stays_over_but_for_what_was_never_sent() {
    for state in states() {
        if !state.stage.is_over() {
            continue;
        }
        for (_, event) in events() {
            let Ok(step) = transition(&state, &event) else {
                continue;
            };
            if step.next != state {
                assert_eq!(step.next.stage, Stage::Proposed, "{state:?} {event:?}");
                assert!(["closed", "discarded"].contains(&state.stage.name()));
                assert!(["person-restored", "posting-reopened"].contains(&event.name()));
            }
        }
    }
}

#[test]
fn the_four_stops_for_the_person_behave_alike() {
    for (_, event) in events() {
        let outcomes: BTreeSet<_> = [
            PersonStop::Login,
            PersonStop::Code,
            PersonStop::Captcha,
            PersonStop::Policy,
        ]
        .into_iter()
        .map(|stop| {
            let state = State {
                stage: Stage::NeedsPerson { stop },
                spent: Vec::new(),
            };
            transition(&state, &event).map_or("refused", |step| step.next.stage.name())
        })
        .collect();
        assert_eq!(outcomes.len(), 1, "{event:?}");
    }
}
