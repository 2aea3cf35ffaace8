//! The egress ledger: every exchange with another host.

use jiff::Timestamp;
use rusqlite::params;

use crate::{
    Reader, StoreError, WriteTx,
    value::{count, integer, micros, time},
};

/// An exchange, answered, failed or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEgress {
    /// When it ended.
    pub at: Timestamp,
    /// Who asked ("plugin greenhouse").
    pub component: String,
    /// Why ("discover").
    pub purpose: String,
    /// HTTP method; `CONNECT` for a tunnel of the browser.
    pub method: String,
    /// Address asked for; of a tunnel, host and port.
    pub url: String,
    /// Host of the address.
    pub host: String,
    /// HTTP status; `None` when no answer came, or none that can be read (what
    /// passes a tunnel is encrypted).
    pub status: Option<u16>,
    /// Bytes sent.
    pub bytes_out: u64,
    /// Bytes received.
    pub bytes_in: u64,
    /// Why it was refused or failed; `None` when it was answered, or let through.
    pub refusal: Option<String>,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgressEntry {
    /// Its place in the ledger.
    pub id: i64,
    /// What was exchanged.
    pub exchange: NewEgress,
}

/// All exchanges of one component with one host for one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgressTotal {
    /// The host.
    pub host: String,
    /// Who asked.
    pub component: String,
    /// Why.
    pub purpose: String,
    /// How many, with the refused ones.
    pub requests: u32,
    /// How many were refused or failed.
    pub refused: u32,
    /// Bytes sent.
    pub bytes_out: u64,
    /// Bytes received.
    pub bytes_in: u64,
    /// When the last one ended.
    pub last: Timestamp,
}

impl WriteTx<'_> {
    /// Appends exchanges to the ledger.
    pub fn append_egress(&mut self, exchanges: &[NewEgress]) -> Result<(), StoreError> {
        for one in exchanges {
            self.run(
                "INSERT INTO egress (at, component, purpose, method, url, host, status,
                                     bytes_out, bytes_in, refusal)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    micros(one.at),
                    one.component,
                    one.purpose,
                    one.method,
                    one.url,
                    one.host,
                    one.status,
                    integer(one.bytes_out),
                    integer(one.bytes_in),
                    one.refusal
                ],
            )?;
        }
        Ok(())
    }

    /// Folds exchanges before `before` into the sums that are kept of them for good;
    /// gives how many.
    pub fn fold_egress(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        self.run(
            "INSERT INTO egress_folded
                 (host, component, purpose, requests, refused, bytes_out, bytes_in, last)
             SELECT host, component, purpose, count(*), count(refusal), sum(bytes_out),
                    sum(bytes_in), max(at)
             FROM egress WHERE at < ?1 GROUP BY host, component, purpose
             ON CONFLICT (host, component, purpose) DO UPDATE SET
                 requests = requests + excluded.requests,
                 refused = refused + excluded.refused,
                 bytes_out = bytes_out + excluded.bytes_out,
                 bytes_in = bytes_in + excluded.bytes_in,
                 last = max(last, excluded.last)",
            [micros(before)],
        )?;
        self.run("DELETE FROM egress WHERE at < ?1", [micros(before)])
    }
}

impl Reader {
    /// Totals per host, component and purpose, by host.
    pub fn egress_totals(&self) -> Result<Vec<EgressTotal>, StoreError> {
        self.all(
            "WITH parts AS (
                 SELECT host, component, purpose, requests, refused, bytes_out, bytes_in, last
                 FROM egress_folded
                 UNION ALL
                 SELECT host, component, purpose, count(*), count(refusal), sum(bytes_out),
                        sum(bytes_in), max(at)
                 FROM egress GROUP BY host, component, purpose)
             SELECT host, component, purpose, sum(requests) AS requests,
                    sum(refused) AS refused, sum(bytes_out) AS bytes_out,
                    sum(bytes_in) AS bytes_in, max(last) AS last
             FROM parts GROUP BY host, component, purpose ORDER BY host, component, purpose",
            [],
            |row| {
                Ok(EgressTotal {
                    host: row.get("host")?,
                    component: row.get("component")?,
                    purpose: row.get("purpose")?,
                    requests: row.get("requests")?,
                    refused: row.get("refused")?,
                    bytes_out: count(row.get("bytes_out")?),
                    bytes_in: count(row.get("bytes_in")?),
                    last: time(row, "last")?,
                })
            },
        )
    }

    /// The newest `limit` exchanges, newest first.
    pub fn egress_latest(&self, limit: u32) -> Result<Vec<EgressEntry>, StoreError> {
        self.all(
            "SELECT id, at, component, purpose, method, url, host, status, bytes_out, bytes_in,
                    refusal
             FROM egress ORDER BY id DESC LIMIT ?1",
            [limit],
            |row| {
                Ok(EgressEntry {
                    id: row.get("id")?,
                    exchange: NewEgress {
                        at: time(row, "at")?,
                        component: row.get("component")?,
                        purpose: row.get("purpose")?,
                        method: row.get("method")?,
                        url: row.get("url")?,
                        host: row.get("host")?,
                        status: row.get("status")?,
                        bytes_out: count(row.get("bytes_out")?),
                        bytes_in: count(row.get("bytes_in")?),
                        refusal: row.get("refusal")?,
                    },
                })
            },
        )
    }
}
