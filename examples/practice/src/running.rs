//! A running site: asking it, steering it, stopping it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::apply::desk::Application;
use crate::expected::{BoardInfo, RoundCounts};
use crate::fault::Fault;
use crate::opening::OpeningInfo;
use crate::request_log::LoggedRequest;
use crate::site::Site;
use crate::trap::Trap;

/// What a caller needs to know to use a running site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ready {
    /// Where it listens.
    pub address: SocketAddr,
    /// The CA certificate's path, if the site was given a directory.
    pub ca: Option<PathBuf>,
    /// The boards and what to expect of each.
    pub boards: Vec<BoardInfo>,
    /// The same counts added up, round by round.
    pub rounds: Vec<RoundCounts>,
    /// The UDP port that notes datagrams, on the same address.
    #[serde(default)]
    pub stun: u16,
}

/// A site that answers until it is stopped or dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The certificate to trust, PEM.
    pub ca_pem: String,
    pub(crate) site: Arc<Site>,
    pub(crate) dir: Option<PathBuf>,
    pub(crate) stop: Option<oneshot::Sender<()>>,
    pub(crate) task: Option<JoinHandle<()>>,
    pub(crate) datagrams: JoinHandle<()>,
}

impl Running {
    /// The boards and the counts to expect of each.
    #[must_use]
    pub fn boards(&self) -> Vec<BoardInfo> {
        self.site.world.boards()
    }

    /// The counts of all boards added up, round by round.
    #[must_use]
    pub fn rounds(&self) -> Vec<RoundCounts> {
        self.site.world.totals()
    }

    /// Turns to a round, from 1; a board keeps its last round beyond it.
    pub fn set_round(&self, round: u32) {
        self.site.set_round(round);
    }

    /// Puts a fault in force.
    pub fn set_fault(&self, fault: Fault) {
        self.site.faults.set(fault);
    }

    /// Lifts the fault of a host and path.
    pub fn clear_fault(&self, host: &str, path: &str) {
        self.site.faults.clear(host, path);
    }

    /// Every request so far, in order of arrival; control requests are not among them.
    #[must_use]
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.site.log.requests()
    }

    /// What the ready line says.
    #[must_use]
    pub fn ready(&self) -> Ready {
        Ready {
            address: self.address,
            ca: self.dir.as_ref().map(|dir| dir.join("ca.pem")),
            boards: self.boards(),
            rounds: self.rounds(),
            stun: self.site.stun,
        }
    }

    /// What can be applied to in the present round.
    #[must_use]
    pub fn openings(&self) -> Vec<OpeningInfo> {
        self.site.openings()
    }

    /// Where the form of a listed posting is.
    #[must_use]
    pub fn form_url(&self, token: &str, id: &str) -> Option<String> {
        let openings = self.site.world.openings(self.site.round());
        let opening = openings.iter().find(|o| o.token == token && o.id == id)?;
        Some(opening.form_url())
    }

    /// Sets a trap at the forms of a path and below; the empty path is all.
    pub fn set_trap(&self, trap: Trap, path: &str) {
        self.site.traps.set(trap, path);
    }

    /// Lifts the trap of a path.
    pub fn clear_trap(&self, trap: Trap, path: &str) {
        self.site.traps.clear(trap, path);
    }

    /// Lifts every trap.
    pub fn clear_traps(&self) {
        self.site.traps.clear_all();
    }

    /// The applications that were accepted, in order.
    #[must_use]
    pub fn applications(&self) -> Vec<Application> {
        self.site.desk.applications()
    }

    /// Every request that delivered something to a careers page, to the store
    /// of files, or to the foreign host some traps turn a form to; accepted or not.
    #[must_use]
    pub fn posts(&self) -> Vec<LoggedRequest> {
        self.site.posts()
    }

    /// Stops listening and cuts what is open.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means the task is already gone.
            let _ = stop.send(());
        }
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.datagrams.abort();
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}
