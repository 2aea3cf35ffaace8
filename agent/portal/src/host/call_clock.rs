//! The time of a call: polite waiting does not count, everything else does.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::fetch::Waited;

/// How often a call that waits is looked at, at least.
const LOOK: Duration = Duration::from_millis(100);

/// When a call is over.
pub(super) struct CallClock {
    start: Instant,
    wall: Duration,
    waited: Waited,
    before: Duration,
}

impl CallClock {
    /// Starts now, for `wall` of time that is not spent waiting for a host's turn.
    pub(super) fn start(wall: Duration, waited: Waited) -> Self {
        Self {
            start: Instant::now(),
            wall,
            before: waited.so_far(),
            waited,
        }
    }

    /// The time waited during the call.
    pub(super) fn waited(&self) -> Duration {
        self.waited.so_far().saturating_sub(self.before)
    }

    /// When it is over, if there is no more waiting.
    pub(super) fn over(&self) -> Instant {
        self.start + self.wall + self.waited()
    }

    /// What `work` comes to, or `None` when the call is over before.
    pub(super) async fn within<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = std::pin::pin!(work);
        loop {
            let over = self.over();
            if let Ok(done) = timeout_at(over.max(Instant::now() + LOOK), &mut work).await {
                return Some(done);
            }
            // What was waited meanwhile has moved the end.
            if self.over() <= Instant::now() {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Whether work of so many seconds, after so many of waiting, is done in ten.
    async fn done(waits: u32, works: u32) -> bool {
        let waited = Waited::default();
        let clock = CallClock::start(10 * SECOND, waited.clone());
        let work = async {
            let waiting = waited.begin();
            sleep(waits * SECOND).await;
            drop(waiting);
            sleep(works * SECOND).await;
        };
        let done = clock.within(work).await.is_some();
        assert!(clock.start.elapsed() <= (waits + 10) * SECOND + 2 * LOOK);
        assert_eq!(clock.waited(), waits * SECOND);
        done
    }

    #[tokio::test(start_paused = true)]
    async fn a_polite_wait_is_not_the_plugins_and_its_own_time_is() {
        for (waits, works, expected) in [
            (0, 9, true),
            (0, 11, false),
            (1000, 9, true),
            (1000, 11, false),
            (1000, 100_000, false),
        ] {
            assert_eq!(done(waits, works).await, expected, "{waits} {works}");
        }
    }
}
