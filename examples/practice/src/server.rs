//! Starting the site, and its connections.

use std::fs;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::crypto::ring;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::apply::desk::Desk;
use crate::authority::Authority;
use crate::bulk;
use crate::corpus;
use crate::expected::Portal;
use crate::line::Line;
use crate::recorded::RecordedBoards;
use crate::request_log::RequestLog;
use crate::running::Running;
use crate::site::{Site, SiteService};
use crate::socket::listen_for_datagrams;
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
    /// Whether generated boards change from round to round.
    pub changing: bool,
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
            (None, Some(postings)) => World::Written(bulk::boards(postings, options.changing)?),
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
