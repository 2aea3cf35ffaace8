//! Starting, steering and stopping the site.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::crypto::ring;
use serde::{Deserialize, Serialize};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::apply::desk::{Application, Desk};
use crate::authority::Authority;
use crate::bulk;
use crate::corpus;
use crate::expected::{BoardInfo, Portal, RoundCounts};
use crate::fault::Fault;
use crate::line::Line;
use crate::opening::OpeningInfo;
use crate::recorded::RecordedBoards;
use crate::request_log::{LoggedRequest, RequestLog};
use crate::site::{Site, SiteService};
use crate::socket::listen_for_datagrams;
use crate::trap::Trap;
use crate::world::World;

/// What to serve, and where.
#[derive(Debug, Clone, Default)]
pub struct PracticeOptions {
    /// Loopback port; 0 takes a free one.
    pub port: u16,
    /// Where the CA, the ready line and the request log are kept.
    pub dir: Option<PathBuf>,
    /// A directory of recorded sessions, served in place of the corpus.
    pub data: Option<PathBuf>,
    /// The recorded sessions to serve, in order; none named is all.
    pub sessions: Vec<String>,
    /// The portals whose recorded sessions are served; none named is both.
    pub portals: Vec<Portal>,
    /// This many generated postings, in place of the corpus.
    pub bulk: Option<usize>,
}

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

/// The way in.
#[derive(Debug)]
pub struct Practice;

impl Practice {
    /// Starts the site on the loopback interface, within the caller's runtime.
    ///
    /// # Errors
    /// When the port is taken, the directory cannot be written, or the recorded
    /// sessions cannot be read.
    pub async fn start(options: PracticeOptions) -> Result<Running> {
        let world = match (&options.data, options.bulk) {
            (Some(data), _) => {
                let portals = match options.portals.as_slice() {
                    [] => &[Portal::Greenhouse, Portal::Lever][..],
                    some => some,
                };
                World::Recorded(RecordedBoards::load(data, &options.sessions, portals)?)
            }
            (None, Some(postings)) => World::Written(bulk::boards(postings)?),
            (None, None) => World::Written(corpus::boards()?),
        };
        let (authority, log_path) = match &options.dir {
            Some(dir) => {
                fs::create_dir_all(dir)
                    .with_context(|| format!("cannot make {}", dir.display()))?;
                (Authority::in_dir(dir)?, Some(dir.join(REQUEST_LOG)))
            }
            None => (Authority::fresh()?, None),
        };
        let kept = options.dir.as_ref().map(|dir| dir.join(APPLICATIONS));
        let log = Arc::new(RequestLog::new(log_path.as_deref())?);
        let (stun, datagrams) = listen_for_datagrams(Arc::clone(&log)).await?;
        let site = Arc::new(Site::new(world, Desk::new(kept.as_deref())?, log, stun));
        let ca_pem = authority.ca_pem().to_owned();
        let acceptor = tls(authority)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .await
            .with_context(|| format!("cannot listen on 127.0.0.1:{}", options.port))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept(listener, acceptor, Arc::clone(&site), stopped));
        let running = Running {
            address,
            ca_pem,
            site,
            dir: options.dir,
            stop: Some(stop),
            task: Some(task),
            datagrams,
        };
        if let Some(dir) = &running.dir {
            let line = serde_json::to_string(&running.ready())?;
            let path = dir.join("ready.json");
            fs::write(&path, line + "\n")
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(running)
    }
}

const REQUEST_LOG: &str = "requests.jsonl";
const APPLICATIONS: &str = "applications.jsonl";

/// A site that answers until it is stopped or dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The certificate to trust, PEM.
    pub ca_pem: String,
    site: Arc<Site>,
    dir: Option<PathBuf>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
    datagrams: JoinHandle<()>,
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

fn tls(authority: Authority) -> Result<TlsAcceptor> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(authority));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Connections live in the set, so that ending this task ends them all.
async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    site: Arc<Site>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, acceptor.clone(), Arc::clone(&site)));
                }
                // Out of file descriptors, most likely: let some close first.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
        }
    }
}

/// Ends when the client leaves; how it leaves is no concern of the site's.
async fn serve(stream: TcpStream, acceptor: TlsAcceptor, site: Arc<Site>) {
    let _ = stream.set_nodelay(true);
    let line = Line::of(&stream);
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    let stream = line.guard(stream);
    let service = TowerToHyperService::new(SiteService { site, line });
    let _ = auto::Builder::new(TokioExecutor::new())
        .http1_only()
        .serve_connection_with_upgrades(TokioIo::new(stream), service)
        .await;
}
