//! What every part of the daemon holds: the rooms, and the shared signals.

use std::{ops::Deref, path::PathBuf, sync::Arc};

use agent_api::paths::Home;
use agent_models::BuiltIn;
use agent_portal::{broker::Broker, host::PluginHost};
use agent_store::{Store, StoreError, VectorSpace, WriteTx};
use jiff::Timestamp;
use tokio::{
    sync::{Mutex, watch},
    task::JoinError,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    applications::Desk,
    config::{Config, Setting},
    fault::{Fault, Kind},
    ledger::Egress,
    models::Chat,
    pipeline::Conductor,
    plugins::Looks,
    tiers::Tiers,
};

/// A cheap clone; all clones are one daemon.
#[derive(Clone)]
pub(crate) struct Handle(Arc<Rooms>);

/// The rooms and signals behind a [`Handle`].
pub(crate) struct Rooms {
    pub(crate) home: Home,
    pub(crate) practice: bool,
    pub(crate) config: Config,
    pub(crate) settings: Vec<Setting>,
    /// This program, for child processes.
    pub(crate) program: PathBuf,
    pub(crate) store: Store,
    pub(crate) plugins: PluginHost,
    /// What was seen of the components dropped into the plugin directory.
    pub(crate) dropped: Looks,
    pub(crate) broker: Broker,
    pub(crate) egress: Egress,
    pub(crate) embedder: Arc<BuiltIn>,
    /// Which vectors serve, and the background work on others.
    pub(crate) tiers: Tiers,
    /// The models that answer in words.
    pub(crate) chat: Chat,
    pub(crate) started: Timestamp,
    pub(crate) conductor: Conductor,
    pub(crate) desk: Desk,
    /// One ranking at a time, so that two do not judge the same jobs.
    pub(crate) ranking: Mutex<()>,
    /// Raised when events were written; watchers then read the table, which is the truth.
    pub(crate) news: watch::Sender<()>,
    /// Raised when the schedule was changed.
    pub(crate) rescheduled: watch::Sender<()>,
    /// Ends the daemon.
    pub(crate) shutdown: CancellationToken,
    /// Work that is finished before the daemon ends.
    pub(crate) tasks: TaskTracker,
}

impl Deref for Handle {
    type Target = Rooms;

    fn deref(&self) -> &Rooms {
        &self.0
    }
}

impl Handle {
    pub(crate) fn new(rooms: Rooms) -> Self {
        Self(Arc::new(rooms))
    }

    /// Runs one write transaction and wakes the watchers when it is through.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let done = self.store.write(work).await?;
        self.news.send_replace(());
        Ok(done)
    }

    /// The vector space in use.
    pub(crate) fn space(&self) -> VectorSpace {
        self.tiers.serving().space().clone()
    }

    /// Runs work that holds the processor on a thread of its own.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        tokio::task::spawn_blocking(work).await.map_err(fell)
    }

    /// Runs `work` on every item, on as many threads as there are processors;
    /// the results are in the order of the items.
    pub(crate) async fn compute_each<I: Send + 'static, T: Send + 'static>(
        &self,
        items: Vec<I>,
        work: impl Fn(I) -> T + Clone + Send + 'static,
    ) -> Result<Vec<T>, Fault> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        in_shares(threads, items, work).await
    }

    /// Runs `work` to its end even when who asked goes away meanwhile: what it
    /// writes is one change, and half of it would be kept. The daemon's own end
    /// waits for it.
    pub(crate) async fn complete<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Fault> {
        self.tasks.spawn(work).await.map_err(fell)
    }
}

async fn in_shares<I: Send + 'static, T: Send + 'static>(
    threads: usize,
    items: Vec<I>,
    work: impl Fn(I) -> T + Clone + Send + 'static,
) -> Result<Vec<T>, Fault> {
    let share = items.len().div_ceil(threads).max(1);
    let mut items = items.into_iter();
    let mut shares = Vec::new();
    loop {
        let some: Vec<I> = items.by_ref().take(share).collect();
        if some.is_empty() {
            break;
        }
        let work = work.clone();
        shares.push(tokio::task::spawn_blocking(move || {
            some.into_iter().map(work).collect::<Vec<T>>()
        }));
    }
    let mut results = Vec::new();
    for share in shares {
        results.extend(share.await.map_err(fell)?);
    }
    Ok(results)
}

/// The fault of a task that did not end well. What it said may quote a posting;
/// the log names the place in the program.
fn fell(error: JoinError) -> Fault {
    let what = if error.is_panic() {
        "a step failed by a fault of this program"
    } else {
        "a step was cut off by the daemon's end"
    };
    Fault::new(Kind::Internal, agent_api::reason::BUG, what).hint("its log says where")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn shared_work_gives_every_result_once_and_in_order() {
        for threads in [1, 2, 3, 64] {
            for count in [0, 1, 2, 7, 1000] {
                let done = in_shares(threads, (0..count).collect(), |number| number * 2).await;
                let expected: Vec<i32> = (0..count).map(|number| number * 2).collect();
                assert_eq!(done.unwrap(), expected, "{count} on {threads}");
            }
        }
    }

    #[tokio::test]
    async fn what_a_failed_step_was_at_is_not_told() {
        let panicked = tokio::spawn(async { panic!("at the text of a posting") }).await;
        let fault = fell(panicked.unwrap_err());
        assert_eq!(fault.kind, Kind::Internal);
        assert!(!fault.to_string().contains("posting"), "{fault}");
    }
}
