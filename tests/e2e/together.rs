//! Several clients at a time, and clients that go before their answer comes.

use std::{fs, process::Stdio};

use practice::{Fault, FaultKind, PracticeOptions};

use crate::harness::{Home, employer, wait_until};

/// Jobs that are listed for the person.
fn listed(home: &Home) -> u64 {
    home.json(&["jobs", "list"])["total"].as_u64().unwrap()
}

const FLOOR: &str = "9000000 EUR/year";

fn has_floor(home: &Home) -> bool {
    let shown = home.ctl(&["prefs", "show"]);
    String::from_utf8_lossy(&shown.stdout).contains("9000000")
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_wish_counts_for_all_jobs_though_its_client_or_the_daemon_goes_meanwhile() {
    let employer = employer(PracticeOptions {
        bulk: Some(1200),
        ..PracticeOptions::default()
    })
    .await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    let before = listed(&home);
    home.json(&["prefs", "set", "pay-floor", FLOOR]);
    let after = listed(&home);
    assert!(after < before, "{before} → {after}");
    for goes in ["the client", "the daemon"] {
        home.json(&["prefs", "clear", "pay-floor"]);
        assert_eq!(listed(&home), before);
        let mut client = home
            .agentctl()
            .args(["prefs", "set", "pay-floor", FLOOR])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        wait_until("the wish is kept", || has_floor(&home));
        if goes == "the daemon" {
            home.kill();
        }
        client.kill().unwrap();
        client.wait().unwrap();
        if goes == "the daemon" {
            home.start();
        }
        wait_until("all jobs are judged by the wish", || listed(&home) == after);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_of_other_boards_than_those_being_read_is_refused_and_not_answered_with_theirs() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let sources = home.json(&["source", "list"])["sources"].clone();
    let sources = sources.as_array().unwrap();
    let hanging = sources
        .iter()
        .find(|source| source["plugin"] == "greenhouse")
        .unwrap();
    let name = hanging["url"].as_str().unwrap();
    let name = name.trim_end_matches('/').rsplit('/').next().unwrap();
    employer.set_fault(Fault::new(
        "boards-api.greenhouse.io",
        &format!("/v1/boards/{name}/jobs"),
        FaultKind::Hang,
    ));
    let mut first = home
        .agentctl()
        .args(["sync", hanging["id"].as_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the board is asked", || {
        home.json(&["status"])["activity"] == "sync of 1 source"
    });
    let said = home.refused(&["sync"], 1);
    assert!(said.contains("under way"), "{said}");
    let jobs = home.json(&["jobs", "list", "--all"]);
    assert_eq!(jobs["total"], 0, "no other board was read");
    home.kill();
    first.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_removed_while_it_is_read_leaves_no_open_job() {
    let employer = employer(PracticeOptions {
        bulk: Some(3000),
        ..PracticeOptions::default()
    })
    .await;
    let mut home = Home::practice(&employer);
    fs::write(home.path().join("config.toml"), "[sync]\nconcurrent = 2\n").unwrap();
    home.set_up(&employer);
    let sources = home.json(&["source", "list"])["sources"].clone();
    let sync = home
        .agentctl()
        .args(["--json", "sync"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("the sync runs", || home.json(&["status"])["activity"] != "");
    for source in sources.as_array().unwrap() {
        home.json(&["source", "remove", source["id"].as_str().unwrap()]);
    }
    let ended = sync.wait_with_output().unwrap();
    assert!(
        ended.status.success(),
        "a board the person left is no fault: {}",
        String::from_utf8_lossy(&ended.stderr)
    );
    assert_eq!(home.json(&["jobs", "list", "--all"])["total"], 0);
}
