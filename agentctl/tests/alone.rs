//! `agentctl` as a process, with no daemon to talk to.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn agentctl(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_agentctl"));
    command
        .env_clear()
        .env("AGENTD_HOME", home)
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null());
    command
}

fn run(home: &Path, args: &[&str]) -> (i32, String, String) {
    let output = agentctl(home).args(args).output().unwrap();
    told(&output)
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn script(dir: &Path, content: &str) -> std::path::PathBuf {
    let path = dir.join("agentd-script");
    std::fs::write(&path, format!("#!/bin/sh\n{content}\n")).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    path
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn the_first_screen_says_what_to_do() {
    let home = home();
    let (code, stdout, stderr) = run(home.path(), &[]);
    assert_eq!((code, stdout.as_str()), (3, ""));
    insta::assert_snapshot!(stderr, @r"
    error: the daemon is not running
    hint: new here? begin with: agentctl init CV (reads your CV, starts the daemon)
    ");
    assert_eq!(
        std::fs::read_dir(home.path()).unwrap().count(),
        0,
        "looking leaves no trace"
    );
}

#[test]
fn programs_get_failures_as_json_usage_errors_too() {
    let home = home();
    for (args, code, reason) in [
        (["--json", "status"].as_slice(), 3, "not-running"),
        (&["--json", "sync", "1"], 1, "unknown-row"),
        (&["--json", "jobs", "list", "--limit", "0"], 2, "usage"),
        (&["--json", "no-such-command"], 2, "usage"),
        (&["--json", "init", "no-such-file.pdf"], 1, "unreadable-cv"),
    ] {
        let (got, stdout, stderr) = run(home.path(), args);
        let failure: serde_json::Value = serde_json::from_str(&stderr).unwrap();
        assert_eq!(
            (got, stdout.as_str(), failure["reason"].as_str()),
            (code, "", Some(reason)),
            "{args:?}"
        );
        assert!(failure["error"].as_str().unwrap().len() > 5, "{stderr}");
        assert!(failure["hint"].is_string(), "{stderr}");
    }
}

#[test]
fn a_cv_that_cannot_be_read_starts_no_daemon() {
    let home = home();
    let program = script(home.path(), "touch \"$AGENTD_HOME/started\"");
    let output = agentctl(home.path())
        .env("AGENTD_BIN", program)
        .args(["init", "/"])
        .output()
        .unwrap();
    let (code, _, stderr) = told(&output);
    assert_eq!(code, 1);
    assert!(stderr.starts_with("error: / is a directory\n"), "{stderr}");
    assert!(!home.path().join("started").exists());
}

#[test]
fn a_daemon_that_ends_at_once_shows_its_last_words() {
    let home = home();
    let program = script(
        home.path(),
        "echo \"run with $* in $AGENTD_HOME\"; echo 'error: the disk is full' >&2; exit 7",
    );
    let output = agentctl(home.path())
        .env("AGENTD_BIN", program)
        .arg("start")
        .output()
        .unwrap();
    let (code, _, stderr) = told(&output);
    let stderr = stderr.replace(home.path().to_str().unwrap(), "HOME");
    assert_eq!(code, 1);
    insta::assert_snapshot!(stderr, @r"
    Starting the daemon …
    error: the daemon ended while starting (exit status: 7)
      | run with run in HOME
      | error: the disk is full
    hint: its output is in HOME/logs/agentd.out
    ");
}

#[test]
fn a_missing_daemon_program_is_said() {
    let home = home();
    let output = agentctl(home.path())
        .env("AGENTD_BIN", home.path().join("none"))
        .arg("start")
        .output()
        .unwrap();
    let (code, _, stderr) = told(&output);
    assert_eq!(code, 1);
    assert!(stderr.contains("AGENTD_BIN names"), "{stderr}");
}

#[test]
fn stopping_what_does_not_run_is_fine() {
    let home = home();
    assert_eq!(run(home.path(), &["stop"]).0, 0);
    let (_, stdout, _) = run(home.path(), &["--json", "stop"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&stdout).unwrap()["stopped"],
        false
    );
}

#[test]
fn every_screen_of_a_practice_home_says_so() {
    let home = home();
    std::fs::write(home.path().join("practice.toml"), "").unwrap();
    for (args, on_stdout) in [
        (["status"].as_slice(), false),
        (&["stop"], true),
        (&["sync"], false),
    ] {
        let (_, stdout, stderr) = run(home.path(), args);
        let screen = if on_stdout { stdout } else { stderr };
        assert!(screen.starts_with("PRACTICE"), "{args:?}: {screen}");
    }
}

#[test]
fn the_path_of_the_configuration_is_printed_bare() {
    let home = home();
    let (code, stdout, _) = run(home.path(), &["config", "path"]);
    assert_eq!(
        (code, stdout),
        (
            0,
            format!("{}\n", home.path().join("config.toml").display())
        )
    );
}

#[test]
fn the_configuration_is_judged_by_the_daemon_program() {
    let home = home();
    let program = script(
        home.path(),
        "case \"$*\" in 'check-config good.toml') printf 'log = \\033[31minfo\\n';; \
         *) echo 'error: unknown key \"lgo\"; did you mean log?' >&2; exit 1;; esac",
    );
    let check = |args: &[&str]| {
        let output = agentctl(home.path())
            .env("AGENTD_BIN", &program)
            .args(args)
            .output()
            .unwrap();
        told(&output)
    };
    assert_eq!(
        check(&["config", "check", "good.toml"]),
        (
            0,
            "ok good.toml\nlog = [31minfo\n".to_owned(),
            String::new()
        )
    );
    assert_eq!(
        check(&["config", "check", "bad.toml"]),
        (
            1,
            String::new(),
            "error: unknown key \"lgo\"; did you mean log?\n".to_owned()
        )
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let home = home();
    let mut child = agentctl(home.path())
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let (code, _, stderr) = told(&output);
    assert_eq!((code, stderr.as_str()), (0, ""));
}

#[test]
fn colour_is_for_terminals_only_unless_asked_for() {
    let home = home();
    assert!(!run(home.path(), &["status"]).2.contains('\u{1b}'));
    assert!(
        run(home.path(), &["--color", "always", "status"])
            .2
            .contains('\u{1b}')
    );
}

#[test]
fn a_home_too_deep_for_a_socket_is_refused_with_advice() {
    let home = home();
    let deep = home.path().join("x".repeat(120));
    let output = agentctl(&deep)
        .env("XDG_RUNTIME_DIR", &deep)
        .arg("status")
        .output()
        .unwrap();
    let (code, _, stderr) = told(&output);
    assert_eq!(code, 1);
    assert!(stderr.contains("set XDG_RUNTIME_DIR"), "{stderr}");
}
