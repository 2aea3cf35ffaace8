//! Running a child program: what is run is shown, and a failure says what failed.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Seek};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Runs a child with its output passed through; any exit but 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    eprintln!("  $ {}", shown(command));
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("could not start {}", name(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// A child that runs beside others. What it says is kept and shown at its end, so
/// that the two do not talk into each other's lines.
pub(crate) struct Beside {
    command: Command,
    child: Child,
    said: File,
}

impl Beside {
    /// Starts the child.
    pub(crate) fn start(mut command: Command) -> Result<Self> {
        eprintln!("  $ {} &", shown(&command));
        let said = tempfile::tempfile().context("could not make a temporary file")?;
        let copy = || said.try_clone().context("could not share a temporary file");
        let child = command
            .stdin(Stdio::null())
            .stdout(copy()?)
            .stderr(copy()?)
            .spawn()
            .with_context(|| format!("could not start {}", name(&command)))?;
        Ok(Self {
            command,
            child,
            said,
        })
    }

    /// Waits for the child's end and shows what it said; any exit but 0 is an error.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.child.wait().context("could not wait for a child")?;
        eprintln!("\n  what `{}` said:", shown(&self.command));
        self.said
            .rewind()
            .and_then(|()| io::copy(&mut self.said, &mut io::stderr()))
            .context("could not show what a child said")?;
        if !status.success() {
            bail!("`{}` failed ({status})", shown(&self.command));
        }
        Ok(())
    }
}

/// Runs a child quietly and returns what it wrote to standard output.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start {}", name(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}): {}",
            shown(command),
            output.status,
            said.trim()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` wrote something that is not text", shown(command)))
}

/// Prints a headline, does the work, and returns how long it took.
pub(crate) fn timed(headline: &str, work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    eprintln!("\n== {headline}");
    let start = Instant::now();
    work().with_context(|| format!("{headline}: stopped"))?;
    Ok(start.elapsed())
}

/// A command as a person would type it, without the folder of the program.
pub(crate) fn shown(command: &Command) -> String {
    let args: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let args: Vec<_> = args.iter().map(AsRef::as_ref).collect();
    format!("{} {}", name(command), typed(&args))
        .trim_end()
        .to_owned()
}

/// Arguments as a person would type them in a shell.
pub(crate) fn typed(args: &[&str]) -> String {
    args.iter()
        .map(|arg| quoted(arg))
        .collect::<Vec<_>>()
        .join(" ")
}

fn name(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    program
        .file_name()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@,+%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("/usr/bin/agentctl");
        command.args(["jobs", "search", "it's at night", ""]);
        assert_eq!(
            shown(&command),
            r"agentctl jobs search 'it'\''s at night' ''"
        );
    }

    #[test]
    fn a_child_that_fails_beside_others_is_an_error_at_its_end() {
        let shell = |script| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            Beside::start(command).unwrap()
        };
        let (good, bad) = (shell("exit 0"), shell("exit 3"));
        good.finish().unwrap();
        let text = format!("{:#}", bad.finish().unwrap_err());
        assert!(text.contains("exit status: 3"), "{text}");
    }

    #[test]
    fn a_failing_child_is_an_error_that_names_it() {
        let error = capture(Command::new("sh").args(["-c", "echo no space >&2; exit 3"]));
        let text = format!("{:#}", error.unwrap_err());
        assert!(
            text.contains("no space") && text.contains("exit status: 3"),
            "{text}"
        );
    }
}
