//! Which addresses are a board on BambooHR.

use portal_sdk::{Address, Board, PortalError, tenant, tenant_host};

const DOMAIN: &str = "bamboohr.com";

/// The board `url` belongs to: a page of a company's subdomain about its jobs.
/// The rest of a subdomain is the company's own affairs.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let company = tenant(&address.host, DOMAIN)?;
    let jobs = ["careers", "jobs", "hiring"];
    match address.path.first() {
        Some(first) if !jobs.contains(&first.as_str()) => None,
        Some(_) | None => Some(Board {
            key: company.to_owned(),
            url: format!("https://{company}.{DOMAIN}/careers"),
            company: None,
        }),
    }
}

/// The beginning of the addresses of the board with this key.
pub(crate) fn careers(key: &str) -> Result<String, PortalError> {
    let host = tenant_host(key, DOMAIN, "BambooHR")?;
    Ok(format!("https://{host}/careers"))
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
            "https://kaiku.bamboohr.com/careers",
            "kaiku.bamboohr.com",
            "https://Kaiku.bamboohr.com/careers/86?source=x",
            "https://kaiku.bamboohr.com/careers/86/detail",
            "https://kaiku.bamboohr.com/jobs/view.php?id=86",
            "https://kaiku.bamboohr.com/hiring/jobs/86",
        ] {
            check(url, Some("kaiku"));
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://www.bamboohr.com/careers",
            "https://kaiku.bamboohr.com/login.php",
            "https://kaiku.bamboohr.com.evil.example/careers",
            "https://kaiku.recruitee.com/",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_key_leads_back_to_its_address() {
        assert_eq!(
            careers("kaiku").unwrap(),
            "https://kaiku.bamboohr.com/careers"
        );
        for key in ["", "a/b", "a.b", "a?b"] {
            assert!(careers(key).is_err(), "{key}");
        }
    }
}
