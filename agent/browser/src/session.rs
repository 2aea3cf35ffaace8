//! What a browser does for an application, as a contract. The real one drives
//! Chromium; the fault tests drive a scripted one through the same gate.

use std::{fmt, path::PathBuf};

use agent_approval::{FormSnapshot, PublicKey, Release, SignedApproval};
use agent_core::{
    application::PersonStop,
    form::{Filling, LivePage, Recipe},
};
use async_trait::async_trait;

/// A page to print.
#[derive(Debug)]
pub struct Page {
    /// The page, self-contained: it can fetch nothing.
    pub html: String,
    /// A folder for this alone; it must not be there, and is gone after.
    pub dir: PathBuf,
}

/// Opens sessions.
#[async_trait]
pub trait Browser: Send + Sync {
    /// Starts a session with a fresh profile, behind a gate of its own.
    ///
    /// # Errors
    /// When a program is missing, of another version, or does not start.
    async fn open(&self, visit: Visit) -> Result<Box<dyn Session>, BrowserError>;

    /// Prints a page of ours as PDF, A4, in a fresh browser that reaches no host.
    ///
    /// # Errors
    /// As for [`Browser::open`], and when it does not print.
    async fn print(&self, page: Page) -> Result<Vec<u8>, BrowserError>;

    /// The programs found, in words for the doctor.
    ///
    /// # Errors
    /// When one is missing or their versions do not fit.
    async fn check(&self) -> Result<String, BrowserError>;
}

/// One application's visit to its form.
#[derive(Debug, Clone)]
pub struct Visit {
    /// What the plugin says about the form.
    pub recipe: Recipe,
    /// Folder for this session's own files; made new, removed at the end.
    pub dir: PathBuf,
    /// Facts of the person that must not leave unless the manifest approves them.
    pub protected: Vec<String>,
}

/// One browser at one form. Dropping it ends the browser and shuts the gate.
#[async_trait]
pub trait Session: Send {
    /// Loads the page twice and reads it. Nothing personal is in the browser yet.
    ///
    /// # Errors
    /// When the page does not load or has no such form.
    async fn load(&mut self) -> Result<LivePage, BrowserError>;

    /// Shuts the gate, fills the form and reads every value back. Files that
    /// the page would send away at once are not chosen; the snapshot has them
    /// all the same, from disk.
    ///
    /// # Errors
    /// When a value is not what was put there, or the page went away.
    async fn fill(&mut self, fillings: &[Filling]) -> Result<Filled, BrowserError>;

    /// Verifies the permit, reads the form once more and compares it with the
    /// manifest, and lets the releases out in their order. Never fails: what is
    /// known of the outcome is the outcome.
    async fn release(&mut self, permit: Permit) -> Outcome;

    /// Ends the browser.
    async fn close(self: Box<Self>);
}

/// A filled form.
#[derive(Clone)]
pub struct Filled {
    /// As read back.
    pub snapshot: FormSnapshot,
    /// What would have to leave, in order.
    pub releases: Vec<Release>,
    /// The page as a PNG.
    pub screenshot: Vec<u8>,
}

impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            snapshot,
            releases,
            screenshot,
        } = self;
        f.debug_struct("Filled")
            .field("snapshot", snapshot)
            .field("releases", releases)
            .field("screenshot", &format_args!("{} bytes", screenshot.len()))
            .finish()
    }
}

/// The right to release, checked in the gate.
#[derive(Debug, Clone)]
pub struct Permit {
    /// The manifest's stored bytes.
    pub manifest: Vec<u8>,
    /// The person's signature over their digest.
    pub approval: SignedApproval,
    /// The pinned key.
    pub key: PublicKey,
    /// Seconds since 1970 UTC.
    pub now: i64,
    /// File of the gate's journal for this intent. It must not exist yet: an
    /// intent is used once.
    pub journal: PathBuf,
}

/// What became of a release.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The portal confirmed.
    Confirmed(Evidence),
    /// The portal answered with complaints and took nothing.
    Refused {
        /// Its messages.
        messages: Vec<String>,
        /// The page.
        evidence: Evidence,
    },
    /// No answer was read that says either.
    Unanswered {
        /// Application bytes the gate let out; with 0, surely nothing was sent.
        forwarded: u64,
        /// What happened, in words.
        why: String,
        /// What the portal asks of the person, where that is what happened.
        stop: Option<PersonStop>,
        /// The page, if there was one.
        evidence: Option<Evidence>,
    },
}

/// The page after a release.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its address.
    pub url: String,
    /// Its text, control characters stripped, at most 16 KiB.
    pub text: String,
    /// The portal's reference, if the recipe says where it stands.
    pub reference: Option<String>,
    /// The page as a PNG; empty when none could be taken.
    pub screenshot: Vec<u8>,
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            url,
            text,
            reference,
            screenshot,
        } = self;
        f.debug_struct("Evidence")
            .field("url", url)
            .field("text", text)
            .field("reference", reference)
            .field("screenshot", &format_args!("{} bytes", screenshot.len()))
            .finish()
    }
}

/// Why a session could not go on. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// A program is not there.
    #[error("{program} was not found: {advice}")]
    Missing {
        /// Which.
        program: &'static str,
        /// What to install or set.
        advice: String,
    },
    /// The two programs do not fit each other.
    #[error(
        "chromedriver is of version {driver} and Chromium of version {browser}: install the two of one version"
    )]
    Versions {
        /// Of chromedriver.
        driver: String,
        /// Of Chromium.
        browser: String,
    },
    /// The browser did not start or went away.
    #[error("the browser {what}")]
    Gone {
        /// What happened ("ended while the form was filled").
        what: String,
    },
    /// The page did not load.
    #[error("{url} did not load: {why}")]
    Load {
        /// Address.
        url: String,
        /// Why.
        why: String,
    },
    /// The posting's page says that it is closed.
    #[error("{url} says the posting is closed")]
    Closed {
        /// Address.
        url: String,
    },
    /// The page is not as the recipe says.
    #[error("the form has changed: {what}")]
    Changed {
        /// What is missing or different.
        what: String,
    },
    /// A value did not stay as it was put.
    #[error("the field {field:?} does not hold what was put there: {why}")]
    Field {
        /// Its accessible name.
        field: String,
        /// What is there instead.
        why: String,
    },
    /// A file is not the one that was prepared.
    #[error("the file {path} {why}")]
    File {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The gate could not be opened on this machine.
    #[error("the gate could not work: {source}")]
    Gate {
        /// Why.
        #[from]
        source: std::io::Error,
    },
}
