//! Hosts, sessions and pages for the tests.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use agent_core::ids::ContentHash;
use agent_portal::fetch::{Fetch, FetchError, FetchRequest, FetchResponse};
use agent_portal::host::{Board, InstalledPlugin, PluginHost, Reach, Session, WorkerCommand};
use agent_portal::limits::Limits;
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A component built by `cargo xtask plugins`.
pub(crate) fn built(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/plugins")
        .join(name);
    assert!(
        path.is_file(),
        "{} is not there: run `cargo xtask plugins` first",
        path.display()
    );
    path
}

/// The example `portal-worker`, which cargo builds beside the tests.
pub(crate) fn worker() -> WorkerCommand {
    let test = std::env::current_exe().unwrap();
    let program = test
        .ancestors()
        .nth(2)
        .unwrap()
        .join("examples/portal-worker");
    assert!(
        program.is_file(),
        "{} is not there: run all tests of this package, or `cargo build -p agent-portal --examples` first",
        program.display()
    );
    WorkerCommand {
        program,
        args: Vec::new(),
    }
}

/// A host and a folder for its files. Compiled code is shared by all tests, as it
/// is by all sessions of a home.
pub(crate) struct Bench {
    pub(crate) host: PluginHost,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) fn new(limits: Limits) -> Self {
        Self::with(worker(), limits)
    }

    pub(crate) fn with(command: WorkerCommand, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled");
        Self {
            host: PluginHost::new(command, cache, limits),
            folder,
        }
    }

    /// Writes a component for [`PluginHost::inspect`].
    pub(crate) fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("plugin.wasm");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) async fn session(&self, name: &str, host: &str, pages: &Arc<Pages>) -> Session {
        let plugin = installed(&built(name), host);
        let pages = Arc::clone(pages);
        self.host.open(&plugin, pages).await.unwrap()
    }
}

pub(crate) fn installed(path: &Path, host: &str) -> InstalledPlugin {
    let bytes = std::fs::read(path).unwrap();
    InstalledPlugin {
        id: path.file_stem().unwrap().to_string_lossy().into_owned(),
        sha256: ContentHash::from_bytes(Sha256::digest(&bytes).into()),
        path: path.to_owned(),
        hosts: vec![host.parse().unwrap()],
        form_hosts: Vec::new(),
        reach: Reach::Portal,
        terms_accepted: false,
    }
}

/// The component with all that it asks for.
pub(crate) async fn granted(bench: &Bench, name: &str) -> InstalledPlugin {
    let path = built(name);
    let manifest = bench.host.inspect(&path).await.unwrap().manifest;
    InstalledPlugin {
        hosts: manifest.hosts,
        form_hosts: manifest.form_hosts,
        reach: manifest.reach,
        ..installed(&path, "unused.example")
    }
}

pub(crate) fn board(key: &str) -> Board {
    Board {
        key: key.to_owned(),
        url: format!("https://hostile.example/{key}"),
        company: None,
    }
}

struct Answer {
    status: u16,
    /// Where it comes from, after redirects.
    url: String,
    body: String,
}

/// Answers by address, and counts how often it was asked.
#[derive(Default)]
pub(crate) struct Pages {
    answers: HashMap<String, Result<Answer, FetchError>>,
    asked: AtomicU32,
}

impl Pages {
    pub(crate) fn with(mut self, url: &str, status: u16, body: &str) -> Self {
        let answer = Answer {
            status,
            url: url.to_owned(),
            body: body.to_owned(),
        };
        self.answers.insert(url.to_owned(), Ok(answer));
        self
    }

    /// The address `from` leads to the page `to`.
    pub(crate) fn leading(mut self, from: &str, to: &str, body: &str) -> Self {
        let answer = Answer {
            status: 200,
            url: to.to_owned(),
            body: body.to_owned(),
        };
        self.answers.insert(from.to_owned(), Ok(answer));
        self
    }

    pub(crate) fn failing(mut self, url: &str, error: FetchError) -> Self {
        self.answers.insert(url.to_owned(), Err(error));
        self
    }

    pub(crate) fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Fetch for Pages {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match self.answers.get(&request.url) {
            Some(Ok(answer)) => Ok(FetchResponse {
                status: answer.status,
                url: answer.url.clone(),
                content_type: "application/json".to_owned(),
                body: answer.body.clone().into_bytes(),
            }),
            Some(Err(error)) => Err(error.clone()),
            None => Err(FetchError::NoRecordedAnswer {
                request: request.url,
            }),
        }
    }
}
