//! Checking and installing a component.

use std::path::{Path, PathBuf};

use agent_api::reason;
use agent_portal::{
    grant::HostPattern,
    host::{Inspected, Manifest, Reach},
    registry,
};
use agent_store::PluginRow;

use super::{reach_of, reach_word, word};
use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
};

/// A component as checked, with what its installed version was granted.
pub(crate) struct Checked {
    pub(crate) inspected: Inspected,
    pub(crate) state: &'static str,
    pub(crate) new_hosts: Vec<String>,
    /// The same, of the hosts for its forms.
    pub(crate) new_form_hosts: Vec<String>,
    /// Whether the person has still to accept what its site's terms say.
    pub(crate) new_terms: bool,
    /// Whether it finds boards at more addresses than the installed version.
    pub(crate) wider_reach: bool,
    /// What the person accepted of the terms for the installed version.
    pub(crate) accepted_terms: Option<String>,
}

/// What the person grants a component.
pub(crate) struct Granted {
    /// Hosts it may ask for pages.
    pub(crate) hosts: Vec<String>,
    /// Hosts a browser may contact for its forms.
    pub(crate) form_hosts: Vec<String>,
    /// The word for where its boards are found, as it was shown.
    pub(crate) reach: String,
    /// What its site's terms say against programs, word for word as it was shown;
    /// empty where nothing was.
    pub(crate) terms: String,
}

/// The component behind a path, a file name in the plugin directory, or an id.
pub(super) fn locate(handle: &Handle, given: &Path) -> PathBuf {
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
pub(super) async fn compare(handle: &Handle, inspected: Inspected) -> Result<Checked, Fault> {
    let id = inspected.manifest.id.clone();
    let row = handle.store.read(move |reader| reader.plugin(&id)).await?;
    let state = match &row {
        Some(row) if row.sha256 == *inspected.sha256.as_bytes() => "installed",
        Some(_) => "changed",
        None => "checked",
    };
    let reach = row.as_ref().map(|row| reach_of(&row.reach));
    let (hosts, form_hosts, accepted) = row
        .map(|row| (row.hosts, row.form_hosts, row.terms_accepted))
        .unwrap_or_default();
    let terms = &inspected.manifest.terms;
    Ok(Checked {
        state,
        // Of a first installation the whole reach is new, and the screen says it.
        wider_reach: inspected.manifest.reach > reach.unwrap_or(Reach::Portal),
        accepted_terms: accepted.clone(),
        new_terms: terms.is_some() && *terms != accepted,
        new_hosts: missing(&inspected.manifest.hosts, &hosts),
        new_form_hosts: missing(&inspected.manifest.form_hosts, &form_hosts),
        inspected,
    })
}

/// The hosts asked for that are not among the granted ones.
pub(super) fn missing(asked: &[HostPattern], granted: &[String]) -> Vec<String> {
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
    expect(&path, &inspected, sha256)?;
    expect_granted(manifest, granted)?;
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

/// Refuses a file that is not the one the person was shown.
pub(super) fn expect(path: &Path, inspected: &Inspected, sha256: &str) -> Result<(), Fault> {
    if !sha256.is_empty() && !sha256.eq_ignore_ascii_case(&inspected.sha256.to_string()) {
        let message = format!(
            "{} has the SHA-256 {}, not the one shown before",
            path.display(),
            inspected.sha256
        );
        return Err(Fault::new(Kind::Refused, reason::PLUGIN_CHANGED, message)
            .hint("look at it again: agentctl plugin check FILE"));
    }
    Ok(())
}

/// Refuses a component that asks for more than the person granted.
pub(super) fn expect_granted(manifest: &Manifest, granted: &Granted) -> Result<(), Fault> {
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
    if manifest.reach > reach_of(&granted.reach) {
        let message = format!(
            "{} finds boards at more addresses than were granted: {}",
            manifest.id,
            reach_word(manifest.reach)
        );
        return Err(
            Fault::new(Kind::Refused, reason::HOSTS_NOT_GRANTED, message)
                .hint("look at it again: agentctl plugin check FILE"),
        );
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
    Ok(())
}
