//! Apple's careers site, read from the data its pages are made of.

mod claim;
mod hydration;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    cursor_number, name, no_form, require_page,
};

use crate::claim::SITE;

struct Apple;

impl Portal for Apple {
    fn describe() -> Manifest {
        Manifest {
            id: "apple".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of Apple, from its own careers site.".to_owned(),
            hosts: vec![SITE.to_owned()],
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
        let locale = locale(&board)?;
        let number = cursor_number(cursor.as_deref(), 1)?;
        let url = format!("https://{SITE}/{locale}/search?page={number}");
        let found = require_page(&url, "the list of postings")?;
        read::page(&found.html, locale, number)
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let locale = locale(&board)?;
        let id = name(&external_id, "Apple posting")?;
        let url = format!("https://{SITE}/{locale}/details/{id}");
        let found = require_page(&url, &format!("posting {id}"))?;
        read::detail(&found.html, locale, id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

fn locale(board: &Board) -> Result<&str, PortalError> {
    if claim::is_locale(&board.key) {
        Ok(&board.key)
    } else {
        let why = format!("{:?} is no board of Apple", board.key);
        Err(PortalError::Invalid(why))
    }
}

portal_sdk::export!(Apple with_types_in portal_sdk::contract);
