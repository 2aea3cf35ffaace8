//! The practice employer as a child process.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::process;

/// How long the employer may take to be ready; recorded data is read before.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// What the employer serves.
#[derive(Debug, Default)]
pub(crate) struct Serves {
    /// Recorded sessions of this folder, in place of the written corpus.
    pub(crate) data: Option<PathBuf>,
    /// The sessions to serve, in order; none named is all.
    pub(crate) sessions: Vec<String>,
    /// This many generated postings, in place of the corpus.
    pub(crate) bulk: Option<usize>,
}

/// What the employer says of itself when it is ready.
#[derive(Debug, Deserialize)]
pub(crate) struct Ready {
    pub(crate) address: String,
    pub(crate) ca: PathBuf,
    pub(crate) boards: Vec<Board>,
    /// Counts over all boards, round by round.
    pub(crate) rounds: Vec<Counts>,
}

/// A board a person would follow.
#[derive(Debug, Deserialize)]
pub(crate) struct Board {
    pub(crate) url: String,
}

/// What a sync finds when the sync before saw the round before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Counts {
    pub(crate) listed: usize,
    pub(crate) new: usize,
    pub(crate) changed: usize,
    pub(crate) restated: usize,
    pub(crate) closed: usize,
    pub(crate) reopened: usize,
}

/// One posting of the written corpus.
#[derive(Debug, Deserialize)]
pub(crate) struct Posting {
    pub(crate) board: String,
    pub(crate) id: String,
    pub(crate) profession: String,
}

/// The running employer; it is ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Employer {
    child: Child,
    client: PathBuf,
    dir: PathBuf,
    pub(crate) ready: Ready,
}

impl Employer {
    /// Starts the employer built into `bin`, keeping its files in `dir`, and waits until it listens.
    pub(crate) fn start(bin: &Path, dir: &Path, serves: &Serves) -> Result<Self> {
        let mut command = Command::new(bin.join("practice"));
        command.args(["serve", "--json", "--dir"]).arg(dir);
        if let Some(data) = &serves.data {
            command.arg("--data").arg(data);
        }
        for session in &serves.sessions {
            command.args(["--session", session]);
        }
        if let Some(postings) = serves.bulk {
            command.args(["--bulk", &postings.to_string()]);
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start the practice employer")?;
        match first_line(&mut child) {
            Ok(line) => {
                let ready = serde_json::from_str(&line).with_context(|| {
                    format!("unreadable ready line of the practice employer: {line}")
                });
                let employer = |ready| Self {
                    child,
                    client: bin.join("examples/practice_client"),
                    dir: dir.to_owned(),
                    ready,
                };
                ready.map(employer)
            }
            Err(error) => {
                end(&mut child);
                Err(error)
            }
        }
    }

    /// Turns every board to a round, counted from 1.
    pub(crate) fn turn_to(&self, round: usize) -> Result<()> {
        let mut command = Command::new(&self.client);
        process::capture(command.arg("round").arg(&self.dir).arg(round.to_string()))
            .with_context(|| format!("the practice employer could not turn to round {round}"))?;
        Ok(())
    }

    /// Every posting of the written corpus.
    pub(crate) fn corpus(&self) -> Result<Vec<Posting>> {
        let output = process::capture(Command::new(&self.client).arg("corpus"))?;
        serde_json::from_str(&output).context("unreadable corpus of the practice employer")
    }
}

impl Drop for Employer {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Ends a child of ours and waits until it is gone.
pub(crate) fn end(child: &mut Child) {
    // Both fail only when it has ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

/// The child's first line, or an error when it ends or says nothing for too long.
fn first_line(child: &mut Child) -> Result<String> {
    let stdout = child
        .stdout
        .take()
        .context("the practice employer has no output")?;
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(stdout).read_line(&mut line).map(|_| line);
        // Nobody listens any more when the wait was given up.
        let _ = send.send(read);
    });
    match receive.recv_timeout(READY_WITHIN) {
        Ok(Ok(line)) if !line.trim().is_empty() => Ok(line),
        Ok(_) => bail!("the practice employer ended before it was ready; its message stands above"),
        Err(_) => bail!(
            "the practice employer was not ready within {} s",
            READY_WITHIN.as_secs()
        ),
    }
}
