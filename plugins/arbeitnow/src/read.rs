//! From Arbeitnow's JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, markup, text};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The last page that is asked for; there were 200 at most.
const PAGES: u32 = 500;

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "json::lenient")]
    links: Option<Links>,
    #[serde(default, deserialize_with = "json::lenient")]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Links {
    #[serde(default, deserialize_with = "json::text")]
    next: Option<String>,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "json::number")]
    last_page: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    total: Option<f64>,
}

#[derive(Deserialize)]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    slug: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    company_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    remote: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "json::list")]
    job_types: Vec<String>,
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    salary: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
}

/// The postings of page `number`, and whether another follows.
pub(crate) fn page(body: &[u8], number: u32) -> Result<Page, PortalError> {
    let list: List<'_> = portal_sdk::read_json(body, "Arbeitnow")?;
    let meta = list.meta.unwrap_or_default();
    let mut page = portal_sdk::page(&list.data, None, None, posting)?;
    let goes_on = list.links.is_some_and(|links| links.next.is_some())
        || meta.last_page.is_some_and(|last| f64::from(number) < last);
    page.next = (goes_on && !list.data.is_empty() && number < PAGES)
        .then(|| number.saturating_add(1).to_string());
    page.total = meta.total.map(|total| total as u32);
    Ok(page)
}

fn posting(raw: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.slug.ok_or("has no slug")?;
    let title = line(job.title).ok_or_else(|| format!("{id} has no title"))?;
    let url = job
        .url
        .unwrap_or_else(|| format!("https://www.arbeitnow.com/view/{id}"));

    let mut posting = portal_sdk::posting(id, url, title);
    posting.company = line(job.company_name);
    if let Some(place) = line(job.location) {
        text::add_place(&mut posting.locations, &place);
    }
    // `false` is also what it says when it was not told.
    posting.workplace = job
        .remote
        .filter(|remote| ["true", "1"].contains(&remote.as_str()))
        .map(|_| "Remote".to_owned());
    if let Some(description) = &job.description {
        markup::describe(&mut posting, description);
    }
    posting.pay = line(job.salary).map(|text| Pay {
        text: Some(text),
        min: None,
        max: None,
        currency: None,
        period: None,
    });
    posting.employment = joined(job.job_types);
    posting.department = job.tags.into_iter().find_map(|tag| line(Some(tag)));
    posting.posted_at = job.created_at.and_then(|at| match at.parse() {
        Ok(seconds) => portal_sdk::milliseconds(seconds),
        Err(_) => line(Some(at)),
    });
    Ok(posting)
}

fn joined(words: Vec<String>) -> Option<String> {
    let words: Vec<String> = words.into_iter().filter_map(|w| line(Some(w))).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn line(field: Option<String>) -> Option<String> {
    markup::stated(field.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[u8] = include_bytes!("../fixtures/list.json");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.json");

    #[test]
    fn a_list_is_read_with_what_it_states() {
        let page = page(LIST, 1).unwrap();
        assert_eq!((page.postings.len(), page.dropped.len()), (2, 0));
        assert_eq!(page.next.as_deref(), Some("2"));
        let first = &page.postings[0];
        assert_eq!(first.external_id, "deichwart-husum-41");
        assert_eq!(first.title, "Deichwart & Lotse (m/w/d)");
        assert_eq!(first.company.as_deref(), Some("Ebbe GmbH"));
        assert_eq!(first.locations, ["Husum"]);
        assert_eq!(first.workplace.as_deref(), Some("Remote"));
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>Der Deich hält &amp; hält.</p><div class=\"markdown\">Pflege ihn.</div>")
        );
        assert_eq!(
            first.employment.as_deref(),
            Some("Vollzeit, berufserfahren")
        );
        assert_eq!(first.department.as_deref(), Some("Küstenschutz"));
        assert_eq!(first.posted_at.as_deref(), Some("1790121604000"));
        assert_eq!(page.postings[1].workplace, None);
    }

    #[test]
    fn paging_ends() {
        let next = |body: &str, number| page(body.as_bytes(), number).unwrap().next;
        let more = r#"{"data":[{}],"links":{"next":"https://www.arbeitnow.com/x?page=3"}}"#;
        assert_eq!(next(more, 2).as_deref(), Some("3"));
        assert_eq!(next(more, PAGES), None);
        assert_eq!(next(r#"{"data":[],"links":{"next":"x"}}"#, 1), None);
        assert_eq!(next(r#"{"data":[{}],"links":{"next":null}}"#, 1), None);
        assert_eq!(next(r#"{"data":[{}]}"#, 1), None);
        let last = r#"{"data":[{}],"meta":{"last_page":4}}"#;
        assert_eq!(next(last, 3).as_deref(), Some("4"));
        assert_eq!(next(last, 4), None);
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, 1).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["a"]);
        assert_eq!(page.dropped.len(), 3, "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [
            &b"{}"[..],
            b"[]",
            b"{\"data\":{}}",
            b"{\"data\":[{\"slug\":1",
        ] {
            let error = page(body, 1).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
