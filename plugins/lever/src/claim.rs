//! Which addresses are a board on Lever, and where its region answers.

use portal_sdk::{Address, Board, PortalError};

/// Stands before a board's name in its key when it lives in the EU region: the
/// regions are apart, and the same name may be another company's there.
const EU: &str = "eu/";

/// The board `url` belongs to: a board page, a posting, or the API's address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let (region, name) = match address.host.as_str() {
        "jobs.lever.co" => ("", address.name_at(0)?),
        "jobs.eu.lever.co" => (EU, address.name_at(0)?),
        "api.lever.co" => ("", api(&address)?),
        "api.eu.lever.co" => (EU, api(&address)?),
        _ => return None,
    };
    let host = if region == EU {
        "jobs.eu.lever.co"
    } else {
        "jobs.lever.co"
    };
    Some(Board {
        key: format!("{region}{name}"),
        url: format!("https://{host}/{name}"),
        company: None,
    })
}

fn api(address: &Address) -> Option<&str> {
    match (address.name_at(0)?, address.name_at(1)?) {
        ("v0", "postings") => address.name_at(2),
        _ => None,
    }
}

/// The hosts of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) api: &'static str,
    pub(crate) jobs: &'static str,
}

/// The region and the company's name there, from a board's key.
pub(crate) fn region(key: &str) -> Result<(Region, &str), PortalError> {
    let (region, name) = match key.strip_prefix(EU) {
        Some(name) => (
            Region {
                api: "api.eu.lever.co",
                jobs: "jobs.eu.lever.co",
            },
            name,
        ),
        None => (
            Region {
                api: "api.lever.co",
                jobs: "jobs.lever.co",
            },
            key,
        ),
    };
    Ok((region, portal_sdk::name(name, "Lever board")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<(&str, &str)>) {
        let found = board(url);
        let found = found.as_ref().map(|b| (b.key.as_str(), b.url.as_str()));
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn a_careers_address_is_claimed_however_it_is_written() {
        let acme = Some(("acme", "https://jobs.lever.co/acme"));
        check("https://jobs.lever.co/acme", acme);
        check("jobs.lever.co/acme/?department=Sales", acme);
        check("https://jobs.lever.co/acme/0bb-ff/apply", acme);
        check("https://api.lever.co/v0/postings/acme?mode=json", acme);
        check(
            "https://jobs.lever.co/acme.ai",
            Some(("acme.ai", "https://jobs.lever.co/acme.ai")),
        );
        let eu = Some(("eu/acme", "https://jobs.eu.lever.co/acme"));
        check("https://jobs.eu.lever.co/acme", eu);
        check("https://api.eu.lever.co/v0/postings/acme/7", eu);
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://jobs.lever.co/",
            "https://jobs.lever.co/..",
            "https://www.lever.co/acme",
            "https://jobs.lever.co.evil.example/acme",
            "https://api.lever.co/v1/postings/acme",
            "https://api.lever.co/v0/postings",
            "https://boards.greenhouse.io/acme",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_key_leads_back_to_its_region() {
        let hosts = |key| {
            let (region, company) = region(key).unwrap();
            (region.api, region.jobs, company)
        };
        assert_eq!(hosts("acme"), ("api.lever.co", "jobs.lever.co", "acme"));
        assert_eq!(
            hosts("eu/acme"),
            ("api.eu.lever.co", "jobs.eu.lever.co", "acme")
        );
        for key in ["", "eu/", "us/acme", "a/../b", "a?b"] {
            assert!(region(key).is_err(), "{key}");
        }
    }
}
