//! The gate: what a browser session may send, and when.
//!
//! Two layers, both needed. Inside the browser, interception ([`intercept`])
//! asks [`Gate::decide`] about every request: it sees method, address and body.
//! Below it, a loopback proxy carries tunnels only and counts records of
//! application data: it stops what interception never sees, such as Chromium's
//! own resend of a POST whose connection closed without an answer.
//!
//! A gate goes one way: it loads, is shut ([`Gate::shut`]) before anything
//! personal is typed, and lets out the releases of one [`ReleaseOrder`] in their
//! order, each once. Dropping it cuts everything.
//!
//! The other side of the listener is checked as far as the system tells: on
//! Linux another user's connections are refused. A program of the same user
//! could spend the admission, but not learn or change what the browser sends.

mod connect;
mod decide;
mod hosts;
pub mod install;
pub mod intercept;
mod journal;
mod leak;
mod peer;
mod permit;
mod phase;
mod proxy;
mod release;
mod report;
mod request;
mod shared;
mod tls;
mod tunnel;

use std::{io, net::SocketAddr, sync::Arc};

use agent_approval::{ProtectedValue, SentAs};
use agent_core::form::FileToSend;
use async_trait::async_trait;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Mutex, watch},
    task::JoinHandle,
};

use crate::session::Permit;

pub use journal::Journal;
pub use permit::GateError;
pub use report::{GateReport, Refused};
pub use request::{Decision, PausedRequest, PostedBody};

use permit::Permitted;
use phase::Phase;
use shared::Shared;

/// Opens connections for the gate: resolves, refuses private addresses, and in
/// a practice home leads every host to the practice employer.
#[async_trait]
pub trait Outlet: Send + Sync {
    /// A connection to `host`.
    ///
    /// # Errors
    /// When the host cannot be reached or must not be.
    async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream>;
}

/// Takes note of everything that passed the gate or was refused by it.
pub trait GateLog: Send + Sync {
    /// A tunnel ended.
    fn tunnel(&self, host: &str, sent: u64, received: u64);
    /// Something was refused, in words: a host, or a request of the page.
    fn refused(&self, what: &str, why: &str);
}

/// What a gate is for.
pub struct GateOptions {
    /// Opens connections.
    pub outlet: Arc<dyn Outlet>,
    /// Takes note.
    pub log: Arc<dyn GateLog>,
    /// Hosts the page may load from, its own among them; exact or `*.`.
    pub page_hosts: Vec<String>,
    /// Hosts of invisible challenges; exact or `*.`. While a release is awaited
    /// they may be contacted with nothing of the person.
    pub helper_hosts: Vec<String>,
}

/// A permit, with what the browser knows of how its values look on the wire.
pub struct ReleaseOrder {
    /// The right to release.
    pub permit: Permit,
    /// The approved files; they are hashed again before they leave.
    pub files: Vec<FileToSend>,
    /// How the fields' values look on the wire.
    pub sent_as: Vec<SentAs>,
    /// Names of hidden controls the reader saw, besides those of the manifest.
    pub hidden_names: Vec<String>,
    /// What the person keeps and the manifest does not approve.
    pub protected: Vec<ProtectedValue>,
}

/// How far a gate has gone, for those who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The page loads.
    Load,
    /// Shut, for filling.
    Fill,
    /// The release of this number is awaited.
    Waiting(usize),
    /// Its request was found right and may leave; no byte did.
    Armed(usize),
    /// Bytes of it were let out; its answer is awaited.
    Spent(usize),
    /// Every release was answered.
    Open,
    /// Shut for good.
    Closed,
}

/// A running gate. It owns the proxy; dropping it cuts everything.
pub struct Gate {
    shared: Arc<Shared>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
    permitted: Mutex<Option<Permitted>>,
}

impl Gate {
    /// Starts a gate on a loopback port of its own, for loading the page.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(options: GateOptions) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(options));
        let accepting = tokio::spawn(proxy::accept(listener, address, Arc::clone(&shared)));
        Ok(Self {
            shared,
            address,
            accepting,
            permitted: Mutex::new(None),
        })
    }

    /// Where the proxy listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shuts the gate before the form is filled. When this returns every tunnel
    /// is cut, nothing can pass, and the browser has given up what it was
    /// loading. A gate that went further is shut for good.
    pub async fn shut(&self) {
        self.shared.change(|machine| {
            machine.phase = match machine.phase {
                Phase::Load | Phase::Fill => Phase::Fill,
                Phase::Waiting(_)
                | Phase::Checking(_)
                | Phase::Armed(_)
                | Phase::Spent(_)
                | Phase::Open
                | Phase::Closed => Phase::Closed,
            };
        });
        self.shared.cut(None).await;
        self.shared.quiet().await;
    }

    /// Shuts the gate for good; when this returns nothing can pass.
    pub async fn close(&self) {
        self.shared.change(|machine| machine.phase = Phase::Closed);
        self.shared.cut(None).await;
    }

    /// Shuts the gate for good without waiting until the tunnels are closed.
    fn close_now(&self) {
        self.shared.change(|machine| machine.phase = Phase::Closed);
        self.shared.abort(None);
    }

    /// Accepts the person's approval: from now on the first release is awaited.
    /// The journal is made here, and with it the intent is used.
    ///
    /// # Errors
    /// When the gate is not shut for filling, the approval does not hold for
    /// this manifest now, a file is not the approved one, or the journal cannot
    /// be made. Nothing was let out then, and nothing will be.
    pub async fn permit(&self, order: ReleaseOrder) -> Result<(), GateError> {
        let mut place = self.permitted.lock().await;
        if self.shared.stage() != Stage::Fill || place.is_some() {
            return Err(GateError::Phase);
        }
        let (permitted, targets) = Permitted::new(order).await?;
        let awaited = self.shared.change(|machine| {
            if machine.phase != Phase::Fill {
                return false;
            }
            machine.targets = targets;
            machine.phase = Phase::Waiting(0);
            true
        });
        if !awaited {
            return Err(GateError::Phase);
        }
        *place = Some(permitted);
        Ok(())
    }

    /// Goes on after the browser saw the answer to the release that is on its
    /// way: to the next release, or, after the last, to the page that follows.
    /// Called by [`intercept`]; an answer to nothing changes nothing.
    pub async fn answered(&self) {
        let place = self.permitted.lock().await;
        let release = self.shared.look(phase::Machine::answerable);
        if let (Some(release), Some(permitted)) = (release, place.as_ref()) {
            // That the answer is not written down costs the person a question, no more.
            let _ = permitted.write(journal::Entry::Answered, release).await;
            self.shared.change(phase::Machine::answered);
        }
    }

    /// Shuts the gate for good because the browser gave up the release that was
    /// on its way, for this reason.
    async fn failed(&self, reason: &str) {
        let what = "the approved request".to_owned();
        let why = format!("the browser gave it up: {reason}");
        self.shared.refuse_request(what, &why, None);
        self.close().await;
    }

    /// Application bytes of releases that were let out. With 0 surely nothing
    /// was sent.
    pub fn forwarded(&self) -> u64 {
        self.shared.look(|machine| machine.forwarded)
    }

    /// How far the gate has gone, now and at every change.
    pub fn stages(&self) -> watch::Receiver<Stage> {
        self.shared.stages()
    }

    /// What was refused so far.
    pub fn report(&self) -> GateReport {
        self.shared.report()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.accepting.abort();
        self.close_now();
    }
}
