//! Pictures the daemon took, saved where the person says.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::error::Failure;

/// Writes a new file for nobody else to read: a picture shows what was filled in.
pub(super) fn save(file: &Path, png: &[u8], none: &str) -> Result<(), Failure> {
    if png.is_empty() {
        return Err(Failure::refused(format!("there is no picture: {none}")).reason("no-picture"));
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut opened| opened.write_all(png))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::refused(format!("{} exists already", file.display()))
                    .reason("file-exists")
                    .hint("nothing was written; give another file")
            }
            _ => Failure::file("write", file, &error),
        })
}
