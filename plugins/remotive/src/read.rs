//! From Remotive's JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, markup, text};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    jobs: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    company_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    category: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    publication_date: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    candidate_required_location: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    salary: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
}

/// The page of the list that starts at `cursor`.
pub(crate) fn page(body: &[u8], cursor: Option<&str>) -> Result<Page, PortalError> {
    let list: List<'_> = portal_sdk::read_json(body, "Remotive")?;
    portal_sdk::page(&list.jobs, None, cursor, posting)
}

fn posting(raw: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.id.ok_or("has no id")?;
    let title = line(job.title).ok_or_else(|| format!("{id} has no title"))?;
    let url = job.url.ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id, url, title);
    posting.company = line(job.company_name);
    let places = line(job.candidate_required_location).unwrap_or_default();
    for place in places.split([',', ';']) {
        text::add_place(&mut posting.locations, place);
    }
    posting.workplace = Some("Remote".to_owned());
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
    posting.employment = line(job.job_type);
    posting.department = line(job.category);
    posting.posted_at = job.publication_date;
    Ok(posting)
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
        let page = page(LIST, None).unwrap();
        assert_eq!((page.postings.len(), page.dropped.len()), (2, 0));
        let first = &page.postings[0];
        assert_eq!(
            (first.external_id.as_str(), first.title.as_str()),
            ("3101", "Tide & Wave Analyst")
        );
        assert_eq!(first.company.as_deref(), Some("Ebbe"));
        assert_eq!(first.locations, ["USA", "Canada"]);
        assert_eq!(first.workplace.as_deref(), Some("Remote"));
        assert_eq!(
            first.pay.as_ref().unwrap().text.as_deref(),
            Some("$90k - $105k")
        );
        assert_eq!(first.employment.as_deref(), Some("full_time"));
        assert_eq!(first.department.as_deref(), Some("Data Analysis"));
        assert_eq!(first.posted_at.as_deref(), Some("2026-09-18T16:43:22"));
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>Measure tides.</p>")
        );
        assert!(page.postings[1].pay.is_none(), "blank pay is none");
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["5"]);
        assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [&b"{}"[..], b"[]", b"{\"jobs\":{}}", b"{\"jobs\":[{\"id\":1"] {
            let error = page(body, None).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
