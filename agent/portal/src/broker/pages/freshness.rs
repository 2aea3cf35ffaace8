//! How long a page may stand for the server's own, and how the server is asked
//! whether it still does (RFC 9111, sections 4.2 and 5.2.2; RFC 9110, section 13).
//!
//! Ours is a private cache of GETs that all say the same headers, so that `Vary`
//! makes no difference; lifetimes are never guessed, since a page of postings is
//! read for what is new in it.
#![deny(clippy::indexing_slicing)]

use std::time::{Duration, SystemTime};

use reqwest::header::{
    AGE, CACHE_CONTROL, DATE, ETAG, EXPIRES, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, VARY,
};
use serde::{Deserialize, Serialize};

/// Longest time a page is not asked about, whatever it says: postings close.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// What the server knows its page by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Validators {
    pub(in super::super) etag: Option<String>,
    pub(in super::super) last_modified: Option<String>,
}

impl Validators {
    /// Those of an answer.
    pub(in super::super) fn of(headers: &HeaderMap) -> Self {
        let text = |name| text(headers, name).map(str::to_owned);
        Self {
            etag: text(ETAG),
            last_modified: text(LAST_MODIFIED),
        }
    }

    pub(in super::super) fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// The headers that ask whether the page still stands.
pub(in super::super) fn conditions(
    validators: &Validators,
) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let header = |name, value: &Option<String>| {
        let value = HeaderValue::from_str(value.as_deref()?).ok()?;
        Some((name, value))
    };
    [
        header(IF_NONE_MATCH, &validators.etag),
        header(IF_MODIFIED_SINCE, &validators.last_modified),
    ]
    .into_iter()
    .flatten()
}

/// Whether an answer may be kept at all.
pub(in super::super) fn may_keep(headers: &HeaderMap) -> bool {
    !directives(headers).any(|(name, _)| name == "no-store")
}

/// How long from now an answer may stand for the server's without a question.
pub(in super::super) fn lasts(headers: &HeaderMap, now: SystemTime) -> Duration {
    let mut max_age = None;
    for (name, value) in directives(headers) {
        match name.as_str() {
            "no-cache" | "no-store" => return Duration::ZERO,
            // Given twice, the shorter is believed.
            "max-age" => {
                let seconds = value.parse().unwrap_or(0);
                max_age = Some(max_age.map_or(seconds, |known: u64| known.min(seconds)));
            }
            _ => {}
        }
    }
    let asks_always = headers.get_all(VARY).iter().any(|value| value == "*")
        || (!headers.contains_key(CACHE_CONTROL)
            && headers
                .get("pragma")
                .is_some_and(|value| value == "no-cache"));
    if asks_always {
        return Duration::ZERO;
    }
    let date = date(headers, &DATE).unwrap_or(now);
    let lifetime = match max_age {
        Some(seconds) => Duration::from_secs(seconds),
        // One that cannot be read, such as "0", is in the past.
        None => date_of(text(headers, EXPIRES))
            .and_then(|expires| expires.duration_since(date).ok())
            .unwrap_or_default(),
    };
    let stated = text(headers, AGE).and_then(|age| age.trim().parse().ok());
    let apparent = now.duration_since(date).unwrap_or_default();
    let age = apparent.max(Duration::from_secs(stated.unwrap_or(0)));
    lifetime.saturating_sub(age).min(LONGEST)
}

/// The directives of `cache-control`, names in lower case, values without quotes.
fn directives(headers: &HeaderMap) -> impl Iterator<Item = (String, String)> + '_ {
    headers
        .get_all(CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|directive| {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            (
                name.trim().to_ascii_lowercase(),
                value.trim().trim_matches('"').to_owned(),
            )
        })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    date_of(text(headers, name.clone()))
}

fn date_of(text: Option<&str>) -> Option<SystemTime> {
    httpdate::parse_http_date(text?.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    fn headers(lines: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_page_lasts_as_long_as_its_server_says() {
        let now = httpdate::parse_http_date(NOW).unwrap();
        let cc = "cache-control";
        for (lines, expected) in [
            (&[][..], 0),
            (&[(cc, "max-age=60")], 60),
            (&[(cc, "public, MAX-AGE=60")], 60),
            (&[(cc, "max-age=\"60\"")], 60),
            (&[(cc, "max-age=60"), (cc, "max-age=30")], 30),
            (&[(cc, "max-age=soon")], 0),
            (&[(cc, "max-age=31536000")], 86_400),
            (&[(cc, "max-age=60, no-cache")], 0),
            (&[(cc, "max-age=60, no-store")], 0),
            (&[(cc, "private, max-age=60")], 60),
            // A shared cache's lifetime is none of ours.
            (&[(cc, "s-maxage=600")], 0),
            (&[(cc, "max-age=60, must-revalidate")], 60),
            (&[(cc, "max-age=60"), ("age", "20")], 40),
            (&[(cc, "max-age=60"), ("age", "90")], 0),
            (&[(cc, "max-age=60"), ("age", "old")], 60),
            (
                &[
                    (cc, "max-age=60"),
                    ("date", "Sun, 06 Nov 1994 08:49:27 GMT"),
                ],
                50,
            ),
            (
                &[
                    (cc, "max-age=60"),
                    ("date", "Sun, 06 Nov 1994 09:49:37 GMT"),
                ],
                60,
            ),
            (&[(cc, "max-age=60"), ("vary", "*")], 0),
            (&[(cc, "max-age=60"), ("vary", "accept-encoding")], 60),
            (&[("expires", "Sun, 06 Nov 1994 08:50:37 GMT")], 60),
            (&[("expires", "Sun Nov  6 08:50:37 1994")], 60),
            (&[("expires", "0")], 0),
            (&[("expires", "Sun, 06 Nov 1994 08:40:37 GMT")], 0),
            (
                &[
                    ("expires", "Sun, 06 Nov 1994 08:50:37 GMT"),
                    (cc, "max-age=5"),
                ],
                5,
            ),
            (
                &[
                    ("expires", "Sun, 06 Nov 1994 08:50:37 GMT"),
                    ("pragma", "no-cache"),
                ],
                0,
            ),
            (
                &[
                    ("expires", "Sun, 06 Nov 1994 10:00:00 GMT"),
                    ("date", "Sun, 06 Nov 1994 09:59:00 GMT"),
                ],
                60,
            ),
        ] {
            let found = lasts(&headers(lines), now).as_secs();
            assert_eq!(found, expected, "{lines:?}");
        }
    }

    #[test]
    fn what_may_not_be_kept_is_known() {
        assert!(may_keep(&headers(&[])));
        assert!(may_keep(&headers(&[("cache-control", "no-cache")])));
        assert!(may_keep(&headers(&[("cache-control", "private")])));
        assert!(!may_keep(&headers(&[("cache-control", "No-Store")])));
        let two = [
            ("cache-control", "max-age=5"),
            ("cache-control", "private, no-store"),
        ];
        assert!(!may_keep(&headers(&two)));
    }

    #[test]
    fn a_server_is_asked_in_its_own_words() {
        let lines = [("etag", "W/\"a\""), ("last-modified", NOW)];
        let validators = Validators::of(&headers(&lines));
        let asked: Vec<_> = conditions(&validators).collect();
        assert_eq!(
            asked[0],
            (IF_NONE_MATCH, HeaderValue::from_static("W/\"a\""))
        );
        assert_eq!(asked[1], (IF_MODIFIED_SINCE, HeaderValue::from_static(NOW)));
        assert!(Validators::of(&headers(&[])).is_empty());
    }
}
