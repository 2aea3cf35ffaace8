//! Which addresses are a careers site on Teamtailor.

use portal_sdk::{Address, Board, PortalError};

const DOMAIN: &str = ".teamtailor.com";
/// Subdomains of the portal's own.
const OWN: [&str; 9] = [
    "www",
    "app",
    "api",
    "docs",
    "support",
    "help",
    "status",
    "partner",
    "developers",
];

/// The board `url` belongs to: any page of a site below the portal's domain, or
/// the page of jobs, of one job, or a feed at an employer's own careers host.
/// The latter are a guess by the shape, which reading the board proves.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let host = address.host.as_str();
    let claimed = match host.strip_suffix(DOMAIN) {
        // A region may stand between: "kaiku.na".
        Some(label) => !label.is_empty() && label.split('.').count() <= 2 && !OWN.contains(&label),
        None => {
            ["career.", "careers.", "jobs."]
                .iter()
                .any(|start| host.starts_with(start))
                && is_jobs(&address)
        }
    };
    claimed.then(|| Board {
        key: host.to_owned(),
        url: format!("https://{host}/jobs"),
        company: None,
    })
}

/// Whether the path is that of a careers site's jobs, below a language or not:
/// "/jobs", "/sv-SE/jobs", "/jobs/123-audio-engineer", "/jobs.rss".
fn is_jobs(address: &Address) -> bool {
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let path = match path.as_slice() {
        [first, rest @ ..] if is_language(first) => rest,
        all => all,
    };
    match path {
        ["jobs" | "jobs.json" | "jobs.rss"] => true,
        ["jobs", job, ..] => number(job).is_some(),
        _ => false,
    }
}

fn is_language(part: &str) -> bool {
    let (language, region) = part.split_once('-').unwrap_or((part, "XX"));
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    letters(language) && letters(region)
}

/// The number that begins the last part of a job's address:
/// "123-audio-engineer".
fn number(part: &str) -> Option<&str> {
    let digits = part.split('-').next()?;
    let is_number = (1..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(digits)
}

/// The number of the job at `url`.
pub(crate) fn job(url: &str) -> Option<String> {
    let address = Address::parse(url)?;
    let at = address.path.iter().position(|part| part == "jobs")?;
    number(address.path.get(at + 1)?).map(str::to_owned)
}

/// The page with the form of the job at `url`; none for another page.
pub(crate) fn apply(url: &str) -> Option<String> {
    job(url)?;
    let page = url.split(['?', '#']).next().unwrap_or(url);
    Some(format!("{}/applications/new", page.trim_end_matches('/')))
}

/// The origin of the board with this key.
pub(crate) fn origin(key: &str) -> Result<String, PortalError> {
    match Address::parse(key) {
        Some(address) if address.host == key => Ok(format!("https://{key}")),
        Some(_) | None => Err(PortalError::Invalid(format!(
            "{key:?} is no Teamtailor board"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<&str>) {
        let found = board(url);
        assert_eq!(found.as_ref().map(|b| b.key.as_str()), expected, "{url}");
    }

    #[test]
    fn a_careers_address_is_claimed_however_it_is_written() {
        for url in [
            "https://kaiku.teamtailor.com/",
            "kaiku.teamtailor.com/departments/signal",
            "https://Kaiku.teamtailor.com/jobs/7167985-audio-engineer?promotion=1",
        ] {
            check(url, Some("kaiku.teamtailor.com"));
        }
        check(
            "https://kaiku.na.teamtailor.com/jobs",
            Some("kaiku.na.teamtailor.com"),
        );
        check(
            "https://career.teamtailor.com/jobs",
            Some("career.teamtailor.com"),
        );
        for url in [
            "https://career.kaiku.example/jobs",
            "https://career.kaiku.example/sv-SE/jobs/12-ljudtekniker",
            "career.kaiku.example/en/jobs/12",
            "https://career.kaiku.example/jobs.rss",
            "https://career.kaiku.example/jobs.json?page=2",
        ] {
            check(url, Some("career.kaiku.example"));
        }
        check(
            "https://jobs.kaiku.example/jobs/",
            Some("jobs.kaiku.example"),
        );
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://www.teamtailor.com/jobs",
            "https://app.teamtailor.com/",
            "https://teamtailor.com/jobs",
            "https://a.b.c.teamtailor.com/jobs",
            "https://kaiku.teamtailor.com.evil.example/about",
            "https://career.kaiku.example/",
            "https://career.kaiku.example/jobs/audio-engineer",
            "https://kaiku.example/jobs",
            "https://jobs.lever.co/kaiku",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_job_has_the_number_in_its_address() {
        for (url, expected) in [
            (
                "https://c.kaiku.example/jobs/7167985-audio-engineer",
                Some("7167985"),
            ),
            ("https://c.kaiku.example/en/jobs/12", Some("12")),
            ("https://c.kaiku.example/jobs", None),
            ("https://c.kaiku.example/jobs/x-1", None),
        ] {
            assert_eq!(job(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_key_leads_back_to_its_origin() {
        assert_eq!(
            origin("career.kaiku.example").unwrap(),
            "https://career.kaiku.example"
        );
        for key in ["", "kaiku", "kaiku.example/x", "https://kaiku.example"] {
            assert!(origin(key).is_err(), "{key}");
        }
    }
}
