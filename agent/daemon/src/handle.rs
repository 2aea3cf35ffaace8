//! What every part of the daemon holds: the rooms, and the shared signals.

use std::{ops::Deref, path::PathBuf, sync::Arc};

use agent_api::paths::Home;
use agent_models::BuiltIn;
use agent_portal::{broker::Broker, host::PluginHost};
use agent_store::{Store, StoreError, VectorSpace, WriteTx};
use jiff::Timestamp;
use tokio::sync::{Mutex, watch};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::{Config, Setting},
    pipeline::Conductor,
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
    pub(crate) broker: Broker,
    pub(crate) embedder: Arc<BuiltIn>,
    pub(crate) started: Timestamp,
    pub(crate) conductor: Conductor,
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
        let space = self.embedder.space();
        VectorSpace {
            name: space.name.clone(),
            dims: space.dims,
        }
    }

    /// Runs work that holds the processor on a thread of its own.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, crate::fault::Fault> {
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            crate::fault::Fault::new(
                crate::fault::Kind::Internal,
                agent_api::reason::BUG,
                error.to_string(),
            )
        })
    }
}
