//! Boards on Lever, read through its public postings API.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, get_json, is_name,
};

struct Lever;

impl Portal for Lever {
    fn describe() -> Manifest {
        Manifest {
            id: "lever".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Lever.".to_owned(),
            hosts: vec!["api.lever.co".to_owned(), "api.eu.lever.co".to_owned()],
            supports: vec![Capability::Discover, Capability::Detail],
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let (host, company) = claim::region(&board.key)?;
        let what = format!("board {company}");
        let url = format!("https://{host}/v0/postings/{company}?mode=json");
        read::page(&get_json(&url, &what)?, company, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let (host, company) = claim::region(&board.key)?;
        if !is_name(&external_id) {
            return Err(PortalError::Invalid(format!(
                "{external_id:?} is no Lever posting"
            )));
        }
        let what = format!("posting {external_id} of board {company}");
        let url = format!("https://{host}/v0/postings/{company}/{external_id}?mode=json");
        let body = get_json(&url, &what)?;
        let json = std::str::from_utf8(&body)
            .map_err(|_| PortalError::Changed(format!("the answer for {what} is not text")))?;
        read::posting(json)
            .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
    }
}

portal_sdk::export!(Lever with_types_in portal_sdk::contract);
