//! The one place with `unsafe`: sqlite-vec's entry point, made known to SQLite.
#![allow(unsafe_code)]

use std::sync::OnceLock;

use rusqlite::{
    auto_extension::{RawAutoExtension, register_auto_extension},
    ffi,
};

/// Makes every connection opened from now on know `vec0` tables.
///
/// Registers once per process; the result of the first call is kept.
pub(crate) fn register() -> Result<(), rusqlite::Error> {
    static DONE: OnceLock<Result<(), ffi::Error>> = OnceLock::new();
    DONE.get_or_init(|| {
        // SAFETY: `sqlite3_vec_init` has the C signature of an extension's entry
        // point (sqlite-vec.h); the crate declares it without its arguments. It
        // opens no database and registers no further extension.
        let outcome = unsafe {
            let entry: RawAutoExtension =
                std::mem::transmute(sqlite_vec::sqlite3_vec_init as *const ());
            register_auto_extension(entry)
        };
        outcome.map_err(|error| match error {
            rusqlite::Error::SqliteFailure(code, _) => code,
            _ => ffi::Error::new(ffi::SQLITE_ERROR),
        })
    })
    .map_err(|code| rusqlite::Error::SqliteFailure(code, Some("sqlite-vec".to_owned())))
}
