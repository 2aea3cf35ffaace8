//! Who keeps what must be known of domains after a restart.

use agent_core::manners::DomainManners;
use async_trait::async_trait;

/// Keeps what was learned of domains. The broker knows no store: the daemon joins
/// the two.
#[async_trait]
pub trait Memory: Send + Sync {
    /// What was kept of a domain, asked once when it is first met.
    async fn recall(&self, domain: &str) -> Option<DomainManners>;

    /// Keeps it in place of what was kept before. A request leaves only when this
    /// is done, so that its time is known whatever happens then. What cannot be
    /// kept is the implementor's to report: it stops no request.
    async fn keep(&self, domain: &str, kept: DomainManners);
}

/// Keeps nothing, for programs that ask a few pages and end.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forgetful;

#[async_trait]
impl Memory for Forgetful {
    async fn recall(&self, _: &str) -> Option<DomainManners> {
        None
    }

    async fn keep(&self, _: &str, _: DomainManners) {}
}
