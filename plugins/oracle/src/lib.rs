//! Careers sites on Oracle Recruiting, at hosts of Oracle and at employers' own,
//! read through the interface their pages use.

mod api;
mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, get_page, name, no_form,
};

use crate::api::Api;
use crate::claim::Site;

/// Hosts of Oracle: a customer's own label stands before the region. A region
/// that is missing here is granted with the board.
const HOSTS: [&str; 15] = [
    "*.fa.oraclecloud.com",
    "*.fa.ap1.oraclecloud.com",
    "*.fa.ap2.oraclecloud.com",
    "*.fa.ca2.oraclecloud.com",
    "*.fa.ca3.oraclecloud.com",
    "*.fa.em2.oraclecloud.com",
    "*.fa.em3.oraclecloud.com",
    "*.fa.em4.oraclecloud.com",
    "*.fa.em5.oraclecloud.com",
    "*.fa.em8.oraclecloud.com",
    "*.fa.la1.oraclecloud.com",
    "*.fa.ocs.oraclecloud.com",
    "*.fa.us2.oraclecloud.com",
    "*.fa.us6.oraclecloud.com",
    "*.fa.us8.oraclecloud.com",
];

struct Oracle;

impl Portal for Oracle {
    fn describe() -> Manifest {
        Manifest {
            id: "oracle".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers site is on Oracle Recruiting."
                .to_owned(),
            hosts: HOSTS.map(str::to_owned).to_vec(),
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
        let site = Site::of(&board)?;
        let what = format!("site {}", site.name);
        let ask = |api: &Api, start| {
            let body = get_json(&api.list(start), &what)?;
            read::page(&body, &site, (api, start))
        };
        match cursor {
            Some(cursor) => {
                let (api, start) = Api::resume(&cursor)?;
                ask(&api, start)
            }
            None => {
                let is_answer = |page: &Page| !page.postings.is_empty() || !page.dropped.is_empty();
                by_address_or_page(&site, |api| ask(api, 0), is_answer)
            }
        }
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let site = Site::of(&board)?;
        let id = name(&external_id, "Oracle Recruiting posting")?;
        let what = format!("posting {id} of site {}", site.name);
        let ask = |api: &Api| {
            let body = get_json(&api.detail(id), &what)?;
            read::detail(&body, &site, id)
        };
        by_address_or_page(&site, ask, |_| true)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

/// What is answered where the site's address says, or else, if that `is_answer`
/// not, where its page says. The first answer stands if the page says nothing new.
fn by_address_or_page<T>(
    site: &Site,
    ask: impl Fn(&Api) -> Result<T, PortalError>,
    is_answer: impl Fn(&T) -> bool,
) -> Result<T, PortalError> {
    let api = Api::of(site);
    let first = ask(&api);
    let settled = match &first {
        Ok(found) => is_answer(found),
        Err(PortalError::RateLimited(_) | PortalError::Invalid(_) | PortalError::Unsupported) => {
            true
        }
        Err(
            PortalError::Gone(_)
            | PortalError::Blocked(_)
            | PortalError::NeedsLogin
            | PortalError::Changed(_)
            | PortalError::Fetch(_),
        ) => false,
    };
    if settled {
        return first;
    }
    let page = get_page(&site.list(), "the site's page").ok().flatten();
    match page.and_then(|page| api.stated(&page.html)) {
        Some(stated) => ask(&stated),
        None => first,
    }
}

portal_sdk::export!(Oracle with_types_in portal_sdk::contract);
