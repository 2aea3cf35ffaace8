//! The person's signature over a manifest's digest.

use serde::{Deserialize, Serialize};

use crate::digest::{ManifestDigest, Sha256};

/// Names a public key: SHA-256 of its 32 bytes.
pub type KeyId = Sha256;

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To send one application.
    Submit,
}

/// What the person signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Approval {
    /// What for.
    pub purpose: Purpose,
    /// What was reviewed.
    pub manifest: ManifestDigest,
    /// When it was signed, seconds since 1970 UTC.
    pub signed_at: i64,
    /// From this second on it is worth nothing.
    pub valid_until: i64,
    /// The key it was signed with.
    pub key: KeyId,
}

/// An approval as transported and stored: the signed bytes and the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedApproval {
    /// Encoded [`Approval`].
    pub bytes: Vec<u8>,
    /// Ed25519 signature over a domain prefix and `bytes`.
    pub signature: [u8; 64],
}

/// How long an approval can be used: 15 minutes to 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    seconds: u32,
}

impl Lifetime {
    /// Four hours.
    pub const DEFAULT: Self = Self { seconds: 4 * 3600 };
    /// The shortest.
    pub const LEAST: Self = Self { seconds: 15 * 60 };
    /// The longest.
    pub const MOST: Self = Self { seconds: 24 * 3600 };

    /// A lifetime of so many seconds, if it is within the bounds.
    pub const fn of_seconds(seconds: u32) -> Option<Self> {
        if seconds < Self::LEAST.seconds || seconds > Self::MOST.seconds {
            return None;
        }
        Some(Self { seconds })
    }

    /// In seconds.
    pub const fn seconds(self) -> u32 {
        self.seconds
    }
}
