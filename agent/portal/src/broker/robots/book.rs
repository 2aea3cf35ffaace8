//! The robots.txt files that were read, each believed for a day at most.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use super::Rules;

/// Hosts kept before those whose files are too old are dropped.
const KEPT: usize = 2048;

/// What a host says.
#[derive(Debug, Clone)]
pub(in super::super) enum Found {
    /// Its rules; none where it has no file.
    Rules(Arc<Rules>),
    /// The file could not be read, which forbids everything (RFC 9309, section 2.3.1.4).
    Unread {
        /// What came instead.
        why: String,
    },
}

/// What is known of one host, and until when.
pub(in super::super) type Page = Option<(Found, Instant)>;

/// The files of all hosts.
#[derive(Debug, Default)]
pub(in super::super) struct Book {
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Page>>>>,
}

impl Book {
    /// What is known of a host. Whoever finds nothing reads the file and puts it
    /// there; others wait meanwhile.
    pub(in super::super) async fn of(&self, host: &str) -> OwnedMutexGuard<Page> {
        let page = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            if hosts.len() >= KEPT {
                let now = Instant::now();
                hosts.retain(|_, page| {
                    page.try_lock()
                        .map_or(true, |page| current(&page, now).is_some())
                });
            }
            Arc::clone(hosts.entry(host.to_owned()).or_default())
        };
        page.lock_owned().await
    }
}

/// What is known and not too old.
pub(in super::super) fn current(page: &Page, now: Instant) -> Option<&Found> {
    page.as_ref()
        .filter(|(_, until)| *until > now)
        .map(|(found, _)| found)
}
