//! The desk applications are worked on at: one browser, who is at work on what, and
//! the kill switch.

use std::sync::Arc;

use agent_api::reason;
use agent_browser::Browser;
use tokio::sync::{Notify, Semaphore, SemaphorePermit, watch};
use tokio_util::sync::CancellationToken;

use super::roster::Roster;
use crate::fault::{Fault, Kind};

/// What all work on applications shares.
pub(crate) struct Desk {
    pub(crate) browser: Arc<dyn Browser>,
    /// One browser at a time: a laptop has one person and little memory.
    seat: Semaphore,
    /// Who is at work on what.
    pub(crate) roster: Roster,
    /// Whether the kill switch is on.
    paused: watch::Sender<bool>,
    /// Raised when boards were read: postings may have closed.
    read: Notify,
}

impl Desk {
    pub(crate) fn new(browser: Arc<dyn Browser>) -> Self {
        Self {
            browser,
            seat: Semaphore::new(1),
            roster: Roster::default(),
            paused: watch::Sender::new(false),
            read: Notify::new(),
        }
    }

    /// Waits for the browser to be free; it is kept until the guard is dropped.
    pub(super) async fn seat(&self) -> Result<SemaphorePermit<'_>, Fault> {
        self.seat.acquire().await.map_err(|_| ending())
    }

    /// Says that boards were read.
    pub(crate) fn boards_read(&self) {
        self.read.notify_one();
    }

    /// Comes back when boards were read.
    pub(super) async fn looked_for(&self) {
        self.read.notified().await;
    }

    /// Sets the kill switch for all work under way and to come.
    pub(crate) fn pause(&self, on: bool) {
        self.paused.send_replace(on);
    }

    /// Does `work`, or gives it up where it is when work must stop.
    pub(super) async fn unless_halted<T>(
        &self,
        shutdown: &CancellationToken,
        work: impl Future<Output = T>,
    ) -> Result<T, Fault> {
        tokio::select! {
            biased;
            why = self.halted(shutdown) => Err(why),
            done = work => Ok(done),
        }
    }

    /// Comes back with why, when work must stop at once.
    async fn halted(&self, shutdown: &CancellationToken) -> Fault {
        let mut switch = self.paused.subscribe();
        tokio::select! {
            () = shutdown.cancelled() => ending(),
            // The sender is ours: it does not go before this future.
            _ = switch.wait_for(|on| *on) => paused(),
        }
    }
}

/// The kill switch is on.
pub(super) fn paused() -> Fault {
    let message = "the agent is paused: nothing is prepared or sent";
    Fault::new(Kind::Refused, reason::PAUSED, message).hint("go on with: agentctl unpause")
}

fn ending() -> Fault {
    let message = "the daemon is ending; the work goes on at the next start";
    Fault::new(Kind::Unavailable, reason::SHUTTING_DOWN, message)
}
