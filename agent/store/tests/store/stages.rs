//! The lists of stages against every stage the state machine has.

use agent_core::application::{
    ClosedBy, Effect, Event, IntentId, ManifestDigest, PersonStop, Proof, Stage, State, transition,
};
use agent_store::{Created, stages};
use rusqlite::Connection;

use crate::{
    applying::{create, id, new},
    support::Corpus,
};

/// The stage after `stage`, so that the walk from the first meets each; a stage
/// that is new to the state machine does not compile here.
fn following(stage: &Stage) -> Option<Stage> {
    let manifest = ManifestDigest::from_bytes([1; 32]);
    Some(match stage {
        Stage::Proposed => Stage::Drafting,
        Stage::Drafting => Stage::NeedsInput {
            questions: vec!["Notice period?".to_owned()],
        },
        Stage::NeedsInput { .. } => Stage::NeedsPerson {
            stop: PersonStop::Login,
        },
        Stage::NeedsPerson { .. } => Stage::AwaitingApproval {
            manifest,
            diff: Vec::new(),
        },
        Stage::AwaitingApproval { .. } => Stage::Approved { manifest },
        Stage::Approved { .. } => Stage::Submitting {
            intent: IntentId(1),
            manifest,
        },
        Stage::Submitting { .. } => Stage::RefusedByPortal {
            messages: Vec::new(),
        },
        Stage::RefusedByPortal { .. } => Stage::NotSubmitted { manifest },
        Stage::NotSubmitted { .. } => Stage::OutcomeUnknown {
            intent: IntentId(1),
            manifest,
            forwarded: 9,
        },
        Stage::OutcomeUnknown { .. } => Stage::Submitted {
            proof: Proof::ByHand,
        },
        Stage::Submitted { .. } => Stage::InReview,
        Stage::InReview => Stage::Interview,
        Stage::Interview => Stage::Offer,
        Stage::Offer => Stage::Accepted,
        Stage::Accepted => Stage::Declined,
        Stage::Declined => Stage::Rejected,
        Stage::Rejected => Stage::Withdrawn,
        Stage::Withdrawn => Stage::Closed {
            by: ClosedBy::Posting,
        },
        Stage::Closed { .. } => Stage::Discarded { reason: None },
        Stage::Discarded { .. } => return None,
    })
}

fn every() -> Vec<Stage> {
    std::iter::successors(Some(Stage::Proposed), following).collect()
}

fn state(stage: &Stage) -> State {
    State {
        stage: stage.clone(),
        spent: Vec::new(),
    }
}

fn that(holds: impl Fn(&State) -> bool) -> Vec<&'static str> {
    let stages = every();
    let held = stages.iter().filter(|stage| holds(&state(stage)));
    held.map(Stage::name).collect()
}

#[test]
fn the_lists_are_what_the_state_machine_does() {
    let takes = |event: Event| that(|state| transition(state, &event).is_ok());
    let asks = that(|state| {
        let restarted = transition(state, &Event::DaemonRestarted { forwarded: 0 }).unwrap();
        let effects = restarted.effects;
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::AskPerson { .. }))
    });
    let in_order = |list: &[&'static str]| {
        let mut list = list.to_vec();
        list.sort_unstable();
        list
    };
    let check = |list: &[&'static str], expected: Vec<&'static str>| {
        assert_eq!(in_order(list), in_order(&expected));
    };
    check(stages::ALL, that(|_| true));
    check(stages::WAITING, asks);
    check(stages::LAPSING, takes(Event::QueueLapsed));
    check(stages::UNSENT, takes(Event::PostingClosed));
    check(stages::FREE, takes(Event::PersonRestored));
    for name in stages::ALL {
        assert_eq!(stages::named(name), Some(*name));
    }
    assert_eq!(stages::named("asleep"), None);
}

#[tokio::test]
async fn p2_each_stage_but_the_free_ones_keeps_the_opening_in_the_schema_too() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| create(tx, 1, "acme baker"))
        .await
        .unwrap();
    let raw = Connection::open(corpus.store.path()).unwrap();
    for stage in every() {
        let name = stage.name();
        let json = serde_json::to_string(&state(&stage)).unwrap();
        raw.execute(
            "UPDATE applications SET state = ?2 WHERE id = ?1",
            (id(1).as_bytes(), json),
        )
        .unwrap();
        // Past the store's own check.
        let second = raw.execute(
            "INSERT INTO applications (id, opening, employer, title, url, created_at, changed_at,
                                       state)
             VALUES (?1, 'acme baker', '', '', '', 0, 0, '{\"stage\":\"proposed\"}')",
            [id(2).as_bytes()],
        );
        let free = stages::FREE.contains(&name);
        assert_eq!(second.is_ok(), free, "{name}: {second:?}");
        raw.execute("DELETE FROM applications WHERE id = ?1", [id(2).as_bytes()])
            .unwrap();
        let created = corpus
            .store
            .write(|tx| {
                let created = tx.create_application(&new(2, "acme baker", 1))?;
                Ok((created, tx.application(id(1))?.unwrap().state))
            })
            .await
            .unwrap();
        let expected = if free {
            Created::New
        } else {
            Created::Exists {
                id: id(1),
                stage: name,
            }
        };
        assert_eq!(created, (expected, state(&stage)));
        raw.execute("DELETE FROM applications WHERE id = ?1", [id(2).as_bytes()])
            .unwrap();
    }
}
