//! Which addresses are a board on Pinpoint.

use portal_sdk::{Board, PortalError, tenant_board, tenant_host};

const DOMAIN: &str = "pinpointhq.com";

/// The board `url` belongs to: any page of a company's subdomain.
pub(crate) fn board(url: &str) -> Option<Board> {
    tenant_board(url, DOMAIN)
}

/// The origin of the board with this key.
pub(crate) fn origin(key: &str) -> Result<String, PortalError> {
    Ok(format!("https://{}", tenant_host(key, DOMAIN, "Pinpoint")?))
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
            "https://kaiku.pinpointhq.com/",
            "kaiku.pinpointhq.com",
            "https://kaiku.pinpointhq.com/en/postings/4c1f",
            "https://kaiku.pinpointhq.com/postings.json",
        ] {
            check(url, Some("kaiku"));
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://www.pinpointhq.com/",
            "https://pinpointhq.com/careers",
            "https://developers.pinpointhq.com/",
            "https://kaiku.pinpointhq.com.evil.example/",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_key_leads_back_to_its_origin() {
        assert_eq!(origin("kaiku").unwrap(), "https://kaiku.pinpointhq.com");
        for key in ["", "a/b", "a.b", "a?b"] {
            assert!(origin(key).is_err(), "{key}");
        }
    }
}
