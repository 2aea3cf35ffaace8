//! Bad input: one clear line that says what to do, a fitting exit code, nothing lost.

use std::{fs, process::Stdio};

use practice::{Fault, FaultKind, PracticeOptions};

use crate::harness::{Home, employer, program, sample_cv};

/// A home whose daemon holds the sample CV.
pub(crate) async fn with_cv() -> (practice::Running, Home) {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    home.install_plugins();
    home.json(&["init", sample_cv().to_str().unwrap()]);
    (employer, home)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_no_plugin_claims_is_refused() {
    let (_employer, home) = with_cv().await;
    for (url, says) in [
        ("https://example.org/careers", "no installed plugin"),
        ("not an address", "knows no company"),
        ("https://127.0.0.1/boards", "no installed plugin"),
    ] {
        let said = home.refused(&["source", "add", url], 1);
        assert!(said.contains(says), "{url}: {said}");
    }
    assert_eq!(
        home.json(&["source", "list"])["sources"],
        serde_json::json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_misbehaves_is_named_and_keeps_its_jobs() {
    let (employer, mut home) = with_cv().await;
    home.follow(&employer);
    home.json(&["sync"]);
    let before = home.json(&["jobs", "list", "--all", "--limit", "500"])["total"].clone();
    let board = employer
        .boards()
        .into_iter()
        .find(|board| board.url.contains("greenhouse"))
        .unwrap();
    let name = board.url.trim_end_matches('/').rsplit('/').next().unwrap();
    let path = format!("/v1/boards/{name}/jobs");
    for (kind, says) in [
        (FaultKind::NotFound, "does not know"),
        (FaultKind::ServerError, "500"),
        (FaultKind::Html, "web page"),
        (FaultKind::HalfJson, "JSON"),
        (FaultKind::Close, "could not be read"),
        (FaultKind::TooMany, "wait"),
    ] {
        employer.set_fault(Fault::new("boards-api.greenhouse.io", &path, kind));
        let output = home.ctl(&["sync"]);
        assert_eq!(output.status.code(), Some(1), "{kind:?}");
        let sources = home.json(&["source", "list"]);
        let source = sources["sources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|source| source["url"] == board.url.as_str());
        let said = source.unwrap()["last_error"].as_str().unwrap();
        assert!(
            said.to_lowercase().contains(&says.to_lowercase()),
            "{kind:?}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{kind:?}: {said}");
        let now = home.json(&["jobs", "list", "--all", "--limit", "500"])["total"].clone();
        assert_eq!(now, before, "{kind:?}: a fault of the board closes no job");
    }
    employer.clear_fault("boards-api.greenhouse.io", &path);
    // The portal asked to be left alone for a second.
    crate::harness::wait_until("the board can be read again", || {
        home.ctl(&["sync"]).status.success()
    });
    home.assert_alive();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_daemon_is_refused_and_the_first_goes_on() {
    let (_employer, mut home) = with_cv().await;
    let second = std::process::Command::new(program("agentd"))
        .args(["run", "--home"])
        .arg(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(
        said.starts_with("error: ") && said.contains("agentctl stop") && said.lines().count() == 1,
        "{said}"
    );
    home.assert_alive();
    assert!(
        home.ctl(&["start"]).status.success(),
        "start is content with a daemon that runs"
    );
}

#[test]
fn a_socket_path_that_fits_nowhere_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("d".repeat(120));
    fs::create_dir(&deep).unwrap();
    let output = std::process::Command::new(program("agentd"))
        .args(["run", "--home"])
        .arg(&deep)
        .env("XDG_RUNTIME_DIR", &deep)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("error: ") && said.contains("AGENTD_HOME") && said.lines().count() == 1,
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_home_is_served_through_a_short_socket() {
    let employer = employer(PracticeOptions::default()).await;
    let home = Home::practice(&employer);
    let deep = home.path().join("d".repeat(120));
    fs::create_dir(&deep).unwrap();
    let agentctl = |args: &[&str]| {
        std::process::Command::new(program("agentctl"))
            .env("AGENTD_BIN", program("agentd"))
            .arg("--home")
            .arg(&deep)
            .args(args)
            .output()
            .unwrap()
    };
    assert!(agentctl(&["start"]).status.success());
    assert!(agentctl(&["status"]).status.success());
    assert!(agentctl(&["stop"]).status.success());
    assert_eq!(
        agentctl(&["status"]).status.code(),
        Some(3),
        "it is not running any more"
    );
}

/// A disk that is really full: a small file system of our own, in a name space
/// of our own. Where the system does not let us mount one, this cannot be tried.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_the_sync_and_loses_nothing() {
    let mountable = std::process::Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            "mount -t tmpfs -o size=1m none /mnt",
        ])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mountable {
        eprintln!("skipped: this system lets us mount no file system to fill");
        return;
    }
    let employer = employer(PracticeOptions {
        bulk: Some(1000),
        ..PracticeOptions::default()
    })
    .await;
    let mark = tempfile::tempdir().unwrap();
    fs::write(mark.path().join("ca.pem"), &employer.ca_pem).unwrap();
    let boards: Vec<String> = employer
        .boards()
        .iter()
        .map(|board| board.url.clone())
        .collect();
    let script = include_str!("full_disk.sh");
    let output = std::process::Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "bash",
            "-euo",
            "pipefail",
            "-c",
            script,
            "full_disk",
        ])
        .arg(program("agentd"))
        .arg(program("agentctl"))
        .arg(crate::harness::component("greenhouse.wasm"))
        .arg(crate::harness::component("lever.wasm"))
        .arg(sample_cv())
        .arg(mark.path().join("ca.pem"))
        .arg(employer.address.to_string())
        .args(&boards)
        .output()
        .unwrap();
    let (text, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{text}\n{errors}");
    assert!(
        text.contains("refused with advice") && text.contains("nothing lost"),
        "{text}\n{errors}"
    );
}
