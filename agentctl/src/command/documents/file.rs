//! Letters as files of the person's.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use agent_api::v1::ExportDocumentResponse;
use serde::Serialize;

use crate::error::Failure;

/// What was saved.
#[derive(Debug, Serialize)]
pub(super) struct Saved {
    pub(super) file: PathBuf,
    pub(super) bytes: usize,
}

/// Writes a new file for nobody else to read.
pub(super) fn save(
    out: Option<&Path>,
    exported: &ExportDocumentResponse,
) -> Result<Saved, Failure> {
    let file = out.map_or_else(|| PathBuf::from(own_name(exported)), Path::to_owned);
    write(&file, &exported.content)?;
    Ok(Saved {
        file,
        bytes: exported.content.len(),
    })
}

/// Writes it into a folder for temporary files and opens it there.
pub(super) fn open(exported: &ExportDocumentResponse) -> Result<PathBuf, Failure> {
    let dir = std::env::temp_dir();
    let number = std::process::id();
    let file = dir.join(format!("{number}-{}", own_name(exported)));
    write(&file, &exported.content)?;
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = Command::new(program)
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(_) => Ok(file),
        Err(error) => Err(
            Failure::refused(format!("{program} does not start: {error}"))
                .hint(format!("the letter lies in {}", file.display())),
        ),
    }
}

/// The name the daemon gives, without anything that leads elsewhere.
fn own_name(exported: &ExportDocumentResponse) -> String {
    let name = Path::new(&exported.file_name).file_name();
    name.map_or_else(
        || "letter".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut opened| opened.write_all(bytes))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::refused(format!("{} exists already", file.display()))
                    .reason("file-exists")
                    .hint("nothing was written; give another file with --out")
            }
            _ => Failure::file("write", file, &error),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_saved_once_and_never_over_another() {
        let dir = tempfile::tempdir().unwrap();
        let exported = ExportDocumentResponse {
            file_name: "../../letter-acme.md".to_owned(),
            content: b"Dear".to_vec(),
        };
        assert_eq!(own_name(&exported), "letter-acme.md");
        let out = dir.path().join("a.md");
        let saved = save(Some(&out), &exported).unwrap();
        assert_eq!(
            (saved.bytes, std::fs::read(&out).unwrap()),
            (4, b"Dear".to_vec())
        );
        let again = save(Some(&out), &exported).unwrap_err();
        let told = again.json().to_string();
        assert!(told.contains("exists already"), "{told}");
    }
}
