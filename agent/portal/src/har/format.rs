//! The fields of HAR 1.2 that are read and written. Names are the format's own;
//! what it requires but nobody needs has a default.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::HarError;

/// Largest file read, in bytes. A year of one board's answers is far below.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A HAR file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Har {
    /// Everything in it.
    pub log: Log,
}

impl Har {
    /// Reads a HAR file.
    pub fn from_path(path: &Path) -> Result<Self, HarError> {
        let read = |source| HarError::Read {
            path: path.to_owned(),
            source,
        };
        let size = std::fs::metadata(path).map_err(read)?.len();
        if size > LARGEST {
            return Err(HarError::TooLarge {
                path: path.to_owned(),
                size,
                limit: LARGEST,
            });
        }
        let bytes = std::fs::read(path).map_err(read)?;
        // Some exporters begin with a byte order mark, which is not JSON.
        let bytes = bytes
            .strip_prefix("\u{feff}".as_bytes())
            .unwrap_or(bytes.as_slice());
        serde_json::from_slice(bytes).map_err(|source| HarError::NotHar {
            path: path.to_owned(),
            source,
        })
    }
}

/// The log of one session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// Version of the format; "1.2", and "1.1" is read too.
    pub version: String,
    /// Who wrote it.
    #[serde(default)]
    pub creator: Creator,
    /// Exchanges in the order they happened.
    pub entries: Vec<Entry>,
}

/// The program that wrote a HAR file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Creator {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Version.
    #[serde(default)]
    pub version: String,
}

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When it began, ISO 8601.
    #[serde(default)]
    pub started_date_time: String,
    /// Milliseconds in all.
    #[serde(default)]
    pub time: f64,
    /// What was asked.
    pub request: Request,
    /// What was answered.
    pub response: Response,
    /// Required by the format, empty.
    #[serde(default)]
    pub cache: Cache,
    /// Where the time went.
    #[serde(default)]
    pub timings: Timings,
    /// Address that answered, where redirects led away from the one asked. Our
    /// own field; the format leaves names with an underscore to everybody.
    #[serde(
        rename = "_answeredBy",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub answered_by: Option<String>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// "GET" or "POST"; others are read and never matched.
    pub method: String,
    /// Absolute address.
    pub url: String,
    /// Protocol.
    #[serde(default)]
    pub http_version: String,
    /// Cookies, redacted by [`redact`](super::redact).
    #[serde(default)]
    pub cookies: Vec<serde_json::Value>,
    /// Headers.
    #[serde(default)]
    pub headers: Vec<Pair>,
    /// Parameters, as the address holds them.
    #[serde(default)]
    pub query_string: Vec<Pair>,
    /// Body of a POST.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_data: Option<PostData>,
    /// Bytes of the head, -1 where unknown.
    #[serde(default = "unknown")]
    pub headers_size: i64,
    /// Bytes of the body, -1 where unknown.
    #[serde(default = "unknown")]
    pub body_size: i64,
}

/// A name and its value: a header or a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Name.
    pub name: String,
    /// Value.
    #[serde(default)]
    pub value: String,
}

/// The body of a POST. A form may come as `params`, as `text`, or as both.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PostData {
    /// Type of the body.
    #[serde(default)]
    pub mime_type: String,
    /// Fields of a form.
    #[serde(default)]
    pub params: Vec<Pair>,
    /// The body as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// HTTP status; browsers write 0 where none came.
    pub status: u16,
    /// Its words.
    #[serde(default)]
    pub status_text: String,
    /// Protocol.
    #[serde(default)]
    pub http_version: String,
    /// Cookies, redacted by [`redact`](super::redact).
    #[serde(default)]
    pub cookies: Vec<serde_json::Value>,
    /// Headers.
    #[serde(default)]
    pub headers: Vec<Pair>,
    /// The body.
    pub content: Content,
    /// Where a redirect leads.
    #[serde(rename = "redirectURL", default)]
    pub redirect_url: String,
    /// Bytes of the head, -1 where unknown.
    #[serde(default = "unknown")]
    pub headers_size: i64,
    /// Bytes of the body, -1 where unknown.
    #[serde(default = "unknown")]
    pub body_size: i64,
}

/// The body of an answer, decompressed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// Bytes.
    #[serde(default)]
    pub size: i64,
    /// Type with its parameters.
    #[serde(default)]
    pub mime_type: String,
    /// Text, or what `encoding` names; none where the body was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// "base64" or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// The format's cache entry, always empty here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cache {}

/// Where the time of an exchange went, in milliseconds; -1 where unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// Sending.
    #[serde(default)]
    pub send: f64,
    /// Waiting for the first byte.
    #[serde(default)]
    pub wait: f64,
    /// Receiving.
    #[serde(default)]
    pub receive: f64,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            send: -1.0,
            wait: -1.0,
            receive: -1.0,
        }
    }
}

fn unknown() -> i64 {
    -1
}
