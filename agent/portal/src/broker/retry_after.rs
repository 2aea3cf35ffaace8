//! Reads `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
#![deny(clippy::indexing_slicing)]

use std::time::{Duration, SystemTime};

/// The longest wait believed. A server that says a year says it by mistake.
pub(super) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long to wait, between one second and [`LONGEST`].
///
/// `now` is the server's own `Date` where it sent one, so that a wrong clock on
/// either side does not turn into a wrong wait.
pub(super) fn wait(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        let until = httpdate::parse_http_date(value).ok()?;
        until.duration_since(now).unwrap_or_default()
    };
    Some(wait.clamp(Duration::from_secs(1), LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<u64>) {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(
            wait(value, now).map(|wait| wait.as_secs()),
            expected,
            "{value:?}"
        );
    }

    #[test]
    fn seconds_and_dates_are_read_and_nonsense_is_not() {
        for (value, expected) in [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("0", Some(1)),
            ("86401", Some(86_400)),
            ("99999999999999999999999", Some(86_400)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:50:37 1994", Some(60)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(1)),
            ("Sat, 06 Nov 2094 08:00:00 GMT", Some(86_400)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("１２", None),
        ] {
            check(value, expected);
        }
    }
}
