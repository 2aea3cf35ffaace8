//! Careers sites on Workday, read through the address their own pages ask. The
//! list has no descriptions: they are asked for posting by posting. Applying
//! needs an account with the company, so there is no form.

mod claim;
mod cursor;
mod detail;
mod facets;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, no_form, post_json,
};

use claim::Site;
use cursor::{Cursor, Part};
use read::List;

/// The most postings the portal puts on a page.
const LIMIT: u32 = 20;
/// The most results of one search. What a site has beyond is reached by asking
/// for its parts.
const MOST: u32 = 2000;

struct Workday;

impl Portal for Workday {
    fn describe() -> Manifest {
        Manifest {
            id: "workday".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers site is on Workday.".to_owned(),
            hosts: ["*.myworkdayjobs.com", "*.myworkdaysite.com"]
                .map(str::to_owned)
                .to_vec(),
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
        let site = Site::of_key(&board.key)?;
        let cursor = cursor.as_deref().map(Cursor::parse).transpose()?;
        match cursor {
            None => {
                let body = ask(&site, None, 0)?;
                let list = List::read(&body, &site)?;
                let total = list.total();
                let part = total
                    .filter(|total| *total >= MOST)
                    .and_then(|total| facets::first(list.facets(), total));
                let next = match (part, total) {
                    (Some(part), Some(total)) => Some(Cursor::Part { part, total }),
                    _ => list
                        .next(0, total)
                        .map(|offset| Cursor::All { offset, total }),
                };
                Ok(list.page(&site, total, next))
            }
            Some(Cursor::All { offset, total }) => {
                let body = ask(&site, None, offset)?;
                let list = List::read(&body, &site)?;
                let next = list.next(offset, total);
                Ok(list.page(
                    &site,
                    total,
                    next.map(|offset| Cursor::All { offset, total }),
                ))
            }
            Some(Cursor::Part { part, total }) => part_of(&site, part, total),
            Some(Cursor::After { part, total }) => {
                let body = ask(&site, None, 0)?;
                let list = List::read(&body, &site)?;
                match facets::after(list.facets(), &part) {
                    Some(part) => part_of(&site, part, total),
                    None => Ok(list.page(&site, Some(total), None)),
                }
            }
        }
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let site = Site::of_key(&board.key)?;
        let path = detail::path(&external_id)?;
        let what = format!("posting {path} of {}", site.url());
        let body = get_json(&format!("{}{path}", site.api()), &what)?;
        detail::posting(&body, &site, path, &what)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

/// A page of one part of a site; the next one may be of another part.
fn part_of(site: &Site, part: Part, total: u32) -> Result<Page, PortalError> {
    let body = ask(site, Some(&part), part.offset)?;
    let list = List::read(&body, site)?;
    let size = part.size.or_else(|| list.total());
    let next = match list.next(part.offset, size) {
        Some(offset) => Cursor::Part {
            part: Part {
                offset,
                size,
                ..part
            },
            total,
        },
        None => Cursor::After { part, total },
    };
    Ok(list.page(site, Some(total), Some(next)))
}

fn ask(site: &Site, part: Option<&Part>, offset: u32) -> Result<Vec<u8>, PortalError> {
    let facets = match part {
        None => serde_json::json!({}),
        Some(part) => serde_json::json!({ &part.parameter: [&part.id] }),
    };
    let body = serde_json::json!({
        "appliedFacets": facets,
        "limit": LIMIT,
        "offset": offset,
        "searchText": "",
    });
    let url = format!("{}/jobs", site.api());
    post_json(&url, &body.to_string(), &format!("site {}", site.url()))
}

portal_sdk::export!(Workday with_types_in portal_sdk::contract);
