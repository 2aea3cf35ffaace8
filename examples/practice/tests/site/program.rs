use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use practice::{CONTROL_HOST, Ready};

use crate::client::Client;

fn practice() -> Command {
    Command::new(env!("CARGO_BIN_EXE_practice"))
}

#[tokio::test]
async fn the_program_says_when_it_is_ready_and_obeys_the_control_host() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = practice()
        .args(["serve", "--json", "--dir"])
        .arg(dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let kept = std::fs::read_to_string(dir.path().join("ready.json")).unwrap();
    assert_eq!(line, kept);
    let ready: Ready = serde_json::from_str(&line).unwrap();
    let ca = std::fs::read_to_string(ready.ca.unwrap()).unwrap();

    let client = Client::new(ready.address, &ca);
    client.post(CONTROL_HOST, "/round/3", "").await.unwrap();
    let boards = client.get(CONTROL_HOST, "/boards").await.unwrap().json();
    assert_eq!(boards["round"], 3);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_missing_recording_is_one_line_and_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    let output = practice()
        .args(["serve", "--data"])
        .arg(dir.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("practice: cannot read"), "{text}");
}
