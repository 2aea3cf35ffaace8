//! What the person's CVs are called: the main one, and others under names.
#![deny(clippy::indexing_slicing)]

use std::fmt;

/// What the main CV is called where a name is typed or shown.
const MAIN: &str = "main";
/// Longest name, in characters.
const LONGEST: usize = 40;

/// The name of a CV kept beside the main one: letters, digits and dashes, in
/// lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantName(String);

/// One of the person's CVs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CvName {
    /// The one the profile is read from.
    Main,
    /// One kept beside it.
    Variant(VariantName),
}

/// A text that names no CV. It says what a name looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CvNameError {
    /// Other characters, none, or too many.
    #[error(
        "a CV is named by at most {LONGEST} letters, digits and dashes, such as backend or data-en"
    )]
    Form,
    /// The name of the main CV, where another is wanted.
    #[error("“{MAIN}” is the CV your profile is read from: choose another name")]
    Main,
}

impl VariantName {
    /// The name as typed, in any case.
    pub fn of(typed: &str) -> Result<Self, CvNameError> {
        let name = typed.trim().to_lowercase();
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if name == MAIN {
            return Err(CvNameError::Main);
        }
        let plain = name.chars().all(fits) && name.chars().any(char::is_alphanumeric);
        if !plain || name.chars().count() > LONGEST {
            return Err(CvNameError::Form);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CvName {
    /// The CV of this name, typed in any case.
    pub fn of(typed: &str) -> Result<Self, CvNameError> {
        match VariantName::of(typed) {
            Ok(name) => Ok(Self::Variant(name)),
            Err(CvNameError::Main) => Ok(Self::Main),
            Err(CvNameError::Form) => Err(CvNameError::Form),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Main => MAIN,
            Self::Variant(name) => name.as_str(),
        }
    }
}

impl fmt::Display for VariantName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for CvName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cv_is_named_plainly_and_in_any_case() {
        let long = "x".repeat(LONGEST + 1);
        for (typed, expected) in [
            ("backend", Ok("backend")),
            (" Data-EN ", Ok("data-en")),
            ("größe_2", Ok("größe_2")),
            ("MAIN", Ok("main")),
            ("", Err(CvNameError::Form)),
            ("--", Err(CvNameError::Form)),
            ("a b", Err(CvNameError::Form)),
            ("../cv", Err(CvNameError::Form)),
            ("a\u{1b}[2J", Err(CvNameError::Form)),
            (&long, Err(CvNameError::Form)),
        ] {
            let named = CvName::of(typed);
            assert_eq!(
                named.as_ref().map(CvName::as_str).map_err(Clone::clone),
                expected,
                "{typed:?}"
            );
        }
        assert_eq!(VariantName::of("main"), Err(CvNameError::Main));
    }
}
