//! Boards on Personio, read through the feed that its careers sites publish.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe, get_xml,
    name, no_form,
};

use claim::Place;

struct Personio;

impl Portal for Personio {
    fn describe() -> Manifest {
        let hosts = ["*.jobs.personio.de", "*.jobs.personio.com"];
        Manifest {
            id: "personio".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Personio.".to_owned(),
            hosts: hosts.map(str::to_owned).to_vec(),
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
        let place = Place::of(&board)?;
        let what = format!("board {}", board.key);
        let body = get_xml(&place.feed(), &what)?;
        read::page(&body, &place.host, &what, cursor.as_deref())
    }

    /// A posting is described in the languages the company wrote it in: one that
    /// is not in the board's language is given in the company's own.
    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let id = name(&external_id, "Personio posting")?;
        let place = Place::of(&board)?;
        let what = format!("posting {id} of board {}", board.key);
        let find = |url: &str| {
            let body = get_xml(url, &what)?;
            read::posting_of(&body, &place.host, &what, id)
        };
        let mut posting = find(&place.feed())?;
        if posting.description_html.is_none()
            && let Ok(own) = find(&place.own_feed())
        {
            posting.description_html = own.description_html;
        }
        Ok(posting)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Personio with_types_in portal_sdk::contract);
