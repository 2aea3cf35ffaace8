//! What is wrong with a filter, where, and what would be right.

use super::{MAX_DEPTH, MAX_LENGTH, MAX_TESTS};

/// A filter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at column {column}: {problem}")]
pub struct FilterError {
    /// Where, in characters from 1.
    pub column: usize,
    /// What.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is nothing to test.
    #[error("nothing to test for, such as score>75 or remote")]
    Empty,
    /// It is longer than any person types.
    #[error("it is longer than {MAX_LENGTH} characters")]
    TooLong,
    /// Parentheses or `not` stand too deep in each other.
    #[error("it is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// It tests too much.
    #[error("it has more than {MAX_TESTS} tests")]
    TooMany,
    /// A quotation has no end.
    #[error("the quotation that begins here has no end")]
    OpenQuote,
    /// A parenthesis has no end.
    #[error("the parenthesis that begins here is not closed")]
    OpenParenthesis,
    /// Something else belongs here.
    #[error("{expected} belongs here, not {found}")]
    Expected {
        /// What belongs here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// A name that is not known.
    #[error("“{given}” is not known{}; known are: {known}", did_you_mean(.nearest.as_deref()))]
    UnknownName {
        /// The name.
        given: String,
        /// The nearest known one, when one is near.
        nearest: Option<String>,
        /// All that are known.
        known: String,
    },
    /// A comparison that this name does not take.
    #[error("{name} is not compared by {given}; it takes {allowed}")]
    WrongComparison {
        /// The name.
        name: &'static str,
        /// The comparison.
        given: &'static str,
        /// What it takes.
        allowed: &'static str,
    },
    /// A value that this name does not take.
    #[error("{name} does not take “{given}”{}; {allowed}", did_you_mean(.nearest.as_deref()))]
    WrongValue {
        /// The name.
        name: &'static str,
        /// The value.
        given: String,
        /// The nearest known one, when one is near.
        nearest: Option<String>,
        /// What it takes.
        allowed: &'static str,
    },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest
        .map(|nearest| format!(" (do you mean {nearest}?)"))
        .unwrap_or_default()
}

/// The known name nearest to `given`, when it is near enough to be a slip.
pub(super) fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let given = given.to_lowercase();
    let best = known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&given, name), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.75).then(|| best.1.to_owned())
}
