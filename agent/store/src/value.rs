//! Between Rust values and columns: times, JSON, ids.

use jiff::Timestamp;
use rusqlite::Row;
use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// A time as stored. Finer parts are cut off.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The time in column `name`.
pub(crate) fn time(row: &Row<'_>, name: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(row.get(name)?).map_err(|error| unreadable(name, &error))
}

/// The time in column `name`, which may be null.
pub(crate) fn time_or_none(
    row: &Row<'_>,
    name: &'static str,
) -> Result<Option<Timestamp>, StoreError> {
    row.get::<_, Option<i64>>(name)?
        .map(Timestamp::from_microsecond)
        .transpose()
        .map_err(|error| unreadable(name, &error))
}

/// `value` as JSON text.
pub(crate) fn json<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(what, &error))
}

/// The value that JSON text holds.
pub(crate) fn from_json<T: DeserializeOwned>(
    what: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(what, &error))
}

/// The JSON value in column `name`.
pub(crate) fn json_column<T: DeserializeOwned>(
    row: &Row<'_>,
    name: &'static str,
) -> Result<T, StoreError> {
    let text = row.get_ref(name)?;
    let text = text.as_str().map_err(|error| unreadable(name, &error))?;
    from_json(name, text)
}

/// A number of bytes or rows as SQLite keeps it; larger ones become the largest.
pub(crate) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as SQLite keeps it, which is never negative.
pub(crate) fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(crate) fn unreadable(what: &'static str, reason: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreadable {
        what,
        reason: reason.to_string(),
    }
}
