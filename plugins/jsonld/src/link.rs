//! Addresses on one site. Everything that is fetched is a path of the board's
//! own host.

use portal_sdk::{Address, Board, PortalError};

/// Longest key of a board, in bytes; the host takes 1024.
const KEY: usize = 1000;

/// Parameters that say where a visitor came from or how a page is shown.
const TRACKING: [&str; 22] = [
    "in_iframe",
    "source",
    "src",
    "ref",
    "referrer",
    "gh_src",
    "lever-source",
    "trk",
    "trackingid",
    "fbclid",
    "gclid",
    "msclkid",
    "mobile",
    "needsredirect",
    "width",
    "height",
    "bga",
    "jan1offset",
    "jun1offset",
    "iis",
    "iisn",
    "mode",
];

/// The host that a board is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site(String);

/// The board at any web address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let host = Address::parse(url)?.host;
    let fine = host
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.ends_with(|c: char| c.is_ascii_alphabetic());
    let path = clean(rest_of(url.trim()).unwrap_or_default())?;
    let key = match path.as_str() {
        "/" => host.clone(),
        path => format!("{host}{path}"),
    };
    (fine && key.len() <= KEY).then(|| Board {
        key,
        url: format!("https://{host}{path}"),
        company: None,
    })
}

impl Site {
    /// The site of a board, and the path of its page.
    pub(crate) fn of_board(board: &Board) -> Result<(Self, String), PortalError> {
        let bad = || PortalError::Invalid(format!("{:?} is no web address", board.url));
        let host = Address::parse(&board.url).ok_or_else(bad)?.host;
        let path = rest_of(&board.url).and_then(clean).ok_or_else(bad)?;
        Ok((Self(host), path))
    }

    #[cfg(test)]
    pub(crate) fn of_host(host: &str) -> Self {
        Self(host.to_owned())
    }

    pub(crate) fn host(&self) -> &str {
        &self.0
    }

    /// What is fetched for `path`. iCIMS shows its postings in a frame, and
    /// without this parameter only what is around it.
    pub(crate) fn address(&self, path: &str) -> String {
        let address = format!("https://{}{path}", self.0);
        match self.0.ends_with(".icims.com") {
            true => portal_sdk::with_query(&address, &[("in_iframe", "1")]),
            false => address,
        }
    }

    /// Where `href` on the page `at` leads, if that is on this site.
    pub(crate) fn path(&self, at: &str, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        if href.contains("://") || href.starts_with("//") {
            let whole = href.strip_prefix("//").unwrap_or(href);
            // A site that links to itself without the s means the same pages.
            let address = Address::parse(whole)?;
            return (address.host == self.0).then(|| clean(rest_of(whole).unwrap_or_default()))?;
        }
        let before_path = href.split(['/', '?', '#']).next().unwrap_or_default();
        if before_path.contains(':') {
            return None;
        }
        let here = at.split(['?', '#']).next().unwrap_or("/");
        clean(&match href.chars().next() {
            Some('/') => href.to_owned(),
            Some('?') => format!("{here}{href}"),
            _ => {
                let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{folder}/{href}")
            }
        })
    }
}

/// Everything behind the host.
fn rest_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find(['/', '?', '#']).and_then(|at| rest.get(at..))
}

/// A path without fragment, steps up and tracking; none when it has characters
/// no address has.
fn clean(path: &str) -> Option<String> {
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut parts: Vec<&str> = Vec::new();
    let mut folder = true;
    for part in path.split('/').skip(usize::from(path.starts_with('/'))) {
        folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut out = String::new();
    for part in &parts {
        out.push('/');
        out.push_str(part);
    }
    if folder {
        out.push('/');
    }
    let kept = query.split('&').filter(|pair| {
        let name = pair
            .split('=')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
    });
    for (at, pair) in kept.enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(pair);
    }
    let out = out.replace(' ', "%20");
    let fine = !out
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    fine.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_web_address_is_a_board() {
        for (url, expected) in [
            ("https://careers.example.com/", Some("careers.example.com")),
            ("Careers.Example.com", Some("careers.example.com")),
            (
                "http://example.com/jobs/?utm_source=x#top",
                Some("example.com/jobs/"),
            ),
            (
                "https://example.com/jobs?team=a&in_iframe=1",
                Some("example.com/jobs?team=a"),
            ),
            (
                "https://example.com/sitemap.xml",
                Some("example.com/sitemap.xml"),
            ),
            ("https://example.com?p=7", Some("example.com/?p=7")),
            ("https://10.0.0.1/jobs", None),
            ("https://user@example.com/", None),
            ("ftp://example.com/", None),
            ("acme", None),
            ("", None),
        ] {
            let board = board(url);
            assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
            if let Some(board) = board {
                let (site, path) = Site::of_board(&board).unwrap();
                assert_eq!(format!("https://{}{path}", site.host()), board.url);
            }
        }
        assert!(board(&format!("https://a.example/{}", "x".repeat(2000))).is_none());
    }

    #[test]
    fn a_link_stays_on_its_site() {
        let site = Site::of_host("jobs.example.com");
        for (href, expected) in [
            ("/job/7", Some("/job/7")),
            (
                "https://jobs.example.com/job/7?utm_x=1&id=2#a",
                Some("/job/7?id=2"),
            ),
            ("http://JOBS.example.com/job/7", Some("/job/7")),
            ("//jobs.example.com/job/7", Some("/job/7")),
            ("8", Some("/list/8")),
            ("./8/", Some("/list/8/")),
            ("../8", Some("/8")),
            ("../../../8", Some("/8")),
            ("?page=2", Some("/list/a?page=2")),
            ("/a b", Some("/a%20b")),
            ("https://jobs.example.com", Some("/")),
            ("https://jobs.example.com.evil.example/job/7", None),
            ("//evil.example/job/7", None),
            ("mailto:jobs@jobs.example.com", None),
            ("javascript:void(0)", None),
            ("#top", None),
            ("/a\tb", None),
            ("", None),
        ] {
            assert_eq!(
                site.path("/list/a?page=1", href).as_deref(),
                expected,
                "{href}"
            );
        }
    }

    #[test]
    fn an_icims_page_is_asked_for_without_its_frame() {
        let site = Site::of_host("careers-ebbe.icims.com");
        assert_eq!(
            site.address("/jobs/7/cook/job"),
            "https://careers-ebbe.icims.com/jobs/7/cook/job?in_iframe=1"
        );
        let site = Site::of_host("ebbe.example");
        assert_eq!(site.address("/jobs"), "https://ebbe.example/jobs");
    }
}
