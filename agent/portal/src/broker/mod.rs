//! The fetch broker: the one place where a plugin's wish becomes a packet.
//!
//! Every hop of a fetch passes the same steps: the address is read and judged
//! (`target`), held against the grant, waits for its host's turn (`turns`),
//! is resolved to public addresses only (`resolve`), sent, and read under
//! limits (`body`). Every hop is told to the [`Ledger`]. Robots rules, the
//! cache and rates will join between the grant and the turn.

mod address;
mod body;
mod client;
mod dialer;
mod heads;
mod hop;
mod ledger;
mod limits;
mod resolve;
mod retry_after;
mod target;
mod turns;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::Client;
use reqwest::dns::Resolve;
use reqwest::header::HeaderMap;

pub use self::dialer::Dialer;
use self::hop::{Hop, Outcome};
pub use self::ledger::{Exchange, Ledger};
pub use self::limits::FetchLimits;
use self::turns::Turns;
use crate::fetch::{Fetch, FetchError, FetchRequest, FetchResponse};
use crate::grant::Grant;

/// How the broker behaves; the same for all plugins.
#[derive(Debug, Clone)]
pub struct BrokerOptions {
    /// Who we say we are: name, version and where to complain.
    pub user_agent: String,
    /// Where packets go.
    pub route: Route,
    /// What one fetch may cost.
    pub limits: FetchLimits,
}

/// Where packets go.
#[derive(Debug, Clone)]
pub enum Route {
    /// To the public internet, trusting the authorities this machine trusts.
    Internet,
    /// To one server on this machine whatever the host, trusting one throw-away
    /// authority. Nothing else can be reached.
    Practice {
        /// Must be a loopback address.
        address: SocketAddr,
        /// The authority's certificate, PEM.
        ca_pem: Vec<u8>,
    },
}

/// A broker that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// Practice never leaves the machine.
    #[error("the practice server's address {address} is not on this machine")]
    NotLoopback {
        /// The address given.
        address: SocketAddr,
    },
    /// The practice authority's certificate cannot be used.
    #[error("the practice authority's certificate cannot be read: {why}")]
    PracticeAuthority {
        /// What is wrong with it.
        why: String,
    },
    /// The HTTP client refused its settings, for example a user agent with
    /// control characters, or no authority on this machine to trust.
    #[error("the http client cannot be set up: {why}")]
    Client {
        /// What it said.
        why: String,
    },
}

/// Fetches pages for plugins. Cheap to clone; the clones share the hosts' turns.
#[derive(Clone)]
pub struct Broker {
    shared: Arc<Shared>,
}

struct Shared {
    client: Client,
    headers: HeaderMap,
    limits: FetchLimits,
    turns: Turns,
    ledger: Arc<dyn Ledger>,
}

impl Broker {
    /// Makes a broker; it connects to nothing yet.
    pub fn new(options: BrokerOptions, ledger: Arc<dyn Ledger>) -> Result<Self, BrokerError> {
        let resolver = client::resolver(&options.route);
        Self::with_resolver(options, ledger, resolver)
    }

    /// Fetches for one plugin and one purpose, which the ledger repeats.
    pub fn granted(&self, grant: Grant, purpose: &str) -> GrantedFetch {
        GrantedFetch {
            shared: Arc::clone(&self.shared),
            grant,
            purpose: purpose.to_owned(),
        }
    }

    fn with_resolver(
        options: BrokerOptions,
        ledger: Arc<dyn Ledger>,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, BrokerError> {
        let client = client::build(&options, resolver)?;
        Ok(Self {
            shared: Arc::new(Shared {
                client,
                headers: client::headers(&options.user_agent)?,
                limits: options.limits,
                turns: Turns::default(),
                ledger,
            }),
        })
    }
}

/// A plugin's way out: pages of the granted hosts and nothing else.
#[derive(Clone)]
pub struct GrantedFetch {
    shared: Arc<Shared>,
    grant: Grant,
    purpose: String,
}

#[async_trait]
impl Fetch for GrantedFetch {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let mut hop = Hop::first(request);
        let mut spent = Duration::ZERO;
        loop {
            match self.take(&hop, &mut spent).await? {
                Outcome::Answer(response) => return Ok(response),
                Outcome::Redirect(next) => hop = next,
            }
        }
    }
}

#[cfg(test)]
mod tests;
