//! What a sync tells those who watch it.

use agent_core::ids::SourceId;
use tokio::sync::broadcast;

use crate::fault::Fault;

/// Counts of one source, or of a whole sync.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Report {
    /// Postings the portals say they have.
    pub asked: u32,
    /// Postings received.
    pub fetched: u32,
    /// Never seen before.
    pub new: u32,
    /// Seen before, with another description now.
    pub changed: u32,
    /// Seen before, same description, with another title, place, pay or other fact.
    pub restated: u32,
    /// Seen before, the same in everything.
    pub unchanged: u32,
    /// No longer there.
    pub closed: u32,
    /// Closed before, there again.
    pub reopened: u32,
    /// Not taken, each with its reason.
    pub dropped: Vec<String>,
    /// Jobs judged.
    pub ranked: u32,
    /// Sources that could not be read to the end.
    pub failed_sources: u32,
}

/// The most reasons for dropped postings kept of one source.
const MAX_DROPPED: usize = 50;

impl Report {
    /// Adds the counts of `other`.
    pub(crate) fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.fetched += other.fetched;
        self.new += other.new;
        self.changed += other.changed;
        self.restated += other.restated;
        self.unchanged += other.unchanged;
        self.closed += other.closed;
        self.reopened += other.reopened;
        self.ranked += other.ranked;
        self.failed_sources += other.failed_sources;
        self.drop_postings(other.dropped.iter().cloned());
    }

    /// Notes postings left out; past a limit the rest is one line.
    pub(crate) fn drop_postings(&mut self, reasons: impl IntoIterator<Item = String>) {
        for reason in reasons {
            if self.dropped.len() < MAX_DROPPED {
                self.dropped.push(agent_core::text::quote(
                    &agent_core::text::line(&reason),
                    200,
                ));
            } else if self.dropped.len() == MAX_DROPPED {
                self.dropped.push("more were left out".into());
            }
        }
    }
}

/// One step of a sync, for a person who watches.
#[derive(Debug, Clone)]
pub(crate) enum Progress {
    /// Pages of a board came in.
    Board {
        /// Which.
        source: SourceId,
        /// Employer.
        company: String,
        /// Postings so far.
        done: u32,
        /// Postings there are, 0 while unknown.
        total: u32,
    },
    /// A board is done, or failed with the fault.
    BoardDone {
        /// Which.
        source: SourceId,
        /// Employer.
        company: String,
        /// Its counts.
        report: Report,
        /// Why it failed, if it did.
        fault: Option<Fault>,
    },
    /// Skills and vectors.
    Enrich {
        /// Jobs so far.
        done: u32,
    },
    /// Constraints and scores.
    Rank {
        /// Jobs so far.
        done: u32,
    },
    /// The sync is over.
    Done {
        /// Counts over all sources.
        report: Report,
    },
    /// The sync stopped early; it goes on at the next start.
    Stopped {
        /// Why.
        fault: Fault,
    },
}

/// Sends progress to whoever listens, and to no one when no one does.
#[derive(Debug, Clone)]
pub(crate) struct Reporter(broadcast::Sender<Progress>);

impl Reporter {
    /// How many steps a slow listener may fall behind before it misses some.
    /// The last step is never missed: nothing follows that could push it out.
    const BACKLOG: usize = 1024;

    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(Self::BACKLOG))
    }

    pub(crate) fn tell(&self, progress: Progress) {
        // No listener is no fault.
        let _ = self.0.send(progress);
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Progress> {
        self.0.subscribe()
    }
}
