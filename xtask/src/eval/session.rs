//! A folder of recorded sessions: its index, and each session as a HAR file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

/// `index.json` of the folder.
#[derive(Debug, Deserialize)]
pub(super) struct Index {
    pub(super) sessions: Vec<Session>,
}

/// One recorded board.
#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub(super) name: String,
    /// Id of the plugin that reads it.
    pub(super) portal: String,
    /// Address a person would give.
    pub(super) board: String,
    /// How many postings the files hold.
    pub(super) postings: usize,
    exchanges: Vec<Exchange>,
}

/// A request and the file with its answer.
#[derive(Debug, Deserialize)]
struct Exchange {
    #[serde(default = "get")]
    method: String,
    url: String,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    content_type: String,
    file: Option<String>,
    /// Body of the request, as text or as a JSON value.
    #[serde(default, alias = "request_body", alias = "post_data")]
    body: Option<Value>,
    #[serde(default)]
    request_content_type: Option<String>,
    /// Where a redirect leads.
    #[serde(default, alias = "location")]
    redirect_url: Option<String>,
}

fn get() -> String {
    "GET".to_owned()
}

fn ok() -> u16 {
    200
}

/// The index of `folder`.
pub(super) fn index(folder: &Path) -> Result<Index> {
    let path = folder.join("index.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} has another shape", path.display()))
}

impl Session {
    /// The session as HAR 1.2, its answers read from `folder`.
    pub(super) fn har(&self, folder: &Path) -> Result<Value> {
        let entries: Result<Vec<Value>> = self
            .exchanges
            .iter()
            .map(|exchange| exchange.entry(folder))
            .collect();
        Ok(json!({
            "log": {
                "version": "1.2",
                "creator": { "name": "xtask", "version": env!("CARGO_PKG_VERSION") },
                "entries": entries?,
            }
        }))
    }
}

impl Exchange {
    fn entry(&self, folder: &Path) -> Result<Value> {
        let body = match &self.file {
            None => Vec::new(),
            Some(file) => {
                let path = folder.join(file);
                fs::read(&path).with_context(|| format!("could not read {}", path.display()))?
            }
        };
        let size = body.len();
        let mut content = json!({ "size": size, "mimeType": self.content_type });
        // Text as it is; what is no text, and what would change on the way, as base64.
        match String::from_utf8(body) {
            Ok(text) => content["text"] = text.into(),
            Err(error) => {
                content["text"] = STANDARD.encode(error.into_bytes()).into();
                content["encoding"] = "base64".into();
            }
        }
        let mut request = json!({
            "method": self.method,
            "url": self.url,
            "httpVersion": "HTTP/1.1",
            "cookies": [], "headers": [], "queryString": [],
            "headersSize": -1, "bodySize": -1,
        });
        if let Some(body) = &self.body {
            let (text, usual) = match body {
                Value::String(text) => (text.clone(), "application/x-www-form-urlencoded"),
                other => (other.to_string(), "application/json"),
            };
            let usual = if text.trim_start().starts_with(['{', '[']) {
                "application/json"
            } else {
                usual
            };
            let mime = self.request_content_type.as_deref().unwrap_or(usual);
            request["postData"] = json!({ "mimeType": mime, "text": text });
        }
        Ok(json!({
            "startedDateTime": "1970-01-01T00:00:00Z",
            "time": 0,
            "request": request,
            "response": {
                "status": self.status,
                "statusText": "",
                "httpVersion": "HTTP/1.1",
                "cookies": [],
                "headers": [{ "name": "content-type", "value": self.content_type }],
                "content": content,
                "redirectURL": self.redirect_url.as_deref().unwrap_or_default(),
                "headersSize": -1, "bodySize": -1,
            },
            "cache": {},
            "timings": { "send": 0, "wait": 0, "receive": 0 },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_becomes_a_recording_with_its_bodies() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "{\"jobs\":[]}").unwrap();
        fs::write(folder.path().join("b.bin"), [0xff, 0xfe]).unwrap();
        let index = json!({ "about": "x", "sessions": [{
            "name": "n", "portal": "p", "board": "https://b.example/", "postings": 0, "note": "x",
            "exchanges": [
                { "method": "POST", "url": "https://b.example/a", "status": 200,
                  "content_type": "application/json", "file": "a.json", "body": { "offset": 0 } },
                { "url": "https://b.example/b", "file": "b.bin" },
            ],
        }]});
        fs::write(folder.path().join("index.json"), index.to_string()).unwrap();
        let index = super::index(folder.path()).unwrap();
        let har = index.sessions[0].har(folder.path()).unwrap();
        let entries = har["log"]["entries"].as_array().unwrap();
        assert_eq!(entries[0]["request"]["postData"]["text"], "{\"offset\":0}");
        assert_eq!(entries[0]["response"]["content"]["text"], "{\"jobs\":[]}");
        assert_eq!(entries[1]["request"]["method"], "GET");
        assert_eq!(entries[1]["response"]["content"]["encoding"], "base64");
        assert!(index.sessions[0].har(Path::new("/nowhere")).is_err());
    }
}
