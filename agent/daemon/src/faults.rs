//! The errors of the rooms, in the words of the person. The only place that
//! decides what to do about each.

use agent_api::reason;
use agent_browser::BrowserError;
use agent_core::profile::{CvNameError, EditError, PreferenceError, read::ReadError};
use agent_document::DocumentError;
use agent_models::ModelError;
use agent_portal::{
    error::{PluginError, PortalError},
    fetch::FetchError,
    registry::RegistryError,
};
use agent_store::{Refusal, StoreError};

use crate::{
    document::ReadingError,
    fault::{Fault, Kind},
};

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let (kind, reason) = match &error {
            StoreError::Full { .. } => (Kind::Exhausted, reason::STORAGE_FAILED),
            StoreError::Locked { .. } => (Kind::Unavailable, reason::STORAGE_FAILED),
            StoreError::Corrupt { .. }
            | StoreError::Foreign { .. }
            | StoreError::Denied { .. }
            | StoreError::NoDirectory { .. }
            | StoreError::Unusable { .. }
            | StoreError::Newer { .. }
            | StoreError::Edited { .. } => (Kind::Refused, reason::STORAGE_FAILED),
            StoreError::Missing { .. } => (Kind::NotFound, reason::UNKNOWN_ID),
            StoreError::Refused(refusal) => (Kind::Refused, reason_of(refusal)),
            StoreError::PageKey => (Kind::Invalid, reason::INVALID_PAGE_TOKEN),
            StoreError::Closed => (Kind::Unavailable, reason::SHUTTING_DOWN),
            StoreError::Unreadable { .. }
            | StoreError::Dimensions { .. }
            | StoreError::Panicked { .. }
            | StoreError::Sqlite(_) => (Kind::Internal, reason::BUG),
        };
        Self::new(kind, reason, error.to_string())
    }
}

fn reason_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OpeningTaken { .. } | Refusal::SubmissionStands { .. } => reason::ALREADY_APPLIED,
        Refusal::Stale { .. } | Refusal::IntentPending { .. } => reason::WRONG_STAGE,
        Refusal::Approved { .. }
        | Refusal::Replayed
        | Refusal::NoApproval { .. }
        | Refusal::OtherApplication { .. } => reason::APPROVAL_REFUSED,
        Refusal::TooLarge { .. } => reason::INVALID_VALUE,
        Refusal::Ungrounded { .. } | Refusal::Finished { .. } => reason::BUG,
    }
}

impl From<BrowserError> for Fault {
    fn from(error: BrowserError) -> Self {
        let (kind, reason, hint) = match &error {
            BrowserError::Missing { .. } | BrowserError::Versions { .. } => (
                Kind::Refused,
                reason::BROWSER_FAILED,
                "or do without a browser: agentctl prepare --by-hand ID",
            ),
            BrowserError::Gone { .. } | BrowserError::Gate { .. } => (
                Kind::Unavailable,
                reason::BROWSER_FAILED,
                "nothing was sent; try again: agentctl prepare ID",
            ),
            BrowserError::Load { .. } => (
                Kind::Unavailable,
                reason::PORTAL_FAILED,
                "nothing was sent; try again later: agentctl prepare ID",
            ),
            BrowserError::Closed { .. } => (Kind::Refused, reason::POSTING_CLOSED, ""),
            BrowserError::Changed { .. } | BrowserError::Field { .. } => (
                Kind::Refused,
                reason::PORTAL_FAILED,
                "nothing was sent; apply by hand: agentctl prepare --by-hand ID",
            ),
            BrowserError::File { .. } => (
                Kind::Refused,
                reason::UNREADABLE_FILE,
                "read your CV again: agentctl init CV",
            ),
        };
        Self::new(kind, reason, error.to_string()).hint(hint)
    }
}

impl From<ModelError> for Fault {
    fn from(error: ModelError) -> Self {
        Self::new(Kind::Internal, reason::BUG, error.to_string())
    }
}

impl From<RegistryError> for Fault {
    fn from(error: RegistryError) -> Self {
        Self::new(Kind::Refused, reason::UNREADABLE_FILE, error.to_string())
    }
}

impl From<PreferenceError> for Fault {
    fn from(error: PreferenceError) -> Self {
        let reason = match &error {
            PreferenceError::UnknownKey { .. } => reason::UNKNOWN_KEY,
            PreferenceError::WrongValue { .. } | PreferenceError::OneValue { .. } => {
                reason::INVALID_VALUE
            }
        };
        Self::new(Kind::Invalid, reason, error.to_string())
            .hint("see the keys with: agentctl prefs show")
    }
}

impl From<CvNameError> for Fault {
    fn from(error: CvNameError) -> Self {
        Self::new(Kind::Invalid, reason::INVALID_VALUE, error.to_string())
    }
}

impl From<EditError> for Fault {
    fn from(error: EditError) -> Self {
        let (kind, reason) = match &error {
            EditError::UnknownKey(_) => (Kind::Invalid, reason::UNKNOWN_KEY),
            EditError::NoProject(_) | EditError::NoAlias(_) | EditError::UnknownSkill { .. } => {
                (Kind::NotFound, reason::UNKNOWN_NAME)
            }
            _ => (Kind::Invalid, reason::INVALID_VALUE),
        };
        Self::new(kind, reason, error.to_string())
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::new(Kind::Invalid, reason::UNREADABLE_CV, error.to_string())
            .hint("a CV is read as Markdown, plain text, PDF, Word or JSON Resume")
    }
}

impl From<ReadingError> for Fault {
    fn from(error: ReadingError) -> Self {
        let (kind, hint) = match &error {
            ReadingError::Document(DocumentError::Encrypted) => (
                Kind::Invalid,
                "save a copy without a password, or give the CV as text",
            ),
            ReadingError::Document(DocumentError::Broken(_)) => (
                Kind::Invalid,
                "save it anew, or give the CV as text or Markdown",
            ),
            ReadingError::Document(DocumentError::NoText) => (
                Kind::Invalid,
                "give the CV as text or Markdown: pictures of text are not read",
            ),
            ReadingError::Document(DocumentError::TooMuch { .. }) => {
                (Kind::Exhausted, "give the CV as text or Markdown")
            }
            ReadingError::Child(_) => (Kind::Internal, ""),
        };
        Self::new(kind, reason::UNREADABLE_CV, error.to_string()).hint(hint)
    }
}

impl From<PluginError> for Fault {
    fn from(error: PluginError) -> Self {
        let message = error.to_string();
        match error {
            PluginError::Portal { error, fetch } => portal(&error, fetch.as_ref()),
            PluginError::Unreadable { .. } => {
                Self::new(Kind::Invalid, reason::UNREADABLE_FILE, message)
                    .hint("give the path of a component, such as greenhouse.wasm")
            }
            PluginError::WrongHash { .. } => {
                Self::new(Kind::Refused, reason::PLUGIN_CHANGED, message).hint(
                    "look at what it asks for, then install it again: agentctl plugin install FILE",
                )
            }
            PluginError::WorkerStart { .. } => Self::new(Kind::Internal, reason::BUG, message),
            PluginError::TooLarge { .. }
            | PluginError::NotAComponent { .. }
            | PluginError::ForeignImport { .. }
            | PluginError::WrongWorld { .. }
            | PluginError::BadManifest { .. }
            | PluginError::CompileLimit { .. } => {
                Self::new(Kind::Invalid, reason::PLUGIN_REFUSED, message)
                    .hint("build it with the plugin kit: see docs/plugins.md")
            }
            PluginError::Trapped { .. }
            | PluginError::ComputedTooLong { .. }
            | PluginError::TimedOut { .. }
            | PluginError::OutOfMemory { .. }
            | PluginError::TooManyFetches { .. }
            | PluginError::BadResult { .. }
            | PluginError::HostNotGranted { .. }
            | PluginError::WorkerDied { .. } => Self::new(
                Kind::Refused,
                reason::PLUGIN_REFUSED,
                format!("the plugin failed: {message}"),
            )
            .hint("the other boards are not affected; install a better version of the plugin"),
        }
    }
}

/// What the portal said, and what a person can do about it.
fn portal(error: &PortalError, fetch: Option<&FetchError>) -> Fault {
    let (kind, hint) = match error {
        PortalError::Gone(_) => (
            Kind::NotFound,
            "open its address in a browser; if it moved: agentctl source remove, then source add",
        ),
        PortalError::Blocked(_) => (
            Kind::Refused,
            "the portal refuses automated readers; use it in a browser",
        ),
        PortalError::RateLimited(_) => (Kind::Unavailable, "wait a while, then: agentctl sync"),
        PortalError::NeedsLogin => (Kind::Refused, "use it in a browser"),
        PortalError::Changed(_) => (
            Kind::Unavailable,
            "try again later; if it stays so, the plugin needs a newer version",
        ),
        PortalError::Invalid(_) => (Kind::Invalid, "look at its address: agentctl source list"),
        PortalError::Fetch(_) => match fetch {
            Some(FetchError::NotGranted { .. }) => (
                Kind::Refused,
                "the plugin went beyond what it was granted; see agentctl egress --each",
            ),
            Some(FetchError::Refused { .. }) => (
                Kind::Refused,
                "see what was asked for: agentctl egress --each",
            ),
            Some(FetchError::Blocked { .. }) => (
                Kind::Refused,
                "the portal wants to see a person; use it in a browser",
            ),
            Some(FetchError::TooMuch { .. }) => (
                Kind::Unavailable,
                "it is larger or slower than a board may be; try again later: agentctl sync",
            ),
            Some(FetchError::Wait { .. }) => {
                (Kind::Unavailable, "wait a while, then: agentctl sync")
            }
            Some(FetchError::Failed { .. } | FetchError::NoRecordedAnswer { .. }) | None => (
                Kind::Unavailable,
                "check the connection, then: agentctl sync",
            ),
        },
        PortalError::Unsupported => (Kind::Refused, ""),
    };
    let message = match fetch {
        // The host's own account is more exact than what the plugin made of it.
        Some(fetch) if matches!(error, PortalError::Fetch(_)) => {
            format!("the board could not be read: {fetch}")
        }
        Some(_) | None => format!("the board could not be read: {error}"),
    };
    Fault::new(kind, reason::PORTAL_FAILED, message).hint(hint)
}
