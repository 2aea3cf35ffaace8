//! Turns every failure into one clear line, what to do next, and an exit code.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use agent_api::client::ConnectError;
use agent_api::paths::PathError;
use agent_api::reason;
use agent_api::socket::BindError;
use serde_json::json;
use tonic::{Code, Status};

use crate::screen::{BAD, DIM, Screen, Span};

/// What kind of failure it was; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Refused, or failed.
    Refused,
    /// The person answered no.
    Declined,
    /// Wrongly typed.
    Usage,
    /// No daemon to talk to.
    NotRunning,
    /// The daemon speaks another protocol.
    Protocol,
    /// A fault of the program itself.
    Bug,
    /// The reader of the output went away; nobody is left to tell.
    PipeClosed,
}

impl Kind {
    /// Exit code of the process.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::PipeClosed => 0,
            Self::Refused | Self::Declined => 1,
            Self::Usage => 2,
            Self::NotRunning => 3,
            Self::Protocol => 4,
            Self::Bug => 70,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Refused | Self::PipeClosed => "refused",
            Self::Declined => "declined",
            Self::Usage => "usage",
            Self::NotRunning => "not-running",
            Self::Protocol => "protocol",
            Self::Bug => reason::BUG,
        }
    }
}

/// A failure as it is told to the person.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    reason: String,
    hints: Vec<String>,
    log: Vec<String>,
}

impl Failure {
    /// Starts a failure of a kind with its message.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            reason: kind.reason().to_owned(),
            hints: Vec::new(),
            log: Vec::new(),
        }
    }

    /// Starts a failure of the commonest kind: refused.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message)
    }

    /// A fault with a file, and the system's words for it.
    pub(crate) fn file(step: &str, path: &Path, error: &io::Error) -> Self {
        Self::refused(format!(
            "cannot {step} {}: {}",
            path.display(),
            plain(error)
        ))
    }

    /// Adds what to do next.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds lines of another program's log.
    pub(crate) fn log(mut self, lines: Vec<String>) -> Self {
        self.log = lines;
        self
    }

    /// Names the reason for programs.
    pub(crate) fn reason(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// What kind of failure it is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Exit code of the process.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind.code())
    }

    /// Draws the failure for a person.
    pub(crate) fn draw(&self, screen: &mut Screen) {
        match self.kind {
            Kind::Declined => screen.hanging([], &self.message),
            Kind::Refused
            | Kind::Usage
            | Kind::NotRunning
            | Kind::Protocol
            | Kind::Bug
            | Kind::PipeClosed => screen.hanging([Span::new("error: ", BAD)], &self.message),
        }
        for line in &self.log {
            screen.line([Span::new("  | ", DIM), line.into()]);
        }
        for hint in self.hints.iter().flat_map(|hint| hint.lines()) {
            screen.hanging([Span::new("hint: ", DIM)], hint);
        }
    }

    /// The failure for a program.
    pub(crate) fn json(&self) -> serde_json::Value {
        let mut object = json!({
            "error": self.message,
            "reason": self.reason,
            "hint": self.hints.join("\n"),
        });
        if !self.log.is_empty()
            && let Some(object) = object.as_object_mut()
        {
            object.insert("log".to_owned(), json!(self.log));
        }
        object
    }
}

/// Says a system error without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

/// An error and its causes on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let words = next.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = next.source();
    }
    text
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Kind::PipeClosed, ""),
            _ => Self::refused(format!("cannot write the output: {}", plain(&error))),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        match error.io_error_kind() {
            Some(kind) => Self::from(io::Error::from(kind)),
            None => Self::new(Kind::Bug, format!("cannot write JSON: {error}")),
        }
    }
}

impl From<PathError> for Failure {
    fn from(error: PathError) -> Self {
        Self::refused(chain(&error)).reason("path")
    }
}

impl From<BindError> for Failure {
    fn from(error: BindError) -> Self {
        Self::refused(chain(&error)).reason("path")
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::NotRunning { .. } => {
                Self::new(Kind::NotRunning, "the daemon is not running")
                    .hint("start it with: agentctl start")
            }
            ConnectError::Transport { .. } => Self::new(Kind::Protocol, chain(&error))
                .hint("restart it with: agentctl stop, then agentctl start"),
            ConnectError::Path(error) => error.into(),
            other => Self::refused(chain(&other)).reason("socket"),
        }
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let (reason, hint) = reason::read(&status);
        let gone = reason.is_empty()
            && (status.code() == Code::Unavailable || std::error::Error::source(&status).is_some());
        if gone {
            return Self::new(Kind::NotRunning, "the daemon stopped answering")
                .reason("daemon-gone")
                .hint("see its log, then start it with: agentctl start");
        }
        let kind = match status.code() {
            Code::Unimplemented => Kind::Protocol,
            Code::Internal | Code::Unknown => Kind::Bug,
            _ => Kind::Refused,
        };
        let kind = if reason == reason::BUG {
            Kind::Bug
        } else {
            kind
        };
        let mut failure = match status.code() {
            Code::Unimplemented => Self::new(kind, "the daemon does not know this command").hint(
                "it is older than agentctl; restart it with: agentctl stop, then agentctl start",
            ),
            _ => Self::new(kind, status.message()),
        };
        if !reason.is_empty() {
            failure = failure.reason(&reason);
        }
        if hint.is_empty() {
            failure
        } else {
            failure.hint(hint)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(failure: &Failure, width: Option<usize>) -> String {
        let mut screen = Screen::new(width);
        failure.draw(&mut screen);
        anstream::adapter::strip_str(&screen.into_text()).to_string()
    }

    fn check(status: &Status, code: u8, expected: &str) {
        let failure = Failure::from(status.clone());
        let text = told(&failure, None);
        assert_eq!((failure.kind().code(), text.as_str()), (code, expected));
    }

    #[test]
    fn each_status_has_its_line_hint_and_exit_code() {
        let refusal = reason::status(
            Code::NotFound,
            reason::UNKNOWN_ID,
            "no job has the id ab12\u{1b}[31m",
            "list them with: agentctl jobs list",
        );
        check(
            &refusal,
            1,
            "error: no job has the id ab12[31m\nhint: list them with: agentctl jobs list\n",
        );
        let bug = reason::status(Code::Internal, reason::BUG, "row vanished", "");
        check(&bug, 70, "error: row vanished\n");
        check(
            &Status::unavailable("h2 closed"),
            3,
            "error: the daemon stopped answering\nhint: see its log, then start it with: agentctl start\n",
        );
        check(
            &Status::unimplemented("nope"),
            4,
            "error: the daemon does not know this command\n\
             hint: it is older than agentctl; restart it with: agentctl stop, then agentctl start\n",
        );
    }

    #[test]
    fn a_shutting_down_daemon_keeps_its_own_reason() {
        let status = reason::status(
            Code::Unavailable,
            reason::SHUTTING_DOWN,
            "the daemon is stopping",
            "",
        );
        check(&status, 1, "error: the daemon is stopping\n");
    }

    #[test]
    fn lines_are_broken_between_words_on_a_terminal() {
        let failure = Failure::refused("the disk is full").hint("make room on it");
        assert_eq!(
            told(&failure, Some(18)),
            "error: the disk is\n       full\nhint: make room on\n      it\n"
        );
        let answer = Failure::new(Kind::Declined, "Nothing was installed.");
        assert_eq!(told(&answer, Some(80)), "Nothing was installed.\n");
        assert_eq!(answer.kind().code(), 1);
    }

    #[test]
    fn programs_get_the_same_as_json() {
        let failure = Failure::refused("no")
            .reason("unknown-id")
            .hint("a")
            .hint("b");
        assert_eq!(
            failure.json(),
            json!({"error": "no", "reason": "unknown-id", "hint": "a\nb"})
        );
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(failure.kind().code(), 0);
    }
}
