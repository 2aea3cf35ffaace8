//! Boards on Lever, read through its public postings API, and its application
//! form, read from the page it is on.

mod claim;
mod form;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, get_page, name,
};

struct Lever;

impl Portal for Lever {
    fn describe() -> Manifest {
        let hosts = [
            "api.lever.co",
            "api.eu.lever.co",
            "jobs.lever.co",
            "jobs.eu.lever.co",
        ];
        Manifest {
            id: "lever".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Lever.".to_owned(),
            hosts: hosts.map(str::to_owned).to_vec(),
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
        let (region, company) = claim::region(&board.key)?;
        let what = format!("board {company}");
        let url = format!("https://{}/v0/postings/{company}?mode=json", region.api);
        read::page(&get_json(&url, &what)?, company, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let (region, company) = claim::region(&board.key)?;
        let id = name(&external_id, "Lever posting")?;
        let what = format!("posting {id} of board {company}");
        let url = format!(
            "https://{}/v0/postings/{company}/{id}?mode=json",
            region.api
        );
        let body = get_json(&url, &what)?;
        let json = std::str::from_utf8(&body)
            .map_err(|_| PortalError::Changed(format!("the answer for {what} is not text")))?;
        read::posting(json)
            .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
    }

    fn form(board: Board, external_id: String) -> Result<Recipe, PortalError> {
        let (region, company) = claim::region(&board.key)?;
        let id = name(&external_id, "Lever posting")?;
        let what = format!("the form of posting {id} of board {company}");
        let url = format!("https://{}/{company}/{id}/apply", region.jobs);
        let page = get_page(&url, &what)?;
        form::recipe(url, page.as_ref().map(|page| page.html.as_str()), &what)
    }
}

portal_sdk::export!(Lever with_types_in portal_sdk::contract);
