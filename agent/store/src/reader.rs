//! The two views closures get: [`Reader`] to ask, [`WriteTx`] to ask and change.

use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::StoreError;

/// A consistent view of the database, for the length of one closure.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
}

/// One write transaction. It reads its own writes; an `Err` undoes all of them.
#[derive(Debug)]
pub struct WriteTx<'a> {
    reader: &'a Reader,
}

impl Deref for WriteTx<'_> {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader
    }
}

impl<'a> WriteTx<'a> {
    /// A view of `reader`, on whose connection a transaction is open.
    pub(crate) fn new(reader: &'a Reader) -> Self {
        Self { reader }
    }

    /// Runs a statement that returns no rows; gives the number of rows changed.
    pub(crate) fn run(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }
}

impl Reader {
    /// All rows of a query.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.connection
            .prepare_cached(sql)?
            .query_and_then(params, read)?
            .collect()
    }

    /// The first row of a query, if there is one.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        rows.next()?.map(&mut read).transpose()
    }

    /// The first column of the first row, if there is one.
    pub(crate) fn value<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        params: impl Params,
    ) -> Result<Option<T>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row(params, |row| row.get(0))
            .optional()?)
    }

    /// A count or sum that always has a row.
    pub(crate) fn number<T: rusqlite::types::FromSql + Default>(
        &self,
        sql: &str,
        params: impl Params,
    ) -> Result<T, StoreError> {
        Ok(self.value(sql, params)?.unwrap_or_default())
    }
}
