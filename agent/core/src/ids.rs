//! Identifiers.
//!
//! Ids of things that come from outside (sources, jobs) are derived from what
//! identifies them there, so that seeing a thing twice gives the same id and a
//! repeated sync cannot make a second row.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A text that is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected {digits} hexadecimal digits, got {given:?}")]
pub struct IdError {
    /// How many digits were expected.
    pub digits: usize,
    /// The text as given.
    pub given: String,
}

/// First 16 bytes of SHA-256 over `domain`, then each part with its length in
/// front, so that no two lists of parts share a digest input.
fn derive(domain: &str, parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in std::iter::once(&domain).chain(parts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id
}

macro_rules! hex_bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// The value with these bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The bytes, as stored.
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
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let wrong = || IdError { digits: 2 * $len, given: text.chars().take(80).collect() };
                if text.len() != 2 * $len || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return Err(wrong());
                }
                let mut id = [0; $len];
                for (byte, digits) in id.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
                    *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
                }
                Ok(Self(id))
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

hex_bytes! {
    /// One board the person follows.
    SourceId, 16
}
hex_bytes! {
    /// One posting of one board.
    JobId, 16
}
hex_bytes! {
    /// One application of the person to one opening.
    ApplicationId, 16
}
hex_bytes! {
    /// One goal of the person.
    GoalId, 16
}
hex_bytes! {
    /// SHA-256 of a text.
    ContentHash, 32
}

impl SourceId {
    /// The id of the board that `plugin` reads under `key`.
    pub fn of(plugin: &str, key: &str) -> Self {
        Self(derive("source", &[plugin, key]))
    }
}

impl JobId {
    /// The id of the posting that `source` calls `external_id`.
    pub fn of(source: SourceId, external_id: &str) -> Self {
        Self(derive("job", &[&source.to_string(), external_id]))
    }
}

impl ContentHash {
    /// The hash of `text`.
    pub fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    /// The hash of `bytes`.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_as_written() {
        let id = JobId::of(SourceId::of("greenhouse", "acme"), "42");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 32);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(SourceId::of("ab", "c"), SourceId::of("a", "bc"));
    }

    #[test]
    fn a_wrong_id_is_refused() {
        for given in [
            "",
            "12",
            "zz345678901234567890123456789012",
            "+1345678901234567890123456789012",
            "éé345678901234567890123456789",
        ] {
            assert!(given.parse::<JobId>().is_err(), "{given}");
        }
    }
}
