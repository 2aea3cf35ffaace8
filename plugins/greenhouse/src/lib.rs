//! Boards on Greenhouse, read through its public job board API.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, get_json, is_name,
};

/// Boards of the EU region are served by the same host: there is no EU one.
const API: &str = "boards-api.greenhouse.io";

struct Greenhouse;

impl Portal for Greenhouse {
    fn describe() -> Manifest {
        Manifest {
            id: "greenhouse".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Greenhouse.".to_owned(),
            hosts: vec![API.to_owned()],
            supports: vec![Capability::Discover, Capability::Detail],
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let token = name(&board.key, "board")?;
        let what = format!("board {token}");
        let url = format!("https://{API}/v1/boards/{token}/jobs?content=true");
        read::page(&get_json(&url, &what)?, token, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let token = name(&board.key, "board")?;
        let id = name(&external_id, "posting")?;
        let what = format!("posting {id} of board {token}");
        let url = format!("https://{API}/v1/boards/{token}/jobs/{id}");
        let body = get_json(&url, &what)?;
        let json = std::str::from_utf8(&body)
            .map_err(|_| PortalError::Changed(format!("the answer for {what} is not text")))?;
        read::posting(json, token)
            .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
    }
}

fn name<'a>(text: &'a str, what: &str) -> Result<&'a str, PortalError> {
    if is_name(text) {
        Ok(text)
    } else {
        Err(PortalError::Invalid(format!(
            "{text:?} is no Greenhouse {what}"
        )))
    }
}

portal_sdk::export!(Greenhouse with_types_in portal_sdk::contract);
