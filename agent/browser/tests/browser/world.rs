//! A practice employer, and browsers that reach nothing else.

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use agent_approval::{
    Approval, Lifetime, Manifest, ManifestDigest, Nonce, PluginRef, Purpose, SecretKey, Sha256,
    SignedApproval,
};
use agent_browser::{
    Browser, Chromium, ChromiumOptions, Filled, Mode, Outcome, Permit, Session, Visit, Waits,
    gate::{GateLog, Outlet},
};
use agent_core::form::{Filling, LivePage, Recipe};
use async_trait::async_trait;
use practice::{OpeningInfo, Practice, PracticeOptions, Running, Shape};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::recipe::recipe_of;

/// When every approval of these tests is made.
const NOW: i64 = 1_790_000_000;

pub(crate) struct World {
    pub(crate) practice: Running,
    pub(crate) home: TempDir,
    log: Arc<Log>,
    sessions: AtomicUsize,
}

/// Leads every host to the practice employer.
struct Loopback(SocketAddr);

#[async_trait]
impl Outlet for Loopback {
    async fn connect(&self, _host: &str, _port: u16) -> io::Result<TcpStream> {
        TcpStream::connect(self.0).await
    }
}

/// What passed the gate, and what was refused.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) refused: Mutex<Vec<(String, String)>>,
}

impl GateLog for Log {
    fn tunnel(&self, _host: &str, _sent: u64, _received: u64) {}

    fn refused(&self, what: &str, why: &str) {
        self.refused
            .lock()
            .unwrap()
            .push((what.to_owned(), why.to_owned()));
    }
}

impl World {
    pub(crate) async fn start() -> Self {
        Self {
            practice: Practice::start(PracticeOptions::default()).await.unwrap(),
            home: TempDir::new().unwrap(),
            log: Arc::default(),
            sessions: AtomicUsize::new(0),
        }
    }

    pub(crate) fn options(&self) -> ChromiumOptions {
        ChromiumOptions {
            chromium: None,
            chromedriver: None,
            mode: Mode::Practice,
            waits: Waits {
                load: Duration::from_secs(60),
                answer: Duration::from_secs(30),
            },
            outlet: Arc::new(Loopback(self.practice.address)),
            log: self.log.clone(),
        }
    }

    /// The opening of this shape that asks most.
    pub(crate) fn opening(&self, shape: Shape) -> OpeningInfo {
        let openings = self.practice.openings();
        let of_shape = openings
            .into_iter()
            .filter(|opening| opening.shape == shape);
        of_shape
            .max_by_key(|opening| opening.required.len() + opening.optional.len())
            .unwrap()
    }

    /// Folder of the next session.
    pub(crate) fn session_dir(&self) -> PathBuf {
        let number = self.sessions.fetch_add(1, Ordering::Relaxed);
        self.home.path().join("sessions").join(number.to_string())
    }

    pub(crate) async fn open(&self, opening: &OpeningInfo) -> Open {
        self.open_with(self.options(), recipe_of(opening)).await
    }

    /// A session that waits no longer than this for an answer.
    pub(crate) async fn open_patient(&self, opening: &OpeningInfo, seconds: u64) -> Open {
        let mut options = self.options();
        options.waits.answer = Duration::from_secs(seconds);
        self.open_with(options, recipe_of(opening)).await
    }

    async fn open_with(&self, options: ChromiumOptions, recipe: Recipe) -> Open {
        let dir = self.session_dir();
        let visit = Visit {
            recipe,
            dir: dir.clone(),
            protected: Vec::new(),
        };
        let session = Chromium::new(options).open(visit).await.unwrap();
        Open { session, dir }
    }

    /// What the employer got for `opening`: accepted or not.
    pub(crate) fn arrivals(&self, opening: &OpeningInfo) -> usize {
        let submits = self
            .practice
            .posts()
            .into_iter()
            .filter(|post| post.host == host(opening));
        submits.count()
    }

    /// The references the employer gave out.
    pub(crate) fn references(&self) -> Vec<String> {
        self.practice
            .applications()
            .into_iter()
            .map(|application| application.reference)
            .collect()
    }

    pub(crate) fn refusals(&self) -> Vec<(String, String)> {
        self.log.refused.lock().unwrap().clone()
    }

    /// Signs what was filled, as the person does.
    pub(crate) fn permit(&self, opening: &OpeningInfo, filled: &Filled) -> Permit {
        let manifest = Manifest {
            version: Manifest::VERSION,
            application: "0".repeat(32),
            opening: format!("{}/{}", opening.token, opening.id),
            employer: opening.token.clone(),
            title: opening.title.clone(),
            posting_url: opening.form_url.clone(),
            plugin: PluginRef {
                id: "practice".to_owned(),
                version: "1".to_owned(),
                sha256: Sha256::of(b"plugin"),
            },
            profile_revision: 1,
            nonce: Nonce::from_bytes([7; 16]),
            snapshots: vec![filled.snapshot.clone()],
            releases: filled.releases.clone(),
        };
        let manifest = manifest.encode().unwrap();
        let key = SecretKey::from_random(&[9; 32]);
        let approval = Approval {
            purpose: Purpose::Submit,
            manifest: ManifestDigest::of(&manifest),
            signed_at: NOW,
            valid_until: NOW + i64::from(Lifetime::DEFAULT.seconds()),
            key: key.public().id(),
        };
        Permit {
            approval: SignedApproval::sign(&key, &approval).unwrap(),
            manifest,
            key: key.public(),
            now: NOW + 60,
            journal: self.home.path().join(format!(
                "journal-{}",
                self.sessions.fetch_add(1, Ordering::Relaxed)
            )),
        }
    }
}

pub(crate) fn host(opening: &OpeningInfo) -> String {
    let rest = opening.form_url.strip_prefix("https://").unwrap();
    rest.split('/').next().unwrap().to_owned()
}

/// An open session.
pub(crate) struct Open {
    pub(crate) session: Box<dyn Session>,
    pub(crate) dir: PathBuf,
}

impl Open {
    pub(crate) async fn load(&mut self) -> LivePage {
        self.session.load().await.unwrap()
    }

    pub(crate) async fn fill(&mut self, fillings: &[Filling]) -> Filled {
        self.session.fill(fillings).await.unwrap()
    }

    pub(crate) async fn release(&mut self, permit: Permit) -> Outcome {
        self.session.release(permit).await
    }

    pub(crate) async fn close(self) {
        self.session.close().await;
        assert!(!self.dir.exists(), "{} is left", self.dir.display());
    }
}
