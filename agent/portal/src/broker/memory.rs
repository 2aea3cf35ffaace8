//! What of our manners must survive a restart, and who keeps it.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

/// What is kept of a registrable domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
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

/// Keeps what was learned of domains. The broker knows no store: the daemon joins
/// the two.
#[async_trait]
pub trait Memory: Send + Sync {
    /// What was kept of a domain, asked once when it is first met.
    async fn recall(&self, domain: &str) -> Option<Kept>;

    /// Keeps it in place of what was kept before. A request leaves only when this
    /// is done, so that its time is known whatever happens then. What cannot be
    /// kept is the implementor's to report: it stops no request.
    async fn keep(&self, domain: &str, kept: Kept);
}

/// Keeps nothing, for programs that ask a few pages and end.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forgetful;

#[async_trait]
impl Memory for Forgetful {
    async fn recall(&self, _: &str) -> Option<Kept> {
        None
    }

    async fn keep(&self, _: &str, _: Kept) {}
}
