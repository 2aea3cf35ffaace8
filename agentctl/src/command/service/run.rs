//! Asking a service manager's program something.

use std::process::{Command, Stdio};

use crate::error::Failure;
use crate::text;

/// Runs a command that has to succeed.
pub(super) fn must(words: &[String]) -> Result<(), Failure> {
    let [program, arguments @ ..] = words else {
        return Ok(());
    };
    let ended = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    let output = ended.map_err(|error| refused(words, &error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<String> = text::clean_lines(&said)
        .filter(|line| !line.is_empty())
        .take(5)
        .collect();
    Err(refused(words, &output.status.to_string()).log(said))
}

/// Runs a command and says whether it succeeded.
pub(super) fn succeeds(words: &[String]) -> bool {
    let [program, arguments @ ..] = words else {
        return false;
    };
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn refused(words: &[String], why: &str) -> Failure {
    Failure::refused(format!("{} failed ({why})", words.join(" ")))
        .reason("service-manager")
        .hint("the daemon runs without a service too: agentctl start")
}
