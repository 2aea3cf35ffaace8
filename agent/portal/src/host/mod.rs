//! The daemon's side: looks at a component before it is installed, and holds a
//! session with an installed one. Every component runs in a child process of its
//! own; a child that dies, hangs or babbles is an error of that one call.

mod call_clock;
mod check;
mod child;
mod failure;
mod session;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use agent_core::ids::ContentHash;
use agent_core::job::Posting;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use url::Url;

use crate::error::PluginError;
use crate::fetch::Fetch;
use crate::frame::{Answer, Order};
use crate::grant::HostPattern;
use crate::limits::Limits;
pub(crate) use check::TWICE;
use child::{Job, Worker};
pub use session::Session;

/// How a worker process is started: this program, called so that it ends up in
/// [`crate::worker_main`].
#[derive(Debug, Clone)]
pub struct WorkerCommand {
    /// Program.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
}

/// What a plugin says of itself, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Lower-case id, unique among plugins.
    pub id: String,
    /// Version.
    pub version: String,
    /// One sentence for the person.
    pub description: String,
    /// Hosts it asks for. They are granted by the person, not by being here.
    pub hosts: Vec<HostPattern>,
    /// Hosts a browser may contact for its forms; granted likewise, and closed to
    /// the plugin itself.
    pub form_hosts: Vec<HostPattern>,
    /// What it can do.
    pub supports: Vec<Capability>,
    /// At which addresses its boards are found.
    pub reach: Reach,
    /// What the site's terms say against being read by programs; the person has
    /// to accept them.
    pub terms: Option<String>,
}

/// At which addresses a plugin's boards are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// At the hosts it asks for only.
    #[default]
    Portal,
    /// Also at employers' own hosts; the host of a board that a person adds is
    /// granted for the calls about that board.
    Employer,
    /// At any address, granted in the same way; claims after all others.
    Any,
}

/// Something a plugin can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// List the postings of a board.
    Discover,
    /// Read one posting.
    Detail,
    /// Say how a posting's form is filled.
    Form,
}

/// A board of a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The plugin's own name of it.
    pub key: String,
    /// Address a person would open.
    pub url: String,
    /// Employer, where the address or portal tells.
    pub company: Option<String>,
}

/// A page of a board.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Postings, in the portal's order, with distinct ids.
    pub postings: Vec<Posting>,
    /// Cursor of the next page; none at the end.
    pub next: Option<String>,
    /// How many the portal says there are in all.
    pub total: Option<u32>,
    /// Postings left out by the plugin or by the host, each with its reason.
    pub dropped: Vec<String>,
    /// Postings that stood on the page again, word for word.
    pub repeated: u32,
    /// What the plugin logged.
    pub log: Vec<LogLine>,
}

/// A line a plugin logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// How much it matters.
    pub level: LogLevel,
    /// The line.
    pub message: String,
}

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogLevel {
    /// To the plugin's author.
    Debug,
    /// To whoever reads the run.
    Info,
    /// To the person.
    Warn,
}

/// What is known of a component before it is installed.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// What it says of itself.
    pub manifest: Manifest,
    /// SHA-256 of the file.
    pub sha256: ContentHash,
    /// Size of the file.
    pub bytes: u64,
    /// What it imports, all within the contract.
    pub imports: Vec<String>,
}

/// A component the person installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledPlugin {
    /// Its id.
    pub id: String,
    /// SHA-256 of the file, as pinned at installation.
    pub sha256: ContentHash,
    /// The file.
    pub path: PathBuf,
    /// Hosts it was granted.
    pub hosts: Vec<HostPattern>,
    /// Hosts a browser was granted for its forms.
    pub form_hosts: Vec<HostPattern>,
    /// At which addresses its boards are found.
    pub reach: Reach,
    /// Whether the person accepted what its site's terms say against programs.
    pub terms_accepted: bool,
}

impl InstalledPlugin {
    /// Whether the plugin may ask for a page at `address`.
    pub fn may_ask(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| {
            url.host_str()
                .is_some_and(|host| self.hosts.iter().any(|pattern| pattern.matches(host)))
        })
    }

    /// The same plugin for calls about the board at `address`, which a person
    /// added: the board's own host is granted with it, to the plugin and to a
    /// browser on its forms, where the plugin reads employers' own hosts.
    pub fn for_board(&self, address: &str) -> Self {
        let mut plugin = self.clone();
        let host = Url::parse(address)
            .ok()
            .and_then(|url| url.host_str().and_then(|host| host.parse().ok()));
        if let (Reach::Employer | Reach::Any, Some(host)) = (self.reach, host) {
            plugin.hosts.push(HostPattern::clone(&host));
            plugin.form_hosts.push(host);
        }
        plugin
    }
}

/// Starts workers. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PluginHost {
    setup: Arc<Setup>,
}

#[derive(Debug)]
struct Setup {
    command: WorkerCommand,
    cache: PathBuf,
    limits: Limits,
}

impl PluginHost {
    /// A host whose workers keep compiled code in `cache`: an absolute path to a
    /// folder that only the owner can write, since what lies there is run.
    pub fn new(command: WorkerCommand, cache: PathBuf, limits: Limits) -> Self {
        Self {
            setup: Arc::new(Setup {
                command,
                cache,
                limits,
            }),
        }
    }

    /// Compiles the component in a process of its own, checks what it imports,
    /// and asks it what it is. What passes is compiled from then on.
    pub async fn inspect(&self, wasm: &Path) -> Result<Inspected, PluginError> {
        let component = read_component(wasm, &self.setup.limits).await?;
        let mut worker = Worker::start(&self.setup, Job::Compile).await?;
        let imports = match worker.load(&component).await {
            Ok(loaded) => loaded?,
            Err(lost) => return Err(worker.post_mortem(lost).await),
        };
        let stated = match worker.describe().await {
            Ok(done) => done?,
            Err(lost) => return Err(worker.post_mortem(lost).await),
        };
        worker.close().await;
        Ok(Inspected {
            manifest: check::manifest(stated)?,
            sha256: sha256(&component),
            bytes: component.len() as u64,
            imports,
        })
    }

    /// Starts a session with an installed plugin, whose pages `fetch` answers
    /// once the session found their host granted.
    pub async fn open(
        &self,
        plugin: &InstalledPlugin,
        fetch: Arc<dyn Fetch>,
    ) -> Result<Session, PluginError> {
        let mut session = Session::new(Arc::clone(&self.setup), plugin.clone(), fetch);
        session.warm_up().await?;
        Ok(session)
    }
}

impl Setup {
    /// A worker with the plugin loaded, after its file was found to be the pinned one.
    async fn start(&self, plugin: &InstalledPlugin) -> Result<Worker, PluginError> {
        let component = read_component(&plugin.path, &self.limits).await?;
        let found = sha256(&component);
        if found != plugin.sha256 {
            return Err(PluginError::WrongHash {
                expected: plugin.sha256,
                found,
            });
        }
        let mut worker = Worker::start(self, Job::Session).await?;
        match worker.load(&component).await {
            Ok(loaded) => loaded.map(|_| worker),
            Err(lost) => Err(worker.post_mortem(lost).await),
        }
    }
}

impl Worker {
    /// What the guest says of itself; it can fetch nothing for that.
    async fn describe(
        &mut self,
    ) -> Result<Result<crate::frame::StatedManifest, PluginError>, child::Lost> {
        let done = self.call(&Order::Describe, &mut session::NoFetches).await?;
        let limits = self.limits();
        Ok(match done.result {
            Ok(Answer::Manifest(manifest)) => Ok(manifest),
            Ok(Answer::Claim(_) | Answer::Page(_) | Answer::Posting(_) | Answer::Recipe(_)) => {
                return Err(child::Lost::OutOfTurn);
            }
            Err(failure) => Err(failure::plugin_error(failure, limits, None)),
        })
    }
}

fn sha256(bytes: &[u8]) -> ContentHash {
    ContentHash::from_bytes(Sha256::digest(bytes).into())
}

/// The bytes of a file that can be a component, by its size and first bytes.
async fn read_component(path: &Path, limits: &Limits) -> Result<Vec<u8>, PluginError> {
    let unreadable = |source| PluginError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let limit = limits.component_bytes;
    let mut file = tokio::fs::File::open(path).await.map_err(unreadable)?;
    if !file.metadata().await.map_err(unreadable)?.is_file() {
        return Err(PluginError::NotAComponent {
            found: "not a file".to_owned(),
        });
    }
    let mut bytes = Vec::new();
    (&mut file)
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .await
        .map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(PluginError::TooLarge {
            what: format!("{} (in bytes)", path.display()),
            limit,
        });
    }
    check::first_bytes(&bytes)?;
    Ok(bytes)
}
