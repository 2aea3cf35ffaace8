//! What the stories of a person's decisions are made of. Each story uses some of it.

#![allow(dead_code, reason = "no story uses all of it")]

pub(crate) mod fake;
pub(crate) mod terminal;

use std::path::Path;
use std::process::{Command, Stdio};

/// Without a terminal; gives exit code, stdout and stderr.
pub(crate) fn run(home: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_agentctl"))
        .env_clear()
        .env("AGENTD_HOME", home)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}
