//! One request at a time per host, and the memory of what a host asked us to
//! wait. Rates, robots and breakers belong here too when they come.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// Hosts kept before those with nothing to remember are dropped.
const KEPT: usize = 512;

/// Whose turn it is, for every host that was asked.
#[derive(Debug, Default)]
pub(super) struct Turns {
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<HostMemory>>>>,
}

impl Turns {
    /// Waits for this host's turn, first come first served. The turn ends when
    /// the guard is dropped, so a request that is given up does not block.
    pub(super) async fn take(&self, host: &str) -> OwnedMutexGuard<HostMemory> {
        let turn = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            if hosts.len() >= KEPT {
                let now = Instant::now();
                hosts.retain(|_, turn| {
                    turn.try_lock()
                        .map_or(true, |memory| memory.may_ask(now).is_err())
                });
            }
            Arc::clone(hosts.entry(host.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}

/// What is remembered of one host.
#[derive(Debug, Default)]
pub(super) struct HostMemory {
    not_before: Option<Instant>,
}

impl HostMemory {
    /// The time still to wait, if the host asked for it.
    pub(super) fn may_ask(&self, now: Instant) -> Result<(), Duration> {
        match self.not_before {
            Some(until) if until > now => Err(until.duration_since(now)),
            Some(_) | None => Ok(()),
        }
    }

    /// Remembers a wait; a shorter one never shortens a longer one.
    pub(super) fn wait(&mut self, now: Instant, wait: Duration) {
        let until = now + wait;
        self.not_before = Some(self.not_before.map_or(until, |known| known.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_not_asked_before_the_time_it_named() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut memory = HostMemory::default();
        assert_eq!(memory.may_ask(start), Ok(()));
        memory.wait(start, Duration::from_secs(60));
        assert_eq!(memory.may_ask(start), Err(Duration::from_secs(60)));
        assert_eq!(memory.may_ask(at(59)), Err(Duration::from_secs(1)));
        memory.wait(at(10), Duration::from_secs(5));
        assert_eq!(memory.may_ask(at(59)), Err(Duration::from_secs(1)));
        assert_eq!(memory.may_ask(at(60)), Ok(()));
    }

    #[tokio::test]
    async fn many_hosts_do_not_pile_up_but_waits_are_kept() {
        let turns = Turns::default();
        turns
            .take("waiting.example")
            .await
            .wait(Instant::now(), Duration::from_secs(3600));
        for number in 0..3 * KEPT {
            drop(turns.take(&format!("{number}.example")).await);
        }
        assert!(turns.hosts.lock().unwrap().len() <= KEPT);
        let memory = turns.take("waiting.example").await;
        assert!(memory.may_ask(Instant::now()).is_err());
    }
}
