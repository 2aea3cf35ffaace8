//! From Google's XML feed, which has every posting, to postings.

use portal_sdk::xml::{self, Element, Feed};
use portal_sdk::{Page, PortalError, Posting, is_name, markup, text};

use crate::{claim, pay};

const FEED: Feed<'_> = Feed {
    roots: &["jobs"],
    item: "job",
};

/// Provinces of Canada: beside one of them "CA" is not California.
const PROVINCES: [&str; 10] = [
    "alberta",
    "british columbia",
    "manitoba",
    "new brunswick",
    "newfoundland and labrador",
    "nova scotia",
    "ontario",
    "prince edward island",
    "quebec",
    "saskatchewan",
];

/// The page of the feed's postings that starts at `cursor`.
pub(crate) fn page(body: &[u8], cursor: Option<&str>) -> Result<Page, PortalError> {
    xml::page(body, FEED, "the feed", cursor, posting)
}

fn posting(job: &Element) -> Result<Posting, String> {
    let id = job
        .text("jobid")
        .filter(|id| is_name(id))
        .ok_or("has no id")?;
    let title = line(job, "title").ok_or_else(|| format!("{id} has no title"))?;
    let url = job
        .text("url")
        .filter(|url| url.starts_with("https://"))
        .unwrap_or_else(|| claim::posting(&id));

    let mut posting = portal_sdk::posting(id, url, title);
    if let Some(description) = job.text("description") {
        markup::describe(&mut posting, &description);
        posting.pay = pay::of(&description);
    }
    for location in job.all("locations").flat_map(|list| list.all("location")) {
        if let Some(place) = place(location) {
            text::add_place(&mut posting.locations, &place);
        }
    }
    posting.company = line(job, "employer");
    posting.employment = line(job, "jobtype").map(|code| words(&code));
    posting.workplace = workplace(job);
    posting.department = job
        .first("categories")
        .and_then(|categories| line(categories, "category"))
        .map(|code| words(&code));
    posting.language = line(job, "languageCode");
    posting.posted_at = line(job, "published");
    Ok(posting)
}

fn line(element: &Element, name: &str) -> Option<String> {
    markup::stated(element.text(name).as_deref())
}

fn workplace(job: &Element) -> Option<String> {
    let is = |name| line(job, name).is_some_and(|word| word.eq_ignore_ascii_case("yes"));
    line(job, "remote").or_else(|| {
        let stated = [("isRemote", "remote"), ("isHybrid", "hybrid")];
        let (_, word) = stated.into_iter().find(|(name, _)| is(name))?;
        Some(word.to_owned())
    })
}

fn place(location: &Element) -> Option<String> {
    let city = line(location, "city");
    let state = line(location, "state");
    let country = line(location, "country").map(|country| {
        let beside = state.as_deref().unwrap_or_default().to_lowercase();
        if country == "CA" && PROVINCES.contains(&beside.as_str()) {
            "Canada".to_owned()
        } else {
            country
        }
    });
    portal_sdk::place([city.as_deref(), state.as_deref(), country.as_deref()])
        .or_else(|| markup::stated(location.content().as_deref()))
}

/// A code as words: "SOFTWARE_ENGINEERING" is "Software engineering".
fn words(code: &str) -> String {
    if code.bytes().any(|b| b.is_ascii_lowercase()) {
        return code.to_owned();
    }
    let lower = code.to_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &[u8] = include_bytes!("../fixtures/feed.xml");

    #[test]
    fn the_feed_is_read_with_what_it_states() {
        let page = page(FEED, None).unwrap();
        assert_eq!(
            (page.postings.len(), page.total, page.next),
            (3, Some(5), None)
        );
        assert_eq!(page.dropped.len(), 2, "{:?}", page.dropped);
        let first = &page.postings[0];
        assert_eq!(first.external_id, "90000000000000001");
        assert_eq!(first.title, "Kite Engineer, R&D");
        assert_eq!(
            first.url,
            "https://careers.google.com/jobs/results/90000000000000001-kite-engineer/"
        );
        assert_eq!(first.company.as_deref(), Some("KiteLab"));
        assert_eq!(first.locations, ["Ghent, Belgium", "Austin, TX, USA"]);
        assert_eq!(first.workplace.as_deref(), Some("onsite"));
        assert_eq!(first.employment.as_deref(), Some("Full time"));
        assert_eq!(first.department.as_deref(), Some("Hardware engineering"));
        assert_eq!(first.language.as_deref(), Some("en-US"));
        assert_eq!(first.posted_at.as_deref(), Some("2026-09-11T13:42:09.055Z"));
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>You fly &amp; mend kites.</p><br>US: $100000 - $120000 (USD) + equity")
        );
        assert_eq!(first.pay.as_ref().and_then(|pay| pay.max), Some(120_000.0));
        let second = &page.postings[1];
        assert_eq!(second.locations, ["Alberta, Canada", "Fresno, CA"]);
        assert_eq!(second.workplace.as_deref(), Some("hybrid"));
        assert_eq!(second.url, claim::posting("90000000000000002"));
        let third = &page.postings[2];
        assert!(third.locations.is_empty() && third.description_html.is_none());
    }

    #[test]
    fn a_feed_of_another_kind_is_changed() {
        for body in [
            "",
            "<html></html>",
            "{}",
            "<rss><channel/></rss>",
            "<jobs><job><jobid>1",
        ] {
            let error = page(body.as_bytes(), None).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{body} {error:?}");
        }
    }
}
