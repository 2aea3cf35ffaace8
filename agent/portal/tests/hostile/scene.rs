//! Where the attacks take place: a server that stands for the whole internet,
//! sinks that nobody was granted, and an honest plugin beside it all.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use agent_portal::broker::{Broker, BrokerOptions, Exchange, Ledger, Manners, Route};
use agent_portal::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Method};
use agent_portal::grant::Grant;
use agent_portal::host::{PluginHost, Session};
use agent_portal::limits::Limits;
use tempfile::TempDir;

use crate::attack::Script;
use crate::sinks::Sinks;
use crate::site::{AGENT, Answer, Asked, Site, page};
use crate::support::{Bench, Pages, board, built, installed, worker};

/// The one host that attackers are granted; the server answers for others, too.
pub(crate) const GRANTED: &str = "jobs.example.com";

const LIST: &str = "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true";

/// What attacks use.
pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) sinks: Sinks,
    /// How the server answers now.
    script: Arc<Mutex<Option<Script>>>,
    /// A broker that goes to the real internet, for addresses it must not go to.
    outside: Broker,
    folder: TempDir,
}

pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) honest: Session,
}

/// The ledger is looked at elsewhere.
struct Unread;

impl Ledger for Unread {
    fn record(&self, _: Exchange) {}
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let script = Arc::new(Mutex::new(None::<Script>));
        let current = Arc::clone(&script);
        let site = Site::answering(move |asked| answer(&current, &asked)).await;
        let options = BrokerOptions {
            manners: Manners::practice(),
            ..BrokerOptions::new(AGENT, Route::Internet)
        };
        let list = r#"{"jobs":[{"id":1,"title":"Nurse"}]}"#;
        let pages = Arc::new(Pages::default().with(LIST, 200, list));
        let bench = Bench::new(Limits::default());
        let host = "boards-api.greenhouse.io";
        let honest = bench.session("greenhouse.wasm", host, &pages);
        Self {
            honest: honest.await,
            stage: Stage {
                site,
                sinks: Sinks::open().await,
                script,
                outside: Broker::new(options, Arc::new(Unread)).unwrap(),
                folder: tempfile::tempdir().unwrap(),
            },
        }
    }

    pub(crate) async fn close(self) {
        self.honest.close().await;
    }
}

fn answer(script: &Mutex<Option<Script>>, asked: &Asked) -> Answer {
    let script = script.lock().unwrap().clone();
    match script {
        Some(script) => script(asked),
        None => page(404, &[], ""),
    }
}

impl Stage {
    /// The server answers so from now on.
    pub(crate) fn follow(&self, script: Option<Script>) {
        *self.script.lock().unwrap() = script;
    }

    pub(crate) fn host(&self, limits: &Limits) -> PluginHost {
        PluginHost::new(worker(), cache(), limits.clone())
    }

    /// A session with the hostile guest.
    pub(crate) async fn hostile(&self, limits: &Limits, fetch: Arc<dyn Fetch>) -> Session {
        let plugin = installed(&built("testing/hostile.wasm"), GRANTED);
        self.host(limits).open(&plugin, fetch).await.unwrap()
    }

    /// A file that holds `bytes`, until the next one does.
    pub(crate) fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("plugin.wasm");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// What somebody gets who asks the internet's broker itself.
    pub(crate) async fn fetch_outside(&self, url: &str) -> Result<FetchResponse, FetchError> {
        let grant = Grant {
            plugin: "hostile".to_owned(),
            hosts: vec![GRANTED.parse().unwrap()],
            terms_accepted: true,
        };
        let fetch = self.outside.granted(grant, "attack");
        fetch
            .fetch(FetchRequest {
                method: Method::Get,
                url: url.to_owned(),
                body: Vec::new(),
            })
            .await
    }
}

/// Whether the honest plugin answers as it should.
pub(crate) async fn answers(honest: &mut Session) -> Result<(), String> {
    match honest.discover(&board("acme"), &[], None).await {
        Ok(page) if page.postings.len() == 1 => Ok(()),
        other => Err(format!("the honest plugin beside it: {other:?}")),
    }
}

/// As for all sessions of a home.
fn cache() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled")
}
