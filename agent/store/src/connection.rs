//! Opening connections: the file and its mode, the pragmas of writer and readers.

use std::{
    fs::{File, OpenOptions, Permissions},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{StoreError, StoreOptions, migrate, narrow, vec_extension};

/// How many prepared statements a connection keeps: more than this crate has.
const STATEMENTS: usize = 256;

/// Opens the writing connection, making the file if there is none.
pub(crate) fn open_writer(path: &Path, options: &StoreOptions) -> Result<Connection, StoreError> {
    let file = make_file(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags, options.busy_timeout)?;
    // Before anything that would change a file of someone else.
    migrate::check_ours(&connection, path)?;
    restrict(&file, path)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Unusable {
            path: path.to_owned(),
            reason: format!("its file system does not support write-ahead logging ({mode})"),
        });
    }
    connection.pragma_update(None, "synchronous", "normal")?;
    // macOS: a plain fsync leaves the data in the drive's own cache.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    // Pages: a large batch writes many again and again before they go to the file.
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    // KiB: pages of a large batch stay in memory until its commit, and the upper
    // pages of the large indexes for the next one.
    connection.pragma_update(None, "cache_size", -65_536)?;
    if let Some(pages) = options.max_pages {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    Ok(connection)
}

/// Opens a connection that cannot write.
pub(crate) fn open_reader(path: &Path, options: &StoreOptions) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags, options.busy_timeout)?;
    connection.pragma_update(None, "query_only", true)?;
    // KiB: the words of a search are read again by its next step and the next search.
    connection.pragma_update(None, "cache_size", -16_384)?;
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags, busy: Duration) -> Result<Connection, StoreError> {
    vec_extension::register()?;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(busy)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    narrow::add_fold(&connection)?;
    // Else each limit and range that is bound has its statement compiled anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Makes the file unless it is there.
fn make_file(path: &Path) -> Result<File, StoreError> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !directory.is_dir() {
        return Err(StoreError::NoDirectory {
            path: directory.to_owned(),
        });
    }
    OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| StoreError::of_io(&error, path))
}

/// Leaves the file to its owner alone; SQLite gives the files beside it
/// (`-wal`, `-shm`) the same mode.
fn restrict(file: &File, path: &Path) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::of_io(&error, path);
    let mode = file.metadata().map_err(failed)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    file.set_permissions(Permissions::from_mode(0o600))
        .map_err(failed)
}
