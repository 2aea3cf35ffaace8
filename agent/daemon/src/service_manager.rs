//! What the service manager is told (`sd_notify(3)`): that a start takes long, that
//! the daemon is ready, that it gets on with its work, and that it stops.
//!
//! The watchdog is fed by progress: a task of the runtime leaves a mark every few
//! seconds, another one each time the database's writer answered, and a thread
//! outside the runtime feeds only while both marks are fresh. A daemon that hangs is
//! ended by the service manager and started again; nothing is lost by that (P8).

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use agent_store::Store;
use sd_notify::NotifyState;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::config;

/// How much time is asked for at once while the daemon starts.
const EXTENSION: Duration = Duration::from_secs(60);

/// It is asked for this often.
const EXTEND: Duration = Duration::from_secs(20);

/// A start that takes longer than this is given up by the service manager.
const LONGEST_START: Duration = Duration::from_secs(30 * 60);

/// How long the writer may be at one transaction: ranking a large corpus anew, or
/// bringing its schema forward, is one.
const LONGEST_WRITE: Duration = Duration::from_secs(5 * 60);

/// Tells the service manager, where there is one. One that does not listen, whose
/// socket was only inherited, is no reason to stop working.
pub(crate) fn tell(state: NotifyState<'_>) {
    if config::under_service_manager()
        && let Err(error) = sd_notify::notify(&[state])
    {
        tracing::warn!(%error, "the service manager could not be told");
    }
}

/// Asks for more time while the daemon starts, until it is dropped: recovery, or a
/// schema that is brought forward, takes as long as the corpus is large.
pub(crate) struct Starting(#[expect(dead_code, reason = "dropping it ends the thread")] Sender<()>);

impl Starting {
    /// Begins to ask.
    pub(crate) fn begin() -> Self {
        let (guard, dropped) = channel::<()>();
        if config::under_service_manager() {
            thread::spawn(move || {
                let begun = Instant::now();
                while begun.elapsed() < LONGEST_START {
                    let micros = u32::try_from(EXTENSION.as_micros()).unwrap_or(u32::MAX);
                    tell(NotifyState::ExtendTimeoutUsec(micros));
                    if dropped.recv_timeout(EXTEND) != Err(RecvTimeoutError::Timeout) {
                        return;
                    }
                }
            });
        }
        Self(guard)
    }
}

/// When the runtime and the writer last did something, in milliseconds since the
/// watchdog was begun.
struct Marks {
    begun: Instant,
    runtime: AtomicU64,
    writer: AtomicU64,
}

impl Marks {
    fn set(&self, mark: &AtomicU64) {
        mark.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// What hangs, if something does.
    fn hangs(&self, longest: Duration) -> Option<&'static str> {
        let age = |mark: &AtomicU64| {
            Duration::from_millis(self.now().saturating_sub(mark.load(Ordering::Relaxed)))
        };
        if age(&self.runtime) > longest {
            Some("the runtime")
        } else if age(&self.writer) > LONGEST_WRITE.max(longest) {
            Some("the database's writer")
        } else {
            None
        }
    }
}

/// Feeds the watchdog until the daemon stops, where the service manager keeps one.
pub(crate) fn feed_watchdog(store: &Store, shutdown: &CancellationToken, tasks: &TaskTracker) {
    let Some(within) = config::watchdog() else {
        return;
    };
    let pace = Pace::of(within);
    let marks = Arc::new(Marks {
        begun: Instant::now(),
        runtime: AtomicU64::new(0),
        writer: AtomicU64::new(0),
    });
    let (seen, ended) = (Arc::clone(&marks), shutdown.clone());
    tasks.spawn(async move {
        while !ended.is_cancelled() {
            seen.set(&seen.runtime);
            tokio::time::sleep(pace.look).await;
        }
    });
    let (seen, ended, store) = (Arc::clone(&marks), shutdown.clone(), store.clone());
    tasks.spawn(async move {
        while !ended.is_cancelled() {
            // An error is an answer too: the writer lives.
            let _ = store.write(|_| Ok(())).await;
            seen.set(&seen.writer);
            tokio::time::sleep(pace.look).await;
        }
    });
    let ended = shutdown.clone();
    thread::spawn(move || feed(&marks, pace, &ended));
    tracing::info!(seconds = within.as_secs_f64(), "the watchdog is fed");
}

/// How often the watchdog is fed, and how old a mark may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pace {
    feed: Duration,
    fresh: Duration,
    look: Duration,
}

impl Pace {
    /// For a watchdog that bites after `within`: fed at its half, as `sd_notify(3)`
    /// wants, by marks of its last quarter.
    fn of(within: Duration) -> Self {
        Self {
            feed: within / 2,
            fresh: within / 4,
            look: within / 16,
        }
    }
}

fn feed(marks: &Marks, pace: Pace, ended: &CancellationToken) {
    let mut fed: Option<Instant> = None;
    let mut said = false;
    while !ended.is_cancelled() {
        if fed.is_none_or(|fed| fed.elapsed() + pace.look > pace.feed) {
            match marks.hangs(pace.fresh) {
                None => {
                    tell(NotifyState::Watchdog);
                    fed = Some(Instant::now());
                    said = false;
                }
                Some(what) if !said => {
                    tracing::error!(what, "no progress; the watchdog is not fed");
                    said = true;
                }
                Some(_) => {}
            }
        }
        thread::sleep(pace.look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_too_old_says_what_hangs() {
        let Some(begun) = Instant::now().checked_sub(Duration::from_secs(3600)) else {
            return;
        };
        let check = |runtime: u64, writer: u64, expected| {
            let ago = |seconds: u64| AtomicU64::new((3600 - seconds) * 1000);
            let marks = Marks {
                begun,
                runtime: ago(runtime),
                writer: ago(writer),
            };
            let fresh = Pace::of(Duration::from_secs(30)).fresh;
            assert_eq!(marks.hangs(fresh), expected, "{runtime} {writer}");
        };
        check(1, 1, None);
        check(5, 200, None);
        check(9, 1, Some("the runtime"));
        check(1, 400, Some("the database's writer"));
        check(3000, 3000, Some("the runtime"));
    }

    #[test]
    fn a_watchdog_of_half_a_minute_is_fed_each_quarter_and_stops_within_it() {
        let pace = Pace::of(Duration::from_secs(30));
        assert_eq!(pace.feed, Duration::from_secs(15));
        // The last mark before a block is at most `look` old, and counts for `fresh`.
        assert!(pace.fresh + pace.look < Duration::from_secs(15));
    }
}
