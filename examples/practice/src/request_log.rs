//! The log of every request: the tests' witness of what left the agent.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::http::header;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::site::Asked;

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedRequest {
    /// When, RFC 3339 in UTC.
    pub time: String,
    /// The host asked for, without port.
    pub host: String,
    /// The method; "WS" for a frame of a web socket, "STUN" for a datagram.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The `Content-Type` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The `Origin` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Bytes of the body.
    pub body_length: usize,
    /// The body, with bytes that are not UTF-8 replaced.
    pub body: String,
    /// The body in base64, where it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_base64: Option<String>,
}

impl LoggedRequest {
    pub(crate) fn new(asked: &Asked, parts: &Parts) -> Self {
        let header_text = |name| {
            let value = parts.headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let target = parts.uri.path_and_query();
        Self {
            user_agent: header_text(header::USER_AGENT),
            content_type: header_text(header::CONTENT_TYPE),
            origin: header_text(header::ORIGIN),
            method: asked.method.clone(),
            target: target.map_or_else(|| asked.path.clone(), ToString::to_string),
            ..Self::of_bytes(&asked.host, &asked.body)
        }
    }

    /// What came without HTTP: a frame of a socket ("WS"), a datagram ("STUN").
    pub(crate) fn without_http(method: &str, host: &str, target: &str, bytes: &[u8]) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            ..Self::of_bytes(host, bytes)
        }
    }

    /// The body as it arrived.
    #[must_use]
    pub fn body_bytes(&self) -> Vec<u8> {
        match &self.body_base64 {
            // What was encoded here can be decoded.
            Some(text) => STANDARD.decode(text).unwrap_or_default(),
            None => self.body.clone().into_bytes(),
        }
    }

    fn of_bytes(host: &str, bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes);
        Self {
            time: Timestamp::now().to_string(),
            host: host.to_owned(),
            method: String::new(),
            target: String::new(),
            user_agent: None,
            content_type: None,
            origin: None,
            body_length: bytes.len(),
            body: String::from_utf8_lossy(bytes).into_owned(),
            body_base64: text.is_err().then(|| STANDARD.encode(bytes)),
        }
    }
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
