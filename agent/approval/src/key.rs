//! The key a person signs with, and how its two halves stand in files.

use std::{fmt, str::FromStr};

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::{approval::KeyId, digest::Sha256};

/// The word a public key's line begins with.
const TYPE_WORD: &str = "jobagent-ed25519";

/// The secret half. It is wiped from memory when dropped, and `Debug` hides it.
pub struct SecretKey {
    signing: SigningKey,
}

/// The half that everyone may know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    verifying: VerifyingKey,
}

/// Why a key cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The file is sealed and no passphrase was given.
    #[error("the key is sealed: give its passphrase")]
    NeedsPassphrase,
    /// The passphrase does not open the file.
    #[error("the passphrase does not open the key")]
    WrongPassphrase,
    /// The text is not what was written.
    #[error("the key's file is damaged ({what}): restore it from a backup")]
    Damaged {
        /// What does not fit.
        what: &'static str,
    },
    /// A later version of this program wrote it.
    #[error("the key's file is of version {found}; this program reads up to {known}: update it")]
    NewerVersion {
        /// The version stated.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
}

impl SecretKey {
    /// The key made from 32 bytes. They must come from the system's random
    /// source and be used for nothing else.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self {
            signing: SigningKey::from_bytes(bytes),
        }
    }

    /// The half that everyone may know.
    pub fn public(&self) -> PublicKey {
        PublicKey {
            verifying: self.signing.verifying_key(),
        }
    }

    /// The 32 bytes it was made from.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        self.signing.as_bytes()
    }

    /// Signs `message` for one kind of use.
    pub(crate) fn sign(&self, domain: &[u8], message: &[u8]) -> [u8; 64] {
        self.signing.sign(&[domain, message].concat()).to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey(of {})", self.public())
    }
}

impl PublicKey {
    /// The key with these 32 bytes.
    ///
    /// # Errors
    /// When they are no point of the curve in its one encoding, or one of the
    /// few points under which anyone can make signatures.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let bad = KeyError::Damaged {
            what: "these bytes are no public key",
        };
        let verifying = VerifyingKey::from_bytes(bytes).map_err(|_| bad.clone())?;
        let canonical = verifying.to_edwards().compress().as_bytes() == bytes;
        if verifying.is_weak() || !canonical {
            return Err(bad);
        }
        Ok(Self { verifying })
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.verifying.as_bytes()
    }

    /// Its name: SHA-256 of the 32 bytes.
    pub fn id(&self) -> KeyId {
        Sha256::of(self.as_bytes())
    }

    /// The one line of a public key's file.
    pub fn to_line(&self) -> String {
        format!("{TYPE_WORD} {self}\n")
    }

    /// Reads the line of a public key's file.
    ///
    /// # Errors
    /// When it is anything else than one such line.
    pub fn from_line(line: &str) -> Result<Self, KeyError> {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let digits = line
            .strip_prefix(TYPE_WORD)
            .and_then(|rest| rest.strip_prefix(' '))
            .ok_or(KeyError::Damaged {
                what: "it does not begin with its type",
            })?;
        digits.parse()
    }

    /// Whether `signature` was made over `message` for this use.
    pub(crate) fn has_signed(&self, domain: &[u8], message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        let signed = [domain, message].concat();
        self.verifying.verify_strict(&signed, &signature).is_ok()
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    /// Reads 64 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let bytes: Sha256 = text.parse().map_err(|_| KeyError::Damaged {
            what: "a public key has 64 hexadecimal digits",
        })?;
        Self::from_bytes(bytes.as_bytes())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Sha256::from_bytes(*self.as_bytes()).fmt(f)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
