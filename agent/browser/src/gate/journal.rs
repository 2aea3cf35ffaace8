//! The journal of one intent: whether application bytes were let out.
//!
//! The file appears whole or not at all and is made once: it is written beside
//! its place and linked there, which fails if something stands there already.
//! A line is on disk before what it speaks of happens. So a recovery that finds
//! no line "spent" knows that nothing was forwarded.
#![deny(clippy::indexing_slicing)]

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use agent_approval::ManifestDigest;

/// First words of a journal, before the manifest's digest.
const HEAD: &str = "jobagent gate 1";

/// What a journal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    /// There is none: the gate was never told to open.
    NotOpened,
    /// The gate was told to open and let nothing out.
    Armed,
    /// The gate let out at least one byte.
    Spent {
        /// The last release of which bytes were let out, from 0.
        release: usize,
        /// Whether the browser saw its answer.
        answered: bool,
    },
    /// It cannot be read: what was let out is not known.
    Unreadable,
}

impl Journal {
    /// What the file at `path` says.
    pub fn read(path: &Path) -> Self {
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::NotOpened,
            Err(_) => Self::Unreadable,
            Ok(bytes) => parse(&bytes).unwrap_or(Self::Unreadable),
        }
    }

    /// The least number of application bytes that were let out: 0 is proof that
    /// nothing was sent, 1 stands for "some".
    pub fn forwarded_at_least(self) -> u64 {
        match self {
            Self::NotOpened | Self::Armed => 0,
            Self::Spent { .. } | Self::Unreadable => 1,
        }
    }
}

fn parse(bytes: &[u8]) -> Option<Journal> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.strip_suffix('\n')?.lines();
    let digest = lines.next()?.strip_prefix(HEAD)?.strip_prefix(' ')?;
    digest.parse::<ManifestDigest>().ok()?;
    let mut found = Journal::Armed;
    for line in lines {
        let (word, release) = line.split_once(' ')?;
        let release = release.parse().ok()?;
        match (word, found) {
            ("armed", _) => {}
            ("spent", _) => {
                found = Journal::Spent {
                    release,
                    answered: false,
                }
            }
            ("answered", Journal::Spent { release: spent, .. }) if spent == release => {
                found = Journal::Spent {
                    release,
                    answered: true,
                };
            }
            _ => return None,
        }
    }
    Some(found)
}

/// A line of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// The browser made the approved request; it is not out.
    Armed,
    /// Its first bytes are about to be let out.
    Spent,
    /// The browser saw the answer.
    Answered,
}

/// An open journal.
#[derive(Debug)]
pub(super) struct Writer {
    file: File,
}

impl Writer {
    /// Makes the journal of the intent for `manifest`, on disk when this returns.
    pub(super) fn create(path: &Path, manifest: ManifestDigest) -> io::Result<Self> {
        let folder = folder_of(path);
        let beside = tempfile::Builder::new()
            .prefix(".journal-")
            .tempfile_in(&folder)?;
        let mut file = beside.reopen()?;
        file.write_all(format!("{HEAD} {manifest}\n").as_bytes())?;
        file.sync_all()?;
        fs::hard_link(beside.path(), path)?;
        beside.close()?;
        File::open(&folder)?.sync_all()?;
        let file = OpenOptions::new().append(true).open(path)?;
        Ok(Self { file })
    }

    /// Adds a line, on disk when this returns.
    pub(super) fn add(&mut self, entry: Entry, release: usize) -> io::Result<()> {
        let word = match entry {
            Entry::Armed => "armed",
            Entry::Spent => "spent",
            Entry::Answered => "answered",
        };
        self.file
            .write_all(format!("{word} {release}\n").as_bytes())?;
        self.file.sync_all()
    }

    /// A journal on a file of the test's choice.
    #[cfg(test)]
    pub(super) fn on(file: File) -> Self {
        Self { file }
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest() -> ManifestDigest {
        ManifestDigest::of(b"manifest")
    }

    #[test]
    fn p2_a_journal_says_what_was_let_out() {
        let head = format!("{HEAD} {}\n", digest());
        let spent = |release, answered| Journal::Spent { release, answered };
        for (text, expected) in [
            (head.clone(), Journal::Armed),
            (format!("{head}armed 0\n"), Journal::Armed),
            (format!("{head}armed 0\nspent 0\n"), spent(0, false)),
            (
                format!("{head}armed 0\nspent 0\nanswered 0\n"),
                spent(0, true),
            ),
            (
                format!("{head}armed 0\nspent 0\nanswered 0\narmed 1\n"),
                spent(0, true),
            ),
            (
                format!("{head}armed 0\nspent 0\nanswered 0\narmed 1\nspent 1\n"),
                spent(1, false),
            ),
            (String::new(), Journal::Unreadable),
            ("\n".to_owned(), Journal::Unreadable),
            (head.trim_end().to_owned(), Journal::Unreadable),
            (head.replace("gate 1", "gate 2"), Journal::Unreadable),
            (format!("{head}armed 0\nspe"), Journal::Unreadable),
            (format!("{head}armed 0\nspent\n"), Journal::Unreadable),
            (format!("{head}answered 0\n"), Journal::Unreadable),
            (format!("{head}nothing 0\n"), Journal::Unreadable),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("intent");
            assert_eq!(Journal::read(&path), Journal::NotOpened);
            fs::write(&path, &text).unwrap();
            assert_eq!(Journal::read(&path), expected, "{text:?}");
            let nothing = matches!(expected, Journal::Armed);
            assert_eq!(expected.forwarded_at_least() == 0, nothing);
        }
    }

    #[test]
    fn p2_a_journal_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intent");
        let mut journal = Writer::create(&path, digest()).unwrap();
        assert_eq!(Journal::read(&path), Journal::Armed);
        let again = Writer::create(&path, digest()).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        journal.add(Entry::Armed, 0).unwrap();
        journal.add(Entry::Spent, 0).unwrap();
        let expected = Journal::Spent {
            release: 0,
            answered: false,
        };
        assert_eq!(Journal::read(&path), expected);
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1, "nothing lies beside it");
    }
}
