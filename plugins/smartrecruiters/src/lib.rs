//! Boards on SmartRecruiters: through its posting API where that may be asked,
//! else through the careers pages, which list titles and have a page for each
//! posting. The form is a wizard of several pages behind a challenge that a
//! person has to pass, so there is no recipe for it.

mod careers;
mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, get_json_if_any, name, no_form, require_page,
};

use careers::Cursor;

/// Its robots.txt is closed to most programs.
const API: &str = "https://api.smartrecruiters.com/v1/companies";

struct SmartRecruiters;

impl Portal for SmartRecruiters {
    fn describe() -> Manifest {
        let hosts = [
            "api.smartrecruiters.com",
            "careers.smartrecruiters.com",
            "jobs.smartrecruiters.com",
        ];
        Manifest {
            id: "smartrecruiters".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on SmartRecruiters."
                .to_owned(),
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
        let company = name(&board.key, "SmartRecruiters board")?;
        let what = format!("board {company}");
        let list = |offset: u32| format!("{API}/{company}/postings?limit=100&offset={offset}");
        match cursor.as_deref().map(Cursor::parse).transpose()? {
            None => match get_json_if_any(&list(0), &what)? {
                Some(body) => read::page(&body, company, 0),
                None => listed(company, Cursor::FIRST),
            },
            Some(Cursor::List { offset }) => {
                read::page(&get_json(&list(offset), &what)?, company, offset)
            }
            Some(cursor @ Cursor::Careers { .. }) => listed(company, cursor),
        }
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let company = name(&board.key, "SmartRecruiters board")?;
        let id = name(&external_id, "SmartRecruiters posting")?;
        let what = format!("posting {id} of board {company}");
        if let Some(body) = get_json_if_any(&format!("{API}/{company}/postings/{id}"), &what)? {
            return read::detail(&body, company, &what);
        }
        let url = format!("https://jobs.smartrecruiters.com/{company}/{id}");
        let page = require_page(&url, &what)?;
        careers::posting(&page.html, id, &page.url, &what)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

/// A page of the careers pages' list.
fn listed(company: &str, cursor: Cursor<'_>) -> Result<Page, PortalError> {
    let url = cursor.url(company);
    let what = format!("board {company}");
    let page = require_page(&url, &what)?;
    Ok(careers::page(&page.html, company, cursor))
}

portal_sdk::export!(SmartRecruiters with_types_in portal_sdk::contract);
