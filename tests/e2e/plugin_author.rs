//! A newcomer writes a plugin: begun, built, checked, dropped, installed, used,
//! recorded with, and removed, with nothing but the two programs and cargo.

use std::path::Path;
use std::process::Output;

use practice::PracticeOptions;
use serde_json::Value;

use crate::harness::{Home, component, employer, root, wait_until};

/// Runs `agentctl` in a folder, as an author does.
fn author(home: &Home, folder: &Path, args: &[&str]) -> Output {
    let mut command = home.agentctl();
    command
        .args(args)
        .current_dir(folder)
        // One folder for all runs of this test, outside of what it is to prove.
        .env("CARGO_TARGET_DIR", root().join("target/newcomer"))
        .env("CARGO_NET_OFFLINE", "true");
    command.output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_plugin_builds_passes_its_check_and_runs_only_after_a_yes() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    let work = tempfile::tempdir().unwrap();
    let good = |output: Output| {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
        output
    };

    // Without a daemon and without a network.
    good(author(&home, work.path(), &["plugin", "new", "acme-jobs"]));
    let folder = work.path().join("acme-jobs");
    good(author(&home, &folder, &["plugin", "build"]));
    let check = [
        "--json",
        "plugin",
        "check",
        "acme-jobs.wasm",
        "--har",
        "recording.har",
        "--board",
        "https://jobs.acme-jobs.example/kranich",
    ];
    let told = lines(&good(author(&home, &folder, &check)));
    let (verdict, postings) = told.split_last().unwrap();
    assert_eq!(verdict["verdict"], "passed", "{verdict}");
    assert_eq!(postings.len(), 3);
    assert_eq!(postings[0]["title"], "Crane Operator");
    assert!(postings.iter().all(|p| p["description_text"].is_string()));

    // Dropped: noticed, looked at and told, and it reads nothing yet.
    home.start();
    let built = folder.join("acme-jobs.wasm");
    std::fs::copy(&built, home.path().join("plugins/acme-jobs.wasm")).unwrap();
    let told = || {
        let inbox = home.json(&["inbox"]).to_string();
        inbox.contains("api.acme-jobs.example")
    };
    wait_until("the dropped plugin is in the inbox with its hosts", told);
    let listed = home.json(&["plugin", "list"]);
    assert_eq!(listed["plugins"][0]["state"], "dropped", "{listed}");
    assert_eq!(listed["plugins"][0]["hosts"][0], "api.acme-jobs.example");
    let board = "https://jobs.acme-jobs.example/kranich";
    home.refused(&["source", "add", board], 1);

    // Installed: it claims its board.
    home.json(&["plugin", "install", "--yes", "acme-jobs"]);
    home.json(&["source", "add", board]);

    // Removed: the board stays and says what is missing.
    let removed = home.json(&["plugin", "remove", "acme-jobs"]);
    assert!(removed["boards"][0].as_str().unwrap().contains(board));
    let sources = home.json(&["source", "list"]);
    let says = sources["sources"][0]["last_error"].as_str().unwrap();
    assert!(says.contains("acme-jobs was removed"), "{says}");
    home.refused(&["plugin", "remove", "acme-jobs"], 1);
    home.assert_alive();
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_a_dropped_file_that_is_no_plugin_is_told_and_nothing_else() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    let dropped = home.path().join("plugins/broken.wasm");
    std::fs::write(&dropped, b"\0asm\x01\0\0\0").unwrap();
    let told = || home.json(&["inbox"]).to_string().contains("cannot be used");
    wait_until("the broken file is in the inbox", told);
    home.refused(&["plugin", "install", "--yes", "broken"], 1);
    home.assert_alive();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_board_can_be_checked_without_the_network() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("board.har");
    let boards = employer.boards();
    let board = boards
        .iter()
        .find(|b| b.url.contains("greenhouse"))
        .unwrap();
    let plugin = component("greenhouse.wasm");
    let plugin = plugin.to_str().unwrap();
    let (out, url) = (out.to_str().unwrap(), board.url.as_str());
    let args = [
        "plugin", "record", "--plugin", plugin, "--board", url, "--out", out,
    ];
    // Nothing is asked before the person said yes to the hosts.
    home.refused(&args, 1);
    assert!(!Path::new(out).exists());
    let recorded = home.json(&[&args[..], &["--yes"]].concat());
    assert!(recorded["postings"].as_u64().unwrap() > 0, "{recorded}");
    assert!(
        home.json(&["plugin", "list"])["plugins"]
            .as_array()
            .is_none_or(Vec::is_empty)
    );
    let egress = home.json(&["egress"]).to_string();
    assert!(egress.contains("record"), "{egress}");

    home.stop();
    drop(employer);
    let check = [
        "--json", "plugin", "check", plugin, "--har", out, "--board", url,
    ];
    let mut command = home.agentctl();
    let output = command.args(check).output().unwrap();
    let told = lines(&output);
    let verdict = told.last().unwrap();
    assert_eq!(verdict["verdict"], "passed", "{verdict}");
    assert_eq!(verdict["postings"], recorded["postings"]);
}
