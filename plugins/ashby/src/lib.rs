//! Boards on Ashby, read through its public posting API, and its application
//! form, read through the query its own page asks.

mod claim;
mod form;
mod pay;
mod read;

use portal_sdk::{
    Board, Capability, Level, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, log, name, path_part, post_json,
};

struct Ashby;

impl Portal for Ashby {
    fn describe() -> Manifest {
        Manifest {
            id: "ashby".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Ashby.".to_owned(),
            hosts: ["api.ashbyhq.com", "jobs.ashbyhq.com"]
                .map(str::to_owned)
                .to_vec(),
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
        let board = claim::checked(&board.key)?;
        read::page(&whole(board)?, board, cursor.as_deref())
    }

    /// The API has no address for one posting: the board is its list.
    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let board = claim::checked(&board.key)?;
        let id = name(&external_id, "Ashby posting")?;
        read::one(&whole(board)?, board, id)
    }

    fn form(board: Board, external_id: String) -> Result<Recipe, PortalError> {
        let board = claim::checked(&board.key)?;
        let id = name(&external_id, "Ashby posting")?;
        let what = format!("the form of posting {id} of board {board}");
        let body = post_json(form::ASKED_AT, &form::query(board, id), &what)?;
        let asked = form::Asked::read(&body, &what)?;
        for line in &asked.unread {
            log(Level::Warn, line);
        }
        let page = format!(
            "https://jobs.ashbyhq.com/{}/{id}/application",
            path_part(board)
        );
        Ok(form::recipe(page, asked.questions))
    }
}

fn whole(name: &str) -> Result<Vec<u8>, PortalError> {
    let url = format!(
        "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true",
        path_part(name)
    );
    get_json(&url, &format!("board {name}"))
}

portal_sdk::export!(Ashby with_types_in portal_sdk::contract);
