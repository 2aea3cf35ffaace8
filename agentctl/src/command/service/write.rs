//! Writing and removing the service's file: whole or not at all.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::error::Failure;

/// Puts a file in the place of an earlier one.
pub(super) fn replace(file: &Path, content: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file("write", file, &error);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    let mut open = fs::OpenOptions::new();
    open.write(true).create(true).truncate(true).mode(0o644);
    let mut new = open.open(&beside).map_err(failed)?;
    new.write_all(content.as_bytes()).map_err(failed)?;
    new.sync_all().map_err(failed)?;
    fs::rename(&beside, file).map_err(failed)
}

/// Removes a file; one that has gone is as good.
pub(super) fn remove(file: &Path) -> Result<(), Failure> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("remove", file, &error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
