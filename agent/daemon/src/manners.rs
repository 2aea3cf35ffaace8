//! Keeps in the store what the broker has to know of domains after a restart.

use std::time::Duration;

use agent_core::manners::DomainManners;
use agent_portal::broker::Memory;
use agent_store::Store;

use crate::clock;

/// Domains that were not asked for longer are forgotten; no wait is as long.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The broker's memory. A store that cannot be read or written stops no request:
/// this process still knows what it did.
pub(crate) struct Remembered(Store);

impl Remembered {
    pub(crate) fn new(store: Store) -> Self {
        Self(store)
    }

    /// Forgets what is too old to matter.
    pub(crate) async fn prune(store: &Store) {
        let Ok(then) = clock::now().checked_sub(KEPT) else {
            return;
        };
        if let Err(error) = store.write(move |tx| tx.prune_manners(then)).await {
            tracing::warn!(%error, "domains of long ago could not be forgotten");
        }
    }
}

#[async_trait::async_trait]
impl Memory for Remembered {
    async fn recall(&self, domain: &str) -> Option<DomainManners> {
        let name = domain.to_owned();
        match self.0.read(move |reader| reader.manners(&name)).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, domain, "what is known of a domain could not be read");
                None
            }
        }
    }

    async fn keep(&self, domain: &str, kept: DomainManners) {
        let name = domain.to_owned();
        let saved = self.0.write(move |tx| tx.save_manners(&name, &kept));
        if let Err(error) = saved.await {
            tracing::warn!(%error, domain, "when a domain was asked could not be written down");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn p8_what_a_domain_asked_for_is_known_after_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("agent.db");
        let at = |second| jiff::Timestamp::from_second(second).unwrap();
        let told = DomainManners {
            asked: Some(at(1_000)),
            pace: Duration::from_secs(60),
            not_before: Some(at(2_000)),
            failures: 5,
            open_until: Some(at(3_000)),
            open_for: Duration::from_secs(1800),
            cause: Some("status 500".to_owned()),
            challenged: false,
        };
        let store = Store::open(&path).unwrap();
        let memory = Remembered::new(store.clone());
        assert_eq!(memory.recall("a.example").await, None);
        memory.keep("a.example", told.clone()).await;
        store.close().await;

        let store = Store::open(&path).unwrap();
        let memory = Remembered::new(store.clone());
        assert_eq!(memory.recall("a.example").await, Some(told));
        Remembered::prune(&store).await;
        assert_eq!(memory.recall("a.example").await, None);
    }
}
