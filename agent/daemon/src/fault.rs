//! Errors in the words of the person: what happened, and what to do next.

use std::fmt;

/// What a caller can do about an error; decides the gRPC code and exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What was given is wrong.
    Invalid,
    /// What was named is not there.
    NotFound,
    /// It cannot be done as things stand.
    Refused,
    /// Something outside did not answer; it may later.
    Unavailable,
    /// Space, memory or time ran out.
    Exhausted,
    /// A fault of ours.
    Internal,
}

/// One error, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What can be done about it.
    pub kind: Kind,
    /// Machine-readable reason, such as `no-plugin-claims`.
    pub reason: &'static str,
    /// One line.
    pub message: String,
    /// The next step; empty when there is none.
    pub hint: String,
}

/// What a person gave, on one line of at most `max` characters, to be shown back.
pub(crate) fn shown(given: &str, max: usize) -> String {
    agent_core::text::quote(given, max)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.hint.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.hint)
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// An error without a next step.
    pub fn new(kind: Kind, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            reason,
            message: message.into(),
            hint: String::new(),
        }
    }

    /// The same error with a next step.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}
