//! The only module that prints.

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr,
};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::screen::{Screen, Span, WARN};
use crate::text;

/// Whether people or programs read the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Tables and sentences.
    Text,
    /// JSON on stdout; failures as a JSON object on stderr.
    Json,
}

/// Writes what commands show.
#[derive(Debug)]
pub(crate) struct Output {
    /// Who reads.
    pub(crate) format: Format,
    /// For times on screens.
    pub(crate) clock: Clock,
    practice: bool,
    headed: bool,
}

impl Output {
    /// Prepares output; nothing is written yet.
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            clock: Clock::of_machine(),
            practice: false,
            headed: false,
        }
    }

    /// From now on every screen says PRACTICE.
    pub(crate) fn mark_practice(&mut self) {
        self.practice = true;
    }

    /// Reads the clock anew, as seconds since 1970 UTC: a review may take hours.
    pub(crate) fn now(&mut self) -> i64 {
        self.clock = Clock::of_machine();
        self.clock.now.as_second()
    }

    /// Starts a screen as wide as the terminal, or unlimited for a file.
    pub(crate) fn screen(&self) -> Screen {
        Screen::new(width_of(io::stdout()))
    }

    /// Shows the answer: `value` to programs, the drawn screen to people.
    pub(crate) fn show<T: Serialize>(
        &mut self,
        value: &T,
        draw: impl FnOnce(&T, &mut Screen, &Clock),
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => write_json(&serde_json::to_string_pretty(value)?),
            Format::Text => {
                let mut screen = self.screen();
                draw(value, &mut screen, &self.clock);
                self.print(screen)
            }
        }
    }

    /// Shows one item of a stream: a line of JSON, or the drawn lines.
    pub(crate) fn item<T: Serialize>(
        &mut self,
        value: &T,
        draw: impl FnOnce(&T, &mut Screen, &Clock),
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => write_json(&serde_json::to_string(value)?),
            Format::Text => {
                let mut screen = self.screen();
                draw(value, &mut screen, &self.clock);
                self.print(screen)
            }
        }
    }

    /// Passes on a line of JSON of our own programs, its fields in their order.
    pub(crate) fn json_line(&mut self, json: &str) -> Result<(), Failure> {
        write_json(json)
    }

    /// Prints a drawn screen, under the practice line where there is one to print.
    pub(crate) fn print(&mut self, screen: Screen) -> Result<(), Failure> {
        let mut out = AutoStream::auto(io::stdout()).lock();
        if self.practice && !self.headed {
            out.write_all(practice_line().as_bytes())?;
        }
        self.headed = true;
        out.write_all(screen.into_text().as_bytes())?;
        Ok(out.flush()?)
    }

    /// Writes bytes of our own making to stdout, such as a completion script.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Tells the person what is going on, beside the answer; programs are not told.
    pub(crate) fn note(&self, note: &str) {
        if self.format == Format::Text {
            let mut screen = Screen::new(None);
            screen.line([Span::from(note)]);
            write_err(&screen.into_text());
        }
    }

    /// Asks a question with the answer no as default; only on a terminal.
    pub(crate) fn confirm(&self, question: &str) -> Result<bool, Failure> {
        if !is_interactive() {
            return Ok(false);
        }
        let mut err = AutoStream::auto(io::stderr()).lock();
        write!(err, "{} [y/N] ", text::clean(question))?;
        err.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Prints a screen and a prompt, and reads the line that is typed then; none
    /// at the end of input. What was typed or pasted before is dropped, so that
    /// no answer is given to a question nobody saw.
    pub(crate) fn ask(&mut self, screen: Screen, prompt: &str) -> Result<Option<String>, Failure> {
        // Not a terminal: then there is nothing that was typed ahead.
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
        self.print(screen)?;
        let mut out = AutoStream::auto(io::stdout()).lock();
        write!(out, "{}", text::clean(prompt))?;
        out.flush()?;
        drop(out);
        self.next_line()
    }

    /// Reads one more line of a longer answer; none at the end of input.
    pub(crate) fn next_line(&self) -> Result<Option<String>, Failure> {
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line).map_err(|error| {
            Failure::refused(format!("cannot read what you typed: {error}")).reason("input")
        })?;
        Ok((read > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned()))
    }

    /// Asks on the terminal for a passphrase, which is not shown while it is typed.
    pub(crate) fn passphrase(&self, question: &str) -> Result<Zeroizing<String>, Failure> {
        // The prompt is printed before typing is hidden; nothing may show in between.
        let _quiet = Quiet::begin();
        rpassword::prompt_password(format!("{} ", text::clean(question)))
            .map(Zeroizing::new)
            .map_err(|error| {
                Failure::refused(format!("cannot ask for the passphrase: {error}"))
                    .reason("no-terminal")
                    .hint("type it on a terminal, or give --passphrase-file FILE")
            })
    }

    /// Lines of the terminal; none when the output goes elsewhere.
    pub(crate) fn height(&self) -> Option<usize> {
        terminal_size::terminal_size_of(io::stdout()).map(|(_, height)| usize::from(height.0))
    }

    /// Tells of a failure on stderr.
    pub(crate) fn fail(&self, failure: &Failure) {
        if failure.kind() == Kind::PipeClosed {
            return;
        }
        match self.format {
            Format::Text => {
                if self.practice && !self.headed {
                    write_err(&practice_line());
                }
                let mut screen = Screen::new(width_of(io::stderr()));
                failure.draw(&mut screen);
                write_err(&screen.into_text());
            }
            Format::Json => write_err(&format!(
                "{}\n",
                text::escape_json(&failure.json().to_string())
            )),
        }
    }
}

/// A terminal that does not show what is typed, until it is dropped.
struct Quiet(Option<Termios>);

impl Quiet {
    /// Hides it, and drops what was typed before; nothing to do where no terminal is.
    fn begin() -> Self {
        let Ok(before) = tcgetattr(io::stdin()) else {
            return Self(None);
        };
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &quiet);
        Self(Some(before))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }
}

/// Columns of the terminal an output goes to; none when it goes elsewhere.
fn width_of(output: impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size::terminal_size_of(output).map(|(width, _)| usize::from(width.0))
}

/// Tells whether a person can answer a question here.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Tells whether a person sits at both ends: what is typed and what is shown.
pub(crate) fn is_conversation() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Line over every screen of a practice home.
fn practice_line() -> String {
    let mut screen = Screen::new(None);
    screen.line([
        Span::new("PRACTICE", WARN.bold().invert()),
        Span::new(" nothing here is real or leaves this machine", WARN),
    ]);
    screen.into_text()
}

fn write_json(json: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text::escape_json(json))?;
    Ok(out.flush()?)
}

/// Writes to stderr; when even that is gone, nobody is left to tell.
fn write_err(text: &str) {
    let mut err = AutoStream::auto(io::stderr()).lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
