//! Everything that will be sent, in the order in which it is sent.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    digest::{ManifestDigest, Nonce, Sha256},
    snapshot::FormSnapshot,
};

/// The version of the encoding.
const VERSION: u32 = 1;

/// What one approval covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// Version of this encoding, 1.
    pub version: u32,
    /// Id of the application, 32 hexadecimal digits.
    pub application: String,
    /// Names the opening across boards and time: no second submission bears it.
    pub opening: String,
    /// The employer.
    pub employer: String,
    /// Title of the posting.
    pub title: String,
    /// Address of the posting.
    pub posting_url: String,
    /// The component whose recipe was followed.
    pub plugin: PluginRef,
    /// Revision of the profile the answers were taken from.
    pub profile_revision: i64,
    /// Makes this manifest unlike every other.
    pub nonce: Nonce,
    /// The form's pages, in step order.
    pub snapshots: Vec<FormSnapshot>,
    /// What leaves the machine, in this order and nothing else.
    pub releases: Vec<Release>,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PluginRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Hash of its file.
    pub sha256: Sha256,
}

/// One request that may leave, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Release {
    /// What it is for.
    pub kind: ReleaseKind,
    /// Method, upper case.
    pub method: String,
    /// Origin it goes to.
    pub origin: String,
    /// Path it goes to.
    pub path: String,
    /// Whether `path` is only the beginning (a store that names each upload).
    pub path_prefix: bool,
}

impl fmt::Display for Release {
    /// In words, for a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            method,
            origin,
            path,
            path_prefix,
        } = self;
        match kind {
            ReleaseKind::Upload { field } => write!(f, "upload the file of “{field}”")?,
            ReleaseKind::Submit => f.write_str("send the form")?,
        }
        write!(f, ": {method} {origin}{path}")?;
        f.write_str(if *path_prefix { "…" } else { "" })
    }
}

/// What a release is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum ReleaseKind {
    /// A file goes to the portal's store before the form is sent: the file of
    /// the field with this accessible name, and nothing else.
    Upload {
        /// Accessible name of the file's field.
        field: String,
    },
    /// The form is sent.
    Submit,
}

/// Bytes that are not a manifest of ours.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// They do not have the shape.
    #[error("this is not a manifest: {0}")]
    Form(#[from] serde_json::Error),
    /// They are of a version this program does not know.
    #[error("the manifest is of version {found}; this program reads {VERSION}")]
    Version {
        /// The version stated.
        found: u32,
    },
    /// Another encoding of the same content: it would have two digests.
    #[error("the manifest is not in its one encoding")]
    Encoding,
}

impl Manifest {
    /// The version of manifests made now.
    pub const VERSION: u32 = VERSION;

    /// The bytes that are stored, shown and signed.
    ///
    /// # Errors
    /// Never for a manifest that can be held in memory; kept for the encoder's sake.
    pub fn encode(&self) -> Result<Vec<u8>, ManifestError> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Reads stored bytes. One content has one encoding: anything else is refused.
    ///
    /// # Errors
    /// When the bytes are no manifest, of another version, or encoded in another way.
    pub fn decode(bytes: &[u8]) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_slice(bytes)?;
        if manifest.version != VERSION {
            return Err(ManifestError::Version {
                found: manifest.version,
            });
        }
        if manifest.encode()? != bytes {
            return Err(ManifestError::Encoding);
        }
        Ok(manifest)
    }

    /// The digest of the encoded bytes.
    ///
    /// # Errors
    /// As [`Manifest::encode`].
    pub fn digest(&self) -> Result<ManifestDigest, ManifestError> {
        Ok(ManifestDigest::of(&self.encode()?))
    }
}
