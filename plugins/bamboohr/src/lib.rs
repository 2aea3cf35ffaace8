//! Boards on BambooHR: a list without descriptions, and a page of data for each
//! posting.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, name, no_form,
};

struct BambooHr;

impl Portal for BambooHr {
    fn describe() -> Manifest {
        Manifest {
            id: "bamboohr".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on BambooHR.".to_owned(),
            hosts: vec!["*.bamboohr.com".to_owned()],
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
        let careers = claim::careers(&board.key)?;
        let what = format!("board {}", board.key);
        let body = get_json(&format!("{careers}/list"), &what)?;
        read::page(&body, &careers, &what, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let careers = claim::careers(&board.key)?;
        let id = name(&external_id, "BambooHR posting")?;
        let what = format!("posting {id} of board {}", board.key);
        let body = get_json(&format!("{careers}/{id}/detail"), &what)?;
        read::detail(&body, id, &careers, &what)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(BambooHr with_types_in portal_sdk::contract);
