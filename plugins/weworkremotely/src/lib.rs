//! We Work Remotely, read through its public feeds: one of all postings, and one
//! per category.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    category, get_xml, no_form,
};

const HOST: &str = "weworkremotely.com";

/// Read one by one when the feed of all postings is not to be had.
const CATEGORIES: [&str; 10] = [
    "remote-programming-jobs",
    "remote-full-stack-programming-jobs",
    "remote-back-end-programming-jobs",
    "remote-front-end-programming-jobs",
    "remote-devops-sysadmin-jobs",
    "remote-design-jobs",
    "remote-product-jobs",
    "remote-customer-support-jobs",
    "remote-sales-and-marketing-jobs",
    "all-other-remote-jobs",
];

struct WeWorkRemotely;

impl Portal for WeWorkRemotely {
    fn describe() -> Manifest {
        Manifest {
            id: "weworkremotely".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Remote openings on We Work Remotely, all or of a category.".to_owned(),
            hosts: vec![HOST.to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let cursor = cursor.as_deref();
        if let Some(category) = category(&board.key) {
            return feed(&format!("categories/{category}"), cursor);
        }
        match feed("remote-jobs", cursor) {
            Err(PortalError::Fetch(_) | PortalError::Gone(_) | PortalError::Changed(_)) => {
                every_category()
            }
            answered => answered,
        }
    }

    fn detail(_: Board, _: String) -> Result<Posting, PortalError> {
        Err(PortalError::Unsupported)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

fn feed(name: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let what = format!("the feed {name}");
    let body = get_xml(&format!("https://{HOST}/{name}.rss"), &what)?;
    read::page(&body, &what, cursor)
}

/// The postings of all categories, each once; an error only where no feed
/// answers.
fn every_category() -> Result<Page, PortalError> {
    let mut all: Option<Page> = None;
    let mut reasons = Vec::new();
    let mut first = None;
    for category in CATEGORIES {
        match feed(&format!("categories/{category}"), None) {
            Ok(page) => read::join(all.get_or_insert_with(read::empty), page),
            Err(error) => {
                reasons.push(format!("{category}: {error:?}"));
                first.get_or_insert(error);
            }
        }
    }
    match (all, first) {
        (Some(mut page), _) => {
            page.dropped.extend(reasons);
            Ok(page)
        }
        (None, Some(error)) => Err(error),
        (None, None) => Ok(read::empty()),
    }
}

portal_sdk::export!(WeWorkRemotely with_types_in portal_sdk::contract);
