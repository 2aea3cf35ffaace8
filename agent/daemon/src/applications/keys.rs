//! Which key approvals are checked with.
//!
//! The files in the home are the authority. The first public key seen is pinned
//! in a file that is never written again; after it only rotations count, each
//! signed by the key before. Nothing that comes through the socket changes it.

use std::{
    fs, io,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use agent_api::{paths::Home, reason};
use agent_approval::{KeyChain, KeyError, PublicKey, RotationError, SignedRotation};

use crate::fault::{Fault, Kind};

/// Why no key can be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TrustError {
    /// There is none yet.
    #[error("no key for approvals was made yet")]
    None,
    /// A file cannot be read or written.
    #[error("cannot use {path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A key file is damaged.
    #[error("{path}: {source}")]
    Key {
        /// Which.
        path: PathBuf,
        /// Why.
        source: KeyError,
    },
    /// A rotation is not signed by the key before it.
    #[error("{path}: {source}")]
    Rotation {
        /// Which.
        path: PathBuf,
        /// Why.
        source: RotationError,
    },
}

impl From<TrustError> for Fault {
    fn from(error: TrustError) -> Self {
        let hint = match &error {
            TrustError::None => "make one: agentctl init CV",
            TrustError::File { .. } | TrustError::Key { .. } | TrustError::Rotation { .. } => {
                "restore the folder of keys from your backup; see: agentctl key show"
            }
        };
        Self::new(Kind::Refused, reason::KEY_FAULT, error.to_string()).hint(hint)
    }
}

/// Reads the keys that are trusted, oldest first; pins the person's key when
/// none was pinned yet.
pub(crate) fn trusted(home: &Home) -> Result<KeyChain, TrustError> {
    let pinned = home.pinned_key_file();
    let first = match read_key(&pinned)? {
        Some(key) => key,
        None => pin(home, &pinned)?,
    };
    let mut chain = KeyChain::follow(first, &[]).map_err(|source| TrustError::Rotation {
        path: pinned.clone(),
        source,
    })?;
    for path in rotation_files(&home.rotations_dir())? {
        let text = read(&path)?.unwrap_or_default();
        SignedRotation::from_line(&text)
            .and_then(|rotation| chain.extend(&rotation))
            .map_err(|source| TrustError::Rotation { path, source })?;
    }
    Ok(chain)
}

fn pin(home: &Home, pinned: &Path) -> Result<PublicKey, TrustError> {
    let key = read_key(&home.public_key_file())?.ok_or(TrustError::None)?;
    // Only if it is still not there: of two that pin at once one wins.
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(pinned)
        .and_then(|mut file| {
            file.write_all(key.to_line().as_bytes())?;
            file.sync_all()
        });
    written.map_err(|source| TrustError::File {
        path: pinned.to_owned(),
        source,
    })?;
    tracing::info!(key = %key.id(), "the key for approvals is pinned");
    Ok(key)
}

fn read(path: &Path) -> Result<Option<String>, TrustError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(TrustError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

fn read_key(path: &Path) -> Result<Option<PublicKey>, TrustError> {
    let Some(text) = read(path)? else {
        return Ok(None);
    };
    PublicKey::from_line(&text)
        .map(Some)
        .map_err(|source| TrustError::Key {
            path: path.to_owned(),
            source,
        })
}

/// The rotations in order of their numbers.
fn rotation_files(dir: &Path) -> Result<Vec<PathBuf>, TrustError> {
    let failed = |source| TrustError::File {
        path: dir.to_owned(),
        source,
    };
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        // A half-written one has another name until it is whole.
        let numbered = path.file_name().is_some_and(|name| {
            let name = name.as_encoded_bytes();
            name.len() == 4 && name.iter().all(u8::is_ascii_digit)
        });
        if numbered {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use agent_api::paths::Environment;
    use agent_approval::SecretKey;

    use super::*;

    fn home(dir: &Path) -> Home {
        let home = Home::at(dir, &Environment::default()).unwrap();
        fs::create_dir_all(home.rotations_dir()).unwrap();
        home
    }

    fn key(number: u8) -> SecretKey {
        SecretKey::from_random(&[number; 32])
    }

    #[test]
    fn p1_the_first_key_stays_pinned_and_only_its_own_signature_changes_it() {
        let dir = tempfile::tempdir().unwrap();
        let home = home(dir.path());
        assert!(matches!(trusted(&home), Err(TrustError::None)));

        let write = |key: &SecretKey| {
            fs::write(home.public_key_file(), key.public().to_line()).unwrap();
        };
        write(&key(1));
        assert_eq!(trusted(&home).unwrap().current(), &key(1).public());

        // Another public key in the person's file changes nothing.
        write(&key(2));
        assert_eq!(trusted(&home).unwrap().current(), &key(1).public());

        // A rotation that the pinned key did not sign is refused.
        let rotation = |from: &SecretKey| SignedRotation::sign(from, key(2).public(), 100).unwrap();
        let file = home.rotations_dir().join("0001");
        fs::write(&file, rotation(&key(3)).to_line()).unwrap();
        assert!(matches!(trusted(&home), Err(TrustError::Rotation { .. })));

        // Its twin, signed by the pinned key, is taken.
        fs::write(&file, rotation(&key(1)).to_line()).unwrap();
        assert_eq!(trusted(&home).unwrap().current(), &key(2).public());
    }
}
