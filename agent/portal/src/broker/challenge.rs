//! Pages that stand in the way of programs: challenges, captchas, login pages.
//! They are told to the person; nothing is tried to get past them.
#![deny(clippy::indexing_slicing)]

use reqwest::header::HeaderMap;
use url::Url;

/// How much of a page is looked at.
const LOOKED_AT: usize = 64 * 1024;

/// Headers that a challenge says itself by, and a word of their values.
const HEADERS: [(&str, &str, &str); 4] = [
    ("cf-mitigated", "challenge", "a challenge of Cloudflare"),
    ("x-amzn-waf-action", "challenge", "a challenge of AWS WAF"),
    ("x-amzn-waf-action", "captcha", "a captcha of AWS WAF"),
    ("x-datadome", "protected", "a challenge of DataDome"),
];

/// What the pages of challenges have in them.
const MARKS: [(&str, &str); 11] = [
    ("/cdn-cgi/challenge-platform/", "a challenge of Cloudflare"),
    ("cf-chl-", "a challenge of Cloudflare"),
    ("attention required! | cloudflare", "a block of Cloudflare"),
    ("captcha-delivery.com", "a captcha of DataDome"),
    ("px-captcha", "a captcha of HUMAN"),
    ("_incapsula_resource", "a challenge of Imperva"),
    ("/_sec/cp_challenge/", "a challenge of Akamai"),
    ("g-recaptcha", "a captcha"),
    ("h-captcha", "a captcha"),
    ("cf-turnstile", "a captcha"),
    ("<title>access denied</title>", "a page that denies access"),
];

/// Path segments of login pages.
const LOGIN: [&str; 9] = [
    "login",
    "log-in",
    "log_in",
    "signin",
    "sign-in",
    "sign_in",
    "authwall",
    "sso",
    "checkpoint",
];

/// Statuses a challenge comes with. An ordinary page may carry a captcha for its
/// own form.
fn may_challenge(status: u16) -> bool {
    matches!(status, 401 | 403 | 405 | 429 | 503 | 999)
}

/// What the head of an answer says of a challenge.
pub(super) fn in_head(status: u16, headers: &HeaderMap) -> Option<&'static str> {
    // LinkedIn's own way to refuse programs.
    if status == 999 {
        return Some("a refusal of programs (status 999)");
    }
    if !may_challenge(status) && status != 202 {
        return None;
    }
    HEADERS.iter().find_map(|(name, word, sign)| {
        let value = headers.get(*name)?.to_str().ok()?;
        value.to_ascii_lowercase().contains(word).then_some(*sign)
    })
}

/// What the page itself says of a challenge.
pub(super) fn in_body(status: u16, content_type: &str, body: &[u8]) -> Option<&'static str> {
    if !may_challenge(status) || !content_type.contains("html") {
        return None;
    }
    let text = String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).to_lowercase();
    MARKS
        .iter()
        .find(|(mark, _)| text.contains(mark))
        .map(|(_, sign)| *sign)
}

/// Whether a redirect leads from a page to a login page.
pub(super) fn is_login(from: &Url, to: &Url) -> bool {
    leads_to_login(to) && !leads_to_login(from)
}

fn leads_to_login(url: &Url) -> bool {
    url.path_segments().is_some_and(|mut segments| {
        segments.any(|segment| {
            let name = segment.split_once('.').map_or(segment, |(name, _)| name);
            LOGIN.contains(&name.to_ascii_lowercase().as_str())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: u16, header: (&'static str, &'static str)) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header.0, header.1.parse().unwrap());
        in_head(status, &headers)
    }

    #[test]
    fn challenges_are_known_and_ordinary_pages_are_not_taken_for_them() {
        for (status, name, value, expected) in [
            (403, "cf-mitigated", "challenge", true),
            (503, "cf-mitigated", "Challenge", true),
            (202, "x-amzn-waf-action", "challenge", true),
            (405, "x-amzn-waf-action", "captcha", true),
            (403, "x-datadome", "protected", true),
            (999, "server", "Play", true),
            (200, "cf-mitigated", "challenge", false),
            (403, "server", "cloudflare", false),
            (404, "x-datadome", "protected", false),
        ] {
            assert_eq!(
                head(status, (name, value)).is_some(),
                expected,
                "{status} {name}"
            );
        }
        let html = "text/html; charset=utf-8";
        for (status, kind, body, expected) in [
            (
                403,
                html,
                "<script src=\"/cdn-cgi/challenge-platform/h/b\"></script>",
                true,
            ),
            (
                403,
                html,
                "<title>Attention Required! | Cloudflare</title>",
                true,
            ),
            (403, html, "<div id=\"px-captcha\"></div>", true),
            (429, html, "<div class=\"g-recaptcha\"></div>", true),
            (403, html, "<TITLE>Access Denied</TITLE>", true),
            (
                200,
                html,
                "<form><div class=\"g-recaptcha\"></div></form>",
                false,
            ),
            (404, html, "<div class=\"g-recaptcha\"></div>", false),
            (403, "application/json", "{\"error\":\"px-captcha\"}", false),
            (403, html, "<p>Forbidden</p>", false),
        ] {
            assert_eq!(
                in_body(status, kind, body.as_bytes()).is_some(),
                expected,
                "{body}"
            );
        }
    }

    #[test]
    fn a_redirect_to_a_login_page_is_known() {
        for (from, to, expected) in [
            ("https://a.example/jobs", "https://a.example/login", true),
            (
                "https://a.example/jobs",
                "https://id.example/sso/start?back=1",
                true,
            ),
            (
                "https://a.example/jobs",
                "https://a.example/users/sign_in",
                true,
            ),
            (
                "https://a.example/jobs",
                "https://a.example/Login.aspx",
                true,
            ),
            (
                "https://a.example/jobs",
                "https://www.a.example/authwall?trk=x",
                true,
            ),
            (
                "https://a.example/jobs",
                "https://a.example/jobs/login-engineer",
                false,
            ),
            (
                "https://a.example/jobs",
                "https://a.example/jobs?next=/login",
                false,
            ),
            (
                "https://a.example/sso/jobs",
                "https://a.example/sso/jobs/",
                false,
            ),
        ] {
            let [from, to] = [from, to].map(|url| url.parse::<Url>().unwrap());
            assert_eq!(is_login(&from, &to), expected, "{to}");
        }
    }
}
