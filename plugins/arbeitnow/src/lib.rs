//! Arbeitnow, read through its public API, a page at a time.

mod read;

use portal_sdk::{
    Address, Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    cursor_number, get_json, no_form,
};

const API: &str = "https://www.arbeitnow.com/api/job-board-api";

struct Arbeitnow;

impl Portal for Arbeitnow {
    fn describe() -> Manifest {
        Manifest {
            id: "arbeitnow".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings on Arbeitnow, most of them in Germany.".to_owned(),
            hosts: vec!["www.arbeitnow.com".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        let address = Address::parse(&url)?;
        ["www.arbeitnow.com", "arbeitnow.com"]
            .contains(&address.host.as_str())
            .then(|| Board {
                key: "all".to_owned(),
                url: "https://www.arbeitnow.com/".to_owned(),
                company: None,
            })
    }

    fn discover(_: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let number = cursor_number(cursor.as_deref(), 1)?;
        let body = get_json(&format!("{API}?page={number}"), "Arbeitnow")?;
        read::page(&body, number)
    }

    fn detail(_: Board, _: String) -> Result<Posting, PortalError> {
        Err(PortalError::Unsupported)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Arbeitnow with_types_in portal_sdk::contract);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_there_is_claimed() {
        for (url, expected) in [
            ("https://www.arbeitnow.com/", true),
            ("arbeitnow.com/jobs/companies/ebbe/cook-1", true),
            ("https://arbeitnow.com.evil.example/", false),
            ("", false),
        ] {
            assert_eq!(
                Arbeitnow::claim(url.to_owned()).is_some(),
                expected,
                "{url}"
            );
        }
    }
}
