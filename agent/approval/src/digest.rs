//! Digests and nonces, written as lower-case hexadecimal digits.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// Keeps a manifest's digest apart from every other SHA-256 in the world.
const MANIFEST_DOMAIN: &[u8] = b"jobagent manifest 1\0";

/// A text that is not the expected number of hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {digits} hexadecimal digits, got {given:?}")]
pub struct HexError {
    /// How many digits were expected.
    pub digits: usize,
    /// The beginning of the text as given.
    pub given: String,
}

macro_rules! hex {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// The value with these bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = HexError;

            fn from_str(text: &str) -> Result<Self, HexError> {
                let wrong = || HexError { digits: 2 * $len, given: text.chars().take(80).collect() };
                if text.len() != 2 * $len || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return Err(wrong());
                }
                let mut bytes = [0; $len];
                for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
                    *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

hex! {
    /// SHA-256 of a file, of a hidden value, or of a component.
    Sha256, 32
}
hex! {
    /// Names exactly what is sent if the person approves it: SHA-256 over a
    /// domain prefix and the manifest's stored bytes.
    ManifestDigest, 32
}
hex! {
    /// Random bytes that make every manifest a new one.
    Nonce, 16
}

impl Sha256 {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl ManifestDigest {
    /// The digest of a manifest stored as `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = sha2::Sha256::new();
        hash.update(MANIFEST_DOMAIN);
        hash.update(bytes);
        Self(hash.finalize().into())
    }

    /// The first six digits: what a person types to sign.
    pub fn short(&self) -> String {
        self.to_string().chars().take(6).collect()
    }
}
