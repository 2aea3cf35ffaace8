//! From a site's JSON Feed (jsonfeed.org, 1.1) to postings. Each item carries the
//! JobPosting that the posting's page shows to search engines.

use portal_sdk::{Address, Page, PortalError, Posting, job_posting, json, rows};
use serde::Deserialize;
use serde_json::Value;

use crate::claim;

#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    external_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    content_html: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    content_text: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    date_published: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    language: Option<String>,
    #[serde(default, rename = "_jobposting", deserialize_with = "json::lenient")]
    stated: Option<Value>,
}

/// What the feed says of itself.
#[derive(Default, Deserialize)]
struct Head {
    /// Name of the site: the company's.
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    language: Option<String>,
    /// Address of the next page. It is not fetched: only its number is believed.
    #[serde(default, deserialize_with = "json::text")]
    next_url: Option<String>,
}

/// The address of a page of the feed.
pub(crate) fn address(origin: &str, number: u32) -> String {
    match number {
        1 => format!("{origin}/jobs.json"),
        _ => format!("{origin}/jobs.json?page={number}"),
    }
}

/// A page of the feed, which was asked for as this number.
pub(crate) fn page(body: &[u8], what: &str, number: u32) -> Result<Page, PortalError> {
    let all = rows(body, &["items", "jobs"], what)?;
    let head: Head = serde_json::from_slice(body).unwrap_or_default();
    let mut page = portal_sdk::page(&all, None, None, |raw| posting(raw, &head))?;
    let next = head.next_url.as_deref().and_then(Address::parse);
    let next = next.as_ref().and_then(|next| next.value("page"));
    let next = next.and_then(|next| next.parse::<u32>().ok());
    page.next = next
        .filter(|next| *next > number && !all.is_empty())
        .map(|next| next.to_string());
    if page.next.is_some() || number > 1 {
        // Of one page the count is that of all.
        page.total = None;
    }
    Ok(page)
}

/// One posting; an error says what it lacks.
fn posting(raw: &str, head: &Head) -> Result<Posting, String> {
    let item: Item = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let url = item.url.or(item.external_url);
    // The same in every feed, and what the address of the posting begins with.
    let id = url.as_deref().and_then(claim::job).or(item.id);
    let id = id.ok_or("has no id")?;
    let stated = item.stated.as_ref();
    let title = item.title.or_else(|| {
        let title = stated?.get("title")?.as_str()?.trim();
        (!title.is_empty()).then(|| title.to_owned())
    });
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    let url = url.ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id, url, title);
    posting.description_html = item.content_html;
    if posting.description_html.is_none() {
        posting.description_text = item.content_text;
    }
    posting.posted_at = item.date_published;
    posting.language = item.language.or_else(|| head.language.clone());
    if let Some(stated) = stated {
        job_posting::fill(&mut posting, stated);
    }
    posting.apply_url = posting.apply_url.or_else(|| claim::apply(&posting.url));
    // The number of the posting is none of a requisition.
    if posting.requisition_id.as_ref() == Some(&posting.external_id) {
        posting.requisition_id = None;
    }
    if posting.company.is_none() {
        let issuer = stated.and_then(|stated| stated.get("identifier")?.get("name")?.as_str());
        posting.company = issuer.map(str::to_owned).or_else(|| head.title.clone());
    }
    Ok(posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &[u8] = include_bytes!("../fixtures/feed.json");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.json");

    #[test]
    fn a_feed_is_read_with_what_it_states() {
        let page = page(FEED, "board kaiku", 1).unwrap();
        assert_eq!((page.postings.len(), page.total), (2, Some(2)));
        let [first, second] = &page.postings[..] else {
            panic!("two postings");
        };
        assert_eq!(first.external_id, "5501001");
        assert_eq!(first.title, "Audio Engineer");
        assert_eq!(
            first.url,
            "https://career.kaiku.example/jobs/5501001-audio-engineer"
        );
        assert_eq!(
            first.apply_url.as_deref(),
            Some("https://career.kaiku.example/jobs/5501001-audio-engineer/applications/new")
        );
        assert_eq!(first.requisition_id, None);
        assert_eq!(first.company.as_deref(), Some("Kaiku Oy"));
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>Kaiku makes hearing aids. R&amp;D</p>")
        );
        assert_eq!(first.locations.len(), 2, "{:?}", first.locations);
        assert!(first.locations[0].starts_with("Tampere"));
        assert_eq!(first.employment.as_deref(), Some("FULL_TIME"));
        assert_eq!(
            first.posted_at.as_deref(),
            Some("2026-02-04T09:26:20+01:00")
        );
        assert!(first.closes_at.is_some());
        let pay = first.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max), (Some(4200.0), Some(5600.0)));
        assert_eq!(second.external_id, "5501002");
        assert_eq!(second.company.as_deref(), Some("Kaiku careers"));
        assert_eq!(second.description_text.as_deref(), Some("Sell well."));
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, "board kaiku", 1).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["7", "uuid-2"]);
        assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
        assert!(page.dropped[0].contains("no address"), "{:?}", page.dropped);
        assert!(page.dropped[1].contains("no title"), "{:?}", page.dropped);
        assert!(page.dropped[2].contains("no id"), "{:?}", page.dropped);
        assert_eq!(page.next.as_deref(), Some("2"));
        assert_eq!(page.total, None);
    }

    #[test]
    fn pages_follow_by_their_numbers() {
        let at = |number| address("https://career.kaiku.example", number);
        assert_eq!(at(1), "https://career.kaiku.example/jobs.json");
        assert_eq!(at(2), "https://career.kaiku.example/jobs.json?page=2");
        let last = page(MESSY, "board kaiku", 2).unwrap();
        assert_eq!(last.next, None, "never backwards");
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [
            &b"{\"error\":1}"[..],
            b"{\"items\":[1",
            b"{\"items\":{}}",
            b"",
        ] {
            let error = page(body, "board kaiku", 1).map(drop);
            assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
        }
    }
}
