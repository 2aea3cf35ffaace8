//! Fetching, with whatever goes wrong in the contract's words.

use serde::Deserialize;

use crate::PortalError;
use crate::contract::jobagent::portal::http::{self, FetchError};

/// What a server answered, as far as a reader of JSON cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `content-type`, lower case.
    pub content_type: String,
    /// Body.
    pub body: Vec<u8>,
}

/// The body of the JSON at `url`; see [`Answer::json`] for what is an error.
/// `what` names the thing asked for, as in "board acme".
pub fn get_json(url: &str, what: &str) -> Result<Vec<u8>, PortalError> {
    get(url)?.json(what)
}

/// The body of the XML at `url`; see [`Answer::xml`] for what is an error.
pub fn get_xml(url: &str, what: &str) -> Result<Vec<u8>, PortalError> {
    get(url)?.xml(what)
}

fn get(url: &str) -> Result<Answer, PortalError> {
    let response = http::get(url).map_err(not_fetched)?;
    Ok(Answer {
        status: response.status,
        content_type: response.content_type,
        body: response.body,
    })
}

/// A web page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebPage {
    /// Address that answered, after redirects.
    pub url: String,
    /// Its HTML.
    pub html: String,
}

/// The page at `url`; none where the host may not fetch it (robots.txt, a
/// redirect to a host that is not granted, a recording without it). A status
/// that is no success is an error, as in [`Answer::json`].
pub fn get_page(url: &str, what: &str) -> Result<Option<WebPage>, PortalError> {
    let response = match http::get(url) {
        Ok(response) => response,
        Err(
            FetchError::NotGranted(_) | FetchError::Refused(_) | FetchError::NoRecordedAnswer(_),
        ) => return Ok(None),
        Err(error @ (FetchError::TooMuch(_) | FetchError::Wait(_) | FetchError::Failed(_))) => {
            return Err(not_fetched(error));
        }
    };
    good(response.status, what)?;
    Ok(Some(WebPage {
        url: response.url,
        html: String::from_utf8_lossy(&response.body).into_owned(),
    }))
}

/// The page at `url`, without which the call is in vain: where [`get_page`] has
/// none, an error says so.
pub fn require_page(url: &str, what: &str) -> Result<WebPage, PortalError> {
    get_page(url, what)?.ok_or_else(|| {
        PortalError::Fetch(format!(
            "{what}: nothing may be fetched or is recorded for {url}"
        ))
    })
}

impl Answer {
    /// The body, if the status says success and it can be JSON. 404 and 410 are
    /// `gone`, 401 and 403 `blocked`, 429 `rate-limited`, other refusals a failed
    /// fetch, and a web page where JSON was due `changed`.
    pub fn json(self, what: &str) -> Result<Vec<u8>, PortalError> {
        good(self.status, what)?;
        let first = self.body.iter().find(|b| !b.is_ascii_whitespace());
        match first {
            None => Err(PortalError::Changed(format!("an empty answer for {what}"))),
            Some(b'<') => Err(PortalError::Changed(format!(
                "a web page instead of JSON for {what}"
            ))),
            Some(_) => Ok(self.body),
        }
    }

    /// The body, if the status says success and it can be XML; statuses as in
    /// [`Self::json`]. Which XML it is, is for its reader to see.
    pub fn xml(self, what: &str) -> Result<Vec<u8>, PortalError> {
        good(self.status, what)?;
        let bytes = self.body.strip_prefix(b"\xef\xbb\xbf");
        let bytes = bytes.unwrap_or(&self.body);
        match bytes.iter().find(|b| !b.is_ascii_whitespace()) {
            Some(b'<') => Ok(self.body),
            None => Err(PortalError::Changed(format!("an empty answer for {what}"))),
            Some(_) => Err(PortalError::Changed(format!(
                "something else than XML for {what}"
            ))),
        }
    }
}

/// Refuses a status that is no success.
pub(crate) fn good(status: u16, what: &str) -> Result<(), PortalError> {
    Err(match status {
        200..=299 => return Ok(()),
        404 | 410 => {
            PortalError::Gone(format!("the portal does not know {what} (status {status})"))
        }
        401 | 403 => PortalError::Blocked(format!(
            "the portal refuses to show {what} (status {status})"
        )),
        429 => PortalError::RateLimited(None),
        status => PortalError::Fetch(format!("the portal answered status {status} for {what}")),
    })
}
/// Reads `body` as a `T`; half a JSON, or another shape, is `changed`. `T` may
/// borrow from the body, which keeps large answers in memory once.
pub fn read_json<'a, T: Deserialize<'a>>(body: &'a [u8], what: &str) -> Result<T, PortalError> {
    serde_json::from_slice(body).map_err(|error| {
        PortalError::Changed(if error.is_eof() {
            format!(
                "the JSON for {what} ends in the middle, after {} bytes",
                body.len()
            )
        } else {
            format!("the JSON for {what} has another shape: {error}")
        })
    })
}

pub(crate) fn not_fetched(error: FetchError) -> PortalError {
    match error {
        FetchError::NotGranted(host) => PortalError::Fetch(format!("{host} is not granted")),
        FetchError::Refused(why) => PortalError::Fetch(format!("refused: {why}")),
        FetchError::TooMuch(what) => PortalError::Fetch(format!("limit reached: {what}")),
        FetchError::Wait(seconds) => PortalError::RateLimited(seconds),
        FetchError::Failed(why) => PortalError::Fetch(why),
        FetchError::NoRecordedAnswer(request) => {
            PortalError::Fetch(format!("nothing recorded for {request}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, expected: &str) {
        let answer = Answer {
            status,
            content_type: String::new(),
            body: body.into(),
        };
        let found = match answer.json("board acme") {
            Ok(_) => "ok",
            Err(PortalError::Gone(_)) => "gone",
            Err(PortalError::Blocked(_)) => "blocked",
            Err(PortalError::RateLimited(_)) => "rate-limited",
            Err(PortalError::Changed(_)) => "changed",
            Err(PortalError::Fetch(_)) => "fetch",
            Err(error) => panic!("{error:?}"),
        };
        assert_eq!(found, expected, "{status} {body}");
    }

    #[test]
    fn a_bad_answer_is_named_for_what_it_is() {
        check(200, r#"{"jobs":[]}"#, "ok");
        check(200, " \n[]", "ok");
        check(404, r#"{"ok":false}"#, "gone");
        check(404, "<html>", "gone");
        check(410, "", "gone");
        check(401, "", "blocked");
        check(403, "<html>", "blocked");
        check(429, "", "rate-limited");
        check(500, "oops", "fetch");
        check(302, "", "fetch");
        check(200, "<!doctype html>", "changed");
        check(200, "  \n<html>", "changed");
        check(200, "", "changed");
    }

    #[test]
    fn xml_begins_with_a_tag() {
        for (status, body, good) in [
            (200, "<rss/>", true),
            (200, "\u{feff} \n<?xml version=\"1.0\"?><rss/>", true),
            (200, "{}", false),
            (200, "", false),
            (404, "<rss/>", false),
        ] {
            let answer = Answer {
                status,
                content_type: String::new(),
                body: body.into(),
            };
            assert_eq!(answer.xml("feed acme").is_ok(), good, "{status} {body}");
        }
    }

    #[test]
    fn half_a_json_says_so() {
        let error = read_json::<Vec<u32>>(b"[1, 2", "board acme").unwrap_err();
        assert!(
            matches!(&error, PortalError::Changed(why) if why.contains("ends in the middle")),
            "{error:?}"
        );
    }
}
