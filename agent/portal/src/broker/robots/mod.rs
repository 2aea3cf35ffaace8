//! robots.txt by RFC 9309: what a site asks programs to leave alone.
//!
//! `rules` reads a file for one product token, `pattern` compares paths, `book`
//! fetches and keeps the files. The crates there are for this compare paths
//! without undoing percent-encoding, which the RFC asks for in its section 2.2.2;
//! robotstxt 0.3 also misses matches after a star (`/*ba` of `/bbab`), and
//! texting_robots 0.2 makes a regular expression of every rule a stranger wrote.

mod book;
mod pattern;
mod rules;

#[cfg(test)]
mod tests;

pub(super) use self::book::{Book, Found, current};
pub(super) use self::rules::Rules;

/// What the ledger says a robots.txt was asked for.
pub(super) const PURPOSE: &str = "robots.txt";
