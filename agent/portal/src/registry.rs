//! The plugin folder of a home. A component dropped there is noticed and can be
//! looked at; what runs is the copy in `installed`, whose name is its SHA-256,
//! so that nothing dropped later can take its place.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use agent_core::ids::ContentHash;
use sha2::{Digest, Sha256};

/// A component that was dropped into the plugin folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub sha256: ContentHash,
    /// Size of the file.
    pub bytes: u64,
    /// Whether the same bytes lie in `installed`.
    pub adopted: bool,
}

/// A plugin folder, or a file in it, that could not be used.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Reading or writing failed.
    #[error("could not {what} {path}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not the one that was looked at.
    #[error("{path} has changed since it was checked; check it again")]
    Changed {
        /// The file.
        path: PathBuf,
    },
}

/// Where the component with this hash lies in the plugin folder `dir`.
pub fn installed_path(dir: &Path, sha256: &ContentHash) -> PathBuf {
    dir.join("installed").join(format!("{sha256}.wasm"))
}

/// The components dropped into `dir`, by name; none if there is no such folder.
/// Blocks.
pub fn scan(dir: &Path) -> Result<Vec<Dropped>, RegistryError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("read", dir)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed("read", dir))?.path();
        if path.extension().is_none_or(|extension| extension != "wasm") || !path.is_file() {
            continue;
        }
        let (sha256, bytes) = digest(&path)?;
        found.push(Dropped {
            adopted: installed_path(dir, &sha256).is_file(),
            path,
            sha256,
            bytes,
        });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Copies the component `file` into the plugin folder `dir`, if it still has the
/// hash it was shown with, and returns where it lies. A repeat changes nothing.
/// Blocks.
pub fn adopt(dir: &Path, file: &Path, sha256: &ContentHash) -> Result<PathBuf, RegistryError> {
    let bytes = fs::read(file).map_err(failed("read", file))?;
    if ContentHash::from_bytes(Sha256::digest(&bytes).into()) != *sha256 {
        return Err(RegistryError::Changed {
            path: file.to_owned(),
        });
    }
    let target = installed_path(dir, sha256);
    let folder = dir.join("installed");
    fs::create_dir_all(&folder).map_err(failed("create", &folder))?;
    // Beside and renamed: a crash or a full disk leaves no half component.
    let mut half = tempfile::NamedTempFile::new_in(&folder).map_err(failed("write in", &folder))?;
    half.write_all(&bytes)
        .and_then(|()| half.as_file().sync_all())
        .map_err(failed("write in", &folder))?;
    half.persist(&target)
        .map_err(|error| failed("write", &target)(error.error))?;
    Ok(target)
}

fn digest(path: &Path) -> Result<(ContentHash, u64), RegistryError> {
    let mut file = File::open(path).map_err(failed("read", path))?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece).map_err(failed("read", path))? {
            0 => return Ok((ContentHash::from_bytes(hash.finalize().into()), bytes)),
            read => {
                hash.update(piece.get(..read).unwrap_or_default());
                bytes += read as u64;
            }
        }
    }
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> RegistryError {
    let path = path.to_owned();
    move |source| RegistryError::Io { what, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_component_is_found_and_adopted_once() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("plugins");
        assert_eq!(scan(&dir).unwrap(), []);
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join("b.wasm"), b"two").unwrap();
        fs::write(dir.join("a.wasm"), b"one").unwrap();
        fs::write(dir.join("notes.txt"), b"three").unwrap();
        let found = scan(&dir).unwrap();
        let names: Vec<_> = found.iter().filter_map(|f| f.path.file_name()).collect();
        assert_eq!(names, ["a.wasm", "b.wasm"]);
        assert_eq!(found[0].sha256, ContentHash::of("one"));
        assert!(!found[0].adopted);

        let path = adopt(&dir, &found[0].path, &found[0].sha256).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(adopt(&dir, &found[0].path, &found[0].sha256).unwrap(), path);
        let again = scan(&dir).unwrap();
        assert_eq!(again.len(), 2, "the installed copy is not a dropped one");
        assert!(again[0].adopted && !again[1].adopted);
    }

    #[test]
    fn p5_a_file_that_changed_after_its_check_is_not_adopted() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.wasm");
        fs::write(&file, b"other").unwrap();
        let error = adopt(dir.path(), &file, &ContentHash::of("one")).unwrap_err();
        assert!(matches!(error, RegistryError::Changed { .. }), "{error}");
        assert!(!installed_path(dir.path(), &ContentHash::of("other")).exists());
    }
}
