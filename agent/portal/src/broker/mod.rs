//! The fetch broker: the one place where a plugin's wish becomes a packet.
//!
//! Every hop of a fetch passes the same steps: the address is read and judged
//! (`target`), held against the grant, answered from what is kept where that
//! still stands (`pages`), held against the host's robots.txt (`permission`),
//! waits for its domain's turn (`turns`), is resolved to public addresses only
//! (`resolve`), sent, and read under limits (`body`). Every request is told to
//! the [`Ledger`]; what a domain is remembered by outlives the process in a
//! [`Memory`]. How sparing all this is stands in [`Manners`].

mod address;
mod body;
mod challenge;
mod client;
mod dialer;
mod domain;
mod exchange;
mod heads;
mod hop;
mod ledger;
mod limits;
mod manners;
mod memory;
mod pages;
mod permission;
mod resolve;
mod retries;
mod retry_after;
mod robots;
mod standing;
mod target;
mod transport;
mod turns;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::dns::Resolve;
use reqwest::header::HeaderMap;

pub use self::dialer::Dialer;
use self::hop::{Errand, Hop, Journey, Outcome};
pub use self::ledger::{Exchange, Ledger};
pub use self::limits::FetchLimits;
pub use self::manners::{BreakerTimes, Manners, Retries};
pub use self::memory::{Forgetful, Memory};
use self::pages::Folder;
use self::retries::Budget;
use self::robots::Book;
use self::transport::Transport;
use self::turns::{Turns, WallClock};
use crate::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Method, Waited};
use crate::grant::Grant;

/// How the broker behaves; the same for all plugins.
#[derive(Debug, Clone)]
pub struct BrokerOptions {
    /// Who we say we are: name, version and where to complain. The name, up to the
    /// first slash, is what a robots.txt may call us by.
    pub user_agent: String,
    /// Where packets go.
    pub route: Route,
    /// What one fetch may cost.
    pub limits: FetchLimits,
    /// How sparing it is with the servers.
    pub manners: Manners,
    /// Where pages are kept, so that what did not change is not sent again;
    /// `None` keeps nothing.
    pub pages: Option<PageFolder>,
}

impl BrokerOptions {
    /// What is promised: the limits and manners of the defaults, or those towards
    /// the practice employer. No pages are kept.
    pub fn new(user_agent: impl Into<String>, route: Route) -> Self {
        Self {
            user_agent: user_agent.into(),
            limits: FetchLimits::default(),
            manners: match &route {
                Route::Internet => Manners::default(),
                Route::Practice { .. } => Manners::practice(),
            },
            pages: None,
            route,
        }
    }
}

/// A folder for pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFolder {
    /// Its path; it is made where it is missing. Nothing else may lie in it.
    pub path: PathBuf,
    /// Bytes of all its files; what was not used for longest goes first.
    pub bytes: u64,
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
    /// The folder for pages cannot be used.
    #[error("the folder for pages {path} cannot be used: {source}")]
    PageFolder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The HTTP client refused its settings, for example a user agent with
    /// control characters, or no authority on this machine to trust.
    #[error("the http client cannot be set up: {why}")]
    Client {
        /// What it said.
        why: String,
    },
}

/// Fetches pages for plugins. Cheap to clone; the clones share turns, memory and pages.
#[derive(Clone)]
pub struct Broker {
    shared: Arc<Shared>,
}

struct Shared {
    transport: Arc<dyn Transport>,
    headers: HeaderMap,
    product: String,
    limits: FetchLimits,
    manners: Manners,
    robots: Book,
    turns: Turns,
    budget: Budget,
    pages: Option<Folder>,
    ledger: Arc<dyn Ledger>,
    wall: WallClock,
}

/// What a broker is joined with: in tests, others.
struct Parts {
    transport: Arc<dyn Transport>,
    ledger: Arc<dyn Ledger>,
    memory: Arc<dyn Memory>,
    wall: WallClock,
    chance: fastrand::Rng,
}

impl Broker {
    /// Makes a broker that remembers nothing beyond its life; it connects to nothing yet.
    pub fn new(options: BrokerOptions, ledger: Arc<dyn Ledger>) -> Result<Self, BrokerError> {
        Self::remembering(options, ledger, Arc::new(Forgetful))
    }

    /// Makes a broker whose manners outlive it in `memory`.
    pub fn remembering(
        options: BrokerOptions,
        ledger: Arc<dyn Ledger>,
        memory: Arc<dyn Memory>,
    ) -> Result<Self, BrokerError> {
        let resolver = client::resolver(&options.route);
        Self::with_resolver(options, resolver, (ledger, memory))
    }

    /// Fetches for one plugin and one purpose, which the ledger repeats.
    pub fn granted(&self, grant: Grant, purpose: &str) -> GrantedFetch {
        GrantedFetch {
            shared: Arc::clone(&self.shared),
            grant,
            purpose: purpose.to_owned(),
            waited: Waited::default(),
        }
    }

    fn with_resolver(
        options: BrokerOptions,
        resolver: Arc<dyn Resolve>,
        (ledger, memory): (Arc<dyn Ledger>, Arc<dyn Memory>),
    ) -> Result<Self, BrokerError> {
        let parts = Parts {
            transport: Arc::new(client::build(&options, resolver)?),
            ledger,
            memory,
            wall: Arc::new(Timestamp::now),
            chance: fastrand::Rng::new(),
        };
        Self::of_parts(options, parts)
    }

    fn of_parts(options: BrokerOptions, parts: Parts) -> Result<Self, BrokerError> {
        let Parts {
            transport,
            ledger,
            memory,
            wall,
            chance,
        } = parts;
        let folder = |PageFolder { path, bytes }| {
            Folder::open(&path, bytes).map_err(|source| BrokerError::PageFolder { path, source })
        };
        let manners = options.manners;
        let product = options.user_agent.split(['/', ' ']).next();
        Ok(Self {
            shared: Arc::new(Shared {
                transport,
                headers: client::headers(&options.user_agent)?,
                product: product.unwrap_or_default().to_owned(),
                limits: options.limits,
                manners,
                robots: Book::default(),
                turns: Turns::new(manners, memory, Arc::clone(&wall), chance),
                budget: Budget::new(manners.retries),
                pages: options.pages.map(folder).transpose()?,
                ledger,
                wall,
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
    waited: Waited,
}

#[async_trait]
impl Fetch for GrantedFetch {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let mut hop = Hop::first(request, Errand::Page);
        let mut journey = Journey::default();
        loop {
            match self.repeatedly(&mut hop, &mut journey).await? {
                Outcome::Answer(response) => return Ok(response),
                Outcome::Redirect(next) => hop = next,
            }
        }
    }

    fn waited(&self) -> Waited {
        self.waited.clone()
    }
}

impl GrantedFetch {
    /// Takes a hop, and takes it again where that may help and is allowed. Only a
    /// GET is repeated: another request may have done something.
    async fn repeatedly(
        &self,
        hop: &mut Hop,
        journey: &mut Journey,
    ) -> Result<Outcome, FetchError> {
        loop {
            let outcome = self.take(hop, journey).await;
            let again = journey.may_repeat
                && hop.request.method == Method::Get
                && self.shared.budget.take(hop.repeated);
            if !again {
                return outcome;
            }
            hop.repeated += 1;
        }
    }
}

#[cfg(test)]
mod tests;
