//! A permit that was verified: what is held against each paused request.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use agent_approval::{
    ApprovalError, Manifest, ManifestDigest, ManifestError, Sha256, Source, Value, WireBody,
    WireCheck, WireRequest,
};
use agent_core::form::FileToSend;

use super::{
    ReleaseOrder,
    journal::{Entry, Writer},
    release::Target,
    request::PausedRequest,
};

/// Why a permit was not accepted. Nothing was let out.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The gate is not where a permit can be given.
    #[error("the gate takes a permit once, when it is shut and the form is filled")]
    Phase,
    /// The approval does not hold.
    #[error("the approval does not hold: {0}")]
    Approval(#[from] ApprovalError),
    /// The manifest cannot be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The manifest releases nothing.
    #[error("the manifest releases nothing")]
    Empty,
    /// A release goes somewhere else than to port 443 over TLS.
    #[error("the release to {origin} does not go to the standard port over TLS")]
    Target {
        /// Where.
        origin: String,
    },
    /// A file is not the one that was approved.
    #[error("the file {path} {why}")]
    File {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// An approved file was not given.
    #[error("the approved file {name:?} is not at hand")]
    MissingFile {
        /// Its name.
        name: String,
    },
    /// The journal could not be made, or is there already.
    #[error("the journal {path} could not be made: {source}")]
    Journal {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What the gate keeps of a permit.
pub(super) struct Permitted {
    order: ReleaseOrder,
    manifest: Manifest,
    digest: ManifestDigest,
    since: Instant,
    journal: Arc<Mutex<Writer>>,
}

impl Permitted {
    /// Verifies an order and makes its journal.
    pub(super) async fn new(order: ReleaseOrder) -> Result<(Self, Vec<Target>), GateError> {
        let permit = &order.permit;
        let digest = ManifestDigest::of(&permit.manifest);
        permit.approval.verify(&permit.key, digest, permit.now)?;
        let manifest = Manifest::decode(&permit.manifest)?;
        let targets = manifest.releases.iter().map(|release| {
            Target::of(release).ok_or_else(|| GateError::Target {
                origin: release.origin.clone(),
            })
        });
        let targets = targets.collect::<Result<Vec<_>, _>>()?;
        if targets.is_empty() {
            return Err(GateError::Empty);
        }
        for file in manifest
            .snapshots
            .iter()
            .flat_map(|snapshot| &snapshot.files)
        {
            let given = order.files.iter().any(|given| {
                given.name == file.name && given.size == file.size && given.sha256 == file.sha256
            });
            if !given {
                return Err(GateError::MissingFile {
                    name: file.name.clone(),
                });
            }
        }
        unchanged(&order.files).await?;
        let path = permit.journal.clone();
        let journal = in_background(move || Writer::create(&path, digest)).await;
        let journal = journal.map_err(|source| GateError::Journal {
            path: permit.journal.clone(),
            source,
        })?;
        let permitted = Self {
            order,
            manifest,
            digest,
            since: Instant::now(),
            journal: Arc::new(Mutex::new(journal)),
        };
        Ok((permitted, targets))
    }

    /// Whether `request` is the release of this number, now.
    pub(super) async fn check(
        &self,
        release: usize,
        request: &PausedRequest,
    ) -> Result<(), String> {
        let permit = &self.order.permit;
        let passed = i64::try_from(self.since.elapsed().as_secs()).unwrap_or(i64::MAX);
        let now = permit.now.saturating_add(passed);
        let approval = permit.approval.verify(&permit.key, self.digest, now);
        approval.map_err(|error| error.to_string())?;
        let shown = request.body.shown();
        let body = match (request.body.present, shown.is_empty(), request.body.files()) {
            (false, ..) | (_, true, _) => WireBody::Unseen,
            (true, false, 0) => WireBody::Whole(&shown),
            (true, false, _) => WireBody::WithoutFiles(&shown),
        };
        let check = WireCheck {
            manifest: &self.manifest,
            release,
            sent_as: &self.order.sent_as,
            hidden_names: &self.order.hidden_names,
            protected: &self.order.protected,
        };
        let wire = WireRequest {
            method: &request.method,
            url: &request.url,
            content_type: request.header("content-type"),
            body,
        };
        check.check(&wire).map_err(|refusal| refusal.to_string())?;
        unchanged(&self.order.files)
            .await
            .map_err(|error| error.to_string())
    }

    /// What may not go to a challenge's host: all that is kept and all that is approved.
    pub(super) fn personal(&self) -> Vec<String> {
        let kept = self.order.protected.iter().map(|kept| kept.value.clone());
        let fields = self
            .manifest
            .snapshots
            .iter()
            .flat_map(|snapshot| &snapshot.fields);
        let approved = fields
            .filter(|field| !matches!(field.source, Source::Page | Source::None))
            .filter_map(|field| match &field.value {
                Value::Text(text) => Some(text.clone()),
                Value::Empty | Value::Chosen(_) | Value::Ticked(_) | Value::File(_) => None,
            });
        kept.chain(approved).collect()
    }

    /// The least that the files of a request with so many of them can weigh.
    pub(super) fn least_files(&self, count: usize) -> u64 {
        let mut sizes: Vec<u64> = self.order.files.iter().map(|file| file.size).collect();
        sizes.sort_unstable();
        sizes.iter().take(count).sum()
    }

    /// Adds a line to the journal; it is on disk when this returns.
    pub(super) async fn write(&self, entry: Entry, release: usize) -> io::Result<()> {
        write(&self.journal, entry, release).await
    }

    /// The journal, for the tunnel that spends the admission.
    pub(super) fn journal(&self) -> Arc<Mutex<Writer>> {
        Arc::clone(&self.journal)
    }
}

/// Adds a line to `journal`; it is on disk when this returns.
pub(super) async fn write(
    journal: &Arc<Mutex<Writer>>,
    entry: Entry,
    release: usize,
) -> io::Result<()> {
    let journal = Arc::clone(journal);
    in_background(move || {
        let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.add(entry, release)
    })
    .await
}

async fn unchanged(files: &[FileToSend]) -> Result<(), GateError> {
    for file in files {
        let path = file.path.clone();
        let refused = |why: String| GateError::File {
            path: file.path.clone(),
            why,
        };
        let found = in_background(move || hash(&path)).await;
        let (size, sha256) = found.map_err(|error| refused(format!("cannot be read: {error}")))?;
        if (size, sha256) != (file.size, file.sha256) {
            return Err(refused("is no longer the one that was approved".to_owned()));
        }
    }
    Ok(())
}

fn hash(path: &Path) -> io::Result<(u64, Sha256)> {
    let bytes = std::fs::read(path)?;
    Ok((bytes.len() as u64, Sha256::of(&bytes)))
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}
