//! The egress ledger: every attempt to reach a host is told, also the ones
//! that were refused and the ones that were given up half-way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::fetch::{FetchError, Method};

/// One attempt to reach one host. A fetch that is redirected makes several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Who asked: the plugin's id.
    pub component: String,
    /// What for, in the daemon's words.
    pub purpose: String,
    /// How.
    pub method: Method,
    /// Address as it was sent; where it was refused unread, the text that was
    /// asked for without control characters, cut at 2,048 characters.
    pub url: String,
    /// Host, empty where the address names none.
    pub host: String,
    /// Status, where an answer came.
    pub status: Option<u16>,
    /// Bytes of the request's head and body, before TLS; 0 where nothing was sent.
    pub bytes_out: u64,
    /// Bytes of the answer's headers and body as sent, before TLS and decompression.
    pub bytes_in: u64,
    /// Why nothing came of it; `None` when the answer was taken whole.
    pub refusal: Option<String>,
    /// Time from the decision to ask to the end; it includes the host's turn.
    pub elapsed: Duration,
}

/// Takes the entries. The daemon stamps and stores them.
pub trait Ledger: Send + Sync {
    /// Takes one entry. It is called from async code and must not block for long.
    fn record(&self, entry: Exchange);
}

/// An attempt under way. Dropping it records it, whatever happened.
pub(super) struct Attempt {
    ledger: Arc<dyn Ledger>,
    started: Instant,
    received: Arc<AtomicU64>,
    exchange: Option<Exchange>,
}

impl Attempt {
    pub(super) fn open(
        ledger: Arc<dyn Ledger>,
        component: &str,
        purpose: &str,
        asked: (Method, &str),
    ) -> Self {
        let (method, url) = asked;
        Self {
            ledger,
            started: Instant::now(),
            received: Arc::default(),
            exchange: Some(Exchange {
                component: component.to_owned(),
                purpose: purpose.to_owned(),
                method,
                url: url.chars().filter(|c| !c.is_control()).take(2048).collect(),
                host: String::new(),
                status: None,
                bytes_out: 0,
                bytes_in: 0,
                refusal: Some("given up before the answer was whole".to_owned()),
                elapsed: Duration::ZERO,
            }),
        }
    }

    /// The address was read.
    pub(super) fn target(&mut self, url: &str, host: &str) {
        if let Some(exchange) = &mut self.exchange {
            url.clone_into(&mut exchange.url);
            host.clone_into(&mut exchange.host);
        }
    }

    /// The request is on its way.
    pub(super) fn sent(&mut self, bytes: u64) {
        if let Some(exchange) = &mut self.exchange {
            exchange.bytes_out = bytes;
        }
    }

    /// Nothing was sent after all: no connection came about.
    pub(super) fn not_sent(&mut self) {
        self.sent(0);
    }

    /// Nobody was asked: what was kept is answer enough, and no exchange.
    pub(super) fn not_asked(&mut self) {
        self.exchange = None;
    }

    pub(super) fn status(&mut self, status: u16) {
        if let Some(exchange) = &mut self.exchange {
            exchange.status = Some(status);
        }
    }

    /// Counts what comes in, also while the attempt is borrowed elsewhere.
    pub(super) fn received(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.received)
    }

    /// Ends the attempt.
    pub(super) fn end(mut self, failure: Option<&FetchError>) {
        if let Some(exchange) = &mut self.exchange {
            exchange.refusal = failure.map(ToString::to_string);
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if let Some(mut exchange) = self.exchange.take() {
            exchange.elapsed = self.started.elapsed();
            exchange.bytes_in = self.received.load(Ordering::Relaxed);
            self.ledger.record(exchange);
        }
    }
}
