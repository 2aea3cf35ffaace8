//! Remote OK, read through its public API: one answer with the newest postings.

mod mojibake;
mod read;

use portal_sdk::{
    Address, Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, no_form,
};

const API: &str = "https://remoteok.com/api";

struct RemoteOk;

impl Portal for RemoteOk {
    fn describe() -> Manifest {
        Manifest {
            id: "remoteok".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "The newest remote openings on Remote OK.".to_owned(),
            hosts: vec!["remoteok.com".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        let address = Address::parse(&url)?;
        let ours = [
            "remoteok.com",
            "www.remoteok.com",
            "remoteok.io",
            "www.remoteok.io",
        ];
        ours.contains(&address.host.as_str()).then(|| Board {
            key: "all".to_owned(),
            url: "https://remoteok.com/".to_owned(),
            company: None,
        })
    }

    fn discover(_: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        read::page(&get_json(API, "Remote OK")?, cursor.as_deref())
    }

    fn detail(_: Board, _: String) -> Result<Posting, PortalError> {
        Err(PortalError::Unsupported)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(RemoteOk with_types_in portal_sdk::contract);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_there_is_claimed() {
        for (url, expected) in [
            ("https://remoteok.com/", true),
            ("remoteok.io/remote-dev-jobs?x=1", true),
            ("https://www.remoteok.com/api", true),
            ("https://remoteok.com.evil.example/", false),
            ("https://remotive.com/", false),
            ("", false),
        ] {
            assert_eq!(RemoteOk::claim(url.to_owned()).is_some(), expected, "{url}");
        }
    }
}
