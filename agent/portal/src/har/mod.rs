//! Recorded fetches in HAR 1.2 (<http://www.softwareishard.com/blog/har-12-spec/>),
//! the format browsers export: the subset that a replay needs, read leniently
//! and written completely.

mod body;
mod format;
mod record;
mod redact;
mod replay;

use std::path::PathBuf;

pub use self::format::{
    Cache, Content, Creator, Entry, Har, Log, Pair, PostData, Request, Response, Timings,
};
pub use self::record::{FormBodies, Recorder, RecorderOptions};
pub use self::redact::redact;
pub use self::replay::Replay;

/// A recording that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum HarError {
    /// The file could not be read.
    #[error("the recording {path} cannot be read", path = .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file could not be written; an earlier one of that name is untouched.
    #[error("the recording {path} cannot be written", path = .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is larger than any recording we make sense of.
    #[error("the recording {path} has {size} bytes; at most {limit} are read", path = .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its bytes.
        size: u64,
        /// What is read at most.
        limit: u64,
    },
    /// The file is not HAR.
    #[error("the recording {path} is not HAR", path = .path.display())]
    NotHar {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        source: serde_json::Error,
    },
    /// A version we do not know.
    #[error("HAR version {found:?} is not known; 1.1 and 1.2 are")]
    Version {
        /// The version found.
        found: String,
    },
    /// One entry makes no sense.
    #[error("entry {index} of the recording is broken: {why}")]
    Entry {
        /// Counted from 0.
        index: usize,
        /// What is wrong.
        why: String,
    },
}
