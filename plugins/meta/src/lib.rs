//! Meta's careers site, read from its sitemap and from what each opening's page
//! carries for search engines. The sitemap states no title, so that each page has
//! to be asked for.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe, Step,
    get_page, get_xml, no_form,
};

use crate::claim::SITE;

struct Meta;

impl Portal for Meta {
    fn describe() -> Manifest {
        Manifest {
            id: "meta".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of Meta, from its own careers site.".to_owned(),
            hosts: vec![SITE.to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(_: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let start = Step::start(cursor.as_deref())?;
        let sitemap = get_xml(&format!("https://{SITE}/jobs/sitemap.xml"), "the sitemap")?;
        read::page(&read::openings(&sitemap)?, start, posting)
    }

    fn detail(_: Board, external_id: String) -> Result<Posting, PortalError> {
        if !claim::is_number(&external_id) {
            let why = format!("{external_id:?} is no opening of Meta");
            return Err(PortalError::Invalid(why));
        }
        posting(&external_id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

fn posting(id: &str) -> Result<Posting, PortalError> {
    let url = claim::opening(id);
    match get_page(&url, &format!("opening {id}"))? {
        Some(page) => read::posting(&page.html, id),
        None => Err(PortalError::Fetch(format!("no answer for {url}"))),
    }
}

portal_sdk::export!(Meta with_types_in portal_sdk::contract);
