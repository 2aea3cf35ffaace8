//! Faults that can be switched on for a host and path.

use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// How a board misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Answers 404.
    NotFound,
    /// Answers 500.
    ServerError,
    /// Answers 200 with a page where JSON belongs.
    Html,
    /// Answers with the first half of the true body.
    HalfJson,
    /// Takes the request and never answers.
    Hang,
    /// Answers 302 to another host.
    Redirect,
    /// Answers 429 with `Retry-After: 1`.
    TooMany,
    /// Closes the connection without an answer.
    Close,
}

impl FaultKind {
    /// Every kind, for tests that try them all.
    pub const ALL: [FaultKind; 8] = [
        FaultKind::NotFound,
        FaultKind::ServerError,
        FaultKind::Html,
        FaultKind::HalfJson,
        FaultKind::Hang,
        FaultKind::Redirect,
        FaultKind::TooMany,
        FaultKind::Close,
    ];

    /// The name used in control requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FaultKind::NotFound => "not-found",
            FaultKind::ServerError => "server-error",
            FaultKind::Html => "html",
            FaultKind::HalfJson => "half-json",
            FaultKind::Hang => "hang",
            FaultKind::Redirect => "redirect",
            FaultKind::TooMany => "too-many",
            FaultKind::Close => "close",
        }
    }
}

impl FromStr for FaultKind {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

/// A name that is no fault.
#[derive(Debug)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = FaultKind::ALL.iter().map(|kind| kind.name()).collect();
        write!(
            f,
            "no fault is called {:?}; there are {}, and none",
            self.0,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownFault {}

/// One fault, from now until it is cleared or used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The host it strikes.
    pub host: String,
    /// The beginning of the paths it strikes.
    pub path: String,
    /// What happens there.
    pub kind: FaultKind,
    /// How many requests it strikes; `None` is all of them.
    pub times: Option<u32>,
    /// Where [`FaultKind::Redirect`] leads.
    pub redirect_to: String,
}

impl Fault {
    /// A fault that strikes every request of a path and all below it.
    #[must_use]
    pub fn new(host: &str, path: &str, kind: FaultKind) -> Self {
        Self {
            host: host.to_owned(),
            path: path.to_owned(),
            kind,
            times: None,
            redirect_to: "https://elsewhere.practice.test/".to_owned(),
        }
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Puts a fault in force, in place of an earlier one for the same host and path.
    pub(crate) fn set(&self, fault: Fault) {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|f| (&f.host, &f.path) != (&fault.host, &fault.path));
        faults.push(fault);
    }

    /// Lifts the fault of a host and path.
    pub(crate) fn clear(&self, host: &str, path: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|f| f.host != host || f.path != path);
    }

    /// Takes the fault that strikes this request; the longest path wins.
    pub(crate) fn strike(&self, host: &str, path: &str) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = faults
            .iter_mut()
            .filter(|f| f.host == host && path.starts_with(&f.path) && f.times != Some(0))
            .max_by_key(|f| f.path.len())?;
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        Some(fault.clone())
    }
}
