//! Boards on sample-portal, an invented portal: a list in pages, a posting of its
//! own address, and a form. Change it into the portal you want to read; the parts
//! that name it are the constants here and `claim.rs`, the rest is its answers.

mod claim;
mod form;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    cursor_number, get_json, name,
};

/// Where the portal answers programs.
const API: &str = "api.sample-portal.example";
/// Where people read it.
const JOBS: &str = "jobs.sample-portal.example";

struct SamplePortal;

impl Portal for SamplePortal {
    fn describe() -> Manifest {
        Manifest {
            id: "sample-portal".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on sample-portal.".to_owned(),
            // What is not named here cannot be asked for a page.
            hosts: vec![API.to_owned(), JOBS.to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail, Capability::Form],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    /// One request per call: the cursor names the next page.
    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        // Whatever stands in an address is checked to be a plain name before.
        let company = name(&board.key, "board")?;
        let page: u32 = cursor_number(cursor.as_deref(), 1)?;
        let url = format!("https://{API}/v1/boards/{company}/jobs?page={page}");
        read::page(&get_json(&url, &format!("board {company}"))?)
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let company = name(&board.key, "board")?;
        let id = name(&external_id, "posting")?;
        let what = format!("posting {id} of board {company}");
        let url = format!("https://{API}/v1/boards/{company}/jobs/{id}");
        read::one(&get_json(&url, &what)?, &what)
    }

    fn form(board: Board, external_id: String) -> Result<Recipe, PortalError> {
        let company = name(&board.key, "board")?;
        let id = name(&external_id, "posting")?;
        Ok(form::recipe(company, id))
    }
}

portal_sdk::export!(SamplePortal with_types_in portal_sdk::contract);
