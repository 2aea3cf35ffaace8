//! The person's signature over a manifest's digest.

use serde::{Deserialize, Serialize};

use crate::{
    digest::{ManifestDigest, Sha256},
    key::{PublicKey, SecretKey},
};

/// Names a public key: SHA-256 of its 32 bytes.
pub type KeyId = Sha256;

/// Keeps a signature under an approval from being one under anything else.
const DOMAIN: &[u8] = b"jobagent approval 1\0";

/// How far the clock that signed may run before ours, in seconds.
const CLOCK_SKEW: i64 = 120;

/// An encoded approval has about 270 bytes; nothing larger is read.
const MOST_BYTES: usize = 1024;

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To send one application.
    Submit,
}

impl Purpose {
    /// As encoded.
    const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
        }
    }
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

/// Why a signed approval is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    /// The bytes are no approval.
    #[error("this is not an approval: {reason}")]
    Malformed {
        /// What is wrong with them.
        reason: String,
    },
    /// The bytes say it in another way than the one way there is.
    #[error("the approval is not in its one encoding")]
    NotCanonical,
    /// It is meant for something else.
    #[error("the signature is for {found:?}, and sending needs one for {:?}", Purpose::Submit.name())]
    OtherPurpose {
        /// What it says it is for.
        found: String,
    },
    /// It names another key.
    #[error("the approval was signed with key {found}; this agent accepts {expected}")]
    OtherKey {
        /// The key that is accepted.
        expected: KeyId,
        /// The key it names.
        found: KeyId,
    },
    /// The signature does not belong to these bytes and this key.
    #[error("the signature does not fit the approval")]
    WrongSignature,
    /// It approves something else.
    #[error("the approval is for manifest {found}, and {expected} is to be sent: review it again")]
    OtherManifest {
        /// What is to be sent.
        expected: ManifestDigest,
        /// What was approved.
        found: ManifestDigest,
    },
    /// Its lifetime is shorter or longer than any this program signs.
    #[error(
        "the approval is made for {seconds} s; {} to {} s are allowed",
        Lifetime::LEAST.seconds,
        Lifetime::MOST.seconds
    )]
    Lifetime {
        /// The lifetime it claims.
        seconds: i128,
    },
    /// It says it was signed later than now.
    #[error("the approval was signed {ahead} s in the future: set the clock right and sign again")]
    NotYetValid {
        /// How many seconds ahead.
        ahead: i64,
    },
    /// Its time is over.
    #[error("the approval ended {ago} s ago: review and sign again")]
    Expired {
        /// How many seconds ago.
        ago: i64,
    },
}

/// The same members as [`Approval`], with a purpose that may be unknown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Claim {
    purpose: String,
    manifest: ManifestDigest,
    signed_at: i64,
    valid_until: i64,
    key: KeyId,
}

impl Approval {
    /// The bytes that are signed.
    ///
    /// # Errors
    /// Never for a real approval; kept for the encoder's sake.
    pub fn encode(&self) -> Result<Vec<u8>, ApprovalError> {
        serde_json::to_vec(self).map_err(|error| malformed(&error))
    }
}

impl SignedApproval {
    /// Signs an approval. `approval.key` must be the id of `key`.
    ///
    /// # Errors
    /// When the approval names another key.
    pub fn sign(key: &SecretKey, approval: &Approval) -> Result<Self, ApprovalError> {
        let expected = key.public().id();
        if approval.key != expected {
            return Err(ApprovalError::OtherKey {
                expected,
                found: approval.key,
            });
        }
        let bytes = approval.encode()?;
        let signature = key.sign(DOMAIN, &bytes);
        Ok(Self { bytes, signature })
    }

    /// The approval, if `key` signed it to send the manifest `expected` and it
    /// can be used at `now` (seconds since 1970 UTC).
    ///
    /// Whether it was used before is not said here: the caller keeps the spent ones.
    ///
    /// # Errors
    /// One variant per reason, see [`ApprovalError`].
    pub fn verify(
        &self,
        key: &PublicKey,
        expected: ManifestDigest,
        now: i64,
    ) -> Result<Approval, ApprovalError> {
        let approval = self.signed_by(key)?;
        if approval.manifest != expected {
            return Err(ApprovalError::OtherManifest {
                expected,
                found: approval.manifest,
            });
        }
        let seconds = i128::from(approval.valid_until) - i128::from(approval.signed_at);
        if u32::try_from(seconds).map_or(true, |seconds| Lifetime::of_seconds(seconds).is_none()) {
            return Err(ApprovalError::Lifetime { seconds });
        }
        let ahead = approval.signed_at.saturating_sub(now);
        if ahead > CLOCK_SKEW {
            return Err(ApprovalError::NotYetValid { ahead });
        }
        if now >= approval.valid_until {
            let ago = now.saturating_sub(approval.valid_until);
            return Err(ApprovalError::Expired { ago });
        }
        Ok(approval)
    }

    /// The approval, if `key` signed it; its time and its manifest are not looked at.
    fn signed_by(&self, key: &PublicKey) -> Result<Approval, ApprovalError> {
        if self.bytes.len() > MOST_BYTES {
            return Err(ApprovalError::Malformed {
                reason: format!("more than {MOST_BYTES} bytes"),
            });
        }
        let claim: Claim =
            serde_json::from_slice(&self.bytes).map_err(|error| malformed(&error))?;
        if claim.key != key.id() {
            return Err(ApprovalError::OtherKey {
                expected: key.id(),
                found: claim.key,
            });
        }
        if !key.has_signed(DOMAIN, &self.bytes, &self.signature) {
            return Err(ApprovalError::WrongSignature);
        }
        if claim.purpose != Purpose::Submit.name() {
            return Err(ApprovalError::OtherPurpose {
                found: claim.purpose,
            });
        }
        let approval = Approval {
            purpose: Purpose::Submit,
            manifest: claim.manifest,
            signed_at: claim.signed_at,
            valid_until: claim.valid_until,
            key: claim.key,
        };
        if approval.encode()? != self.bytes {
            return Err(ApprovalError::NotCanonical);
        }
        Ok(approval)
    }
}

fn malformed(error: &serde_json::Error) -> ApprovalError {
    ApprovalError::Malformed {
        reason: error.to_string(),
    }
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
