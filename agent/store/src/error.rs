//! What can go wrong with the database, sorted by what the person can do.

use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

use crate::Refusal;

/// A fault of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, the quota or the page limit is exhausted. Nothing was changed.
    #[error("no space left to write {}: free some disk space and try again", path.display())]
    Full {
        /// The database file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error("{} is damaged ({reason}): restore it from a backup", path.display())]
    Corrupt {
        /// The database file.
        path: PathBuf,
        /// SQLite's words.
        reason: String,
    },
    /// The file is not a database of this program.
    #[error("{} is not a database of this program: move it away", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Another process holds the database.
    #[error("{} is locked by another process: end it and try again", path.display())]
    Locked {
        /// The database file.
        path: PathBuf,
    },
    /// The file may not be read or written.
    #[error("not permitted to write {}: check the owner and mode of the file and its directory", path.display())]
    Denied {
        /// The database file.
        path: PathBuf,
    },
    /// The directory of the database is missing.
    #[error("the directory {} does not exist", path.display())]
    NoDirectory {
        /// The directory.
        path: PathBuf,
    },
    /// The file could not be opened, read or written.
    #[error("cannot use {}: {reason}", path.display())]
    Unusable {
        /// The database file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A newer build wrote the database.
    #[error("{} was written by a newer version (schema {found}, this build knows {known}): update the program", path.display())]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Schema version of the file.
        found: u32,
        /// Newest schema version this build knows.
        known: u32,
    },
    /// An applied migration differs from the one in this build.
    #[error("migration {version} ({name}) differs from the one applied to {}: use the build that wrote the database", path.display())]
    Edited {
        /// The database file.
        path: PathBuf,
        /// Number of the migration.
        version: u32,
        /// Its name in this build.
        name: String,
    },
    /// A row that was named does not exist.
    #[error("no {what} {id}")]
    Missing {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A stored value cannot be read.
    #[error("stored {what} cannot be read: {reason}")]
    Unreadable {
        /// What kind of value.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// A vector has not the dimension of its space.
    #[error("a vector of {given} numbers does not fit the space {space} of {expected}")]
    Dimensions {
        /// Name of the space.
        space: String,
        /// Dimension of the space.
        expected: usize,
        /// Length of the vector.
        given: usize,
    },
    /// The write would break a rule of applications.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A page key that no list of this store gave.
    #[error("not a page key: ask for the list again from its start")]
    PageKey,
    /// A closure given to the store panicked; its transaction was rolled back.
    #[error("a database task panicked: {message}")]
    Panicked {
        /// The panic's words.
        message: String,
    },
    /// The store was closed.
    #[error("the database is closed")]
    Closed,
    /// Any other answer of SQLite; a bug, unless the file was edited by hand.
    #[error("database: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl StoreError {
    /// Sorts a plain SQLite error into the kinds a person can act on.
    pub(crate) fn of_file(self, path: &Path) -> Self {
        let Self::Sqlite(error) = self else {
            return self;
        };
        let path = path.to_owned();
        let Some(code) = error.sqlite_error() else {
            return Self::Sqlite(error);
        };
        match code.code {
            ErrorCode::DiskFull => Self::Full { path },
            // The shared-memory file could not grow: its file system is full.
            _ if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => Self::Full { path },
            ErrorCode::DatabaseCorrupt => Self::Corrupt {
                path,
                reason: error.to_string(),
            },
            ErrorCode::NotADatabase => Self::Foreign { path },
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed => Self::Locked { path },
            ErrorCode::PermissionDenied | ErrorCode::ReadOnly => Self::Denied { path },
            ErrorCode::CannotOpen | ErrorCode::SystemIoFailure => Self::Unusable {
                path,
                reason: error.to_string(),
            },
            _ => Self::Sqlite(error),
        }
    }

    /// Sorts a fault of the file system.
    pub(crate) fn of_io(error: &std::io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::Denied { path }
            }
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::Full { path }
            }
            _ => Self::Unusable {
                path,
                reason: error.to_string(),
            },
        }
    }
}
