//! An approval that meets a pause, a discard, or itself.

use std::{
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use agent_api::v1;
use agent_approval::SignedApproval;
use practice::Running;

use super::{
    chance::Chance,
    left::{Left, stored},
    openings::{Opening, options, posts, prepared},
};
use crate::harness::{Home, employer, long, wait_until};

/// How often each race is run.
fn races() -> usize {
    if long() { 40 } else { 8 }
}

/// Stages in which nothing goes on by itself while the daemon is paused.
const AT_REST: [&str; 5] = [
    "awaiting-approval",
    "approved",
    "not-submitted",
    "outcome-unknown",
    "submitted",
];

#[tokio::test(flavor = "multi_thread")]
async fn p2_an_approval_counts_once_however_often_it_is_handed_over() {
    let employer = employer(options(2)).await;
    let (mut home, openings) = prepared(&employer, 2);
    home.start_example("scripted_agentd", &[]);
    let [first, second] = openings.as_slice() else {
        panic!("two openings");
    };
    let signed = home.sign(&first.id);
    let start = Barrier::new(4);
    let taken = thread::scope(|scope| {
        let hands: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    home.hand_over(&first.id, &signed).is_ok()
                })
            })
            .collect();
        hands
            .into_iter()
            .map(|hand| hand.join().unwrap())
            .filter(|taken| *taken)
            .count()
    });
    assert_eq!(taken, 1);
    home.wait_stage(&first.id, &["submitted"]);
    // The same bytes again, for the same application and for another.
    for id in [&first.id, &second.id] {
        let refused = home.hand_over(id, &signed).unwrap_err();
        assert_eq!(
            refused.code(),
            tonic::Code::FailedPrecondition,
            "{refused:?}"
        );
    }
    assert_eq!((posts(&employer, first), posts(&employer, second)), (1, 0));
    // The twin: a signature of its own is taken.
    home.approve(&second.id);
    home.wait_stage(&second.id, &["submitted"]);
    assert_eq!((posts(&employer, first), posts(&employer, second)), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_nothing_leaves_after_the_answer_to_a_pause_or_a_discard() {
    let count = 2 * races() + 1;
    let employer = employer(options(count)).await;
    let (mut home, openings) = prepared(&employer, count);
    home.start_example("scripted_agentd", &[]);
    let (measured, openings) = openings.split_first().unwrap();
    let begun = Instant::now();
    home.approve(&measured.id);
    home.wait_stage(&measured.id, &["submitted"]);
    let takes = begun.elapsed();
    let mut chance = Chance(7);
    let (pauses, discards) = openings.split_at(races());
    for opening in pauses {
        let after = takes * chance.below(1_200) / 1_000;
        paused(&mut home, &employer, opening, after);
    }
    for opening in discards {
        let after = takes * chance.below(1_200) / 1_000;
        discarded(&home, &employer, opening, after);
    }
    let all = std::iter::once(measured).chain(openings);
    for opening in all {
        assert!(posts(&employer, opening) <= 1, "{opening:?}");
    }
    home.kill();
    let open = stored(&home, |reader| reader.open_intents());
    assert!(open.is_empty(), "{open:?}");
}

/// Approves in one thread and does `other` in this one, so much later.
fn beside<T>(
    home: &Home,
    opening: &Opening,
    after: Duration,
    other: impl FnOnce() -> T,
) -> (bool, T) {
    let signed: SignedApproval = home.sign(&opening.id);
    let start = Barrier::new(2);
    thread::scope(|scope| {
        let approval = scope.spawn(|| {
            start.wait();
            home.hand_over(&opening.id, &signed).is_ok()
        });
        start.wait();
        thread::sleep(after);
        let other = other();
        (approval.join().unwrap(), other)
    })
}

fn paused(home: &mut Home, employer: &Running, opening: &Opening, after: Duration) {
    let pause = || {
        let asked = home.talk(|channel| async {
            v1::daemon_client::DaemonClient::new(channel)
                .pause(v1::PauseRequest {})
                .await
        });
        assert!(asked.unwrap().into_inner().paused);
        // What the disk says at the answer decides what may still arrive.
        Left::read(home, &opening.id)
    };
    let (_, left) = beside(home, opening, after, pause);
    let stage = home.wait_stage(&opening.id, &AT_REST)["stage"].clone();
    let arrived = posts(employer, opening);
    if !left.may_have_left() {
        assert_eq!(arrived, 0, "{after:?} {left:?} {stage}");
    }
    // What rests stays at rest, also over a restart.
    home.kill();
    home.start_example("scripted_agentd", &[]);
    assert_eq!(home.stage(&opening.id), stage, "{after:?} {left:?}");
    let unpaused = home.ctl(&["unpause"]);
    assert!(unpaused.status.success());
    match stage.as_str().unwrap() {
        "approved" | "submitted" => {
            home.wait_stage(&opening.id, &["submitted"]);
            assert_eq!(posts(employer, opening), 1);
        }
        "awaiting-approval" | "not-submitted" => {
            home.wait_stage(&opening.id, &["awaiting-approval"]);
            assert_eq!(posts(employer, opening), 0);
            home.approve(&opening.id);
            home.wait_stage(&opening.id, &["submitted"]);
            assert_eq!(posts(employer, opening), 1);
        }
        _ => assert!(posts(employer, opening) <= 1),
    }
}

fn discarded(home: &Home, employer: &Running, opening: &Opening, after: Duration) {
    let discard = || home.ctl(&["discard", &opening.id]).status.success();
    let (_, discarded) = beside(home, opening, after, discard);
    if discarded {
        assert_eq!(home.stage(&opening.id), "discarded", "{after:?}");
        assert_eq!(posts(employer, opening), 0, "{after:?}");
        wait_until("the browser is closed", || {
            std::fs::read_dir(home.paths().browser_dir()).is_ok_and(|mut dir| dir.next().is_none())
        });
        assert_eq!(posts(employer, opening), 0, "{after:?}");
    } else {
        home.wait_stage(&opening.id, &["submitted"]);
        assert_eq!(posts(employer, opening), 1, "{after:?}");
    }
}
