//! What is read from the heads of messages, and counted of them.
#![deny(clippy::indexing_slicing)]

use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Request, Response};

use super::retry_after;
use crate::fetch::FetchError;

/// The wait an answer asks for, where it names one.
/// `now` counts where it does not say its own time.
pub(super) fn asked_to_wait(response: &Response, now: SystemTime) -> Option<Duration> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let text = |name| response.headers().get(name)?.to_str().ok();
    let now = text(DATE)
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or(now);
    retry_after::wait(text(RETRY_AFTER)?, now)
}

/// Where a redirect leads. Its body is never read: a bomb there does not go off.
pub(super) fn location(response: &Response) -> Result<Option<String>, FetchError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = response.headers().get(LOCATION) else {
        return Ok(None);
    };
    match std::str::from_utf8(location.as_bytes()) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err(_) => Err(FetchError::Refused {
            why: "a redirect whose location is not text".to_owned(),
        }),
    }
}

pub(super) fn content_type(headers: &HeaderMap) -> String {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_ascii_lowercase)
        .unwrap_or_default()
}

pub(super) fn header_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        // ": " and the line's end
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

/// Bytes of a request as HTTP/1.1 writes it: the headers set here and the two
/// that the client adds, `host` and `content-length`.
pub(super) fn size(request: &Request) -> u64 {
    let url = request.url();
    let query = url.query().map_or(0, |query| query.len() + 1);
    let line = request.method().as_str().len() + url.path().len() + query + " ".len();
    let host = "host: \r\n".len() + url.host_str().map_or(0, str::len);
    let body = request
        .body()
        .and_then(|body| body.as_bytes())
        .map_or(0, <[u8]>::len);
    let length = if body > 0 {
        format!("content-length: {body}\r\n").len()
    } else {
        0
    };
    let head = line + " HTTP/1.1\r\n".len() + header_bytes(request.headers()) + host + length;
    (head + "\r\n".len() + body) as u64
}
