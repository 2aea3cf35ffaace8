//! Which addresses are a board on Personio.

use portal_sdk::{Address, Board, PortalError, tenant, tenant_host};

const DE: &str = "jobs.personio.de";
const COM: &str = "jobs.personio.com";
/// Prefix of the keys of boards on the second domain.
const COM_KEY: &str = "com/";
const LANGUAGE: &str = "en";

/// The board `url` belongs to: any page of a company's subdomain.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let host = address.host.as_str();
    let (domain, prefix) = match host.ends_with(COM) {
        true => (COM, COM_KEY),
        false => (DE, ""),
    };
    let company = tenant(host, domain)?;
    let query = match address.value("language").filter(|code| is_language(code)) {
        Some(code) => format!("?language={code}"),
        None => String::new(),
    };
    Some(Board {
        key: format!("{prefix}{company}"),
        url: format!("https://{company}.{domain}/{query}"),
        company: None,
    })
}

/// Where a board is, and in which language it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) host: String,
    pub(crate) language: String,
}

impl Place {
    /// From a board's key, and the language its address asks for.
    pub(crate) fn of(board: &Board) -> Result<Self, PortalError> {
        let (company, domain) = match board.key.strip_prefix(COM_KEY) {
            Some(company) => (company, COM),
            None => (board.key.as_str(), DE),
        };
        let address = Address::parse(&board.url);
        let language = address.as_ref().and_then(|url| url.value("language"));
        Ok(Self {
            host: tenant_host(company, domain, "Personio")?,
            language: language
                .filter(|code| is_language(code))
                .unwrap_or(LANGUAGE)
                .to_owned(),
        })
    }

    /// The feed in the board's language.
    pub(crate) fn feed(&self) -> String {
        format!("https://{}/xml?language={}", self.host, self.language)
    }

    /// The feed in the language the company writes in.
    pub(crate) fn own_feed(&self) -> String {
        format!("https://{}/xml", self.host)
    }
}

fn is_language(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
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
        let kaiku = Some(("kaiku", "https://kaiku.jobs.personio.de/"));
        check("https://kaiku.jobs.personio.de/", kaiku);
        check("kaiku.jobs.personio.de/job/77?display=en#apply", kaiku);
        check("https://Kaiku.jobs.personio.de/xml", kaiku);
        check(
            "https://kaiku.jobs.personio.com/?language=de&x=1",
            Some(("com/kaiku", "https://kaiku.jobs.personio.com/?language=de")),
        );
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://www.personio.de/",
            "https://jobs.personio.de/",
            "https://kaiku.personio.de/recruiting",
            "https://kaiku.jobs.personio.de.evil.example/",
            "https://kaiku.recruitee.com/",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_board_leads_back_to_its_feed() {
        for (url, expected) in [
            (
                "https://kaiku.jobs.personio.de",
                "https://kaiku.jobs.personio.de/xml?language=en",
            ),
            (
                "https://kaiku.jobs.personio.com/?language=de",
                "https://kaiku.jobs.personio.com/xml?language=de",
            ),
            (
                "https://kaiku.jobs.personio.com/?language=e%26",
                "https://kaiku.jobs.personio.com/xml?language=en",
            ),
        ] {
            let board = board(url).unwrap();
            assert_eq!(Place::of(&board).unwrap().feed(), expected);
        }
        for key in ["", "com/", "a/b", "a.b"] {
            let board = Board {
                key: key.to_owned(),
                url: String::new(),
                company: None,
            };
            assert!(Place::of(&board).is_err(), "{key}");
        }
    }
}
