//! Apple's careers site, read from the data its pages are made of.

mod claim;
mod hydration;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_page, is_name, no_form,
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
        let number = match &cursor {
            None => 1,
            Some(cursor) => cursor
                .parse()
                .map_err(|_| PortalError::Invalid(format!("cursor {cursor:?} is not a number")))?,
        };
        let url = format!("https://{SITE}/{locale}/search?page={number}");
        read::page(&page(&url, "the list of postings")?, locale, number)
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let locale = locale(&board)?;
        if !is_name(&external_id) {
            let why = format!("{external_id:?} is no posting of Apple");
            return Err(PortalError::Invalid(why));
        }
        let url = format!("https://{SITE}/{locale}/details/{external_id}");
        let body = page(&url, &format!("posting {external_id}"))?;
        read::detail(&body, locale, &external_id)
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

fn page(url: &str, what: &str) -> Result<String, PortalError> {
    match get_page(url, what)? {
        Some(page) => Ok(page.html),
        None => Err(PortalError::Fetch(format!("no answer for {url}"))),
    }
}

portal_sdk::export!(Apple with_types_in portal_sdk::contract);
