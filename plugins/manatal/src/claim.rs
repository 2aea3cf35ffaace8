//! Which addresses are a board on Manatal.

use portal_sdk::{Address, Board, PortalError, name, tenant};

/// Hosts of the interface; both answer the same.
const API: [&str; 2] = ["core.api.manatal.com", "api.manatal.com"];
const PAGES: &str = "careers-page.com";
const WWW: &str = "www.careers-page.com";

/// The board `url` belongs to: a company's careers page, one of its postings, or
/// the interface's own address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let host = address.host.as_str();
    let company = if host == PAGES || host == WWW {
        address.name_at(0)?
    } else if API.contains(&host) {
        match (address.name_at(0)?, address.name_at(2)?) {
            ("open", "career-page") => address.name_at(3)?,
            _ => return None,
        }
    } else {
        tenant(host, PAGES)?
    };
    // Pages of the portal itself.
    if matches!(company, "static" | "media" | "api" | "robots.txt") {
        return None;
    }
    Some(Board {
        key: company.to_owned(),
        url: format!("https://{WWW}/{company}"),
        company: None,
    })
}

/// The addresses of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The list, without its query.
    pub(crate) jobs: String,
    /// A posting's page without its id.
    pub(crate) page: String,
}

impl Place {
    pub(crate) fn of(key: &str) -> Result<Self, PortalError> {
        let key = name(key, "Manatal board")?;
        let [api, _] = API;
        Ok(Self {
            jobs: format!("https://{api}/open/v3/career-page/{key}/jobs/"),
            page: format!("https://{WWW}/{key}/job/"),
        })
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
            "https://www.careers-page.com/kaiku",
            "careers-page.com/kaiku#openings",
            "https://www.careers-page.com/kaiku/job/LX7Y2/apply",
            "https://kaiku.careers-page.com/jobs/73cf7592",
            "https://core.api.manatal.com/open/v3/career-page/kaiku/jobs/?page=2",
            "https://api.manatal.com/open/v3/career-page/kaiku/jobs/",
        ] {
            check(url, Some("kaiku"));
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://www.careers-page.com/",
            "https://www.careers-page.com/static/x.js",
            "https://www.manatal.com/kaiku",
            "https://api.manatal.com/open/v3/jobs/",
            "https://www.careers-page.com.evil.example/kaiku",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_key_leads_back_to_its_addresses() {
        assert_eq!(
            Place::of("kaiku-2").unwrap().jobs,
            "https://core.api.manatal.com/open/v3/career-page/kaiku-2/jobs/"
        );
        for key in ["", "a/b", "..", "a?b"] {
            assert!(Place::of(key).is_err(), "{key}");
        }
    }
}
