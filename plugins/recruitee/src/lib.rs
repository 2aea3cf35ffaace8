//! Boards on Recruitee, read through the public list of a careers site.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, is_name, no_form,
};

struct Recruitee;

impl Portal for Recruitee {
    fn describe() -> Manifest {
        Manifest {
            id: "recruitee".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Recruitee.".to_owned(),
            hosts: vec!["*.recruitee.com".to_owned()],
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
        read::page(&offers(&board.key)?, &board.key, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        if !is_name(&external_id) {
            return Err(PortalError::Invalid(format!(
                "{external_id:?} is no Recruitee posting"
            )));
        }
        // The list has all there is, and what is not in it is not published.
        read::posting_of(&offers(&board.key)?, &board.key, &external_id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

fn offers(key: &str) -> Result<Vec<u8>, PortalError> {
    let host = claim::host(key)?;
    get_json(
        &format!("https://{host}/api/offers/"),
        &format!("board {key}"),
    )
}

portal_sdk::export!(Recruitee with_types_in portal_sdk::contract);
