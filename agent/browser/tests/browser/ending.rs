//! Browsers that are killed, and sessions that are left behind.

use std::{path::Path, process::Command, time::Duration};

use agent_browser::{BrowserError, Outcome, end_leftovers};
use practice::{Shape, Trap};
use tokio::time::{Instant, sleep};

use crate::{
    person,
    world::{Open, World},
};

/// Which of a session's two programs.
#[derive(Debug, Clone, Copy)]
enum Program {
    Chromium,
    Chromedriver,
}

/// Processes of a session that still run, by what they are.
fn processes(dir: &Path, program: Program) -> Vec<String> {
    let listing = Command::new("ps")
        .args(["-axww", "-o", "pid=,stat=,command="])
        .output()
        .unwrap();
    let listing = String::from_utf8(listing.stdout).unwrap();
    let within = format!("{}/", dir.display());
    let lines = listing.lines().filter(|line| {
        let driver = line.contains("--log-path=");
        line.contains(&within)
            && !line.contains(" Z")
            && driver == matches!(program, Program::Chromedriver)
    });
    lines
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect()
}

fn kill(dir: &Path, program: Program) {
    let ids = processes(dir, program);
    assert!(!ids.is_empty(), "{program:?} does not run");
    // One may have gone with another.
    let _ = Command::new("kill").arg("-9").args(ids).output().unwrap();
}

async fn loaded(
    world: &World,
    shape: Shape,
) -> (Open, practice::OpeningInfo, Vec<agent_core::form::Filling>) {
    let opening = world.opening(shape);
    let mut open = world.open(&opening).await;
    let page = open.load().await;
    let fillings = person::answers(&page, world.home.path());
    (open, opening, fillings)
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn p2_a_browser_that_dies_while_a_form_is_filled_has_sent_nothing() {
    let world = World::start().await;
    let (mut open, opening, fillings) = loaded(&world, Shape::GreenhouseClassic).await;
    let dir = open.dir.clone();
    let killing = async {
        // The files are copied right before the first value is put in.
        until("the filling", || dir.join("files").exists()).await;
        kill(&dir, Program::Chromium);
    };
    let (filled, ()) = tokio::join!(open.session.fill(&fillings), killing);
    let error = filled.unwrap_err();
    assert!(matches!(error, BrowserError::Gone { .. }), "{error}");
    assert_eq!(world.arrivals(&opening), 0);
    open.close().await;
}

#[tokio::test]
async fn p2_a_browser_that_dies_before_a_release_has_surely_sent_nothing() {
    for program in [Program::Chromium, Program::Chromedriver] {
        let world = World::start().await;
        let (mut open, opening, fillings) = loaded(&world, Shape::GreenhouseClassic).await;
        let filled = open.fill(&fillings).await;
        kill(&open.dir, program);
        let outcome = open.release(world.permit(&opening, &filled)).await;
        assert!(
            matches!(outcome, Outcome::Unanswered { forwarded: 0, .. }),
            "{program:?}: {outcome:?}"
        );
        assert_eq!(world.arrivals(&opening), 0, "{program:?}");
        open.close().await;
    }
}

#[tokio::test]
async fn p2_a_browser_that_dies_while_the_answer_is_awaited_leaves_it_unknown() {
    let world = World::start().await;
    let (mut open, opening, fillings) = loaded(&world, Shape::Lever).await;
    let filled = open.fill(&fillings).await;
    world.practice.set_trap(Trap::NeverAnswers, "");
    let permit = world.permit(&opening, &filled);
    let dir = open.dir.clone();
    let killing = async {
        until("the submission", || world.arrivals(&opening) == 1).await;
        kill(&dir, Program::Chromium);
    };
    let (outcome, ()) = tokio::join!(open.session.release(permit), killing);
    let Outcome::Unanswered { forwarded, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(forwarded > 0);
    assert_eq!(world.arrivals(&opening), 1);
    open.close().await;
}

#[tokio::test]
async fn p2_an_answer_is_read_though_chromedriver_died() {
    let world = World::start().await;
    let (mut open, opening, fillings) = loaded(&world, Shape::Lever).await;
    let filled = open.fill(&fillings).await;
    world.practice.set_trap(Trap::SlowAnswer, "");
    let permit = world.permit(&opening, &filled);
    let dir = open.dir.clone();
    let killing = async {
        until("the submission", || world.arrivals(&opening) == 1).await;
        kill(&dir, Program::Chromedriver);
    };
    let (outcome, ()) = tokio::join!(open.session.release(permit), killing);
    assert!(matches!(outcome, Outcome::Confirmed(_)), "{outcome:?}");
    assert_eq!(world.arrivals(&opening), 1);
    open.close().await;
}

#[tokio::test]
async fn nothing_of_a_session_stays_when_it_is_dropped_or_its_daemon_is_gone() {
    let world = World::start().await;
    let (open, ..) = loaded(&world, Shape::GreenhouseClassic).await;
    let dir = open.dir.clone();
    drop(open);
    until("the session's folder to go", || !dir.exists()).await;
    let (left, ..) = loaded(&world, Shape::GreenhouseClassic).await;
    let dir = left.dir.clone();
    // Where a killed Chromium would leave its socket and its scratch files.
    let temporary = dir.join("tmp").canonicalize().unwrap();
    let made = std::fs::read_dir(&temporary).unwrap().count();
    assert!(made > 0, "Chromium makes its files elsewhere");
    // As a daemon that was killed: nobody of it ends anything.
    std::mem::forget(left);
    let sessions = dir.parent().unwrap().to_owned();
    let ended = tokio::task::spawn_blocking(move || end_leftovers(&sessions))
        .await
        .unwrap();
    assert_eq!(ended.unwrap(), 1);
    for program in [Program::Chromium, Program::Chromedriver] {
        assert_eq!(processes(&dir, program), [""; 0]);
    }
    assert!(!dir.exists());
    assert!(!temporary.exists());
}
