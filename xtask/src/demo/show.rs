//! What the demo puts on the screen, and on which stream.

use std::io::IsTerminal as _;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result};

/// Where a person's view goes: standard output, or standard error when
/// standard output is kept for the summary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    to_stderr: bool,
    start: Instant,
}

impl Screen {
    /// A screen on standard output, or on standard error with `json`.
    pub(crate) fn new(json: bool) -> Self {
        Self {
            to_stderr: json,
            start: Instant::now(),
        }
    }

    /// A headline, with the seconds since the start.
    pub(crate) fn step(&self, headline: &str) {
        let seconds = self.start.elapsed().as_secs();
        self.line(&format!(
            "\n{}",
            self.strong(&format!("== {headline}  [{seconds} s]"))
        ));
    }

    /// A command as it would be typed.
    pub(crate) fn typed(&self, command: &str) {
        self.line(&format!("{} {command}", self.strong("$")));
    }

    /// A line of the demo's own.
    pub(crate) fn line(&self, text: &str) {
        if self.to_stderr {
            eprintln!("{text}");
        } else {
            println!("{text}");
        }
    }

    /// The stream a child's standard output goes to.
    pub(crate) fn stdout(&self) -> Result<Stdio> {
        if !self.to_stderr {
            return Ok(Stdio::inherit());
        }
        let stderr = std::io::stderr();
        let copy = std::os::fd::AsFd::as_fd(&stderr).try_clone_to_owned();
        Ok(Stdio::from(copy.context("could not share standard error")?))
    }

    fn strong(&self, text: &str) -> String {
        let terminal = if self.to_stderr {
            std::io::stderr().is_terminal()
        } else {
            std::io::stdout().is_terminal()
        };
        if terminal {
            format!("\x1b[1m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}
