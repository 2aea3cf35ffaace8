//! Remotive, read through its public API: one answer with all postings, or those
//! of a category.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    category, get_json, no_form, with_query,
};

const API: &str = "https://remotive.com/api/remote-jobs";

struct Remotive;

impl Portal for Remotive {
    fn describe() -> Manifest {
        Manifest {
            id: "remotive".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description:
                "Remote openings on Remotive; it asks to be read a few times a day at most."
                    .to_owned(),
            hosts: vec!["remotive.com".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, query: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let words = query.words.join(" ");
        let mut parameters = Vec::new();
        if let Some(category) = category(&board.key) {
            parameters.push(("category", category));
        }
        if !words.trim().is_empty() {
            parameters.push(("search", words.trim()));
        }
        let body = get_json(&with_query(API, &parameters), "Remotive")?;
        read::page(&body, cursor.as_deref())
    }

    fn detail(_: Board, _: String) -> Result<Posting, PortalError> {
        Err(PortalError::Unsupported)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Remotive with_types_in portal_sdk::contract);
