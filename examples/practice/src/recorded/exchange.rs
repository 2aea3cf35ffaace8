//! Recorded requests with their answers.
#![deny(clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Deserialize;
use url::Url;

use crate::site::Asked;

#[derive(Debug, Deserialize)]
pub(super) struct ExchangeEntry {
    #[serde(default = "get")]
    method: String,
    url: Url,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default = "json_type")]
    content_type: String,
    file: Option<String>,
}

/// One recorded request with its answer.
pub(super) struct Exchange {
    pub(super) method: String,
    pub(super) url: Url,
    pub(super) status: StatusCode,
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

impl Exchange {
    pub(super) fn load(dir: &Path, session: &str, entry: ExchangeEntry) -> Result<Self> {
        let body = match &entry.file {
            Some(file) => {
                let path = dir.join(file);
                fs::read(&path)
                    .with_context(|| format!("session {session}: cannot read {}", path.display()))?
            }
            None => Vec::new(),
        };
        let status = StatusCode::from_u16(entry.status)
            .with_context(|| format!("session {session}: {} is no status", entry.status))?;
        Ok(Self {
            method: entry.method,
            url: entry.url,
            status,
            content_type: entry.content_type,
            body: body.into(),
        })
    }
}

/// How many parameters are in one query and not, with that value, in the other.
pub(super) fn differing(url: &Url, asked: &Asked) -> usize {
    let recorded: Vec<_> = url.query_pairs().into_owned().collect();
    let missing = recorded.iter().filter(|p| !asked.query.contains(p));
    let extra = asked.query.iter().filter(|p| !recorded.contains(p));
    missing.count() + extra.count()
}

fn get() -> String {
    "GET".to_owned()
}

fn ok() -> u16 {
    200
}

fn json_type() -> String {
    "application/json".to_owned()
}
