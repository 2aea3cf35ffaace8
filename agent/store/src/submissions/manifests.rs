//! Manifests, kept by their digest and never changed.

use agent_approval::{Manifest, ManifestDigest};
use agent_core::ids::ApplicationId;
use jiff::Timestamp;
use rusqlite::params;
use serde_json::Value;

use crate::{
    Reader, Refusal, StoreError, WriteTx,
    value::{json_column, micros, time, unreadable},
};

/// A manifest to keep, with what it takes to fill the form once more.
#[derive(Debug, Clone, Copy)]
pub struct NewManifest<'a> {
    /// The application it is for.
    pub application: ApplicationId,
    /// The encoded manifest, as it is shown and signed.
    pub bytes: &'a [u8],
    /// The filled form as a picture (PNG).
    pub screenshot: Option<&'a [u8]>,
    /// The recipe that was followed.
    pub recipe: &'a Value,
    /// What was put into which control.
    pub fillings: &'a Value,
    /// When it was composed.
    pub at: Timestamp,
}

/// A kept manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredManifest {
    /// Its digest.
    pub digest: ManifestDigest,
    /// The application it is for.
    pub application: ApplicationId,
    /// The encoded manifest.
    pub bytes: Vec<u8>,
    /// The filled form as a picture (PNG).
    pub screenshot: Option<Vec<u8>>,
    /// The recipe that was followed.
    pub recipe: Value,
    /// What was put into which control.
    pub fillings: Value,
    /// When it was composed.
    pub saved_at: Timestamp,
}

impl WriteTx<'_> {
    /// Keeps a manifest; gives its digest. The same bytes again change nothing.
    ///
    /// Refuses bytes that are no manifest, or one for another application or
    /// opening.
    pub fn save_manifest(&mut self, new: &NewManifest<'_>) -> Result<ManifestDigest, StoreError> {
        let application = self.known_application(new.application)?;
        let manifest =
            Manifest::decode(new.bytes).map_err(|error| unreadable("manifest", &error))?;
        let fits = manifest.application == application.id.to_string()
            && manifest.opening == application.opening;
        if !fits {
            return Err(Refusal::OtherApplication { what: "manifest" }.into());
        }
        let digest = ManifestDigest::of(new.bytes);
        self.run(
            "INSERT INTO manifests
                 (digest, application, saved_at, bytes, screenshot, recipe, fillings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (digest) DO NOTHING",
            params![
                digest.as_bytes(),
                new.application.as_bytes(),
                micros(new.at),
                new.bytes,
                new.screenshot,
                new.recipe.to_string(),
                new.fillings.to_string()
            ],
        )?;
        Ok(digest)
    }
}

impl Reader {
    /// One manifest.
    pub fn manifest(&self, digest: ManifestDigest) -> Result<Option<StoredManifest>, StoreError> {
        self.first(
            "SELECT application, saved_at, bytes, screenshot, recipe, fillings
             FROM manifests WHERE digest = ?1",
            [digest.as_bytes()],
            |row| {
                Ok(StoredManifest {
                    digest,
                    application: ApplicationId::from_bytes(row.get("application")?),
                    bytes: row.get("bytes")?,
                    screenshot: row.get("screenshot")?,
                    recipe: json_column(row, "recipe")?,
                    fillings: json_column(row, "fillings")?,
                    saved_at: time(row, "saved_at")?,
                })
            },
        )
    }

    /// The manifests of an application, oldest first.
    pub fn manifests_of(
        &self,
        application: ApplicationId,
    ) -> Result<Vec<ManifestDigest>, StoreError> {
        self.all(
            "SELECT digest FROM manifests WHERE application = ?1 ORDER BY saved_at, digest",
            [application.as_bytes()],
            |row| Ok(ManifestDigest::from_bytes(row.get(0)?)),
        )
    }
}
