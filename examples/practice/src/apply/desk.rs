//! What the employer remembers: tokens it gave out, files in its store, and
//! the applications it accepted.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::form::submission::ReceivedFile;

/// One accepted application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The host it was sent to.
    pub host: String,
    /// The path it was sent to.
    pub path: String,
    /// The board's name in addresses.
    pub token: String,
    /// The posting applied to.
    pub posting: String,
    /// Fields in the order they came. JSON is named as a form would be
    /// (`job_application[email]`) and comes in the order of names.
    pub fields: Vec<(String, String)>,
    /// Files, sent along or fetched from the store.
    pub files: Vec<ReceivedFile>,
    /// What the confirmation page says.
    pub reference: String,
}

pub(crate) struct Desk(Mutex<Kept>);

struct Kept {
    tokens: HashSet<String>,
    uploads: HashMap<String, ReceivedFile>,
    applications: Vec<Application>,
    file: Option<File>,
}

impl Desk {
    pub(crate) fn new(path: Option<&Path>) -> Result<Self> {
        let open = |path: &Path| {
            OpenOptions::new()
                .create(true)
                .append(true)
                .open(path)
                .with_context(|| format!("cannot write {}", path.display()))
        };
        Ok(Self(Mutex::new(Kept {
            tokens: HashSet::new(),
            uploads: HashMap::new(),
            applications: Vec::new(),
            file: path.map(open).transpose()?,
        })))
    }

    /// Gives out a token that a submission must bring back.
    pub(crate) fn token(&self, purpose: &str) -> Result<String> {
        let token = format!("{purpose}-{}", random()?);
        self.kept().tokens.insert(token.clone());
        Ok(token)
    }

    pub(crate) fn knows(&self, token: &str, purpose: &str) -> bool {
        token.starts_with(purpose) && self.kept().tokens.contains(token)
    }

    /// Puts a file into the store.
    pub(crate) fn store(&self, url: &str, file: ReceivedFile) {
        self.kept().uploads.insert(url.to_owned(), file);
    }

    pub(crate) fn stored(&self, url: &str) -> Option<ReceivedFile> {
        self.kept().uploads.get(url).cloned()
    }

    /// Accepts an application and gives it its reference.
    pub(crate) fn accept(&self, mut application: Application) -> Result<String> {
        let random = random()?.to_uppercase();
        let mut kept = self.kept();
        let code: String = random.chars().take(6).collect();
        let number = kept.applications.len() + 1;
        application.reference = format!("PRX-{number:05}-{code}");
        let reference = application.reference.clone();
        let mut line = serde_json::to_string(&application)?;
        line.push('\n');
        kept.applications.push(application);
        if let Some(file) = &mut kept.file {
            file.write_all(line.as_bytes())?;
        }
        Ok(reference)
    }

    pub(crate) fn applications(&self) -> Vec<Application> {
        self.kept().applications.clone()
    }

    pub(crate) fn has(&self, reference: &str) -> bool {
        let kept = self.kept();
        kept.applications.iter().any(|a| a.reference == reference)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sixteen hexadecimal digits nobody can guess.
pub(crate) fn random() -> Result<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(format!("{:016x}", u64::from_le_bytes(bytes)))
}
