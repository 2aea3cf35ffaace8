//! The verdict on a component.

use serde::Serialize;

use super::{Fill, Line};
use crate::error::PluginError;
use crate::fetch::FetchError;
use crate::host::{Board, Inspected};

/// Most findings of one kind that are kept: the hundredth teaches nothing.
const FINDINGS: usize = 20;

/// What came of a check.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The component, if it could be looked at.
    pub plugin: Option<Tested>,
    /// The board it claimed.
    pub board: Option<Board>,
    /// Pages of the board that were read.
    pub pages: u32,
    /// How many postings the portal says there are.
    pub total: Option<u32>,
    /// The request at which the recording ended, if the board's pages went on.
    pub truncated: Option<String>,
    /// Requests of the whole run.
    pub fetches: u32,
    /// Single postings that were asked for.
    pub details: Details,
    /// Postings left out by the plugin or the host, with their reasons.
    pub dropped: Vec<String>,
    /// Postings that the list held again.
    pub repeated: u32,
    /// How often each field is stated.
    pub fill: Vec<Fill>,
    /// Texts with markup or character references in them.
    pub markup_leaks: u32,
    /// What breaks the contract; none means that the check is passed.
    pub findings: Vec<Finding>,
    /// Findings beyond those kept.
    pub more_findings: u32,
    /// The postings, as the host reads them.
    #[serde(skip)]
    pub postings: Vec<Line>,
}

/// The component that was checked.
#[derive(Debug, Clone, Serialize)]
pub struct Tested {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Size of its file.
    pub bytes: u64,
}

impl Tested {
    pub(super) fn of(inspected: &Inspected) -> Self {
        Self {
            id: inspected.manifest.id.clone(),
            version: inspected.manifest.version.clone(),
            sha256: inspected.sha256.to_string(),
            bytes: inspected.bytes,
        }
    }
}

/// Postings without a description in the list, asked for one by one.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Details {
    /// How many had none.
    pub wanted: u32,
    /// How many were read.
    pub read: u32,
}

/// Something that breaks the contract.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Which part of the contract.
    pub kind: Kind,
    /// What was seen.
    pub says: String,
}

/// The parts of the contract that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The host does not run it.
    Refused,
    /// The board's address is none of its own.
    Unclaimed,
    /// It claims a board under an address that leads elsewhere.
    Claim,
    /// A call crashed.
    Crash,
    /// A call went over a limit.
    Limit,
    /// It asked for a page outside its grant.
    Grant,
    /// A call ended in an error where the recording had the answer.
    Failed,
    /// Nothing was read at all.
    Empty,
    /// The pages of a board do not end.
    Paging,
    /// Two postings have one id, or a posting has another id in its detail.
    Id,
    /// A second run gave other postings.
    Unstable,
    /// The host does not take a posting.
    Posting,
    /// Markup or character references are left in a text.
    Markup,
    /// A date that is none.
    Date,
    /// Pay that cannot be.
    Pay,
    /// An answer of the portal's that was told as something else.
    Error,
}

impl Report {
    /// Whether nothing was found against the component.
    pub fn passed(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether a call crashed or went over a limit.
    pub(super) fn broke_down(&self) -> bool {
        let mut kinds = self.findings.iter().map(|found| found.kind);
        kinds.any(|kind| matches!(kind, Kind::Crash | Kind::Limit))
    }

    /// Takes down what breaks the contract.
    pub(super) fn find(&mut self, kind: Kind, says: String) {
        let alike = self.findings.iter().filter(|found| found.kind == kind);
        if alike.count() < FINDINGS {
            self.findings.push(Finding { kind, says });
        } else {
            self.more_findings += 1;
        }
    }

    /// Takes down a call that gave no answer though the recording had one.
    pub(super) fn call_failed(&mut self, call: &str, error: &PluginError) {
        self.find(kind_of(error), format!("{call}: {error}"));
    }
}

/// Which part of the contract an error breaks.
fn kind_of(error: &PluginError) -> Kind {
    match error {
        PluginError::TooLarge { .. }
        | PluginError::ComputedTooLong { .. }
        | PluginError::TimedOut { .. }
        | PluginError::OutOfMemory { .. }
        | PluginError::TooManyFetches { .. }
        | PluginError::CompileLimit { .. } => Kind::Limit,
        PluginError::Trapped { .. } | PluginError::WorkerDied { .. } => Kind::Crash,
        PluginError::HostNotGranted { .. }
        | PluginError::Portal {
            fetch: Some(FetchError::NotGranted { .. }),
            ..
        } => Kind::Grant,
        PluginError::Portal { .. } | PluginError::BadResult { .. } => Kind::Failed,
        PluginError::Unreadable { .. }
        | PluginError::NotAComponent { .. }
        | PluginError::ForeignImport { .. }
        | PluginError::WrongWorld { .. }
        | PluginError::BadManifest { .. }
        | PluginError::WrongHash { .. }
        | PluginError::WorkerStart { .. } => Kind::Refused,
    }
}
