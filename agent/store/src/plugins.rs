//! Installed plugins: what was pinned and what was granted.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Reader, StoreError, WriteTx,
    value::{count, integer, json, json_column, micros, time},
};

/// An installed plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginRow {
    /// Its id ("greenhouse").
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component file.
    pub sha256: [u8; 32],
    /// Hosts the person granted.
    pub hosts: Vec<String>,
    /// Hosts they granted to a browser for its forms.
    pub form_hosts: Vec<String>,
    /// Where it finds its boards ("portal", "employer" or "any").
    pub reach: String,
    /// What its site's terms say against programs, as the person accepted it.
    pub terms_accepted: Option<String>,
    /// What it supports ("discover", "detail").
    pub supports: Vec<String>,
    /// One line about it.
    pub description: String,
    /// Size of the file.
    pub bytes: u64,
    /// When this version was pinned.
    pub installed_at: Timestamp,
}

const SELECT: &str = "SELECT id, version, sha256, hosts, form_hosts, supports, description, bytes,
    installed_at, reach, terms_accepted FROM plugins";

impl WriteTx<'_> {
    /// Pins a plugin, in place of an earlier version of it.
    pub fn save_plugin(&mut self, plugin: &PluginRow) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO plugins
                 (id, version, sha256, hosts, supports, description, bytes, installed_at,
                  form_hosts, reach, terms_accepted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (id) DO UPDATE SET
                 version = excluded.version, sha256 = excluded.sha256, hosts = excluded.hosts,
                 supports = excluded.supports, description = excluded.description,
                 bytes = excluded.bytes, installed_at = excluded.installed_at,
                 form_hosts = excluded.form_hosts, reach = excluded.reach,
                 terms_accepted = excluded.terms_accepted",
            params![
                plugin.id,
                plugin.version,
                plugin.sha256,
                json("hosts", &plugin.hosts)?,
                json("supports", &plugin.supports)?,
                plugin.description,
                integer(plugin.bytes),
                micros(plugin.installed_at),
                json("form_hosts", &plugin.form_hosts)?,
                plugin.reach,
                plugin.terms_accepted
            ],
        )?;
        Ok(())
    }

    /// Forgets a plugin's pin and grant. Says whether there was one.
    pub fn remove_plugin(&mut self, id: &str) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM plugins WHERE id = ?1", [id])? > 0)
    }
}

impl Reader {
    /// All installed plugins, by id.
    pub fn plugins(&self) -> Result<Vec<PluginRow>, StoreError> {
        self.all(&format!("{SELECT} ORDER BY id"), [], read)
    }

    /// One installed plugin.
    pub fn plugin(&self, id: &str) -> Result<Option<PluginRow>, StoreError> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [id], read)
    }
}

fn read(row: &Row<'_>) -> Result<PluginRow, StoreError> {
    Ok(PluginRow {
        id: row.get("id")?,
        version: row.get("version")?,
        sha256: row.get("sha256")?,
        hosts: json_column(row, "hosts")?,
        form_hosts: json_column(row, "form_hosts")?,
        reach: row.get("reach")?,
        terms_accepted: row.get("terms_accepted")?,
        supports: json_column(row, "supports")?,
        description: row.get("description")?,
        bytes: count(row.get("bytes")?),
        installed_at: time(row, "installed_at")?,
    })
}
