//! From a site's RSS feed to postings.

use portal_sdk::xml::{self, Element, Feed};
use portal_sdk::{Page, PortalError, Posting, place, text};

use crate::claim;

const FEED: Feed<'_> = Feed {
    roots: &["rss"],
    item: "item",
};
/// What the cursors of this feed begin with.
const CURSOR: &str = "rss ";

/// The offset in a cursor of this feed; none when it is one of another.
pub(crate) fn cursor(cursor: &str) -> Option<&str> {
    cursor.strip_prefix(CURSOR)
}

/// The page of the feed that starts at `offset`.
pub(crate) fn page(body: &[u8], what: &str, offset: Option<&str>) -> Result<Page, PortalError> {
    let head = Head::of(&xml::decode(body));
    let mut page = xml::page(body, FEED, what, offset, |item| posting(item, &head))?;
    page.next = page.next.map(|offset| format!("{CURSOR}{offset}"));
    Ok(page)
}

/// What the feed says of itself.
#[derive(Default)]
struct Head {
    company: Option<String>,
    language: Option<String>,
}

impl Head {
    fn of(xml: &str) -> Self {
        // Only the beginning: a channel with all its items may be more than one
        // element is allowed to hold.
        let head = xml.split("<item").next().unwrap_or_default();
        let first = |name: &str| xml::elements(head, name).next()?.ok()?.content();
        Self {
            company: first("title"),
            language: first("language"),
        }
    }
}

/// One posting; an error says what it lacks.
fn posting(item: &Element, head: &Head) -> Result<Posting, String> {
    let url = item.text("link");
    let id = url.as_deref().and_then(claim::job);
    let id = id.or_else(|| item.text("guid")).ok_or("has no id")?;
    let title = item.text("title");
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    let url = url.ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id, url, title);
    posting.apply_url = claim::apply(&posting.url);
    posting.description_html = item
        .text("content:encoded")
        .or_else(|| item.text("description"));
    posting.posted_at = item.text("pubDate");
    posting.company = own(item, "company").or_else(|| head.company.clone());
    posting.language.clone_from(&head.language);
    posting.department = own(item, "department");
    posting.team = own(item, "role");
    posting.employment = own(item, "employment-type");
    posting.workplace = item
        .text("remoteStatus")
        .or_else(|| own(item, "remote-status"))
        .and_then(|status| workplace(&status))
        .map(str::to_owned);
    for location in locations(item) {
        text::add_place(&mut posting.locations, &location);
    }
    Ok(posting)
}

/// The portal's own element of this name, under either prefix.
fn own(item: &Element, name: &str) -> Option<String> {
    ["tt", "teamtailor"]
        .iter()
        .find_map(|prefix| item.text(&format!("{prefix}:{name}")))
}

fn locations(item: &Element) -> Vec<String> {
    let many = |element: &Element, name: &'static str| -> Vec<Element> {
        let is = |inner: &&Element| inner.name().rsplit(':').next() == Some(name);
        element.elements().filter(is).cloned().collect()
    };
    let mut stated = many(item, "location");
    for all in many(item, "locations") {
        stated.extend(many(&all, "location"));
    }
    let words = |location: &Element| {
        let parts = ["city", "country"].map(|name| own(location, name));
        let parts = parts.each_ref().map(Option::as_deref);
        // A location may be bare text, too.
        place(parts).or_else(|| own(location, "name")).or_else(|| {
            match location.elements().next() {
                None => location.content(),
                Some(_) => None,
            }
        })
    };
    stated.iter().filter_map(words).collect()
}

/// The portal's words in plain ones; "temporary" says how it is for a while, not
/// how it is meant.
fn workplace(status: &str) -> Option<&'static str> {
    match status.to_ascii_lowercase().as_str() {
        "fully" | "fully_remote" | "remote" | "true" => Some("remote"),
        "hybrid" => Some("hybrid"),
        "none" | "false" => Some("on-site"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &[u8] = include_bytes!("../fixtures/feed.rss");

    #[test]
    fn a_feed_is_read_with_what_it_states() {
        let page = page(FEED, "board kaiku", None).unwrap();
        assert_eq!((page.postings.len(), page.total), (3, Some(5)));
        let [first, second, third] = &page.postings[..] else {
            panic!("three postings");
        };
        assert_eq!(first.external_id, "5501001");
        assert_eq!(first.title, "Audio & Signal Engineer");
        assert_eq!(first.company.as_deref(), Some("Kaiku"));
        assert_eq!(first.language.as_deref(), Some("en"));
        assert_eq!(first.department.as_deref(), Some("R&D"));
        assert_eq!(first.team.as_deref(), Some("Signal"));
        assert_eq!(first.workplace.as_deref(), Some("hybrid"));
        assert_eq!(first.locations, ["Tampere, Finland", "Oulu office"]);
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>Kaiku makes <b>hearing aids</b>.</p>")
        );
        assert_eq!(
            first.posted_at.as_deref(),
            Some("Mon, 20 Oct 2025 10:00:00 +0200")
        );
        assert_eq!(second.workplace.as_deref(), Some("remote"));
        assert_eq!(second.locations, ["Stockholm"]);
        assert_eq!(third.external_id, "guid-3");
        assert_eq!(third.workplace, None);
        assert_eq!(page.dropped.len(), 2, "{:?}", page.dropped);
        assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
        assert!(page.dropped[1].contains("no address"), "{:?}", page.dropped);
    }

    #[test]
    fn a_cursor_tells_its_feed() {
        assert_eq!(cursor("rss 2000"), Some("2000"));
        assert_eq!(cursor("2"), None);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in ["<html></html>", "<rss>", "", "{}"] {
            let error = page(body.as_bytes(), "board kaiku", None).map(drop);
            assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
        }
    }
}
