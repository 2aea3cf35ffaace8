//! Boards on Greenhouse, read through its public job board API, and the two
//! shapes of its application forms.

mod claim;
mod form;
// Public for the measurement that runs it natively, and for nothing else.
#[doc(hidden)]
pub mod read;

use portal_sdk::{
    Board, Capability, Level, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, get_page, log, name,
};

/// Boards of the EU region are served by the same host: there is no EU one.
const API: &str = "boards-api.greenhouse.io";

struct Greenhouse;

impl Portal for Greenhouse {
    fn describe() -> Manifest {
        let hosts = form::PAGES.iter().copied();
        Manifest {
            id: "greenhouse".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Greenhouse.".to_owned(),
            hosts: [API].into_iter().chain(hosts).map(str::to_owned).collect(),
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
        let token = name(&board.key, "Greenhouse board")?;
        let what = format!("board {token}");
        let url = format!("https://{API}/v1/boards/{token}/jobs?content=true");
        read::page(&get_json(&url, &what)?, token, cursor.as_deref())
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let token = name(&board.key, "Greenhouse board")?;
        let id = name(&external_id, "Greenhouse posting")?;
        let what = format!("posting {id} of board {token}");
        let url = format!("https://{API}/v1/boards/{token}/jobs/{id}");
        let body = get_json(&url, &what)?;
        let json = std::str::from_utf8(&body)
            .map_err(|_| PortalError::Changed(format!("the answer for {what} is not text")))?;
        read::posting(json, token)
            .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
    }

    fn form(board: Board, external_id: String) -> Result<Recipe, PortalError> {
        let token = name(&board.key, "Greenhouse board")?;
        let id = name(&external_id, "Greenhouse posting")?;
        let what = format!("posting {id} of board {token}");
        let url = format!("https://{API}/v1/boards/{token}/jobs/{id}?questions=true");
        let stated = get_json(&url, &what)?;
        let asked = form::Asked::read(&stated, &what)?;
        let stated = form::Spot::stated(token, id, asked.url());
        let page = get_page(&stated.url(), &what)?;
        let place = form::Place::of(stated, page.as_ref())?;
        let store = place
            .stores()
            .and_then(|url| get_json(&url, "where files go").ok())
            .and_then(|body| form::store(&body));
        let questions = asked.questions(place.shape);
        for line in &questions.unread {
            log(Level::Warn, line);
        }
        Ok(form::recipe(&place, questions.asked, store))
    }
}

portal_sdk::export!(Greenhouse with_types_in portal_sdk::contract);
