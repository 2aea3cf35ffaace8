//! Searches the person keeps, and what is new among what they find.

use std::collections::HashSet;

use agent_core::ids::JobId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Reader, StoreError, WriteTx,
    value::{json, json_column, micros, time, time_or_none},
};

/// How a search goes beyond what is listed by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchOptions {
    /// Also closed jobs.
    pub closed: bool,
    /// Also hidden jobs.
    pub hidden: bool,
}

/// A search to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSearch {
    /// Its name; in any case.
    pub name: String,
    /// Words to look for; empty: everything.
    pub query: String,
    /// The filter as typed; empty: none.
    pub narrow: String,
    /// How far it goes.
    pub options: SearchOptions,
}

/// A search that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// What it looks for.
    pub search: NewSearch,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// When it was run last.
    pub ran_at: Option<Timestamp>,
}

impl WriteTx<'_> {
    /// Keeps a search. One of the same name is replaced, and begins anew.
    pub fn save_search(&mut self, new: &NewSearch, at: Timestamp) -> Result<(), StoreError> {
        self.remove_search(&new.name)?;
        self.run(
            "INSERT INTO saved_searches (name, query, narrow, options, saved_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                new.name,
                new.query,
                new.narrow,
                json("options", &new.options)?,
                micros(at)
            ],
        )?;
        Ok(())
    }

    /// Forgets a search; `false` when there is none of this name.
    pub fn remove_search(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM saved_searches WHERE name = ?1", [name])? > 0)
    }

    /// Notes that a search was run and what it found: the next run tells what
    /// else there is.
    pub fn search_ran(
        &mut self,
        name: &str,
        found: &[JobId],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let changed = self.run(
            "UPDATE saved_searches SET ran_at = ?2 WHERE name = ?1",
            params![name, micros(at)],
        )?;
        if changed == 0 {
            return Ok(());
        }
        self.run("DELETE FROM saved_search_hits WHERE search = ?1", [name])?;
        for id in found {
            self.run(
                "INSERT OR IGNORE INTO saved_search_hits (search, job)
                 SELECT ?1, number FROM jobs WHERE id = ?2",
                params![name, id.as_bytes()],
            )?;
        }
        Ok(())
    }
}

impl Reader {
    /// The searches that are kept, by name.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, StoreError> {
        self.all("SELECT * FROM saved_searches ORDER BY name", [], saved)
    }

    /// A search by its name.
    pub fn saved_search(&self, name: &str) -> Result<Option<SavedSearch>, StoreError> {
        self.first(
            "SELECT * FROM saved_searches WHERE name = ?1",
            [name],
            saved,
        )
    }

    /// What a search found when it was run last.
    pub fn search_hits(&self, name: &str) -> Result<HashSet<JobId>, StoreError> {
        let found = self.all(
            "SELECT jobs.id FROM saved_search_hits h JOIN jobs ON jobs.number = h.job
             WHERE h.search = ?1",
            [name],
            |row| Ok(JobId::from_bytes(row.get(0)?)),
        )?;
        Ok(found.into_iter().collect())
    }
}

fn saved(row: &Row<'_>) -> Result<SavedSearch, StoreError> {
    Ok(SavedSearch {
        search: NewSearch {
            name: row.get("name")?,
            query: row.get("query")?,
            narrow: row.get("narrow")?,
            options: json_column(row, "options")?,
        },
        saved_at: time(row, "saved_at")?,
        ran_at: time_or_none(row, "ran_at")?,
    })
}
