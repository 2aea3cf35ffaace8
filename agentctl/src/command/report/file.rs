//! Reports as files of the person's.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use agent_api::paths::Home;
use agent_api::v1::ReportDocument;

use crate::error::Failure;

/// Where a report that is only to be looked at is put: in the home, for nobody else.
pub(super) fn kept(home: &Home, document: &ReportDocument) -> Result<PathBuf, Failure> {
    let folder = home.cache_dir().join("reports");
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder)
        .map_err(|error| Failure::file("make", &folder, &error))?;
    Ok(folder.join(format!("{}-{}.html", document.kind, document.id)))
}

/// Writes a report for nobody else to read: it tells what its owner lacks.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut opened| opened.write_all(text.as_bytes()))
        .map_err(|error| Failure::file("write", file, &error))
}

/// Shows a file in the person's browser.
pub(super) fn open(file: &Path) -> Result<(), Failure> {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = Command::new(opener)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    // It goes on by itself; only whether it is there is asked.
    started.map(drop).map_err(|error| {
        Failure::refused(format!("cannot start {opener}: {error}"))
            .reason("no-browser")
            .hint(format!("the report is written; open {}", file.display()))
    })
}
