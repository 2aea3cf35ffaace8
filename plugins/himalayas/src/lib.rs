//! Himalayas, read through its public API, a page at a time.

mod read;

use portal_sdk::{
    Address, Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, no_form, with_query,
};

const API: &str = "https://himalayas.app/jobs/api";
/// Asked for; the portal gives at most 20 at once.
const LIMIT: &str = "100";

struct Himalayas;

impl Portal for Himalayas {
    fn describe() -> Manifest {
        Manifest {
            id: "himalayas".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Remote openings on Himalayas: the newest 1,000, or those of a search."
                .to_owned(),
            hosts: vec!["himalayas.app".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        let address = Address::parse(&url)?;
        ["himalayas.app", "www.himalayas.app"]
            .contains(&address.host.as_str())
            .then(|| Board {
                key: "all".to_owned(),
                url: "https://himalayas.app/jobs".to_owned(),
                company: None,
            })
    }

    fn discover(_: Board, query: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let words = query.words.join(" ");
        let place = read::Place::of(cursor.as_deref())?;
        let url = if words.trim().is_empty() {
            let mut parameters = vec![("limit", LIMIT)];
            parameters.extend(place.parameter());
            with_query(API, &parameters)
        } else {
            let number = place.page().to_string();
            let search = [("q", words.trim()), ("page", number.as_str())];
            with_query(&format!("{API}/search"), &search)
        };
        read::page(&get_json(&url, "Himalayas")?, &place)
    }

    fn detail(_: Board, _: String) -> Result<Posting, PortalError> {
        Err(PortalError::Unsupported)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Himalayas with_types_in portal_sdk::contract);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_there_is_claimed() {
        for (url, expected) in [
            ("https://himalayas.app/jobs", true),
            ("www.himalayas.app/companies/ebbe/jobs/cook", true),
            ("https://himalayas.app.evil.example/", false),
            ("", false),
        ] {
            assert_eq!(
                Himalayas::claim(url.to_owned()).is_some(),
                expected,
                "{url}"
            );
        }
    }
}
