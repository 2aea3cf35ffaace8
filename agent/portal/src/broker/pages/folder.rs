//! A folder of kept pages, bounded in bytes: what was not used for longest goes
//! first. A page is a file of its own, its head as a line of JSON before its body.
#![deny(clippy::indexing_slicing)]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Validators;

/// Longest head; a longer one is no head.
const HEAD: usize = 64 * 1024;

/// A page as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Page {
    pub(in super::super) head: Head,
    pub(in super::super) body: Vec<u8>,
}

/// What is known of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Head {
    /// Its address, which the file's name is only a digest of.
    pub(in super::super) url: String,
    pub(in super::super) content_type: String,
    pub(in super::super) validators: Validators,
    /// When the server last vouched for it.
    pub(in super::super) at: Timestamp,
    /// Until when it stands without a question.
    pub(in super::super) until: Timestamp,
    length: usize,
}

impl Page {
    pub(in super::super) fn new(
        url: &str,
        content_type: &str,
        validators: Validators,
        (at, until): (Timestamp, Timestamp),
        body: Vec<u8>,
    ) -> Self {
        Self {
            head: Head {
                url: url.to_owned(),
                content_type: content_type.to_owned(),
                validators,
                at,
                until,
                length: body.len(),
            },
            body,
        }
    }

    /// Whether it stands at `now`. A clock set back makes it doubtful, not young.
    pub(in super::super) fn stands(&self, now: Timestamp) -> bool {
        self.head.at <= now && now < self.head.until
    }
}

/// The folder. Cheap to clone; what fails there is as if nothing were kept.
#[derive(Debug, Clone)]
pub(in super::super) struct Folder {
    path: Arc<Path>,
    limit: u64,
    index: Arc<Mutex<Index>>,
}

#[derive(Debug, Default)]
struct Index {
    files: HashMap<String, Kept>,
    bytes: u64,
    uses: u64,
}

#[derive(Debug, Clone, Copy)]
struct Kept {
    bytes: u64,
    used: u64,
}

impl Folder {
    /// Opens the folder, making it where it is missing, for at most `limit` bytes.
    pub(in super::super) fn open(path: &Path, limit: u64) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let mut found: Vec<(SystemTime, String, u64)> = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !metadata.is_file() {
                continue;
            }
            if is_name(&name) {
                found.push((metadata.modified()?, name, metadata.len()));
            } else {
                // A page that was being written when the process ended.
                fs::remove_file(entry.path())?;
            }
        }
        found.sort();
        let folder = Self {
            path: path.into(),
            limit,
            index: Arc::default(),
        };
        let mut index = folder.index();
        for (_, name, bytes) in found {
            index.add(name, bytes);
        }
        let gone = index.shrink(limit);
        drop(index);
        folder.delete(&gone);
        Ok(folder)
    }

    /// The page kept for an address.
    pub(in super::super) async fn get(&self, url: &str) -> Option<Page> {
        let (folder, url) = (self.clone(), url.to_owned());
        let name = name(&url);
        if !self.index().touch(&name) {
            return None;
        }
        let read = move || {
            let path = folder.path.join(&name);
            let page = read(&path).ok().filter(|page| page.head.url == url);
            if page.is_none() {
                folder.forget(&name);
            } else if let Ok(file) = File::options().append(true).open(&path) {
                // Only for the order after a restart.
                let _ = file.set_modified(SystemTime::now());
            }
            page
        };
        tokio::task::spawn_blocking(read).await.ok().flatten()
    }

    /// Keeps a page in place of an earlier one.
    pub(in super::super) async fn put(&self, page: Page) {
        let folder = self.clone();
        let write = move || {
            let name = name(&page.head.url);
            match folder.write(&name, &page) {
                Ok(bytes) => {
                    let mut index = folder.index();
                    index.remove(&name);
                    index.add(name, bytes);
                    let gone = index.shrink(folder.limit);
                    drop(index);
                    folder.delete(&gone);
                }
                Err(error) => {
                    tracing::debug!(%error, "a page could not be kept");
                    folder.forget(&name);
                }
            }
        };
        // It fails only where the runtime ends.
        let _ = tokio::task::spawn_blocking(write).await;
    }

    /// Keeps the page of an address no longer.
    pub(in super::super) async fn remove(&self, url: &str) {
        let (folder, name) = (self.clone(), name(url));
        if self.index().files.contains_key(&name) {
            let _ = tokio::task::spawn_blocking(move || folder.forget(&name)).await;
        }
    }

    fn write(&self, name: &str, page: &Page) -> io::Result<u64> {
        let head = serde_json::to_vec(&page.head)?;
        let bytes = (head.len() + 1 + page.body.len()) as u64;
        if bytes > self.limit {
            return Err(io::Error::other("it is larger than the folder may be"));
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.path)?;
        file.write_all(&head)?;
        file.write_all(b"\n")?;
        file.write_all(&page.body)?;
        file.persist(self.path.join(name))?;
        Ok(bytes)
    }

    fn forget(&self, name: &str) {
        self.index().remove(name);
        self.delete(&[name.to_owned()]);
    }

    fn delete(&self, names: &[String]) {
        for name in names {
            // One that stays is found again at the next start.
            let _ = fs::remove_file(self.path.join(name));
        }
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    fn add(&mut self, name: String, bytes: u64) {
        self.uses += 1;
        let used = self.uses;
        self.files.insert(name, Kept { bytes, used });
        self.bytes += bytes;
    }

    fn remove(&mut self, name: &str) {
        if let Some(kept) = self.files.remove(name) {
            self.bytes -= kept.bytes;
        }
    }

    fn touch(&mut self, name: &str) -> bool {
        self.uses += 1;
        let used = self.uses;
        let known = self.files.get_mut(name).map(|kept| kept.used = used);
        known.is_some()
    }

    /// Drops what was not used for longest until a tenth of the room is free, so
    /// that this is not done at each page.
    fn shrink(&mut self, limit: u64) -> Vec<String> {
        if self.bytes <= limit {
            return Vec::new();
        }
        let mut by_use: Vec<_> = self
            .files
            .iter()
            .map(|(name, kept)| (kept.used, name.clone()))
            .collect();
        by_use.sort();
        // The one used last is what there was to be room for.
        by_use.pop();
        let mut gone = Vec::new();
        for (_, name) in by_use {
            if self.bytes <= limit - limit / 10 {
                break;
            }
            self.remove(&name);
            gone.push(name);
        }
        gone
    }
}

fn name(url: &str) -> String {
    use std::fmt::Write as _;
    let mut name = String::with_capacity(64);
    for byte in Sha256::digest(url.as_bytes()) {
        // Writing to a string does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

fn is_name(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn read(path: &PathBuf) -> io::Result<Page> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let end = bytes
        .iter()
        .take(HEAD)
        .position(|byte| *byte == b'\n')
        .ok_or_else(broken)?;
    let body = bytes.split_off(end + 1);
    let head: Head = serde_json::from_slice(&bytes)?;
    if head.length != body.len() {
        return Err(broken());
    }
    Ok(Page { head, body })
}
