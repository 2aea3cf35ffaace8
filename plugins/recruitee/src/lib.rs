//! Boards on Recruitee, read through the public list of a careers site, and its
//! application form.

mod claim;
mod form;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, get_page, name,
};

struct Recruitee;

impl Portal for Recruitee {
    fn describe() -> Manifest {
        Manifest {
            id: "recruitee".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Recruitee.".to_owned(),
            hosts: vec!["*.recruitee.com".to_owned()],
            form_hosts: form::HOSTS.map(str::to_owned).to_vec(),
            supports: vec![Capability::Discover, Capability::Detail, Capability::Form],
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
        let id = name(&external_id, "Recruitee posting")?;
        // The list has all there is, and what is not in it is not published.
        read::posting_of(&offers(&board.key)?, &board.key, id)
    }

    fn form(board: Board, external_id: String) -> Result<Recipe, PortalError> {
        let id = name(&external_id, "Recruitee posting")?;
        let asked = form::Asked::of(&offers(&board.key)?, &board.key, id)?;
        let place = asked.place(&claim::host(&board.key)?)?;
        let what = format!("the form of posting {id} of board {}", board.key);
        let page = get_page(&place.url(), &what)?;
        form::recipe(&place, asked, page.as_ref().map(|page| page.html.as_str()))
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
