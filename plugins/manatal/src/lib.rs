//! Boards on Manatal, read page by page through its open interface.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    cursor_number, get_json, name, no_form,
};

use claim::Place;

struct Manatal;

impl Portal for Manatal {
    fn describe() -> Manifest {
        Manifest {
            id: "manatal".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Manatal.".to_owned(),
            hosts: vec!["core.api.manatal.com".to_owned()],
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
        let place = Place::of(&board.key)?;
        let number = cursor_number(cursor.as_deref(), 1)?;
        let what = format!("page {number} of board {}", board.key);
        let body = get_json(&format!("{}?page={number}", place.jobs), &what)?;
        read::page(&body, &place, &what, number)
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let id = name(&external_id, "Manatal posting")?;
        let place = Place::of(&board.key)?;
        let what = format!("posting {id} of board {}", board.key);
        let body = get_json(&format!("{}{id}/", place.jobs), &what)?;
        read::detail(&body, &place, &what)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Manatal with_types_in portal_sdk::contract);
