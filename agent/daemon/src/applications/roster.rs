//! Who is at work on which application: one at a time, and nobody's wish that it goes
//! on is lost.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use agent_api::reason;
use agent_core::ids::ApplicationId;
use tokio::sync::{broadcast, watch};

use super::progress::{Doing, Reporter};
use crate::fault::{Fault, Kind};

/// The applications that are being worked on.
pub(crate) struct Roster {
    working: Mutex<HashMap<ApplicationId, Work>>,
    /// How many there are, for those who wait for none.
    count: watch::Sender<usize>,
}

/// Work on one application that is under way.
struct Work {
    reporter: Reporter,
    /// Somebody moved the application on since it last looked at its stage, perhaps
    /// after it had seen that nothing was left to do.
    again: bool,
}

impl Default for Roster {
    fn default() -> Self {
        Self {
            working: Mutex::default(),
            count: watch::Sender::new(0),
        }
    }
}

impl Roster {
    /// Follows the work on `id`; gives whom it reports to when it is still to be
    /// started. With `again`, work that is under way looks at the stage once more
    /// before it ends.
    pub(super) fn follow(
        &self,
        id: ApplicationId,
        again: bool,
    ) -> (broadcast::Receiver<Doing>, Option<Reporter>) {
        let mut working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(work) = working.get_mut(&id) {
            work.again |= again;
            return (work.reporter.subscribe(), None);
        }
        let reporter = Reporter::new();
        let receiver = reporter.subscribe();
        let work = Work {
            reporter: reporter.clone(),
            again: false,
        };
        working.insert(id, work);
        self.count.send_replace(working.len());
        (receiver, Some(reporter))
    }

    /// Refuses to change what a form is filled from while it is being filled.
    pub(super) fn refuse_at_work(&self, id: ApplicationId) -> Result<(), Fault> {
        let working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        if !working.contains_key(&id) {
            return Ok(());
        }
        let message = "the form of this application is being filled right now";
        Err(Fault::new(Kind::Refused, reason::WRONG_STAGE, message)
            .hint("say it again when that is done"))
    }

    /// Ends the work on `id`, unless it was asked for again meanwhile; says whether it
    /// has ended.
    pub(super) fn leave(&self, id: ApplicationId) -> bool {
        let mut working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        let again = working
            .get_mut(&id)
            .is_some_and(|work| std::mem::take(&mut work.again));
        if !again {
            working.remove(&id);
            self.count.send_replace(working.len());
        }
        !again
    }

    /// How many applications are being worked on.
    pub(crate) fn busy(&self) -> usize {
        let working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        working.len()
    }

    /// Comes back when nothing is worked on.
    pub(super) async fn at_rest(&self) {
        let mut at_work = self.count.subscribe();
        // The sender is ours: it does not go before this future.
        let _ = at_work.wait_for(|count| *count == 0).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_while_work_is_about_to_end_is_heard_once() {
        let roster = Roster::default();
        let id = ApplicationId::from_bytes([1; 16]);
        assert!(roster.follow(id, true).1.is_some(), "it is to be started");
        assert_eq!(roster.busy(), 1);
        // Whoever only watches asks for nothing; whoever moved it on does.
        assert!(roster.follow(id, false).1.is_none());
        assert!(roster.follow(id, true).1.is_none());
        assert!(!roster.leave(id), "it was asked for again");
        assert_eq!(roster.busy(), 1);
        assert!(roster.refuse_at_work(id).is_err());
        assert!(roster.follow(id, false).1.is_none());
        assert!(roster.leave(id), "nobody asked since");
        assert_eq!(roster.busy(), 0);
        assert!(roster.refuse_at_work(id).is_ok());
        assert!(roster.follow(id, false).1.is_some());
    }
}
