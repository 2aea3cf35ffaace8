//! From one key to the next: each statement is signed by the key that goes.
//!
//! The first key is pinned by whoever verifies. Nothing here can replace it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use crate::{
    approval::KeyId,
    key::{PublicKey, SecretKey},
};

/// Keeps a signature under a rotation from being one under anything else.
const DOMAIN: &[u8] = b"jobagent rotation 1\0";

/// The word a rotation's line begins with.
const TYPE_WORD: &str = "jobagent-rotation";

/// A new key in place of an old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rotation {
    /// The key that goes, and signs this.
    pub from: KeyId,
    /// The key that comes.
    pub to: PublicKey,
    /// When, seconds since 1970 UTC. From then on the old key signs nothing.
    pub at: i64,
}

/// A rotation as stored: the signed bytes and the old key's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRotation {
    /// Encoded [`Rotation`].
    pub bytes: Vec<u8>,
    /// Ed25519 signature over a domain prefix and `bytes`.
    pub signature: [u8; 64],
}

/// Why a statement of rotation, or a row of them, is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// The text or the bytes are no such statement in its one encoding.
    #[error("this is not a statement of a new key: {what}")]
    Malformed {
        /// What is wrong.
        what: String,
    },
    /// It continues from another key than the present one.
    #[error("the new key follows key {found}, and the present one is {expected}")]
    OtherKey {
        /// The present key.
        expected: KeyId,
        /// The key it names.
        found: KeyId,
    },
    /// The present key did not sign it.
    #[error("the statement of a new key is not signed by the present key {key}")]
    WrongSignature {
        /// The present key.
        key: KeyId,
    },
    /// The new key was one of this row before.
    #[error("key {key} was used before and cannot come back")]
    Repeated {
        /// The key.
        key: KeyId,
    },
    /// It is dated before the one it follows.
    #[error("the statement of a new key is dated {at}, before the last one at {last}")]
    Backwards {
        /// Its date.
        at: i64,
        /// Date of the one before.
        last: i64,
    },
}

impl SignedRotation {
    /// States that `to` takes the place of `old` from `at` on.
    ///
    /// # Errors
    /// Never for real keys; kept for the encoder's sake.
    pub fn sign(old: &SecretKey, to: PublicKey, at: i64) -> Result<Self, RotationError> {
        let from = old.public().id();
        let bytes = encode(&Rotation { from, to, at })?;
        let signature = old.sign(DOMAIN, &bytes);
        Ok(Self { bytes, signature })
    }

    /// The statement, if `present` signed it about itself.
    ///
    /// # Errors
    /// When it is malformed, names another key, or the signature does not fit.
    pub fn verify(&self, present: &PublicKey) -> Result<Rotation, RotationError> {
        let rotation: Rotation =
            serde_json::from_slice(&self.bytes).map_err(|error| malformed(&error))?;
        if encode(&rotation)? != self.bytes {
            return Err(malformed(&"it is not in its one encoding"));
        }
        let expected = present.id();
        if rotation.from != expected {
            return Err(RotationError::OtherKey {
                expected,
                found: rotation.from,
            });
        }
        if !present.has_signed(DOMAIN, &self.bytes, &self.signature) {
            return Err(RotationError::WrongSignature { key: expected });
        }
        Ok(rotation)
    }

    /// The one line of a rotation's file.
    pub fn to_line(&self) -> String {
        let [bytes, signature] =
            [self.bytes.as_slice(), &self.signature].map(|b| STANDARD.encode(b));
        format!("{TYPE_WORD} {bytes} {signature}\n")
    }

    /// Reads the line of a rotation's file; says nothing about the signature.
    ///
    /// # Errors
    /// When it is anything else than one such line.
    pub fn from_line(line: &str) -> Result<Self, RotationError> {
        let mut words = line.trim_end().split(' ');
        let (word, bytes, signature) = (words.next(), words.next(), words.next());
        let (Some(TYPE_WORD), Some(bytes), Some(signature), None) =
            (word, bytes, signature, words.next())
        else {
            return Err(malformed(&"it is not one line of three words"));
        };
        let decode = |text| STANDARD.decode(text).map_err(|error| malformed(&error));
        let signature = <[u8; 64]>::try_from(decode(signature)?);
        Ok(Self {
            bytes: decode(bytes)?,
            signature: signature.map_err(|_| malformed(&"a signature has 64 bytes"))?,
        })
    }
}

fn encode(rotation: &Rotation) -> Result<Vec<u8>, RotationError> {
    serde_json::to_vec(rotation).map_err(|error| malformed(&error))
}

fn malformed(what: &dyn std::fmt::Display) -> RotationError {
    RotationError::Malformed {
        what: what.to_string(),
    }
}

/// The pinned key and all that followed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChain {
    first: PublicKey,
    /// In order; each with the second from which it is the present one.
    later: Vec<(i64, PublicKey)>,
}

impl KeyChain {
    /// Follows the rotations, in order, from the pinned key.
    ///
    /// # Errors
    /// When one of them does not continue the row.
    pub fn follow(first: PublicKey, rotations: &[SignedRotation]) -> Result<Self, RotationError> {
        let mut chain = Self {
            first,
            later: Vec::new(),
        };
        for rotation in rotations {
            chain.extend(rotation)?;
        }
        Ok(chain)
    }

    /// Adds one more rotation; on an error nothing has changed.
    ///
    /// # Errors
    /// When it does not continue the row.
    pub fn extend(&mut self, rotation: &SignedRotation) -> Result<(), RotationError> {
        let Rotation { from: _, to, at } = rotation.verify(self.current())?;
        if self.key(to.id()).is_some() {
            return Err(RotationError::Repeated { key: to.id() });
        }
        match self.later.last() {
            Some((last, _)) if at < *last => Err(RotationError::Backwards { at, last: *last }),
            Some(_) | None => {
                self.later.push((at, to));
                Ok(())
            }
        }
    }

    /// The key approvals are made with now.
    pub fn current(&self) -> &PublicKey {
        self.later.last().map_or(&self.first, |(_, key)| key)
    }

    /// The key of this name, if it is or was one of the row.
    pub fn key(&self, id: KeyId) -> Option<&PublicKey> {
        self.keys().find(|key| key.id() == id)
    }

    /// The key that was the present one at `seconds` since 1970 UTC.
    pub fn key_at(&self, seconds: i64) -> &PublicKey {
        self.later
            .iter()
            .rev()
            .find(|(from, _)| *from <= seconds)
            .map_or(&self.first, |(_, key)| key)
    }

    /// All keys, the pinned one first.
    pub fn keys(&self) -> impl Iterator<Item = &PublicKey> {
        std::iter::once(&self.first).chain(self.later.iter().map(|(_, key)| key))
    }
}
