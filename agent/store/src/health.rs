//! What a check-up asks of the database.

use crate::{Reader, Store, StoreError, WriteTx};

const PROBE: &str = "probe";

impl Reader {
    /// Size of the database in bytes, less what waits in its write-ahead log.
    pub fn database_bytes(&self) -> Result<u64, StoreError> {
        let pages: i64 = self.number("PRAGMA page_count", [])?;
        let size: i64 = self.number("PRAGMA page_size", [])?;
        Ok(crate::value::count(pages.saturating_mul(size)))
    }

    /// Faults SQLite finds in the file, at most ten; none in a sound one.
    pub fn quick_check(&self) -> Result<Vec<String>, StoreError> {
        let mut lines: Vec<String> =
            self.all("PRAGMA quick_check(10)", [], |row| Ok(row.get(0)?))?;
        lines.retain(|line| line != "ok");
        Ok(lines)
    }

    /// Version of the schema: the number of its last migration.
    pub fn schema_version(&self) -> Result<u32, StoreError> {
        self.number("SELECT max(version) FROM schema_migrations", [])
    }
}

impl Store {
    /// Writes a value durably and takes it back: proves that the disk takes writes.
    pub async fn writable_probe(&self) -> Result<(), StoreError> {
        self.write_durable(|tx: &mut WriteTx<'_>| tx.set_setting(PROBE, &"x".repeat(8192)))
            .await?;
        self.write_durable(|tx: &mut WriteTx<'_>| tx.clear_setting(PROBE))
            .await
    }
}
