//! Servers as functions, and a broker whose time is tokio's paused one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent_core::manners::DomainManners;
use async_trait::async_trait;
use axum::http::Response as HttpResponse;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Request, Response};
use tempfile::TempDir;
use tokio::time::Instant;

use super::super::transport::NoAnswer;
use super::super::*;
use super::Book;

/// What a server was asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) host: String,
    /// Path and query.
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    /// Since the clock was started.
    pub(super) at: Duration,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What it answers.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    Page {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// The connection fails.
    Nothing,
}

pub(super) fn page(status: u16, headers: &[(&'static str, &str)], body: &str) -> Reply {
    Reply::Page {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

/// A clock that stands still but for sleeping.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
}

impl Clock {
    /// Any day will do, as long as it is the same.
    const BASE: i64 = 1_790_000_000;

    pub(super) fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    pub(super) fn elapsed(self) -> Duration {
        self.start.elapsed()
    }

    pub(super) fn time(self) -> Timestamp {
        Timestamp::from_second(Self::BASE).unwrap() + self.elapsed()
    }
}

/// A transport that asks a function.
pub(super) struct Script<F> {
    pub(super) clock: Clock,
    pub(super) answer: F,
    pub(super) log: Arc<Mutex<Vec<Asked>>>,
}

#[async_trait]
impl<F: Fn(&Asked) -> Reply + Send + Sync> Transport for Script<F> {
    async fn send(&self, request: Request) -> Result<Response, NoAnswer> {
        let asked = asked(&request, self.clock);
        self.log.lock().unwrap().push(asked.clone());
        given((self.answer)(&asked))
    }
}

pub(super) fn asked(request: &Request, clock: Clock) -> Asked {
    let url = request.url();
    let query = url.query().map(|query| format!("?{query}"));
    Asked {
        host: url.host_str().unwrap().to_owned(),
        path: format!("{}{}", url.path(), query.unwrap_or_default()),
        headers: request.headers().clone(),
        at: clock.elapsed(),
    }
}

pub(super) fn given(reply: Reply) -> Result<Response, NoAnswer> {
    match reply {
        Reply::Page {
            status,
            headers,
            body,
        } => {
            let mut response = HttpResponse::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            Ok(response.body(body).unwrap().into())
        }
        Reply::Nothing => Err(NoAnswer {
            error: FetchError::Failed {
                why: "connection refused".to_owned(),
            },
            sent: false,
        }),
    }
}

/// A memory that outlives the brokers it is given to.
#[derive(Debug, Default)]
pub(super) struct Notes(Mutex<HashMap<String, DomainManners>>);

#[async_trait]
impl Memory for Notes {
    async fn recall(&self, domain: &str) -> Option<DomainManners> {
        self.0.lock().unwrap().get(domain).cloned()
    }

    async fn keep(&self, domain: &str, kept: DomainManners) {
        self.0.lock().unwrap().insert(domain.to_owned(), kept);
    }
}

/// A broker before a server.
pub(super) struct Bench {
    pub(super) clock: Clock,
    pub(super) log: Arc<Mutex<Vec<Asked>>>,
    pub(super) ledger: Arc<Book>,
    pub(super) memory: Arc<Notes>,
    transport: Arc<dyn Transport>,
    manners: Manners,
    folder: TempDir,
}

impl Bench {
    pub(super) fn new(
        manners: Manners,
        answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let clock = Clock::start();
        let log = Arc::<Mutex<Vec<Asked>>>::default();
        Self {
            transport: Arc::new(Script {
                clock,
                answer,
                log: Arc::clone(&log),
            }),
            clock,
            log,
            ledger: Arc::default(),
            memory: Arc::default(),
            manners,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A new broker, as after a restart.
    pub(super) fn broker(&self) -> Broker {
        self.broker_of(7)
    }

    /// One with a chance of its own.
    pub(super) fn broker_of(&self, seed: u64) -> Broker {
        let clock = self.clock;
        let options = BrokerOptions {
            manners: self.manners,
            pages: Some(PageFolder {
                path: self.folder.path().to_owned(),
                bytes: 1 << 20,
            }),
            ..BrokerOptions::new("agentd/1.0 (+https://agent.example)", Route::Internet)
        };
        let parts = Parts {
            transport: Arc::clone(&self.transport),
            ledger: Arc::clone(&self.ledger) as _,
            memory: Arc::clone(&self.memory) as _,
            wall: Arc::new(move || clock.time()),
            chance: fastrand::Rng::with_seed(seed),
        };
        Broker::of_parts(options, parts).unwrap()
    }

    pub(super) fn fetch(&self) -> GrantedFetch {
        self.broker().granted(grant(false), "discover")
    }

    /// Paths asked for so far.
    pub(super) fn paths(&self) -> Vec<String> {
        let log = self.log.lock().unwrap();
        log.iter().map(|asked| asked.path.clone()).collect()
    }
}

/// All hosts the scripts know.
pub(super) fn grant(terms_accepted: bool) -> Grant {
    Grant {
        plugin: "example".to_owned(),
        hosts: ["*.x.example", "*.y.example"]
            .map(|host| host.parse().unwrap())
            .to_vec(),
        terms_accepted,
    }
}

pub(super) async fn get(fetch: &GrantedFetch, url: &str) -> Result<FetchResponse, FetchError> {
    ask(fetch, Method::Get, url).await
}

pub(super) async fn ask(
    fetch: &GrantedFetch,
    method: Method,
    url: &str,
) -> Result<FetchResponse, FetchError> {
    let body = match method {
        Method::Get => Vec::new(),
        Method::PostJson | Method::PostForm => b"{}".to_vec(),
    };
    let url = url.to_owned();
    fetch.fetch(FetchRequest { method, url, body }).await
}
