//! LinkedIn's pages for guests: the list of a search, and a posting. Its terms
//! forbid programs to read them; the person who installs this plugin is shown so.

mod claim;
mod list;
mod posting;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe, Step,
    get_document, no_form,
};

const HOST: &str = "www.linkedin.com";

struct LinkedIn;

impl Portal for LinkedIn {
    fn describe() -> Manifest {
        Manifest {
            id: "linkedin".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of a search on LinkedIn, as its pages show them to guests."
                .to_owned(),
            hosts: vec![HOST.to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Portal,
            terms: Some(
                "LinkedIn's User Agreement (section 8.2) forbids software that scrapes or copies \
                 its services, and its robots.txt closes these pages to programs without express \
                 permission. LinkedIn may block your address or restrict your account."
                    .to_owned(),
            ),
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, query: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let start = Step::start(cursor.as_deref())?;
        let url = claim::search(&board.key, &query.words, start)?;
        let answer = get_document(&url, "the search")?;
        list::page(&answer.text(), start)
    }

    fn detail(_: Board, external_id: String) -> Result<Posting, PortalError> {
        if external_id.is_empty() || !external_id.bytes().all(|b| b.is_ascii_digit()) {
            let why = format!("{external_id:?} is no LinkedIn posting");
            return Err(PortalError::Invalid(why));
        }
        let what = format!("posting {external_id}");
        let url = format!("https://{HOST}/jobs-guest/jobs/api/jobPosting/{external_id}");
        posting::read(&get_document(&url, &what)?.text(), &external_id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(LinkedIn with_types_in portal_sdk::contract);
