//! Installing components and opening them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use agent_api::reason;
use agent_core::ids::ContentHash;
use agent_portal::{
    error::PluginError,
    fetch::Fetch,
    grant::{Grant, HostPattern},
    host::{Capability, Inspected, InstalledPlugin, Reach, Session},
    registry,
};
use agent_store::PluginRow;
use sha2::{Digest as _, Sha256};

use crate::{
    clock,
    events::{self, event},
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
}

/// A component as checked, with what its installed version was granted.
pub(crate) struct Checked {
    pub(crate) inspected: Inspected,
    pub(crate) state: &'static str,
    pub(crate) new_hosts: Vec<String>,
    /// The same, of the hosts for its forms.
    pub(crate) new_form_hosts: Vec<String>,
    /// Whether the person has still to accept what its site's terms say.
    pub(crate) new_terms: bool,
}

/// What the person grants a component.
pub(crate) struct Granted {
    /// Hosts it may ask for pages.
    pub(crate) hosts: Vec<String>,
    /// Hosts a browser may contact for its forms.
    pub(crate) form_hosts: Vec<String>,
    /// What its site's terms say against programs, word for word as it was shown;
    /// empty where nothing was.
    pub(crate) terms: String,
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
        let state = if rows.iter().any(|row| row.id == stem) {
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

/// The component behind a path, a file name in the plugin directory, or an id.
fn locate(handle: &Handle, given: &Path) -> PathBuf {
    if given.is_absolute() {
        return given.to_owned();
    }
    let dropped = handle.home.plugins_dir().join(given);
    if dropped.exists() {
        dropped
    } else {
        dropped.with_extension("wasm")
    }
}

/// Compiles and describes a component in a limited process; changes nothing.
pub(crate) async fn check(handle: &Handle, given: &Path) -> Result<Checked, Fault> {
    let inspected = handle.plugins.inspect(&locate(handle, given)).await?;
    compare(handle, inspected).await
}

/// Puts what a component asks for beside what its installed version was granted.
async fn compare(handle: &Handle, inspected: Inspected) -> Result<Checked, Fault> {
    let id = inspected.manifest.id.clone();
    let row = handle.store.read(move |reader| reader.plugin(&id)).await?;
    let state = match &row {
        Some(row) if row.sha256 == *inspected.sha256.as_bytes() => "installed",
        Some(_) => "changed",
        None => "checked",
    };
    let (hosts, form_hosts, accepted) = row
        .map(|row| (row.hosts, row.form_hosts, row.terms_accepted))
        .unwrap_or_default();
    let terms = &inspected.manifest.terms;
    Ok(Checked {
        state,
        new_terms: terms.is_some() && *terms != accepted,
        new_hosts: missing(&inspected.manifest.hosts, &hosts),
        new_form_hosts: missing(&inspected.manifest.form_hosts, &form_hosts),
        inspected,
    })
}

/// The hosts asked for that are not among the granted ones.
fn missing(asked: &[HostPattern], granted: &[String]) -> Vec<String> {
    let asked = asked.iter().map(ToString::to_string);
    asked.filter(|host| !granted.contains(host)).collect()
}

/// Pins a component by its SHA-256 and grants it what it asks for, all of which
/// must be in `granted`.
pub(crate) async fn install(
    handle: &Handle,
    given: &Path,
    sha256: &str,
    granted: &Granted,
) -> Result<Checked, Fault> {
    let path = locate(handle, given);
    let inspected = handle.plugins.inspect(&path).await?;
    let manifest = &inspected.manifest;
    if !sha256.is_empty() && !sha256.eq_ignore_ascii_case(&inspected.sha256.to_string()) {
        let message = format!(
            "{} has the SHA-256 {}, not the one shown before",
            path.display(),
            inspected.sha256
        );
        return Err(Fault::new(Kind::Refused, reason::PLUGIN_CHANGED, message)
            .hint("look at it again: agentctl plugin check FILE"));
    }
    let mut ungranted = missing(&manifest.hosts, &granted.hosts);
    ungranted.extend(missing(&manifest.form_hosts, &granted.form_hosts));
    if !ungranted.is_empty() {
        let message = format!(
            "{} asks for hosts that were not granted: {}",
            manifest.id,
            ungranted.join(", ")
        );
        return Err(Fault::new(
            Kind::Refused,
            reason::HOSTS_NOT_GRANTED,
            message,
        ));
    }
    if manifest
        .terms
        .as_ref()
        .is_some_and(|terms| *terms != granted.terms)
    {
        let message = format!(
            "{} reads a site whose terms speak against it; they have to be accepted first",
            manifest.id
        );
        return Err(
            Fault::new(Kind::Refused, reason::TERMS_NOT_ACCEPTED, message)
                .hint("read them and accept: agentctl plugin install FILE"),
        );
    }
    let dir = handle.home.plugins_dir();
    let (from, pinned) = (path.clone(), inspected.sha256);
    handle
        .compute(move || registry::adopt(&dir, &from, &pinned))
        .await??;
    let row = PluginRow {
        id: manifest.id.clone(),
        version: manifest.version.clone(),
        sha256: *inspected.sha256.as_bytes(),
        hosts: manifest.hosts.iter().map(ToString::to_string).collect(),
        form_hosts: manifest
            .form_hosts
            .iter()
            .map(ToString::to_string)
            .collect(),
        supports: manifest
            .supports
            .iter()
            .copied()
            .map(word)
            .map(str::to_owned)
            .collect(),
        reach: reach_word(manifest.reach).to_owned(),
        terms_accepted: manifest.terms.clone(),
        description: manifest.description.clone(),
        bytes: inspected.bytes,
        installed_at: clock::now(),
    };
    handle
        .write(move |tx| {
            tx.save_plugin(&row)?;
            let detail = serde_json::json!({
                "version": row.version,
                "hosts": row.hosts,
                "form_hosts": row.form_hosts,
                "reach": row.reach,
                "terms_accepted": row.terms_accepted,
            });
            tx.append_event(&event(
                events::PLUGIN_INSTALLED,
                &row.id,
                format!("{} {}", row.id, row.version),
                detail,
            ))?;
            Ok(())
        })
        .await?;
    let mut checked = compare(handle, inspected).await?;
    checked.state = "installed";
    Ok(checked)
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
