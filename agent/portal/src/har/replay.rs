//! Answers fetches from a recording.
#![deny(clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use url::Url;

use super::body::{read_content, read_post};
use super::{Entry, Har, HarError};
use crate::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Method};

/// Redirects followed inside a recording, as the broker does outside.
const REDIRECTS: usize = 5;

/// Answers each request with the recorded exchange that is nearest to it.
///
/// First the same method, address and body (JSON compared as values, forms as
/// fields); else the same method, host and path with the fewest differing
/// parameters. Each exchange is served at most once, equals in their order.
#[derive(Debug)]
pub struct Replay {
    waiting: Mutex<Vec<Recorded>>,
}

#[derive(Debug)]
struct Recorded {
    verb: Verb,
    url: Url,
    body: Body,
    answer: Answer,
}

#[derive(Debug)]
enum Answer {
    Page(FetchResponse),
    Redirect {
        to: Url,
        /// 307 and 308 ask with the same method and body again.
        keeps_method: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Get,
    Post,
}

/// A request's body, read as what it means.
#[derive(Debug, PartialEq)]
enum Body {
    None,
    Json(serde_json::Value),
    Form(Vec<(String, String)>),
    Bytes(Vec<u8>),
}

impl Replay {
    /// Reads a HAR file.
    pub fn from_path(path: &Path) -> Result<Self, HarError> {
        Self::from_har(Har::from_path(path)?)
    }

    /// Takes a HAR that was read or made elsewhere. Entries of other methods
    /// than GET and POST and those without an answer are left out.
    pub fn from_har(har: Har) -> Result<Self, HarError> {
        if !matches!(har.log.version.as_str(), "1.1" | "1.2") {
            return Err(HarError::Version {
                found: har.log.version,
            });
        }
        let mut waiting = Vec::new();
        for (index, entry) in har.log.entries.iter().enumerate() {
            let recorded = read_entry(entry).map_err(|why| HarError::Entry { index, why })?;
            waiting.extend(recorded);
        }
        Ok(Self {
            waiting: Mutex::new(waiting),
        })
    }

    /// How many exchanges were not asked for yet.
    pub fn left(&self) -> usize {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    /// Whether an exchange that was not asked for yet is of exactly this request.
    pub fn holds(&self, request: &FetchRequest) -> bool {
        let Ok((verb, url, body)) = read_request(request) else {
            return false;
        };
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .any(|entry| entry.verb == verb && entry.url == url && entry.body == body)
    }

    /// Takes the exchange nearest to a request out of those that are left.
    fn take(&self, verb: Verb, url: &Url, body: &Body) -> Option<Answer> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let same = waiting
            .iter()
            .position(|entry| entry.verb == verb && entry.url == *url && entry.body == *body);
        let nearest = || {
            waiting
                .iter()
                .enumerate()
                .filter(|(_, entry)| {
                    entry.verb == verb
                        && entry.url.origin() == url.origin()
                        && entry.url.path() == url.path()
                })
                // The first of several equals.
                .min_by_key(|(_, entry)| differing(&entry.url, url))
                .map(|(index, _)| index)
        };
        let index = same.or_else(nearest)?;
        Some(waiting.remove(index).answer)
    }
}

#[async_trait]
impl Fetch for Replay {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let (mut verb, mut url, mut body) = read_request(&request)?;
        for _ in 0..=REDIRECTS {
            match self.take(verb, &url, &body) {
                Some(Answer::Page(response)) => return Ok(response),
                Some(Answer::Redirect { to, keeps_method }) => {
                    url = to;
                    if !keeps_method {
                        verb = Verb::Get;
                        body = Body::None;
                    }
                }
                None => {
                    let verb = match verb {
                        Verb::Get => "GET",
                        Verb::Post => "POST",
                    };
                    return Err(FetchError::NoRecordedAnswer {
                        request: format!("{verb} {url}"),
                    });
                }
            }
        }
        Err(FetchError::TooMuch {
            what: format!("{REDIRECTS} redirects"),
        })
    }
}

/// A request as it is compared with recorded ones.
fn read_request(request: &FetchRequest) -> Result<(Verb, Url, Body), FetchError> {
    let mut url = Url::parse(&request.url).map_err(|error| FetchError::Refused {
        why: format!("the address cannot be read: {error}"),
    })?;
    url.set_fragment(None);
    let (verb, body) = match request.method {
        Method::Get => (Verb::Get, Body::None),
        Method::PostJson => (
            Verb::Post,
            read_body("application/json", request.body.clone()),
        ),
        Method::PostForm => (
            Verb::Post,
            read_body("application/x-www-form-urlencoded", request.body.clone()),
        ),
    };
    Ok((verb, url, body))
}

fn read_entry(entry: &Entry) -> Result<Option<Recorded>, String> {
    let Entry {
        request, response, ..
    } = entry;
    let verb = match request.method.to_ascii_uppercase().as_str() {
        "GET" => Verb::Get,
        "POST" => Verb::Post,
        _ => return Ok(None),
    };
    if response.status == 0 {
        return Ok(None);
    }
    let mut url = Url::parse(&request.url)
        .map_err(|error| format!("its address {:?} cannot be read: {error}", request.url))?;
    url.set_fragment(None);
    let body = match (verb, &request.post_data) {
        (Verb::Post, Some(post)) => read_body(&post.mime_type, read_post(post)),
        (Verb::Get, Some(_)) | (Verb::Get | Verb::Post, None) => Body::None,
    };
    let redirects = matches!(response.status, 301 | 302 | 303 | 307 | 308);
    let answer = if redirects && !response.redirect_url.is_empty() {
        let mut to = url
            .join(&response.redirect_url)
            .map_err(|error| format!("its redirect cannot be read: {error}"))?;
        to.set_fragment(None);
        Answer::Redirect {
            to,
            keeps_method: matches!(response.status, 307 | 308),
        }
    } else {
        let (body, content_type) = read_content(&response.content)?;
        Answer::Page(FetchResponse {
            status: response.status,
            url: entry.answered_by.clone().unwrap_or_else(|| url.to_string()),
            content_type,
            body,
        })
    };
    Ok(Some(Recorded {
        verb,
        url,
        body,
        answer,
    }))
}

fn read_body(mime: &str, bytes: Vec<u8>) -> Body {
    if bytes.is_empty() {
        return Body::None;
    }
    let mime = mime.to_ascii_lowercase();
    if mime.starts_with("application/x-www-form-urlencoded") {
        return Body::Form(
            url::form_urlencoded::parse(&bytes)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        );
    }
    if mime.contains("json")
        && let Ok(value) = serde_json::from_slice(&bytes)
    {
        return Body::Json(value);
    }
    Body::Bytes(bytes)
}

/// Parameters that are missing, extra or of another value. A name that occurs
/// several times is compared value by value in order.
fn differing(one: &Url, other: &Url) -> usize {
    let (one, other) = (parameters(one), parameters(other));
    let empty = Vec::new();
    one.keys()
        .chain(other.keys().filter(|name| !one.contains_key(*name)))
        .map(|name| {
            let ours = one.get(name).unwrap_or(&empty);
            let theirs = other.get(name).unwrap_or(&empty);
            let same = ours.iter().zip(theirs).filter(|(a, b)| a == b).count();
            ours.len().max(theirs.len()) - same
        })
        .sum()
}

fn parameters(url: &Url) -> BTreeMap<String, Vec<String>> {
    let mut parameters = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in url.query_pairs() {
        parameters
            .entry(name.into_owned())
            .or_default()
            .push(value.into_owned());
    }
    parameters
}

#[cfg(test)]
mod tests;
