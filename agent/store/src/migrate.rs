//! Brings the schema up to date: numbered files, each applied once, in one
//! transaction each, and never edited after a release.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::StoreError;

/// Marks a file as ours in its header (<https://www.sqlite.org/fileformat.html>, offset 68).
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"JobA");

macro_rules! migrations {
    ($($version:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../migrations/", $name, ".sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations! {
    1 "0001-events",
    2 "0002-boards",
    3 "0003-person",
    4 "0004-jobs",
    5 "0005-runs",
    6 "0006-matching",
    7 "0007-ledgers",
    8 "0008-applications",
    9 "0009-submissions",
    10 "0010-answers",
    11 "0011-documents",
    12 "0012-form-hosts",
    13 "0013-plugin-reach",
    14 "0014-clusters",
    15 "0015-source-health",
    16 "0016-manners",
    17 "0017-ranking",
    18 "0018-feedback",
    19 "0019-profile-edits",
    20 "0020-upper-spaces",
    21 "0021-cv-variants",
    22 "0022-rereadings",
    23 "0023-model-calls",
    24 "0024-notices",
    25 "0025-egress-totals",
    26 "0026-reports",
    27 "0027-job-analyses",
    28 "0028-goals",
    29 "0029-letters",
};

struct Migration {
    version: u32,
    name: &'static str,
    sql: &'static str,
}

/// Refuses a file of another program. Changes nothing.
pub(crate) fn check_ours(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if id == APPLICATION_ID || tables == 0 {
        return Ok(());
    }
    Err(StoreError::Foreign {
        path: path.to_owned(),
    })
}

/// Applies what is missing; refuses a newer or differing file.
pub(crate) fn run(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let behavior = TransactionBehavior::Immediate;
    let tx = Transaction::new_unchecked(connection, behavior)?;
    claim(&tx, path)?;
    tx.commit()?;
    for migration in MIGRATIONS {
        let tx = Transaction::new_unchecked(connection, behavior)?;
        apply(&tx, migration, path)?;
        tx.commit()?;
    }
    Ok(())
}

/// Marks the file as ours and checks that no newer build wrote it.
fn claim(tx: &Transaction<'_>, path: &Path) -> Result<(), StoreError> {
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS schema_migrations (
             version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 BLOB NOT NULL
         ) STRICT",
    )?;
    let found: Option<u32> =
        tx.query_row("SELECT max(version) FROM schema_migrations", [], |row| {
            row.get(0)
        })?;
    let known = MIGRATIONS.last().map_or(0, |last| last.version);
    match found {
        Some(found) if found > known => Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        }),
        _ => Ok(()),
    }
}

fn apply(tx: &Transaction<'_>, migration: &Migration, path: &Path) -> Result<(), StoreError> {
    let digest: [u8; 32] = Sha256::digest(migration.sql.as_bytes()).into();
    let applied: Option<Vec<u8>> = tx
        .query_row(
            "SELECT sha256 FROM schema_migrations WHERE version = ?1",
            [migration.version],
            |row| row.get(0),
        )
        .optional()?;
    match applied {
        Some(known) if known == digest => Ok(()),
        Some(_) => Err(StoreError::Edited {
            path: path.to_owned(),
            version: migration.version,
            name: migration.name.to_owned(),
        }),
        None => {
            tx.execute_batch(migration.sql)?;
            tx.execute(
                "INSERT INTO schema_migrations (version, name, sha256) VALUES (?1, ?2, ?3)",
                params![migration.version, migration.name, digest],
            )?;
            tracing::debug!(migration = migration.name, "schema brought forward");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_without_gaps_and_named_by_their_number() {
        for (place, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version as usize, place + 1);
            let prefix = format!("{:04}-", migration.version);
            assert!(migration.name.starts_with(&prefix), "{}", migration.name);
        }
    }
}
