//! Cursors that are numbers: of a page, or of the postings before it.

use std::str::FromStr;

use crate::PortalError;

/// The number written in `cursor`; `first` where there is none.
pub fn cursor_number<N: FromStr>(cursor: Option<&str>, first: N) -> Result<N, PortalError> {
    let Some(cursor) = cursor else {
        return Ok(first);
    };
    cursor
        .parse()
        .map_err(|_| PortalError::Invalid(format!("cursor {cursor:?} is not a number")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_a_number_or_invalid() {
        for (cursor, expected) in [
            (None, Some(1)),
            (Some("7"), Some(7)),
            (Some(""), None),
            (Some("-1"), None),
            (Some("seven"), None),
        ] {
            let found: Result<u32, _> = cursor_number(cursor, 1);
            match found {
                Ok(number) => assert_eq!(Some(number), expected, "{cursor:?}"),
                Err(error) => assert!(
                    expected.is_none() && matches!(error, PortalError::Invalid(_)),
                    "{cursor:?}: {error:?}"
                ),
            }
        }
    }
}
