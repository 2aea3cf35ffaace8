//! The agent as a person drives it: the real `agentctl` in a practice home.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::show::Screen;
use crate::{interrupt, process};

/// Where no model server is.
const NOBODY: &str = "http://127.0.0.1:9";

/// A home with a daemon in it; the daemon is ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Agent {
    agentctl: PathBuf,
    agentd: PathBuf,
    home: PathBuf,
    screen: Screen,
    /// Address of the model server; `None` when none is to be asked.
    models: Option<String>,
}

impl Agent {
    /// The agent built into `bin`, with its home at `home`. Starts nothing yet.
    pub(crate) fn new(bin: &Path, home: &Path, screen: Screen) -> Self {
        Self {
            agentctl: bin.join("agentctl"),
            agentd: bin.join("agentd"),
            home: home.to_owned(),
            screen,
            models: None,
        }
    }

    /// The same agent with another daemon.
    pub(crate) fn with_daemon(mut self, agentd: PathBuf) -> Self {
        self.agentd = agentd;
        self
    }

    /// Has a daemon that is started from now on ask this model server, or none.
    pub(crate) fn ask_models_at(&mut self, models: Option<String>) {
        self.models = models;
    }

    /// Its home.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// The program.
    pub(crate) fn agentctl(&self) -> &Path {
        &self.agentctl
    }

    /// Runs a command that the person at this terminal talks with.
    pub(crate) fn talk(&self, args: &[&str]) -> Result<()> {
        self.screen
            .typed(&format!("agentctl {}", process::typed(args)));
        let status = self
            .command()
            .args(args)
            .stdin(Stdio::inherit())
            .status()
            .context("could not start agentctl")?;
        if !status.success() {
            bail!("`agentctl {}` failed ({status})", process::typed(args));
        }
        Ok(())
    }

    /// Runs a command that must be refused; shows it and gives what it says.
    pub(crate) fn refused(&self, args: &[&str]) -> Result<String> {
        interrupt::check()?;
        self.screen
            .typed(&format!("agentctl {}", process::typed(args)));
        let output = self
            .command()
            .args(args)
            .output()
            .context("could not start agentctl")?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        self.screen.line(said.trim_end());
        if output.status.success() {
            bail!("`agentctl {}` was not refused", process::typed(args));
        }
        Ok(said)
    }

    /// Runs a command and shows it and what it says, as a person would see it.
    pub(crate) fn show(&self, args: &[&str]) -> Result<()> {
        let mut command = self.command();
        command.args(args);
        interrupt::check()?;
        self.screen
            .typed(&format!("agentctl {}", process::typed(args)));
        let status = command
            .stdout(self.screen.stdout()?)
            .status()
            .context("could not start agentctl")?;
        if !status.success() {
            bail!("`agentctl {}` failed ({status})", process::typed(args));
        }
        Ok(())
    }

    /// Shows a command being typed.
    pub(crate) fn typed(&self, args: &[&str]) {
        self.screen
            .typed(&format!("agentctl {}", process::typed(args)));
    }

    /// Shows a command being typed and runs it, without what it says.
    pub(crate) fn type_only(&self, args: &[&str]) -> Result<()> {
        self.typed(args);
        self.quietly(args)
    }

    /// Runs a command quietly and reads its `--json` answer.
    pub(crate) fn ask<T: DeserializeOwned>(&self, args: &[&str]) -> Result<T> {
        let output = self.output(args)?;
        serde_json::from_str(&output).with_context(|| {
            format!(
                "`agentctl --json {}` answered: {output}",
                process::typed(args)
            )
        })
    }

    /// Runs a command quietly and reads an answer of one JSON value a line.
    pub(crate) fn ask_lines<T: DeserializeOwned>(&self, args: &[&str]) -> Result<Vec<T>> {
        let output = self.output(args)?;
        let lines = output.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| {
                serde_json::from_str(line).with_context(|| {
                    format!(
                        "`agentctl --json {}` answered: {line}",
                        process::typed(args)
                    )
                })
            })
            .collect()
    }

    /// Runs a command without showing it or what it says.
    pub(crate) fn quietly(&self, args: &[&str]) -> Result<()> {
        self.output(args).map(drop)
    }

    /// Runs a command and hands on each line of its `--json` answer as it comes.
    pub(crate) fn follow(&self, args: &[&str], mut each: impl FnMut(Value)) -> Result<()> {
        interrupt::check()?;
        let mut command = self.command();
        let mut child = command
            .arg("--json")
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start agentctl")?;
        let output = child.stdout.take().context("agentctl has no output")?;
        for line in BufReader::new(output).lines() {
            if let Ok(value) = serde_json::from_str(&line?) {
                each(value);
            }
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("`agentctl {}` failed ({status})", process::typed(args));
        }
        Ok(())
    }

    /// The process id of the running daemon.
    pub(crate) fn pid(&self) -> Result<u32> {
        #[derive(serde::Deserialize)]
        struct Running {
            pid: u32,
        }
        Ok(self.ask::<Running>(&["status"])?.pid)
    }

    /// Lets a program of the agent say its version, which is the least it can do.
    pub(crate) fn version(&self, program: &str) -> Result<()> {
        process::capture(Command::new(self.agentctl.with_file_name(program)).arg("--version"))
            .map(drop)
    }

    fn output(&self, args: &[&str]) -> Result<String> {
        interrupt::check()?;
        process::capture(self.command().arg("--json").args(args))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.agentctl);
        command
            .arg("--home")
            .arg(&self.home)
            .env_remove("AGENTD_HOME")
            .env("AGENTD_BIN", &self.agentd)
            // Without a model server what is shown and measured is the same everywhere.
            .env("OLLAMA_HOST", self.models.as_deref().unwrap_or(NOBODY))
            .stdin(Stdio::null());
        command
    }

    /// Ends a daemon that did not answer `stop`, by the id it keeps in its lock file.
    fn force(&self) {
        let Ok(pid) = fs::read_to_string(self.home.join("run/agentd.lock")) else {
            return;
        };
        let pid = pid.trim();
        // The file outlives the daemon, and the id may be another program's by now.
        let name = process::capture(Command::new("ps").args(["-o", "comm=", "-p", pid]));
        if name.is_ok_and(|name| name.contains("agentd")) {
            // It fails when the daemon has ended in between.
            let _ = process::capture(Command::new("kill").args(["-9", pid]));
        }
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        // Not `output`: this must run after an interrupt too.
        if process::capture(self.command().arg("stop")).is_err() {
            self.force();
        }
    }
}
