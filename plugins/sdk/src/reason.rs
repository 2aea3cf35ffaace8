//! Errors as reasons.

use crate::PortalError;

/// An error in a few words: the reason why a posting or a part of a list is left
/// out.
pub fn reason(error: &PortalError) -> String {
    match error {
        PortalError::Gone(why)
        | PortalError::Blocked(why)
        | PortalError::Changed(why)
        | PortalError::Invalid(why)
        | PortalError::Fetch(why) => why.clone(),
        PortalError::RateLimited(_) => "the site asks to wait".to_owned(),
        PortalError::NeedsLogin => "only for people who are signed in".to_owned(),
        PortalError::Unsupported => "not supported".to_owned(),
    }
}
