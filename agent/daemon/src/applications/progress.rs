//! What those who watch an application being worked on are told.

use tokio::sync::broadcast;

use crate::fault::Fault;

/// One step of the work on an application.
#[derive(Debug, Clone)]
pub(crate) enum Doing {
    /// What is being done now, a phrase.
    Now(String),
    /// It waits for the person, or is over.
    Ended,
    /// It could not go on.
    Failed(Fault),
}

/// Tells whoever listens, and no one when no one does.
#[derive(Debug, Clone)]
pub(super) struct Reporter(broadcast::Sender<Doing>);

impl Reporter {
    pub(super) fn new() -> Self {
        // A slow listener misses steps, never the last one: nothing follows it.
        Self(broadcast::Sender::new(64))
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Doing> {
        self.0.subscribe()
    }

    pub(super) fn now(&self, what: impl Into<String>) {
        self.tell(Doing::Now(what.into()));
    }

    pub(super) fn tell(&self, step: Doing) {
        // Nobody listening is fine.
        let _ = self.0.send(step);
    }
}
