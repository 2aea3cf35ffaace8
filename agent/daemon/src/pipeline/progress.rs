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
    /// Postings whose own page was read, because their list does not describe them.
    pub details: u32,
    /// Postings whose own page could not be read.
    pub details_failed: u32,
    /// Postings whose own page was not asked for yet; the next sync does.
    pub not_asked: u32,
    /// Postings that a board listed again; the first was taken.
    pub duplicates: u32,
    /// Jobs that were not listed and stay open, because the run is an alarm.
    pub held: u32,
    /// What is not as usual, in words.
    pub alarms: Vec<String>,
    /// Boards that postings name and the person does not follow.
    pub learned: u32,
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
        self.details += other.details;
        self.details_failed += other.details_failed;
        self.not_asked += other.not_asked;
        self.duplicates += other.duplicates;
        self.held += other.held;
        self.learned += other.learned;
        self.alarms.extend(other.alarms.iter().cloned());
        self.drop_postings(other.dropped.iter().cloned());
    }

    /// Notes postings left out; past a limit the rest is one line.
    pub(crate) fn drop_postings(&mut self, reasons: impl IntoIterator<Item = String>) {
        for reason in reasons {
            if self.dropped.len() < MAX_DROPPED {
                self.dropped.push(agent_core::text::quote(&reason, 200));
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
    /// Own pages of a board's postings came in.
    Details {
        /// Which.
        source: SourceId,
        /// Employer.
        company: String,
        /// Pages so far.
        done: u32,
        /// Pages that this sync asks for.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_all_boards_are_added() {
        let one = Report {
            asked: 1,
            fetched: 2,
            new: 3,
            changed: 4,
            restated: 5,
            unchanged: 6,
            closed: 7,
            reopened: 8,
            dropped: vec!["no title".into()],
            ranked: 9,
            failed_sources: 1,
            details: 10,
            details_failed: 11,
            not_asked: 12,
            duplicates: 13,
            held: 14,
            alarms: vec!["0 where there were 9".into()],
            learned: 15,
        };
        let mut both = one.clone();
        both.add(&one);
        let expected = Report {
            asked: 2,
            fetched: 4,
            new: 6,
            changed: 8,
            restated: 10,
            unchanged: 12,
            closed: 14,
            reopened: 16,
            dropped: vec!["no title".into(), "no title".into()],
            ranked: 18,
            failed_sources: 2,
            details: 20,
            details_failed: 22,
            not_asked: 24,
            duplicates: 26,
            held: 28,
            alarms: vec!["0 where there were 9".into(), "0 where there were 9".into()],
            learned: 30,
        };
        assert_eq!(both, expected);
    }

    #[test]
    fn reasons_for_dropped_postings_are_few_short_and_clean() {
        let mut report = Report::default();
        report.drop_postings(["a\u{1b}[31mb\nc".to_owned(), "x".repeat(10_000)]);
        assert_eq!(report.dropped.first().map(String::as_str), Some("ab c"));
        let longest = report.dropped.iter().map(|reason| reason.chars().count());
        assert_eq!(longest.max(), Some(200));
        report.drop_postings((0..10_000).map(|number| number.to_string()));
        assert_eq!(report.dropped.len(), MAX_DROPPED + 1);
        let said = "more were left out";
        assert_eq!(report.dropped.last().map(String::as_str), Some(said));
        // Added up, they stay as few, and one line says that there are more.
        let mut all = Report::default();
        all.add(&report);
        all.add(&report);
        assert_eq!(all, report);
    }

    #[tokio::test]
    async fn a_listener_that_fell_behind_misses_steps_and_not_the_end() {
        let reporter = Reporter::new();
        let mut slow = reporter.subscribe();
        (0..5000).for_each(|done| reporter.tell(Progress::Rank { done }));
        let report = Report {
            ranked: 5000,
            ..Report::default()
        };
        reporter.tell(Progress::Done {
            report: report.clone(),
        });
        drop(reporter);
        let mut last = None;
        loop {
            match slow.recv().await {
                Ok(step) => last = Some(step),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => break,
            }
        }
        assert!(matches!(last, Some(Progress::Done { report: told }) if told == report));
    }
}
