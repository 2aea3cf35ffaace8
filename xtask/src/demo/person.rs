//! Someone at a terminal: reads what `agentctl review` shows and types the
//! answers. It exists for the demo alone; the agent has nothing like it.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use super::Screen;

/// How long a prompt may let wait: a form is read and sent meanwhile.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the person does with an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Reads the digest and types its first six characters.
    Sign,
    /// Says no.
    Discard,
}

/// A program in a terminal of its own.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    /// All that was written, as it came.
    raw: Vec<u8>,
    /// All that was shown, without colours.
    seen: String,
    /// How far it has been read.
    read: usize,
}

/// Opens the review and decides each application in turn. Gives what was shown.
pub(crate) fn review(
    command: CommandBuilder,
    decisions: &[Decision],
    screen: Screen,
) -> Result<String> {
    let mut terminal = Terminal::open(command)?;
    for decision in decisions {
        terminal.wait_for("> ")?;
        match decision {
            Decision::Sign => {
                let digits = terminal.digits()?;
                terminal.type_line(&digits)?;
            }
            Decision::Discard => {
                terminal.type_line("d")?;
                terminal.wait_for("keeps it: ")?;
                terminal.type_line("not this one")?;
            }
        }
    }
    let shown = terminal.ended()?;
    screen.line(shown.trim_end());
    Ok(shown)
}

impl Terminal {
    fn open(command: CommandBuilder) -> Result<Self> {
        let size = PtySize {
            rows: 50,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader()?;
        let keys = pair.master.take_writer()?;
        let (send, output) = mpsc::channel();
        thread::spawn(move || {
            // The terminal must stay open as long as it is read.
            let _open = pair.master;
            let mut bytes = [0; 4096];
            while let Ok(read) = reader.read(&mut bytes) {
                let some = bytes.get(..read).unwrap_or_default();
                if some.is_empty() || send.send(some.to_vec()).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            keys,
            output,
            raw: Vec::new(),
            seen: String::new(),
            read: 0,
        })
    }

    /// Waits until something new is shown that ends with `prompt`.
    fn wait_for(&mut self, prompt: &str) -> Result<()> {
        let begun = Instant::now();
        loop {
            let new = self.seen.get(self.read..).unwrap_or_default();
            if new.ends_with(prompt) {
                return Ok(());
            }
            let left = PATIENCE.saturating_sub(begun.elapsed());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => bail!("waited in vain for {prompt:?}; shown was:\n{}", self.seen),
            }
        }
    }

    /// The first six characters of the digest that was shown last.
    fn digits(&self) -> Result<String> {
        let new = self.seen.get(self.read..).unwrap_or_default();
        let line = new
            .lines()
            .rev()
            .find_map(|line| line.trim_start().strip_prefix("digest"));
        let digits = line.and_then(|line| line.split_whitespace().next());
        digits
            .map(str::to_owned)
            .with_context(|| format!("no digest was shown:\n{new}"))
    }

    fn type_line(&mut self, line: &str) -> Result<()> {
        self.read = self.seen.len();
        // As a person's Enter, and after what was typed ahead was thrown away.
        write!(self.keys, "{line}\r")?;
        self.keys.flush()?;
        Ok(())
    }

    fn ended(mut self) -> Result<String> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.output.recv_timeout(Duration::from_millis(200)) {
                Ok(bytes) => self.take(&bytes),
                Err(_) if self.child.try_wait()?.is_some() => {
                    let status = self.child.wait()?;
                    if status.success() {
                        return Ok(std::mem::take(&mut self.seen));
                    }
                    bail!("the review failed:\n{}", self.seen);
                }
                Err(_) => {}
            }
        }
        bail!("the review did not end:\n{}", self.seen)
    }

    fn take(&mut self, bytes: &[u8]) {
        // From the beginning each time: a piece may end in the middle of anything.
        self.raw.extend_from_slice(bytes);
        self.seen = plain(&String::from_utf8_lossy(&self.raw));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It has ended by itself unless something failed.
        let _ = self.child.kill();
    }
}

/// Text without escape sequences and carriage returns.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => {
                if chars.next_if_eq(&'[').is_some() {
                    while chars.next().is_some_and(|c| !c.is_ascii_alphabetic()) {}
                }
            }
            // A line that is drawn anew, such as a spinner's.
            '\r' if chars.peek().is_some_and(|next| *next != '\n') => {
                let line = plain.rfind('\n').map_or(0, |end| end + 1);
                plain.truncate(line);
            }
            '\r' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// `agentctl review` on this home.
pub(crate) fn command(agentctl: &Path, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(agentctl);
    command.arg("--home");
    command.arg(home);
    command.arg("review");
    command.env_remove("AGENTD_HOME");
    command.env("TERM", "xterm-256color");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_spinners_are_not_text() {
        assert_eq!(
            plain("\x1b[1mdigest\x1b[0m  a1b2c3\r\n> "),
            "digest  a1b2c3\n> "
        );
        assert_eq!(plain("a\r\n| sending\r/ sending\rSENT.\r\n"), "a\nSENT.\n");
    }

    #[test]
    fn what_is_shown_is_read_and_answered() {
        let mut shell = CommandBuilder::new("sh");
        shell.args([
            "-c",
            "printf 'digest  a1b2c3 d4\\n> '; read typed; test \"$typed\" = a1b2c3",
        ]);
        let screen = Screen::new(true);
        assert!(review(shell, &[Decision::Sign], screen).is_ok());
        let mut shell = CommandBuilder::new("sh");
        shell.args([
            "-c",
            "printf 'digest  a1b2c3 d4\\n> '; read typed; test \"$typed\" = other",
        ]);
        assert!(review(shell, &[Decision::Sign], screen).is_err());
    }
}
