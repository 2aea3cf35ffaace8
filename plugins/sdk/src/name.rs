//! Names of boards and postings, as addresses are made of them.

use crate::PortalError;

/// Whether `text` is a portal's name of a board or posting: 1 to 100 letters,
/// digits, `-`, `_` and `.`, not dots alone. Such a name can stand in a path as
/// it is.
pub fn is_name(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        && text.bytes().any(|b| b != b'.')
}

/// `text`, when it is a name; else the error that it is no `what`, a noun like
/// "Lever posting".
pub fn name<'a>(text: &'a str, what: &str) -> Result<&'a str, PortalError> {
    if is_name(text) {
        Ok(text)
    } else {
        Err(PortalError::Invalid(format!("{text:?} is no {what}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_stand_in_a_path_as_it_is() {
        for (text, expected) in [
            ("acme", true),
            ("acme-2.eu_x", true),
            ("", false),
            (".", false),
            ("..", false),
            ("a/b", false),
            ("a b", false),
            ("a?b", false),
            ("é", false),
        ] {
            assert_eq!(is_name(text), expected, "{text}");
            match name(text, "Acme posting") {
                Ok(found) => assert!(expected && found == text, "{text}"),
                Err(PortalError::Invalid(why)) => {
                    assert!(!expected);
                    assert_eq!(why, format!("{text:?} is no Acme posting"));
                }
                Err(other) => panic!("{text}: {other:?}"),
            }
        }
    }
}
