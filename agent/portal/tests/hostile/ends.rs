//! How an attack has to end.

use agent_portal::error::PluginError;
use agent_portal::fetch::FetchError;
use agent_portal::host::Page;

use crate::site::Asked;

/// The error that is expected; where it has a text, that must be part of its words.
pub(crate) enum Ends {
    ComputedTooLong,
    TimedOut,
    OutOfMemory,
    TooManyFetches,
    TooLarge,
    Trapped(&'static str),
    BadResult(&'static str),
    NotAComponent(&'static str),
    ForeignImport(&'static str),
    WrongWorld,
    CompileLimit(&'static str),
    /// Nothing was asked for: the address is not one that is granted, or not one
    /// for anybody.
    NotFetched,
    /// The last fetch reached a limit.
    TooMuch(&'static str),
    /// The answer was refused for what it is.
    Refused(&'static str),
    /// The answer broke off or made no sense.
    Failed,
    /// The time of the call went by in a fetch.
    TimedOutFetching,
    /// The plugin's own words of what the portal gave are fit to be shown.
    Portal(fn(&str) -> bool),
    /// There is no error, because nothing of the attack is left in what comes out.
    Harmless(fn(&Page, &[Asked]) -> bool),
}

impl Ends {
    /// Whether the result is the expected one. `asked` is what the server was
    /// asked meanwhile.
    pub(crate) fn fit(&self, result: &Result<Page, PluginError>, asked: &[Asked]) -> bool {
        let error = match (self, result) {
            (Self::Harmless(check), Ok(page)) => return check(page, asked),
            (Self::Harmless(_), Err(_)) | (_, Ok(_)) => return false,
            (_, Err(error)) => error,
        };
        let says = |part: &str| error.to_string().contains(part);
        let fetch = match error {
            PluginError::Portal { fetch, .. } => fetch.as_ref(),
            _ => None,
        };
        match self {
            Self::ComputedTooLong => matches!(error, PluginError::ComputedTooLong { .. }),
            Self::TimedOut => matches!(error, PluginError::TimedOut { .. }),
            Self::OutOfMemory => matches!(error, PluginError::OutOfMemory { .. }),
            Self::TooManyFetches => matches!(error, PluginError::TooManyFetches { .. }),
            Self::TooLarge => matches!(error, PluginError::TooLarge { .. }),
            Self::Trapped(part) => matches!(error, PluginError::Trapped { .. }) && says(part),
            Self::BadResult(part) => matches!(error, PluginError::BadResult { .. }) && says(part),
            Self::NotAComponent(part) => {
                matches!(error, PluginError::NotAComponent { .. }) && says(part)
            }
            Self::ForeignImport(import) => {
                matches!(error, PluginError::ForeignImport { name } if name == import)
            }
            Self::WrongWorld => matches!(error, PluginError::WrongWorld { .. }),
            Self::CompileLimit(part) => {
                matches!(error, PluginError::CompileLimit { .. }) && says(part)
            }
            Self::NotFetched => matches!(
                fetch,
                Some(FetchError::NotGranted { .. } | FetchError::Refused { .. })
            ),
            Self::TooMuch(part) => {
                matches!(fetch, Some(FetchError::TooMuch { what }) if what.contains(part))
            }
            Self::Refused(part) => {
                matches!(fetch, Some(FetchError::Refused { why }) if why.contains(part))
            }
            Self::Failed => matches!(fetch, Some(FetchError::Failed { .. })),
            Self::TimedOutFetching => {
                matches!(error, PluginError::TimedOut { .. })
                    || matches!(fetch, Some(FetchError::TooMuch { what }) if what == "time of this call")
            }
            Self::Portal(check) => {
                matches!(error, PluginError::Portal { .. }) && check(&error.to_string())
            }
            Self::Harmless(_) => false,
        }
    }
}
