//! Careers sites on Teamtailor, below its domain or at employers' own hosts, read
//! through the feeds that they publish.

mod claim;
mod feed;
mod rss;

use portal_sdk::{
    Board, Capability, Level, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    cursor_number, get_json, get_xml, job_posting, log, name, no_form, require_page,
};

struct Teamtailor;

impl Portal for Teamtailor {
    fn describe() -> Manifest {
        Manifest {
            id: "teamtailor".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers site is on Teamtailor.".to_owned(),
            hosts: vec!["*.teamtailor.com".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Employer,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let origin = claim::origin(&board.key)?;
        let what = format!("board {}", board.key);
        if let Some(offset) = cursor.as_deref().and_then(rss::cursor) {
            return rss(&origin, &what, Some(offset));
        }
        let number = cursor_number(cursor.as_deref(), 1)?;
        let read = feed::address(&origin, number);
        let read = get_json(&read, &what).and_then(|body| feed::page(&body, &what, number));
        match read {
            Err(error) if number == 1 && may_have_rss(&error) => {
                log(Level::Info, &format!("{what}: no JSON feed, reading RSS"));
                // Where there is neither, the first error says what is the matter.
                rss(&origin, &what, None).map_err(|_| error)
            }
            read => read,
        }
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let origin = claim::origin(&board.key)?;
        let id = name(&external_id, "Teamtailor posting")?;
        let what = format!("posting {id} of board {}", board.key);
        let url = format!("{origin}/jobs/{id}");
        let page = require_page(&url, &what)?;
        let found = job_posting::of_page(&page.html, &page.url);
        // A posting that was taken down leads to the list of the others.
        if claim::job(&page.url).as_deref() != Some(id) {
            return Err(PortalError::Gone(format!("{what} leads to {}", page.url)));
        }
        let mut posting = found
            .into_iter()
            .next()
            .ok_or_else(|| PortalError::Changed(format!("the page of {what} has no data")))?;
        posting.apply_url = claim::apply(&page.url);
        if posting.requisition_id.as_deref() == Some(id) {
            posting.requisition_id = None;
        }
        posting.external_id = id.to_owned();
        posting.url = page.url;
        Ok(posting)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

fn rss(origin: &str, what: &str, offset: Option<&str>) -> Result<Page, PortalError> {
    let body = get_xml(&format!("{origin}/jobs.rss"), what)?;
    rss::page(&body, what, offset)
}

/// Whether another feed may be there after this error: some sites answer the
/// JSON feed with "not acceptable". One that refuses us is not asked again.
fn may_have_rss(error: &PortalError) -> bool {
    match error {
        PortalError::Gone(_) | PortalError::Changed(_) | PortalError::Fetch(_) => true,
        PortalError::Blocked(_)
        | PortalError::RateLimited(_)
        | PortalError::NeedsLogin
        | PortalError::Invalid(_)
        | PortalError::Unsupported => false,
    }
}

portal_sdk::export!(Teamtailor with_types_in portal_sdk::contract);
