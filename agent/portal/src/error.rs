//! What can go wrong with a plugin, each kind by itself: the caller decides by
//! kind whether to wait, to ask the person, or to take the plugin out.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use agent_core::ids::ContentHash;
use serde::{Deserialize, Serialize};

use crate::fetch::FetchError;

/// What a portal answered instead of postings, in the plugin's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortalError {
    /// The board or posting is not there (any more).
    #[error("gone: {0}")]
    Gone(String),
    /// The portal refuses to answer us.
    #[error("blocked: {0}")]
    Blocked(String),
    /// Asked too often; seconds to wait where the portal says.
    #[error("asked too often{}", .0.map_or_else(String::new, |s| format!(", wait {s} s")))]
    RateLimited(Option<u32>),
    /// Only for people who are signed in.
    #[error("only for people who are signed in")]
    NeedsLogin,
    /// The answer no longer has the shape the plugin reads.
    #[error("the portal's answer has changed: {0}")]
    Changed(String),
    /// The board, address or cursor given is wrong.
    #[error("invalid: {0}")]
    Invalid(String),
    /// A page could not be fetched.
    #[error("could not fetch: {0}")]
    Fetch(String),
    /// The plugin does not do this.
    #[error("the plugin does not support this")]
    Unsupported,
}

/// A plugin that could not be read, run, or believed.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// The file could not be read.
    #[error("could not read {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is larger than a component may be, or a result than a result may be.
    #[error("{what} is larger than the {limit} allowed")]
    TooLarge {
        /// What is.
        what: String,
        /// The limit in its unit.
        limit: usize,
    },
    /// The file is something else.
    #[error("not a component: {found}")]
    NotAComponent {
        /// What it is, or where reading it stopped.
        found: String,
    },
    /// It asks for something outside the contract.
    #[error("it imports {name}, which is outside the portal contract")]
    ForeignImport {
        /// The import's name.
        name: String,
    },
    /// It lacks a function of the contract, or has one of another type.
    #[error("it does not fit the portal contract: {why}")]
    WrongWorld {
        /// What does not fit.
        why: String,
    },
    /// What it says of itself cannot be used.
    #[error("its manifest cannot be used: {why}")]
    BadManifest {
        /// What is wrong.
        why: String,
    },
    /// Compiling it took more than a component may take.
    #[error("compiling it takes more than {limit}")]
    CompileLimit {
        /// The limit, with its unit.
        limit: String,
    },
    /// The file is not the one that was installed.
    #[error("the file has the SHA-256 {found}, installed was {expected}; install it again")]
    WrongHash {
        /// As installed.
        expected: ContentHash,
        /// As found.
        found: ContentHash,
    },
    /// It stopped by itself: a panic, or memory that is not its own.
    #[error("it crashed: {why}")]
    Trapped {
        /// The trap.
        why: String,
    },
    /// It computed too long.
    #[error("it took more than {limit:?} of processor time for one call")]
    ComputedTooLong {
        /// The limit.
        limit: Duration,
    },
    /// It took too long.
    #[error("it took longer than {after:?} for one call")]
    TimedOut {
        /// The limit.
        after: Duration,
    },
    /// It asked for too much memory.
    #[error("it asked for more than {limit} bytes of memory or its share of tables")]
    OutOfMemory {
        /// The limit of all memories.
        limit: usize,
    },
    /// It went on asking for pages after being told to stop.
    #[error("it asked for more than {limit} pages in one call")]
    TooManyFetches {
        /// The limit.
        limit: u32,
    },
    /// It handed back something that cannot be taken.
    #[error("its answer cannot be used: {why}")]
    BadResult {
        /// What is wrong.
        why: String,
    },
    /// Its form would lead the browser to a host that was not granted.
    #[error("its form names {host} as {what}, which it was not granted")]
    HostNotGranted {
        /// The host, or hosts.
        host: String,
        /// What it would be used as.
        what: &'static str,
    },
    /// The portal gave no postings.
    #[error("{error}")]
    Portal {
        /// What the plugin made of it.
        error: PortalError,
        /// The last fetch that failed during the call, as the host saw it.
        fetch: Option<FetchError>,
    },
    /// The worker could not be started.
    #[error("could not start the plugin worker {program}: {source}")]
    WorkerStart {
        /// Its program.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The worker ended, or said something senseless.
    #[error("the plugin worker {how}{}", said(.stderr))]
    WorkerDied {
        /// How it ended.
        how: String,
        /// The end of what it wrote to its error stream.
        stderr: String,
    },
}

fn said(stderr: &str) -> String {
    let said = agent_core::text::line(stderr);
    if said.is_empty() {
        said
    } else {
        format!(" (it said: {said})")
    }
}
