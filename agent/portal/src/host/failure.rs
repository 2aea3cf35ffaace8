//! A worker's failures in the caller's words.

use crate::error::PluginError;
use crate::fetch::FetchError;
use crate::frame::Failure;
use crate::limits::Limits;

/// The failure of a call or of loading. `fetch` is the call's last failed fetch.
pub(super) fn plugin_error(
    failure: Failure,
    limits: &Limits,
    fetch: Option<FetchError>,
) -> PluginError {
    match failure {
        Failure::NotAComponent { found } => PluginError::NotAComponent { found },
        Failure::ForeignImport { name } => PluginError::ForeignImport { name },
        Failure::WrongWorld { why } => PluginError::WrongWorld { why },
        Failure::Trapped { why } => PluginError::Trapped { why },
        Failure::TimedOut => PluginError::TimedOut { after: limits.wall },
        Failure::OutOfMemory => PluginError::OutOfMemory {
            limit: limits.memory,
        },
        Failure::TooManyFetches => PluginError::TooManyFetches {
            limit: limits.fetches,
        },
        Failure::BadResult { why } => PluginError::BadResult { why },
        Failure::Portal(error) => PluginError::Portal {
            error: super::check::portal_error(error),
            fetch,
        },
    }
}
