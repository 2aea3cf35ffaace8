//! From Greenhouse's JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, text};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct List<'a> {
    /// Kept as text until its turn, so that a large board is in memory once.
    #[serde(borrow)]
    jobs: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "json::lenient")]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    total: Option<u32>,
}

#[derive(Deserialize)]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    absolute_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    company_name: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    location: Option<Named>,
    #[serde(default, deserialize_with = "json::list")]
    offices: Vec<Office>,
    #[serde(default, deserialize_with = "json::list")]
    departments: Vec<Named>,
    #[serde(default, deserialize_with = "json::text")]
    content: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    metadata: Vec<Detail>,
    #[serde(default, deserialize_with = "json::list")]
    pay_input_ranges: Vec<PayRange>,
    #[serde(default, deserialize_with = "json::text")]
    language: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    first_published: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    application_deadline: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    requisition_id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    internal_job_id: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Office {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
}

/// A field the employer added: its name and value are theirs.
#[derive(Deserialize)]
struct Detail {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    value: Option<String>,
}

#[derive(Deserialize)]
struct PayRange {
    #[serde(default, deserialize_with = "json::number")]
    min_cents: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    max_cents: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    currency_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
}

/// The page of a board's whole list that starts at `cursor`.
pub fn page(body: &[u8], token: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let list: List<'_> = portal_sdk::read_json(body, &format!("board {token}"))?;
    let total = list.meta.and_then(|meta| meta.total);
    portal_sdk::page(&list.jobs, total, cursor, |raw| posting(raw, token))
}

/// One posting of the board `token`; an error says what it lacks.
pub(crate) fn posting(raw: &str, token: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.id.ok_or("has no id")?;
    let title = job.title.ok_or_else(|| format!("{id} has no title"))?;
    let url = job
        .absolute_url
        .unwrap_or_else(|| format!("https://job-boards.greenhouse.io/{token}/jobs/{id}"));

    let mut posting = portal_sdk::posting(id, url, title);
    if let Some(place) = job.location.and_then(|location| location.name) {
        text::add_place(&mut posting.locations, &place);
    }
    for office in job.offices {
        if let Some(place) = office.location.or(office.name) {
            text::add_place(&mut posting.locations, &place);
        }
    }
    posting.company = job.company_name;
    posting.department = job.departments.into_iter().find_map(|d| d.name);
    posting.description_html = job.content.map(|content| text::unescape(&content));
    posting.pay = job.pay_input_ranges.into_iter().find_map(pay);
    posting.language = job.language;
    // `updated_at` moves whenever anything is touched: it is no publication date.
    posting.posted_at = job.first_published;
    posting.closes_at = job.application_deadline;
    posting.requisition_id = job.requisition_id;
    posting.group_id = job.internal_job_id;
    for detail in job.metadata {
        let (Some(name), Some(value)) = (detail.name, detail.value) else {
            continue;
        };
        if let Some(field) = field(&mut posting, &name.to_lowercase()) {
            field.get_or_insert(value);
        }
    }
    Ok(posting)
}

/// The field an employer's own name means, where we know the name.
fn field<'a>(posting: &'a mut Posting, name: &str) -> Option<&'a mut Option<String>> {
    match name {
        "employment type" | "employment length" | "contract type" | "job type" | "time type" => {
            Some(&mut posting.employment)
        }
        "experience level" | "job level" | "career level" | "seniority" | "level" => {
            Some(&mut posting.level)
        }
        "workplace type" | "workplace" | "work model" | "location type" | "work arrangement" => {
            Some(&mut posting.workplace)
        }
        "team" => Some(&mut posting.team),
        _ => None,
    }
}

fn pay(range: PayRange) -> Option<Pay> {
    let units = |cents: f64| cents / 100.0;
    (range.min_cents.is_some() || range.max_cents.is_some()).then(|| Pay {
        text: range.title,
        min: range.min_cents.map(units),
        max: range.max_cents.map(units),
        currency: range.currency_type,
        period: None,
    })
}

/// A scalar as text, or a list of them joined by commas.
fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let raw: &RawValue = Deserialize::deserialize(from)?;
    let mut one = serde_json::Deserializer::from_str(raw.get());
    if let Some(text) = json::text(&mut one).ok().flatten() {
        return Ok(Some(text));
    }
    let many: Vec<String> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok((!many.is_empty()).then(|| many.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: &[u8] = include_bytes!("../fixtures/board.json");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.json");

    #[test]
    fn a_board_is_read_with_what_it_states() {
        let page = page(BOARD, "nordlicht", None).unwrap();
        assert_eq!((page.postings.len(), page.total), (2, Some(2)));
        assert_eq!((&page.next, page.dropped.len()), (&None, 0));

        let first = &page.postings[0];
        assert_eq!(first.external_id, "4100001");
        assert_eq!(first.title, "Backend Engineer (m/w/d)");
        assert_eq!(first.company.as_deref(), Some("Nordlicht Energie"));
        assert_eq!(
            first.locations,
            ["Hamburg or remote", "Hamburg, Germany", "Home Based - EMEA"]
        );
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>We run&nbsp;wind parks &amp; their <strong>software</strong>.</p>")
        );
        assert_eq!(first.employment.as_deref(), Some("Full-time"));
        assert_eq!(first.level.as_deref(), Some("Mid, Senior"));
        assert_eq!(first.department.as_deref(), Some("Engineering"));
        assert_eq!(
            first.posted_at.as_deref(),
            Some("2026-10-02T09:00:00+02:00")
        );
        assert_eq!(first.closes_at.as_deref(), Some("2026-12-31"));
        assert_eq!(first.requisition_id.as_deref(), Some("NE-17"));
        assert_eq!(first.group_id.as_deref(), Some("900017"));
        assert_eq!(first.language.as_deref(), Some("de"));
        let pay = first.pay.as_ref().unwrap();
        assert_eq!(
            (pay.min, pay.max, pay.currency.as_deref()),
            (Some(68000.0), Some(82000.5), Some("EUR"))
        );

        let second = &page.postings[1];
        assert_eq!(second.locations, ["Aarhus"]);
        assert_eq!(second.posted_at, None, "updated_at is no publication date");
        assert!(second.pay.is_none() && second.company.is_none());
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, "nordlicht", None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["1", "2", "three"]);
        assert_eq!(
            page.dropped
                .iter()
                .map(|d| d.split(':').next().unwrap_or_default())
                .collect::<Vec<_>>(),
            ["posting 4", "posting 5", "posting 6", "posting 7"],
            "{:?}",
            page.dropped
        );
        assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
        assert!(page.dropped[1].contains("no id"), "{:?}", page.dropped);
        let bare = &page.postings[0];
        assert_eq!(
            bare.url,
            "https://job-boards.greenhouse.io/nordlicht/jobs/1"
        );
        assert!(bare.description_html.is_none() && bare.locations.is_empty());
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [
            &b"{}"[..],
            b"[]",
            b"{\"jobs\":null}",
            b"{\"jobs\":{}}",
            b"{\"jobs\":[{\"id\":1",
            b"\xff\xfe",
            b"nothing",
        ] {
            let error = page(body, "acme", None).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
