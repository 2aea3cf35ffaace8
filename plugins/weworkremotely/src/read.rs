//! From We Work Remotely's RSS to postings.

use std::collections::HashSet;

use portal_sdk::xml::{Element, Feed};
use portal_sdk::{Page, PortalError, Posting, markup, text, xml};

/// The page of a feed that starts at `cursor`.
pub(crate) fn page(body: &[u8], what: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let feed = Feed {
        roots: &["rss", "rdf:RDF", "feed"],
        item: "item",
    };
    xml::page(body, feed, what, cursor, posting)
}

pub(crate) fn empty() -> Page {
    Page {
        postings: Vec::new(),
        next: None,
        total: None,
        dropped: Vec::new(),
    }
}

/// Adds to `all` the postings of `more` that are not in it: one may stand in
/// several categories.
pub(crate) fn join(all: &mut Page, more: Page) {
    let known: HashSet<String> = all.postings.iter().map(|p| p.external_id.clone()).collect();
    let new = more.postings.into_iter();
    all.postings
        .extend(new.filter(|posting| !known.contains(&posting.external_id)));
    all.dropped.extend(more.dropped);
}

fn posting(item: &Element) -> Result<Posting, String> {
    let line = |name: &str| markup::stated(item.text(name).as_deref());
    let address = |name: &str| line(name).filter(|url| url.starts_with("http"));
    let url = address("link")
        .or_else(|| address("guid"))
        .ok_or("has no address")?;
    let stated = line("title").ok_or_else(|| format!("{url} has no title"))?;
    let (company, title) = parted(&stated);

    let mut posting = portal_sdk::posting(id(&url), url.clone(), title.to_owned());
    posting.company = line("company").or_else(|| company.map(str::to_owned));
    for name in ["region", "country", "state"] {
        for place in item.all(name).filter_map(Element::content) {
            text::add_place(&mut posting.locations, &markup::line(&place));
        }
    }
    if let Some(description) = item.text("description") {
        markup::describe(&mut posting, &description);
    }
    posting.workplace = Some(workplace(&posting).to_owned());
    posting.employment = line("type");
    posting.department = line("category");
    posting.posted_at = line("pubDate");
    posting.closes_at = line("expires_at");
    Ok(posting)
}

/// "Company: Role" in its two parts.
fn parted(stated: &str) -> (Option<&str>, &str) {
    match stated.split_once(": ") {
        Some((company, title)) if !company.trim().is_empty() && !title.trim().is_empty() => {
            (Some(company.trim()), title.trim())
        }
        _ => (None, stated),
    }
}

/// The last part of the posting's path; its whole address where that is no name.
fn id(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.trim_end_matches('/').rsplit('/').next();
    last.filter(|name| portal_sdk::is_name(name) && path.contains("/remote-jobs/"))
        .unwrap_or(url)
        .to_owned()
}

/// Everything there is called remote; some ads carry another site's mark that
/// says better.
fn workplace(posting: &Posting) -> &'static str {
    let text = [&posting.description_html, &posting.description_text]
        .into_iter()
        .flatten()
        .map(|text| text.to_ascii_lowercase())
        .collect::<String>();
    if text.contains("#li-hybrid") {
        "Hybrid"
    } else if text.contains("#li-onsite") || text.contains("#li-on-site") {
        "On-site"
    } else {
        "Remote"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &[u8] = include_bytes!("../fixtures/feed.xml");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.xml");

    #[test]
    fn a_feed_is_read_with_what_it_states() {
        let page = page(FEED, "the feed", None).unwrap();
        assert_eq!((page.postings.len(), page.dropped.len()), (2, 0));
        let first = &page.postings[0];
        assert_eq!(first.external_id, "ebbe-flut-tide-engineer");
        assert_eq!(
            first.url,
            "https://weworkremotely.com/remote-jobs/ebbe-flut-tide-engineer"
        );
        assert_eq!(first.title, "Tide Engineer: Sensors");
        assert_eq!(first.company.as_deref(), Some("Ebbe & Flut"));
        assert_eq!(first.locations, ["Europe Only", "Denmark"]);
        assert_eq!(first.workplace.as_deref(), Some("Remote"));
        assert_eq!(first.employment.as_deref(), Some("Full-Time"));
        assert_eq!(first.department.as_deref(), Some("Back-End Programming"));
        assert_eq!(
            first.posted_at.as_deref(),
            Some("Wed, 23 Sep 2026 08:00:00 +0000")
        );
        assert_eq!(
            first.closes_at.as_deref(),
            Some("Fri, 23 Oct 2026 08:00:00 +0000")
        );
        assert_eq!(
            first.description_html.as_deref(),
            Some(
                "<p>\n  <strong>Headquarters:</strong> \n</p>\n<div>Measure tides &amp; waves.</div>"
            )
        );
        let second = &page.postings[1];
        assert_eq!(
            (second.title.as_str(), second.company.as_deref()),
            ("Cook", None)
        );
        assert_eq!(second.workplace.as_deref(), Some("Hybrid"));
    }

    #[test]
    fn a_posting_of_two_categories_is_one() {
        let mut all = page(FEED, "a", None).unwrap();
        join(&mut all, page(FEED, "b", None).unwrap());
        assert_eq!(all.postings.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, "the feed", None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["a"]);
        assert_eq!(page.dropped.len(), 2, "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [&b"<html><body>no</body></html>"[..], b"{}", b""] {
            let error = page(body, "the feed", None).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
