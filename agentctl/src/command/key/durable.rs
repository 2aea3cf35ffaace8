//! Small private files: each is there whole or not at all, also after a crash,
//! and nobody else can read it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use agent_api::reason;

use crate::error::Failure;

/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// Writes a file that must not exist yet, for nobody else to read.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let temporary = write_beside(path, text)?;
    // A link, unlike a rename, never replaces what is there.
    let linked = fs::hard_link(&temporary, path);
    let _ = fs::remove_file(&temporary);
    match linked {
        Ok(()) => sync_dir(parent(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::refused(
            format!("{} exists already", path.display()),
        )
        .reason("file-exists")
        .hint("nothing was written; give another file")),
        Err(error) => Err(Failure::file("write", path, &error)),
    }
}

/// Replaces a file at once, for nobody else to read.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let temporary = write_beside(path, text)?;
    fs::rename(&temporary, path).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Failure::file("write", path, &error)
    })?;
    sync_dir(parent(path))
}

/// Removes a file; that there is none is fine.
pub(super) fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::file("remove", path, &error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The text of a file; none when there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::file("read", path, &error)),
        Ok(found) if found.len() > MOST_BYTES => {
            return Err(Failure::refused(format!("{} is too large", path.display()))
                .reason(reason::KEY_FAULT));
        }
        Ok(_) => {}
    }
    fs::read_to_string(path)
        .map(Some)
        .map_err(|error| Failure::file("read", path, &error).reason(reason::KEY_FAULT))
}

/// Makes sure that the names in a folder are on disk.
pub(super) fn sync_dir(path: &Path) -> Result<(), Failure> {
    File::open(path)
        .and_then(|dir| dir.sync_all())
        .map_err(|error| Failure::file("save", path, &error))
}

fn write_beside(path: &Path, text: &str) -> Result<PathBuf, Failure> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let temporary = parent(path).join(name);
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&temporary)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Failure::file("write", path, &error)
    })?;
    Ok(temporary)
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        Some(_) | None => Path::new("."),
    }
}
