//! What the employer says arrived: one line of its log per request.

use std::fs;
use std::path::Path;

use agent_approval::Sha256;
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

/// One line of the employer's log.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Arrived {
    pub(super) host: String,
    pub(super) method: String,
    pub(super) target: String,
    #[serde(default)]
    pub(super) content_type: Option<String>,
    pub(super) body: String,
    #[serde(default)]
    pub(super) body_base64: Option<String>,
}

impl Arrived {
    pub(super) fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    fn bytes(&self) -> Vec<u8> {
        let encoded = self.body_base64.as_deref();
        let decoded = encoded.and_then(|text| STANDARD.decode(text).ok());
        decoded.unwrap_or_else(|| self.body.clone().into_bytes())
    }

    pub(super) fn is_reading(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}

/// Reads the log.
pub(super) fn lines(path: &Path) -> Result<Vec<Arrived>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).context("unreadable line in the employer's log"))
        .collect()
}

/// Hashes of the files in a body: of its parts with a file name, or of the whole.
pub(super) fn files_of(arrived: &Arrived) -> Vec<Sha256> {
    let bytes = arrived.bytes();
    let kind = arrived.content_type.as_deref().unwrap_or_default();
    let Some(boundary) = kind
        .strip_prefix("multipart/form-data")
        .and_then(|rest| rest.split("boundary=").nth(1))
    else {
        return vec![Sha256::of(&bytes)];
    };
    let boundary = format!("\r\n--{}", boundary.trim_matches('"'));
    let whole = [b"\r\n", bytes.as_slice()].concat();
    let mut files = Vec::new();
    for part in split(&whole, boundary.as_bytes()) {
        let mut halves = split(part, b"\r\n\r\n").into_iter();
        let head = halves.next().unwrap_or_default();
        if String::from_utf8_lossy(head).contains("filename=\"") {
            let content = part.get(head.len() + 4..).unwrap_or_default();
            files.push(Sha256::of(content));
        }
    }
    files
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(found) = rest.windows(at.len()).position(|window| window == at) {
        let (part, after) = rest.split_at(found);
        parts.push(part);
        rest = after.get(at.len()..).unwrap_or_default();
    }
    parts.push(rest);
    parts
}

/// A body as one text, whatever its encoding.
pub(super) fn text_of(arrived: &Arrived) -> String {
    let kind = arrived.content_type.as_deref().unwrap_or_default();
    if kind.starts_with("application/json")
        && let Ok(json) = serde_json::from_str(&arrived.body)
    {
        let mut texts = Vec::new();
        leaves(&json, &mut texts);
        return folded(&texts.join("\n"));
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        return decoded(&arrived.body);
    }
    folded(&arrived.body)
}

fn leaves(json: &serde_json::Value, texts: &mut Vec<String>) {
    match json {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|json| leaves(json, texts)),
        serde_json::Value::Object(all) => all.values().for_each(|json| leaves(json, texts)),
        other => texts.push(other.to_string()),
    }
}

/// The names and values of an address or a form.
pub(super) fn decoded(text: &str) -> String {
    let pairs = url::form_urlencoded::parse(text.as_bytes());
    folded(
        &pairs
            .map(|(name, value)| format!("{name}={value}\n"))
            .collect::<String>(),
    )
}

/// Line ends as a form keeps them, not as it sends them.
pub(super) fn folded(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content_alone_or_in_a_form() {
        let mut arrived = Arrived {
            host: "jobs.example".into(),
            method: "POST".into(),
            target: "/".into(),
            content_type: Some("application/pdf".into()),
            body: "the file".into(),
            body_base64: None,
        };
        assert_eq!(files_of(&arrived), [Sha256::of(b"the file")]);
        arrived.content_type = Some("multipart/form-data; boundary=xx".into());
        arrived.body = "--xx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--xx\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"cv.txt\"\r\n\r\n\
            the\r\n\r\nfile\r\n--xx--\r\n"
            .into();
        assert_eq!(files_of(&arrived), [Sha256::of(b"the\r\n\r\nfile")]);
    }
}
