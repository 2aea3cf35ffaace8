//! What has to be remembered of a server, so that a restart makes nobody impolite.

use std::time::Duration;

use jiff::Timestamp;

/// What is remembered of a registrable domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainManners {
    /// When it was last asked.
    pub asked: Option<Timestamp>,
    /// The gap it was asked with, at least: its `Crawl-delay` may have lengthened it.
    pub pace: Duration,
    /// Not to be asked before this, at its own wish (`Retry-After`).
    pub not_before: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// Left alone until this.
    pub open_until: Option<Timestamp>,
    /// How long it was last left alone for.
    pub open_for: Duration,
    /// Why it is left alone.
    pub cause: Option<String>,
    /// Whether it showed a challenge that only a person can pass.
    pub challenged: bool,
}
