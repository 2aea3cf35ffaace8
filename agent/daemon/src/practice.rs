//! The practice mark of a home.
//!
//! A home is a practice home when it holds `practice.toml`. Then only the
//! practice employer on loopback can be reached, and every screen says so.

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::config;

/// Where the practice employer listens and which authority signs for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Loopback address of the practice employer.
    pub address: SocketAddr,
    /// PEM file of its throw-away authority.
    pub ca: PathBuf,
}

/// Why a practice mark cannot be used. The home stays a practice home: it is
/// never opened to the internet because its mark is broken.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The file is there and cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file does not say what it must.
    #[error("{path} must state `address` and `ca` of the practice employer: {message}")]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

/// Reads the mark at `path`; `None` when the home has none.
pub fn read(path: &Path) -> Result<Option<Practice>, PracticeError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(PracticeError::Read {
                path: path.into(),
                source,
            });
        }
    };
    let form = |message: String| PracticeError::Form {
        path: path.into(),
        message,
    };
    let mark: Practice =
        toml::from_str(&text).map_err(|error| form(config::one_line(&text, &error)))?;
    if !mark.address.ip().is_loopback() {
        return Err(form(format!("{} is not a loopback address", mark.address)));
    }
    Ok(Some(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_a_mark_names_loopback_or_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("practice.toml");
        assert_eq!(read(&path).unwrap(), None);
        for (text, fine) in [
            ("address = \"127.0.0.1:4433\"\nca = \"/tmp/ca.pem\"\n", true),
            ("address = \"[::1]:4433\"\nca = \"/tmp/ca.pem\"\n", true),
            ("address = \"192.0.2.1:443\"\nca = \"/tmp/ca.pem\"\n", false),
            ("address = \"127.0.0.1:4433\"\n", false),
            ("", false),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(read(&path).is_ok(), fine, "{text}");
        }
    }
}
