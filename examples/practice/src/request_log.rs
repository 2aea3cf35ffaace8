//! The log of every request: the tests' witness of what left the agent.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedRequest {
    /// When, RFC 3339 in UTC.
    pub time: String,
    /// The host asked for, without port.
    pub host: String,
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// Bytes of the body.
    pub body_length: usize,
    /// The body, with bytes that are not UTF-8 replaced.
    pub body: String,
}

/// Keeps requests in memory and, given a file, appends each to it.
pub(crate) struct RequestLog(Mutex<Kept>);

struct Kept {
    requests: Vec<LoggedRequest>,
    file: Option<File>,
}

impl RequestLog {
    pub(crate) fn new(path: Option<&Path>) -> Result<Self> {
        let open = |path: &Path| {
            OpenOptions::new()
                .create(true)
                .append(true)
                .open(path)
                .with_context(|| format!("cannot write {}", path.display()))
        };
        Ok(Self(Mutex::new(Kept {
            requests: Vec::new(),
            file: path.map(open).transpose()?,
        })))
    }

    /// Notes a request before it is answered: one that is never answered was
    /// sent all the same. One `write` per line, so a reader sees whole lines.
    pub(crate) fn note(&self, request: LoggedRequest) -> Result<()> {
        let mut line = serde_json::to_string(&request)?;
        line.push('\n');
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.requests.push(request);
        if let Some(file) = &mut kept.file {
            file.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    pub(crate) fn requests(&self) -> Vec<LoggedRequest> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .requests
            .clone()
    }
}
