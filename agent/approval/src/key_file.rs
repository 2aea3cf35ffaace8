//! The file of a secret key: plain, or sealed by a passphrase.
//!
//! JSON of a version and a body; the body's hash stands beside it, so that a
//! damaged file is not taken for a wrong passphrase. A sealed body names its own
//! parameters, and these are bound to the sealed bytes.
#![deny(clippy::indexing_slicing)]

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize as _, Zeroizing};

use crate::{
    digest::Sha256,
    key::{KeyError, PublicKey, SecretKey},
};

/// The version written now.
const VERSION: u32 = 1;

/// Argon2id as OWASP's password storage guide recommends it: 19 MiB, 2 passes, 1 lane.
const COST: Cost = Cost {
    memory_kib: 19 * 1024,
    passes: 2,
    lanes: 1,
};

/// The most a file may ask for. A file is not trusted until it is opened, and
/// must not be able to fill the memory before that.
const MOST: Cost = Cost {
    memory_kib: 1024 * 1024,
    passes: 16,
    lanes: 4,
};

/// Keeps the sealed bytes from being opened as anything else.
const DOMAIN: &[u8] = b"jobagent sealed key 1\0";

/// Random bytes for sealing one key once.
#[derive(Clone)]
pub struct SealBytes {
    /// For the passphrase.
    pub salt: [u8; 16],
    /// For the cipher.
    pub nonce: [u8; 24],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct KeyFile {
    jobagent_secret_key: u32,
    body: Body,
    check: Sha256,
}

/// Read first, so that a later version is told from a damaged file.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Head {
    jobagent_secret_key: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Body {
    public: PublicKey,
    secret: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Secret {
    /// Base64 of the 32 bytes.
    Plain(String),
    Sealed(Sealed),
}

impl Drop for Secret {
    fn drop(&mut self) {
        match self {
            Self::Plain(text) => text.zeroize(),
            Self::Sealed(_) => {}
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sealed {
    argon2id: Cost,
    salt: String,
    nonce: String,
    xchacha20poly1305: String,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl SecretKey {
    /// The text of a file without a passphrase; its mode must keep others out.
    ///
    /// # Errors
    /// Never for a real key; kept for the encoder's sake.
    pub fn to_plain_file(&self) -> Result<Zeroizing<String>, KeyError> {
        write(Body {
            public: self.public(),
            secret: Secret::Plain(STANDARD.encode(self.as_bytes())),
        })
    }

    /// The text of a file that only `passphrase` opens.
    ///
    /// # Errors
    /// When there is no memory for the work.
    pub fn to_sealed_file(
        &self,
        passphrase: &str,
        random: &SealBytes,
    ) -> Result<Zeroizing<String>, KeyError> {
        let public = self.public();
        let cipher = cipher(passphrase, &random.salt, COST)?;
        let payload = Payload {
            msg: self.as_bytes(),
            aad: &bound(&public, COST),
        };
        let sealed = cipher
            .encrypt(&XNonce::from(random.nonce), payload)
            .map_err(|_| damaged("it cannot be sealed"))?;
        write(Body {
            public,
            secret: Secret::Sealed(Sealed {
                argon2id: COST,
                salt: STANDARD.encode(random.salt),
                nonce: STANDARD.encode(random.nonce),
                xchacha20poly1305: STANDARD.encode(sealed),
            }),
        })
    }

    /// Reads a key's file, plain or sealed. A passphrase given for a plain file
    /// is not looked at.
    ///
    /// # Errors
    /// When the file is sealed and the passphrase is missing or wrong, when the
    /// text was changed, or when a later version wrote it.
    pub fn open(text: &str, passphrase: Option<&str>) -> Result<Self, KeyError> {
        let head: Head =
            serde_json::from_str(text).map_err(|_| damaged("it is not a key's file"))?;
        if head.jobagent_secret_key > VERSION {
            return Err(KeyError::NewerVersion {
                found: head.jobagent_secret_key,
                known: VERSION,
            });
        }
        let file: KeyFile =
            serde_json::from_str(text).map_err(|_| damaged("a member is not as it must be"))?;
        if file.jobagent_secret_key != VERSION || file.check != check(&file.body)? {
            return Err(damaged("its content and its check differ"));
        }
        let bytes = match &file.body.secret {
            Secret::Plain(text) => Zeroizing::new(bytes::<32>(text)?),
            Secret::Sealed(sealed) => {
                let passphrase = passphrase.ok_or(KeyError::NeedsPassphrase)?;
                open_sealed(sealed, &file.body.public, passphrase)?
            }
        };
        let key = Self::from_random(&bytes);
        if key.public() != file.body.public {
            return Err(damaged("its two halves do not belong together"));
        }
        Ok(key)
    }

    /// Whether a key's file asks for a passphrase.
    ///
    /// # Errors
    /// When it is no key's file, or of a later version.
    pub fn is_sealed(text: &str) -> Result<bool, KeyError> {
        match Self::open(text, None) {
            Ok(_) => Ok(false),
            Err(KeyError::NeedsPassphrase) => Ok(true),
            Err(error) => Err(error),
        }
    }
}

fn open_sealed(
    sealed: &Sealed,
    public: &PublicKey,
    passphrase: &str,
) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let salt = bytes::<16>(&sealed.salt)?;
    let nonce = bytes::<24>(&sealed.nonce)?;
    let content = bytes::<48>(&sealed.xchacha20poly1305)?;
    let payload = Payload {
        msg: &content,
        aad: &bound(public, sealed.argon2id),
    };
    let opened = cipher(passphrase, &salt, sealed.argon2id)?
        .decrypt(&XNonce::from(nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| KeyError::WrongPassphrase)?;
    let bytes = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| damaged("its length"))?;
    Ok(Zeroizing::new(bytes))
}

fn cipher(passphrase: &str, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, KeyError> {
    if cost.memory_kib > MOST.memory_kib || cost.passes > MOST.passes || cost.lanes > MOST.lanes {
        return Err(damaged("it asks for more work than any key needs"));
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| damaged("it asks for work that cannot be done"))?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| damaged("there is no memory to open or seal it"))?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

/// What is sealed together with the key without being hidden.
fn bound(public: &PublicKey, cost: Cost) -> Vec<u8> {
    let Cost {
        memory_kib,
        passes,
        lanes,
    } = cost;
    let mut bytes = [DOMAIN, public.as_bytes()].concat();
    for number in [memory_kib, passes, lanes] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    bytes
}

fn write(body: Body) -> Result<Zeroizing<String>, KeyError> {
    let check = check(&body)?;
    let file = KeyFile {
        jobagent_secret_key: VERSION,
        body,
        check,
    };
    let mut text = serde_json::to_string(&file).map_err(|_| damaged("it cannot be written"))?;
    text.push('\n');
    Ok(Zeroizing::new(text))
}

fn check(body: &Body) -> Result<Sha256, KeyError> {
    let bytes = serde_json::to_vec(body).map_err(|_| damaged("it cannot be written"))?;
    Ok(Sha256::of(&Zeroizing::new(bytes)))
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], KeyError> {
    let decoded = STANDARD.decode(text).map(Zeroizing::new);
    let decoded = decoded.map_err(|_| damaged("a member is not base64"))?;
    <[u8; N]>::try_from(decoded.as_slice()).map_err(|_| damaged("a member's length"))
}

fn damaged(what: &'static str) -> KeyError {
    KeyError::Damaged { what }
}
