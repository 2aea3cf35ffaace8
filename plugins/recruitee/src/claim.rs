//! Which addresses are a board on Recruitee.

use portal_sdk::{Board, PortalError, tenant_board, tenant_host};

const DOMAIN: &str = "recruitee.com";

/// The board `url` belongs to: any page of a company's subdomain.
pub(crate) fn board(url: &str) -> Option<Board> {
    tenant_board(url, DOMAIN)
}

/// The host of the board with this key.
pub(crate) fn host(key: &str) -> Result<String, PortalError> {
    tenant_host(key, DOMAIN, "Recruitee")
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
            "https://kaiku.recruitee.com/",
            "kaiku.recruitee.com",
            "https://Kaiku.Recruitee.com/o/audio-engineer/c/new",
            "https://kaiku.recruitee.com/api/offers/?x=1",
        ] {
            check(url, Some("kaiku"));
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://recruitee.com/",
            "https://www.recruitee.com/customers",
            "https://api.recruitee.com/c/1/offers",
            "https://kaiku.recruitee.com.evil.example/",
            "https://jobs.lever.co/kaiku",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_key_leads_back_to_its_host() {
        assert_eq!(host("kaiku").unwrap(), "kaiku.recruitee.com");
        for key in ["", "a/b", "a.b", "a?b"] {
            assert!(host(key).is_err(), "{key}");
        }
    }
}
