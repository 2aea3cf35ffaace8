//! Meta's careers site, read from its sitemap and from what each opening's page
//! carries for search engines. The sitemap states no title, so that each page has
//! to be asked for.

mod claim;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe, Step,
    get_xml, no_form, require_page,
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
        let openings = first(|folder| {
            let url = format!("https://{SITE}/{folder}/sitemap.xml");
            read::openings(&get_xml(&url, "the sitemap")?)
        })?;
        read::page(&openings, start, posting)
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

/// The sitemap, at its old address or its new one. What the old one said stands
/// where neither is there.
fn first(
    ask: impl Fn(&str) -> Result<Vec<String>, PortalError>,
) -> Result<Vec<String>, PortalError> {
    match ask("jobs") {
        Err(
            error @ (PortalError::Gone(_)
            | PortalError::Blocked(_)
            | PortalError::Changed(_)
            | PortalError::Fetch(_)),
        ) => ask("jobsearch").map_err(|_| error),
        settled => settled,
    }
}

fn posting(id: &str) -> Result<Posting, PortalError> {
    let url = claim::opening(id);
    let page = require_page(&url, &format!("opening {id}"))?;
    read::posting(&page.html, id)
}

portal_sdk::export!(Meta with_types_in portal_sdk::contract);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sitemap_is_looked_for_at_both_of_its_addresses() {
        let fail = |folder: &str| Err(PortalError::Gone(folder.to_owned()));
        let only = |at: &'static str| {
            move |folder: &str| match folder == at {
                true => Ok(vec![folder.to_owned()]),
                false => fail(folder),
            }
        };
        assert_eq!(first(only("jobs")).unwrap(), ["jobs"]);
        assert_eq!(first(only("jobsearch")).unwrap(), ["jobsearch"]);
        let error = first(fail).unwrap_err();
        assert!(
            matches!(&error, PortalError::Gone(folder) if folder == "jobs"),
            "{error:?}"
        );
        let error = first(|_| Err(PortalError::RateLimited(None))).unwrap_err();
        assert!(matches!(error, PortalError::RateLimited(_)), "{error:?}");
    }
}
