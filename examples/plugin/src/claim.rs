//! Which addresses are a board of this portal.

use portal_sdk::{Address, Board};

use crate::{API, JOBS};

/// The board `url` belongs to: its page, one of its postings, or the API's address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let company = if address.host == JOBS {
        address.name_at(0)?
    } else if address.host == API && address.name_at(1) == Some("boards") {
        address.name_at(2)?
    } else {
        return None;
    };
    Some(Board {
        key: company.to_owned(),
        url: format!("https://{JOBS}/{company}"),
        company: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<&str>) {
        let found = board(url).map(|board| board.key);
        assert_eq!(found.as_deref(), expected, "{url}");
    }

    #[test]
    fn a_careers_address_is_claimed_however_it_is_written() {
        let kranich = Some("kranich");
        check("https://jobs.sample-portal.example/kranich", kranich);
        check(
            "jobs.sample-portal.example/kranich/17?source=x#apply",
            kranich,
        );
        check(
            "https://api.sample-portal.example/v1/boards/kranich/jobs",
            kranich,
        );
        check("https://jobs.sample-portal.example/", None);
        check(
            "https://jobs.sample-portal.example.evil.example/kranich",
            None,
        );
        check("https://www.example.com/kranich", None);
    }
}
