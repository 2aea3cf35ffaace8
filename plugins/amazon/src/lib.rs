//! Amazon's careers site, read through the search its own page uses.

mod claim;
mod pay;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe, Step,
    get_json, name, no_form,
};

use crate::claim::SITE;
use crate::read::FULL;

struct Amazon;

impl Portal for Amazon {
    fn describe() -> Manifest {
        Manifest {
            id: "amazon".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of Amazon, from its own careers site.".to_owned(),
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

    fn discover(_: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let start = Step::start(cursor.as_deref())?;
        let url = format!(
            "https://{SITE}/en/search.json?base_query=&offset={start}&result_limit={FULL}&sort=recent"
        );
        read::page(&get_json(&url, "the list of postings")?, start)
    }

    fn detail(_: Board, external_id: String) -> Result<Posting, PortalError> {
        let id = name(&external_id, "Amazon posting")?;
        // The site answers a search for a number with that posting.
        let url = format!("https://{SITE}/en/search.json?base_query={id}&offset=0&result_limit=10");
        let what = format!("posting {id}");
        read::detail(&get_json(&url, &what)?, id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Amazon with_types_in portal_sdk::contract);
