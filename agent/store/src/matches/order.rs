//! The order of the list, and how long the list is.

use crate::{Reader, StoreError, WriteTx, jobs::ListCounts};

impl WriteTx<'_> {
    /// Writes the order of all jobs anew, from their standings.
    pub(super) fn order_anew(&mut self) -> Result<(), StoreError> {
        self.run("DELETE FROM rank_order", [])?;
        self.run(
            "INSERT INTO rank_order SELECT closed, class, loss, id, job FROM matches
             ORDER BY closed, class, loss, id",
            [],
        )?;
        self.forget_counts()
    }

    /// Forgets how long the lists are: something changed that they count.
    pub(crate) fn forget_counts(&mut self) -> Result<(), StoreError> {
        self.run("DELETE FROM list_counts", [])?;
        Ok(())
    }

    /// Counts the lists, so that nobody who asks for a page has to wait for it.
    pub fn count_lists(&mut self) -> Result<(), StoreError> {
        for closed in [false, true] {
            for failed in [false, true] {
                if self.kept_counts(closed, failed)?.is_none() {
                    let ListCounts { listed, folded } = self.counted(closed, failed)?;
                    self.run(
                        "INSERT INTO list_counts (closed, failed, listed, folded)
                         VALUES (?1, ?2, ?3, ?4)",
                        rusqlite::params![closed, failed, listed, folded],
                    )?;
                }
            }
        }
        Ok(())
    }
}

impl Reader {
    /// The counts of a list as they were kept, if nothing changed since.
    pub(crate) fn kept_counts(
        &self,
        closed: bool,
        failed: bool,
    ) -> Result<Option<ListCounts>, StoreError> {
        self.first(
            "SELECT listed, folded FROM list_counts WHERE closed = ?1 AND failed = ?2",
            [closed, failed],
            |row| {
                Ok(ListCounts {
                    listed: row.get("listed")?,
                    folded: row.get("folded")?,
                })
            },
        )
    }
}
