//! Servers that read an application and do not answer as they should. Chromium
//! by itself sends again to some of them.

use practice::{Running, Trap};

use crate::{
    harness::{Home, employer, long},
    p2_kill_scripted::openings::{Opening, options, posts, prepared_by},
};

/// Faults after which nothing was accepted, though everything arrived.
const LOST: [Trap; 4] = [
    Trap::ReadAndClose,
    Trap::ReadAndReset,
    Trap::OneByte,
    Trap::RedirectToSelf,
];

/// The long run tries every fault, the ordinary one that after which Chromium by
/// itself sends again; the gate's own tests try all.
fn faults() -> &'static [Trap] {
    match long() {
        true => &LOST,
        false => &[Trap::ReadAndClose],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_a_server_that_reads_and_fails_gets_an_application_once() {
    let faults = faults();
    let employer = employer(options(faults.len() + 1)).await;
    let (mut home, openings) = prepared_by(Home::start, &employer, faults.len() + 1);
    home.start();
    let (accepted, lost) = openings.split_first().unwrap();
    for (trap, opening) in faults.iter().copied().zip(lost) {
        doubted(&home, &employer, opening, trap);
        accepted_after_all(&home, &employer, opening, trap);
    }
    // A 500 after the application was taken: the person finds out that it was.
    doubted(&home, &employer, accepted, Trap::ErrorAfterAccept);
    settle(&home, accepted, "--sent");
    assert_eq!(home.stage(&accepted.id), "submitted");
    assert_eq!(posts(&employer, accepted), 1);
    // One of each, whatever the servers did.
    assert_eq!(employer.applications().len(), faults.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_a_server_that_never_answers_gets_an_application_once() {
    if !long() {
        eprintln!("skipped: set AGENT_LONG=1 to wait for a server that never answers");
        return;
    }
    let employer = employer(options(1)).await;
    let (mut home, openings) = prepared_by(Home::start, &employer, 1);
    home.start();
    doubted(&home, &employer, &openings[0], Trap::NeverAnswers);
    accepted_after_all(&home, &employer, &openings[0], Trap::NeverAnswers);
}

/// Sends to a server with this fault: one arrival, and a doubt.
fn doubted(home: &Home, employer: &Running, opening: &Opening, trap: Trap) {
    employer.set_trap(trap, &opening.path);
    home.approve(&opening.id);
    let over = ["outcome-unknown", "submitted", "awaiting-approval"];
    let row = home.wait_stage(&opening.id, &over);
    assert_eq!(row["stage"], "outcome-unknown", "{trap:?} {row}");
    assert_eq!(posts(employer, opening), 1, "{trap:?}");
    let shown = home.detail(&opening.id);
    assert!(shown.receipts.is_empty(), "{trap:?}");
    assert!(
        !shown.doubt.starts_with("0 bytes"),
        "{trap:?} {}",
        shown.doubt
    );
    employer.clear_trap(trap, &opening.path);
}

/// The twin: the person says that it did not arrive and signs anew; a healthy
/// server takes it.
fn accepted_after_all(home: &Home, employer: &Running, opening: &Opening, trap: Trap) {
    settle(home, opening, "--not-sent");
    home.wait_stage(&opening.id, &["awaiting-approval"]);
    home.approve(&opening.id);
    let over = ["submitted", "outcome-unknown", "awaiting-approval"];
    let row = home.wait_stage(&opening.id, &over);
    assert_eq!(row["stage"], "submitted", "{trap:?} {row}");
    assert_eq!(posts(employer, opening), 2, "{trap:?}");
}

fn settle(home: &Home, opening: &Opening, word: &str) {
    let settled = home.ctl(&["applications", "settle", &opening.id, word]);
    assert!(settled.status.success(), "{settled:?}");
}
