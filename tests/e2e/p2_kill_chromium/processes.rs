//! The browser processes of a home, known by the folder of their session.

use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};

use crate::harness::Home;

/// What a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Chromedriver,
    /// Chromium's first process, which ends the others with it.
    Chromium,
    /// One of the others.
    Below,
}

/// The processes that run for sessions of this home.
pub(super) fn running(home: &Home) -> Vec<(i32, Role)> {
    let listed = Command::new("ps")
        .args(["-axww", "-o", "pid=,stat=,command="])
        .output()
        .unwrap();
    let within = format!("{}/", home.paths().browser_dir().display());
    String::from_utf8_lossy(&listed.stdout)
        .lines()
        .filter_map(|line| {
            let (id, rest) = line.trim_start().split_once(' ')?;
            let (state, command) = rest.trim_start().split_once(' ')?;
            if state.starts_with('Z') || !command.contains(&within) {
                return None;
            }
            let role = if command.contains("--log-path=") && !command.contains("--user-data-dir=") {
                Role::Chromedriver
            } else if command.contains("--user-data-dir=") && !command.contains("--type=") {
                Role::Chromium
            } else {
                Role::Below
            };
            Some((id.parse().ok()?, role))
        })
        .collect()
}

/// Kills what has this role, if it is still there.
pub(super) fn kill(home: &Home, role: Role) {
    for (id, found) in running(home) {
        if found == role {
            // It may have ended meanwhile.
            let _ = kill_process(Pid::from_raw(id).unwrap(), Signal::KILL);
        }
    }
}
