//! Boards on Pinpoint, read through the list that each careers site publishes.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, name, no_form,
};

struct Pinpoint;

impl Portal for Pinpoint {
    fn describe() -> Manifest {
        Manifest {
            id: "pinpoint".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Pinpoint.".to_owned(),
            hosts: vec!["*.pinpointhq.com".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let origin = claim::origin(&board.key)?;
        let what = format!("board {}", board.key);
        let body = get_json(&format!("{origin}/postings.json"), &what)?;
        read::page(&body, &origin, &what, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let id = name(&external_id, "Pinpoint posting")?;
        let origin = claim::origin(&board.key)?;
        let what = format!("board {}", board.key);
        // The list has all there is, and what is not in it is not published.
        let body = get_json(&format!("{origin}/postings.json"), &what)?;
        read::posting_of(&body, &origin, &what, id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Pinpoint with_types_in portal_sdk::contract);
