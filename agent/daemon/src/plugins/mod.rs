//! Installed components and those dropped into the plugin directory: which there
//! are, and opening them.

mod dropped;
mod install;
mod record;
mod remove;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub(crate) use self::{
    dropped::{Look, Looks, watch},
    install::{Checked, Granted, check, install},
    record::{Recorded, RecordedPages, record},
    remove::remove,
};

use agent_api::reason;
use agent_core::ids::ContentHash;
use agent_portal::{
    error::PluginError,
    fetch::Fetch,
    grant::{Grant, HostPattern},
    host::{Capability, InstalledPlugin, Reach, Session},
    registry,
};
use agent_store::PluginRow;
use sha2::{Digest as _, Sha256};

use crate::{
    fault::{Fault, Kind},
    handle::Handle,
    ledger::WrittenDown,
};

/// How the file of a component stands to what was installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Installed, and its file is the one pinned.
    Installed,
    /// In the plugin directory, not installed.
    Dropped,
    /// In the plugin directory under an installed id with another content.
    Changed,
    /// Installed, and its file is gone.
    Missing,
}

/// A component as `plugin list` shows it.
pub(crate) struct Listed {
    /// Path or file name to name it by.
    pub(crate) file: String,
    pub(crate) state: State,
    pub(crate) sha256: ContentHash,
    pub(crate) bytes: u64,
    /// What was installed, for an installed one.
    pub(crate) row: Option<PluginRow>,
    /// What was seen of a dropped one, once it was looked at.
    pub(crate) look: Option<Look>,
}

/// Installed components first, then files dropped into the directory.
pub(crate) async fn list(handle: &Handle) -> Result<Vec<Listed>, Fault> {
    let rows = handle.store.read(|reader| reader.plugins()).await?;
    let dir = handle.home.plugins_dir();
    let scanned = dir.clone();
    let dropped = handle.compute(move || registry::scan(&scanned)).await??;
    let mut listed: Vec<Listed> = rows
        .iter()
        .map(|row| Listed {
            file: row.id.clone(),
            state: if installed_file(&dir, row).is_file() {
                State::Installed
            } else {
                State::Missing
            },
            sha256: ContentHash::from_bytes(row.sha256),
            bytes: row.bytes,
            row: Some(row.clone()),
            look: None,
        })
        .collect();
    for dropped in dropped {
        if rows
            .iter()
            .any(|row| row.sha256 == *dropped.sha256.as_bytes())
        {
            continue;
        }
        let stem = dropped
            .path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let look = handle.dropped.of(&dropped.sha256);
        let id = match &look {
            Some(Look::Fine(inspected)) => inspected.manifest.id.clone(),
            Some(Look::Refused(_)) | None => stem,
        };
        let state = if rows.iter().any(|row| row.id == id) {
            State::Changed
        } else {
            State::Dropped
        };
        let file = dropped.path.display().to_string();
        listed.push(Listed {
            file,
            state,
            sha256: dropped.sha256,
            bytes: dropped.bytes,
            row: None,
            look,
        });
    }
    Ok(listed)
}

/// What to type when there is no file yet to name.
pub(crate) const INSTALL: &str = "agentctl plugin install FILE";

/// Whether the installed file is still the one that was pinned.
pub(crate) async fn verify(handle: &Handle, row: &PluginRow) -> Result<(), Fault> {
    let path = installed_file(&handle.home.plugins_dir(), row);
    let (pinned, id) = (row.sha256, row.id.clone());
    let read = handle.compute(move || std::fs::read(&path).map(Sha256::digest));
    match read.await? {
        Ok(found) if <[u8; 32]>::from(found) == pinned => Ok(()),
        Ok(_) => {
            let message = format!("the installed file of {id} was changed and is not run");
            Err(Fault::new(Kind::Refused, reason::PLUGIN_CHANGED, message).hint(INSTALL))
        }
        Err(error) => {
            let message = format!("the installed file of {id} cannot be read: {error}");
            Err(Fault::new(Kind::Refused, reason::UNREADABLE_FILE, message).hint(INSTALL))
        }
    }
}

/// All installed components.
pub(crate) async fn all_installed(handle: &Handle) -> Result<Vec<InstalledPlugin>, Fault> {
    let rows = handle.store.read(|reader| reader.plugins()).await?;
    rows.iter().map(|row| of_row(handle, row)).collect()
}

/// The installed component with this id.
pub(crate) async fn installed(handle: &Handle, id: &str) -> Result<InstalledPlugin, Fault> {
    let wanted = id.to_owned();
    let row = handle
        .store
        .read(move |reader| reader.plugin(&wanted))
        .await?;
    let row = row.ok_or_else(|| {
        Fault::new(
            Kind::Refused,
            reason::PLUGIN_REFUSED,
            format!("the plugin {id} is not installed"),
        )
        .hint("install it: agentctl plugin install FILE")
    })?;
    of_row(handle, &row)
}

fn of_row(handle: &Handle, row: &PluginRow) -> Result<InstalledPlugin, Fault> {
    let patterns = |hosts: &[String]| {
        let parsed: Result<Vec<HostPattern>, _> = hosts.iter().map(|host| host.parse()).collect();
        parsed.map_err(|error| Fault::new(Kind::Internal, reason::BUG, error.to_string()))
    };
    let path = installed_file(&handle.home.plugins_dir(), row);
    Ok(InstalledPlugin {
        id: row.id.clone(),
        sha256: ContentHash::from_bytes(row.sha256),
        path,
        hosts: patterns(&row.hosts)?,
        form_hosts: patterns(&row.form_hosts)?,
        reach: reach_of(&row.reach),
        terms_accepted: row.terms_accepted.is_some(),
    })
}

fn installed_file(dir: &Path, row: &PluginRow) -> PathBuf {
    registry::installed_path(dir, &ContentHash::from_bytes(row.sha256))
}

/// The word of the contract for where a component finds its boards.
pub(crate) fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Portal => "portal",
        Reach::Employer => "employer",
        Reach::Any => "any",
    }
}

/// The meaning of such a word; a word we do not know reaches no further than the
/// hosts that were granted by name.
fn reach_of(word: &str) -> Reach {
    [Reach::Employer, Reach::Any]
        .into_iter()
        .find(|reach| reach_word(*reach) == word)
        .unwrap_or_default()
}

/// The word of the contract for what a component can do.
pub(crate) fn word(capability: Capability) -> &'static str {
    match capability {
        Capability::Discover => "discover",
        Capability::Detail => "detail",
        Capability::Form => "form",
    }
}

/// The way out of a component, for `purpose`: its granted hosts, through the broker.
pub(crate) fn fetch(
    handle: &Handle,
    plugin: &InstalledPlugin,
    purpose: &str,
) -> impl Fetch + use<> {
    let egress = handle.egress.clone();
    let grant = Grant {
        plugin: plugin.id.clone(),
        hosts: plugin.hosts.clone(),
        terms_accepted: plugin.terms_accepted,
    };
    WrittenDown {
        fetch: handle.broker.granted(grant, purpose),
        egress,
    }
}

/// Opens a component in a worker of its own, with its fetches for `purpose`.
pub(crate) async fn open(
    handle: &Handle,
    plugin: &InstalledPlugin,
    purpose: &str,
) -> Result<Session, PluginError> {
    handle
        .plugins
        .open(plugin, Arc::new(fetch(handle, plugin, purpose)))
        .await
}
