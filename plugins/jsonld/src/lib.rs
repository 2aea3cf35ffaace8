//! Any careers page that carries schema.org JobPosting, and lists and sitemaps
//! that link to such pages: iCIMS, Jobvite, Phenom, Paylocity, and sites of
//! companies' own.

mod cursor;
mod embedded;
mod link;
mod list;
mod page;
mod posting_link;

use portal_sdk::{
    Board, Capability, Level, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_document, log, no_form,
};

use cursor::Cursor;
use link::Site;
use list::{Kind, List};

/// Pages of postings followed in one call; the host allows 32 fetches, and the
/// lists that lead to them are fetched, too.
const PAGES: usize = 25;

struct JsonLd;

impl Portal for JsonLd {
    fn describe() -> Manifest {
        Manifest {
            id: "jsonld".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings on any careers page that states them in schema.org's words."
                .to_owned(),
            hosts: Vec::new(),
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Any,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        link::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let (site, root) = Site::of_board(&board)?;
        let cursor = Cursor::parse(cursor.as_deref())?;
        let first = match &cursor {
            Cursor {
                path: Some(path), ..
            } => path.clone(),
            Cursor { path: None, .. } => root.clone(),
        };
        let mut at = cursor;
        let mut list = read(&site, &first)?;
        if at.is_start() && !list.postings.is_empty() {
            let next = at.next_page(list.next.as_deref());
            return Ok(page(list.postings, next, Vec::new()));
        }
        if let Kind::Index(children) = &list.kind {
            let Some(child) = children.get(at.child) else {
                return Ok(page(Vec::new(), None, Vec::new()));
            };
            at.children = children.len();
            at.path = Some(child.clone());
            list = read(&site, child)?;
        } else if at.path.is_none() {
            at.path = Some(first);
        }
        follow(&site, &list, at)
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let (site, _) = Site::of_board(&board)?;
        let path = external_id.split('#').next().unwrap_or_default();
        if !path.starts_with('/') || path.starts_with("//") {
            let why = format!("{external_id:?} is no page of {}", site.host());
            return Err(PortalError::Invalid(why));
        }
        let list = read(&site, path)?;
        let alone = list.postings.len() == 1 && !external_id.contains('#');
        let mut found = list.postings.into_iter();
        let same = found.find(|posting| alone || posting.external_id == external_id);
        same.map(|posting| page::with_id(posting, &external_id))
            .ok_or_else(|| PortalError::Gone(format!("{path} does not carry the posting any more")))
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

/// What is at `path`.
fn read(site: &Site, path: &str) -> Result<List, PortalError> {
    let document = get_document(&site.address(path), &format!("the page {path}"))?;
    Ok(List::of(&document.text(), site, path))
}

/// The postings behind a list's links, from the cursor's on.
fn follow(site: &Site, list: &List, at: Cursor) -> Result<Page, PortalError> {
    let links = match &list.kind {
        Kind::Links(links) => links.as_slice(),
        // An index inside an index leads nowhere we go.
        Kind::Index(_) => &[],
    };
    let mut found: Vec<Posting> = Vec::new();
    let mut dropped = Vec::new();
    let mut read_to = at.index;
    for path in links.iter().skip(at.index).take(PAGES) {
        match read(site, path) {
            Ok(linked) if linked.postings.is_empty() => {
                log(Level::Debug, &format!("{path} carries no posting"));
            }
            Ok(linked) => {
                let known = |id: &str| found.iter().any(|posting| posting.external_id == id);
                let new: Vec<Posting> = linked
                    .postings
                    .into_iter()
                    .filter(|posting| !known(&posting.external_id))
                    .collect();
                found.extend(new);
            }
            // Go on from here when it may be asked again.
            Err(PortalError::RateLimited(_)) if read_to > at.index => break,
            Err(error @ PortalError::RateLimited(_)) => return Err(error),
            Err(error) => dropped.push(format!("{path}: {}", portal_sdk::reason(&error))),
        }
        read_to += 1;
    }
    let next = if read_to < links.len() {
        Some(at.at_index(read_to))
    } else {
        at.next_page(list.next.as_deref())
            .or_else(|| at.next_child())
    };
    Ok(page(found, next, dropped))
}

fn page(postings: Vec<Posting>, next: Option<String>, dropped: Vec<String>) -> Page {
    Page {
        postings,
        next,
        total: None,
        dropped,
    }
}

portal_sdk::export!(JsonLd with_types_in portal_sdk::contract);
