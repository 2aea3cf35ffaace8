//! One row of the catalogue.

use std::sync::Arc;
use std::time::Duration;

use agent_portal::broker::FetchLimits;
use agent_portal::error::PluginError;
use agent_portal::host::Page;
use agent_portal::limits::Limits;
use futures::future::BoxFuture;

use crate::ends::Ends;
use crate::guest::Guest;
use crate::scene::Stage;
use crate::site::{Answer, Asked};

/// What came of an attack; several where it was made in several ways.
pub(crate) type Outcome = Vec<Result<Page, PluginError>>;

/// What kind of attack it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Cpu,
    Memory,
    Stack,
    Compile,
    Malformed,
    Imports,
    Flood,
    Addresses,
    Redirects,
    Responses,
    Injection,
}

impl Group {
    pub(crate) const ALL: [Self; 11] = [
        Self::Cpu,
        Self::Memory,
        Self::Stack,
        Self::Compile,
        Self::Malformed,
        Self::Imports,
        Self::Flood,
        Self::Addresses,
        Self::Redirects,
        Self::Responses,
        Self::Injection,
    ];

    /// How many rows it has at least.
    pub(crate) fn least(self) -> usize {
        match self {
            Self::Cpu => 8,
            Self::Memory => 10,
            Self::Stack => 3,
            Self::Compile | Self::Malformed | Self::Imports => 6,
            Self::Flood | Self::Injection => 4,
            Self::Addresses => 12,
            Self::Redirects => 5,
            Self::Responses => 8,
        }
    }
}

pub(crate) type Script = Arc<dyn Fn(&Asked) -> Answer + Send + Sync>;

/// Calls that no single board's key or page stands for, and how long the
/// dangerous one took.
pub(crate) type Calls = for<'a> fn(&'a Stage, &'a Limits) -> BoxFuture<'a, (Outcome, Duration)>;

pub(crate) enum What {
    /// The hostile guest is asked for the board of this key.
    Key(String),
    /// The hostile guest asks for a page, and the server answers by the script.
    Page(Script),
    /// The hostile guest asks for this address, and so does somebody who has a
    /// broker and no session before it. `{port}` stands for the port of a sink
    /// the first time, and for nothing the second.
    Address(&'static str),
    /// An installed component is asked for a board.
    Component(Vec<u8>),
    /// A file is looked at before it is installed.
    File(Vec<u8>),
    Calls(Calls),
}

/// What an attack may take.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Within {
    /// Time until it is over.
    Wall(Duration),
    /// Time of the processor, for what is limited by that.
    Processor(Duration),
}

pub(crate) struct Attack {
    pub(crate) group: Group,
    pub(crate) name: &'static str,
    pub(crate) what: What,
    pub(crate) limits: Limits,
    pub(crate) fetching: FetchLimits,
    pub(crate) ends: Ends,
    pub(crate) within: Within,
    /// How many requests the server gets.
    pub(crate) requests: usize,
}

impl Attack {
    fn new(group: Group, name: &'static str, what: What, ends: Ends) -> Self {
        let limits = Limits {
            wall: Duration::from_secs(5),
            compile_cpu: Duration::from_secs(10),
            ..Limits::default()
        };
        Self {
            group,
            name,
            what,
            fetching: FetchLimits::default(),
            ends,
            within: Within::Wall(limits.wall),
            limits,
            requests: 0,
        }
    }

    pub(crate) fn key(group: Group, name: &'static str, key: &str, ends: Ends) -> Self {
        Self::new(group, name, What::Key(key.to_owned()), ends)
    }

    /// The page `/start`, to which one request leads.
    pub(crate) fn page(
        group: Group,
        name: &'static str,
        script: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
        ends: Ends,
    ) -> Self {
        Self {
            requests: 1,
            ..Self::new(group, name, What::Page(Arc::new(script)), ends)
        }
    }

    pub(crate) fn address(name: &'static str, address: &'static str) -> Self {
        let what = What::Address(address);
        Self::new(Group::Addresses, name, what, Ends::NotFetched)
    }

    pub(crate) fn guest(group: Group, name: &'static str, guest: &Guest, ends: Ends) -> Self {
        Self::component(group, name, guest.component(), ends)
    }

    pub(crate) fn component(group: Group, name: &'static str, bytes: Vec<u8>, ends: Ends) -> Self {
        Self::new(group, name, What::Component(bytes), ends)
    }

    pub(crate) fn file(group: Group, name: &'static str, bytes: Vec<u8>, ends: Ends) -> Self {
        let row = Self::new(group, name, What::File(bytes), ends);
        let compile = row.limits.compile_cpu;
        row.compiling(compile)
    }

    pub(crate) fn calls(group: Group, name: &'static str, calls: Calls, ends: Ends) -> Self {
        Self::new(group, name, What::Calls(calls), ends)
    }

    /// Time is what ends it, not what the processor did.
    pub(crate) fn timed(mut self) -> Self {
        self.limits.wall = Duration::from_secs(1);
        self.within = Within::Wall(self.limits.wall);
        self
    }

    /// May take this much time of the processor in a call: with whatever that has to
    /// do besides, it is this limit that ends it.
    pub(crate) fn computing(mut self, cpu: Duration) -> Self {
        self.limits.call_cpu = cpu;
        self.limits.wall = Duration::from_secs(60);
        // The kernel counts whole seconds, and the one that has begun is given.
        self.within = Within::Processor(cpu + Duration::from_secs(1));
        self
    }

    /// May take this much time of the processor to compile.
    pub(crate) fn compiling(mut self, cpu: Duration) -> Self {
        self.limits.compile_cpu = cpu;
        self.within = Within::Processor(cpu);
        self
    }

    pub(crate) fn limited(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.limits);
        self
    }

    /// A fetch is what is limited, to this time.
    pub(crate) fn fetching(mut self, within: Duration, limits: FetchLimits) -> Self {
        self.fetching = limits;
        self.within = Within::Wall(within);
        self
    }

    pub(crate) fn asking(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }
}
