//! Components dropped into the plugin directory: noticed, looked at in the
//! limited worker, and told. None runs before it was installed.
//!
//! The directory is listed every few seconds instead of watched by the system:
//! that costs a listing of a dozen names, works on every file system, network
//! ones too, and a file that is still being copied is told by its size.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use agent_core::ids::ContentHash;
use agent_portal::{
    host::Inspected,
    registry::{self, Dropped},
};

use super::{install, reach_word};
use crate::{
    events::{self, event},
    fault::Fault,
    handle::Handle,
};

/// How often the directory is listed.
const LOOK: Duration = Duration::from_secs(2);

/// What was seen of a dropped file.
#[derive(Debug, Clone)]
pub(crate) enum Look {
    /// It can be installed.
    Fine(Arc<Inspected>),
    /// It cannot, and why.
    Refused(String),
}

/// What was seen of dropped files, by their SHA-256. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks(Arc<Mutex<HashMap<ContentHash, Look>>>);

impl Looks {
    /// What was seen of the file with this hash.
    pub(crate) fn of(&self, sha256: &ContentHash) -> Option<Look> {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.get(sha256).cloned()
    }

    fn keep(&self, sha256: ContentHash, look: Look) {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.insert(sha256, look);
    }
}

/// A file as the listing shows it.
type Mark = (PathBuf, u64, Option<SystemTime>);

/// Runs until the daemon ends.
pub(crate) async fn watch(handle: Handle) {
    let (mut before, mut seen): (Vec<Mark>, Vec<Mark>) = Default::default();
    loop {
        let dir = handle.home.plugins_dir();
        let now = handle
            .compute(move || marks(&dir))
            .await
            .unwrap_or_default();
        // Twice the same: nothing is being copied any more.
        if now == before && now != seen {
            match look_at_new(&handle).await {
                Ok(()) => seen.clone_from(&now),
                Err(fault) => tracing::warn!(%fault, "the plugin directory could not be looked at"),
            }
        }
        before = now;
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// The components in the directory; none where it cannot be read.
fn marks(dir: &Path) -> Vec<Mark> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut marks: Vec<Mark> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "wasm"))
        .filter_map(|entry| {
            let found = entry.metadata().ok()?;
            Some((entry.path(), found.len(), found.modified().ok()))
        })
        .collect();
    marks.sort();
    marks
}

/// Looks at each dropped component that was not looked at yet.
async fn look_at_new(handle: &Handle) -> Result<(), Fault> {
    let dir = handle.home.plugins_dir();
    for dropped in handle.compute(move || registry::scan(&dir)).await?? {
        if dropped.adopted || handle.dropped.of(&dropped.sha256).is_some() {
            continue;
        }
        let look = match handle.plugins.inspect(&dropped.path).await {
            // It was replaced meanwhile: the next listing shows it.
            Ok(inspected) if inspected.sha256 != dropped.sha256 => continue,
            Ok(inspected) => Look::Fine(Arc::new(inspected)),
            Err(error) => Look::Refused(error.to_string()),
        };
        handle.dropped.keep(dropped.sha256, look.clone());
        tell(handle, &dropped, look).await?;
    }
    Ok(())
}

/// Tells watchers of a file; once, however often the daemon starts.
async fn tell(handle: &Handle, dropped: &Dropped, look: Look) -> Result<(), Fault> {
    let file = dropped.path.display().to_string();
    let sha256 = dropped.sha256.to_string();
    let told = match look {
        Look::Fine(inspected) => {
            let checked = install::compare(handle, Inspected::clone(&inspected)).await?;
            let manifest = &inspected.manifest;
            let text = format!(
                "{} {} was dropped into the plugin directory; it asks for {}",
                manifest.id,
                manifest.version,
                hosts(&inspected)
            );
            let detail = serde_json::json!({
                "file": file,
                "id": manifest.id,
                "version": manifest.version,
                "hosts": manifest.hosts,
                "form_hosts": manifest.form_hosts,
                "reach": reach_word(manifest.reach),
                "terms": manifest.terms,
                "new_hosts": checked.new_hosts,
                "new_form_hosts": checked.new_form_hosts,
                "wider_reach": checked.wider_reach,
                "new_terms": checked.new_terms,
            });
            event(events::PLUGIN_DROPPED, &sha256, text, detail)
        }
        Look::Refused(why) => {
            let text = format!("{file} was dropped and is no usable plugin: {why}");
            let detail = serde_json::json!({ "file": file, "why": why });
            event(events::PLUGIN_DROPPED, &sha256, text, detail)
        }
    };
    handle
        .write(move |tx| {
            if !tx.has_event(events::PLUGIN_DROPPED, &told.subject)? {
                tx.append_event(&told)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

/// The hosts a component asks for, in words.
pub(super) fn hosts(inspected: &Inspected) -> String {
    let hosts = inspected.manifest.hosts.iter();
    let hosts: Vec<String> = hosts.map(ToString::to_string).collect();
    match hosts.is_empty() {
        true => "no host".to_owned(),
        false => hosts.join(", "),
    }
}

impl Look {
    /// What the inbox says of it.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Fine(inspected) => {
                let manifest = &inspected.manifest;
                let asks = hosts(inspected);
                format!("{} {} asks for {asks}", manifest.id, manifest.version)
            }
            Self::Refused(why) => format!("it cannot be used: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grows_is_another_file() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(marks(&dir.path().join("none")), []);
        let file = dir.path().join("a.wasm");
        fs::write(&file, b"half").unwrap();
        fs::write(dir.path().join("notes.txt"), b"x").unwrap();
        let half = marks(dir.path());
        assert_eq!(half.len(), 1);
        assert_eq!(marks(dir.path()), half);
        fs::write(&file, b"whole one").unwrap();
        assert_ne!(marks(dir.path()), half);
    }
}
