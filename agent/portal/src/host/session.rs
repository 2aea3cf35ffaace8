//! A session with one plugin: calls, one after the other, on one worker process.

use std::sync::Arc;
use std::time::Duration;

use agent_core::form::Recipe;
use agent_core::job::Posting;
use async_trait::async_trait;
use url::Url;

use super::check;
use super::child::{Answering, Done, Worker};
use super::failure::plugin_error;
use super::{Board, InstalledPlugin, LogLine, Page, Setup};
use crate::error::PluginError;
use crate::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Waited};
use crate::frame::{Answer, Order};
use crate::grant::HostPattern;

/// Longest address a plugin may ask for, in bytes.
const ADDRESS: usize = 8 << 10;

/// A plugin ready for calls. A worker that is lost is started anew by the next
/// call; a call whose future is dropped takes its worker with it.
pub struct Session {
    setup: Arc<Setup>,
    plugin: InstalledPlugin,
    fetch: Arc<dyn Fetch>,
    worker: Option<Worker>,
    took: Option<Duration>,
}

impl Session {
    pub(super) fn new(setup: Arc<Setup>, plugin: InstalledPlugin, fetch: Arc<dyn Fetch>) -> Self {
        Self {
            setup,
            plugin,
            fetch,
            worker: None,
            took: None,
        }
    }

    pub(super) async fn warm_up(&mut self) -> Result<(), PluginError> {
        self.worker = Some(self.setup.start(&self.plugin).await?);
        Ok(())
    }

    /// The board `url` belongs to, if it is one of this plugin's.
    pub async fn claim(&mut self, url: &str) -> Result<Option<Board>, PluginError> {
        let order = Order::Claim {
            url: url.to_owned(),
        };
        match self.call(order).await? {
            (Answer::Claim(board), _) => board.map(check::board).transpose(),
            (Answer::Manifest(_) | Answer::Page(_) | Answer::Posting(_) | Answer::Recipe(_), _) => {
                Err(other_answer())
            }
        }
    }

    /// A page of the board's postings: the first without a cursor.
    pub async fn discover(
        &mut self,
        board: &Board,
        words: &[String],
        cursor: Option<&str>,
    ) -> Result<Page, PluginError> {
        let order = Order::Discover {
            board: board.clone(),
            words: words.to_vec(),
            cursor: cursor.map(str::to_owned),
        };
        match self.call(order).await? {
            (Answer::Page(page), log) => check::page(page, log, &self.setup.limits),
            (
                Answer::Manifest(_) | Answer::Claim(_) | Answer::Posting(_) | Answer::Recipe(_),
                _,
            ) => Err(other_answer()),
        }
    }

    /// One posting as it is now; [`crate::error::PortalError::Gone`] when it is closed.
    pub async fn detail(
        &mut self,
        board: &Board,
        external_id: &str,
    ) -> Result<Posting, PluginError> {
        let order = Order::Detail {
            board: board.clone(),
            external_id: external_id.to_owned(),
        };
        match self.call(order).await? {
            (Answer::Posting(posting), _) => check::posting(*posting, &self.setup.limits)
                .map_err(|why| PluginError::BadResult { why }),
            (Answer::Manifest(_) | Answer::Claim(_) | Answer::Page(_) | Answer::Recipe(_), _) => {
                Err(other_answer())
            }
        }
    }

    /// How the form of one posting is found, filled and sent; every host in it
    /// is one that was granted.
    pub async fn form(&mut self, board: &Board, external_id: &str) -> Result<Recipe, PluginError> {
        let order = Order::Form {
            board: board.clone(),
            external_id: external_id.to_owned(),
        };
        match self.call(order).await? {
            (Answer::Recipe(recipe), _) => check::recipe(*recipe, &self.plugin),
            (Answer::Manifest(_) | Answer::Claim(_) | Answer::Page(_) | Answer::Posting(_), _) => {
                Err(other_answer())
            }
        }
    }

    /// Ends the worker.
    pub async fn close(self) {
        if let Some(worker) = self.worker {
            worker.close().await;
        }
    }

    /// The worker's process id, while it has one, for measuring it.
    pub fn worker_id(&self) -> Option<u32> {
        self.worker.as_ref().and_then(Worker::id)
    }

    /// How long the worker took to load the component, while it has one, for
    /// measuring it.
    pub fn load_time(&self) -> Option<Duration> {
        self.worker.as_ref().map(Worker::load_time)
    }

    /// How long the guest took for the last call, from its making to its read
    /// results, its fetches aside, for measuring it.
    pub fn call_time(&self) -> Option<Duration> {
        self.took
    }

    async fn call(&mut self, order: Order) -> Result<(Answer, Vec<LogLine>), PluginError> {
        // Taken out for the call: if its future is dropped half-way, the worker
        // goes too, instead of answering the next call with this one's result.
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.setup.start(&self.plugin).await?,
        };
        let mut fetches = Granted {
            hosts: &self.plugin.hosts,
            fetch: self.fetch.as_ref(),
            failed: None,
        };
        let Done { result, log, took } = match worker.call(&order, &mut fetches).await {
            Ok(done) => done,
            Err(lost) => return Err(worker.post_mortem(lost).await),
        };
        let failed = fetches.failed;
        self.took = Some(took);
        self.worker = Some(worker);
        let log = check::log(log);
        for line in &log {
            tracing::debug!(plugin = %self.plugin.id, level = ?line.level, "{}", line.message);
        }
        match result {
            Ok(answer) => Ok((answer, log)),
            Err(failure) => Err(plugin_error(failure, &self.setup.limits, failed)),
        }
    }
}

fn other_answer() -> PluginError {
    PluginError::WorkerDied {
        how: "answered something else than it was asked".to_owned(),
        stderr: String::new(),
    }
}

/// Hands on requests for granted hosts. The broker checks again, after resolving
/// and at each redirect; this holds whatever answers, a recording too.
struct Granted<'a> {
    hosts: &'a [HostPattern],
    fetch: &'a dyn Fetch,
    /// The last fetch that failed: the plugin may tell another story of it.
    failed: Option<FetchError>,
}

#[async_trait]
impl Answering for Granted<'_> {
    async fn answer(&mut self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        granted(&request.url, self.hosts)?;
        self.fetch.fetch(request).await
    }

    fn failed(&mut self, error: &FetchError) {
        self.failed = Some(error.clone());
    }

    fn waited(&self) -> Waited {
        self.fetch.waited()
    }
}

/// For calls that may not fetch.
pub(super) struct NoFetches;

#[async_trait]
impl Answering for NoFetches {
    async fn answer(&mut self, _: FetchRequest) -> Result<FetchResponse, FetchError> {
        Err(FetchError::Refused {
            why: "this call may not fetch".to_owned(),
        })
    }

    fn waited(&self) -> Waited {
        Waited::default()
    }
}

fn granted(address: &str, hosts: &[HostPattern]) -> Result<(), FetchError> {
    let refuse = |why: &str| FetchError::Refused {
        why: why.to_owned(),
    };
    if address.len() > ADDRESS {
        return Err(refuse("the address is too long"));
    }
    let url = Url::parse(address).map_err(|_| refuse("not an address"))?;
    if url.scheme() != "https" {
        return Err(refuse("only https is fetched"));
    }
    let host = url.host_str().unwrap_or_default();
    if hosts.iter().any(|pattern| pattern.matches(host)) {
        Ok(())
    } else {
        Err(FetchError::NotGranted {
            host: host.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let hosts = [
            "api.lever.co".parse().unwrap(),
            "*.example.com".parse().unwrap(),
        ];
        let found = match granted(address, &hosts) {
            Ok(()) => "granted",
            Err(FetchError::NotGranted { .. }) => "not granted",
            Err(FetchError::Refused { .. }) => "refused",
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn p5_only_https_pages_of_granted_hosts_are_asked_for() {
        check("https://api.lever.co/v0/postings/acme?mode=json", "granted");
        check("https://API.LEVER.CO/v0", "granted");
        check("https://jobs.example.com/", "granted");
        check("http://api.lever.co/", "refused");
        check("file:///etc/passwd", "refused");
        check("gopher://api.lever.co/", "refused");
        check("api.lever.co", "refused");
        check("", "refused");
        check(
            &format!("https://api.lever.co/{}", "a".repeat(ADDRESS)),
            "refused",
        );
        check("https://lever.co/", "not granted");
        check("https://api.lever.co@evil.example/", "not granted");
        check("https://api.lever.co.evil.example/", "not granted");
        check("https://api.lever.co./", "not granted");
        check("https://127.0.0.1/", "not granted");
        check("https://2130706433/", "not granted");
        check("https://0x7f.1/", "not granted");
        check("https://[::1]/", "not granted");
        check("https://[::ffff:127.0.0.1]/", "not granted");
        check("https://example.com/", "not granted");
    }
}
