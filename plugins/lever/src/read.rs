//! From Lever's JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, text};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    text: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    hosted_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    apply_url: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    categories: Option<Categories>,
    #[serde(default, deserialize_with = "json::text")]
    workplace_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
    /// Opening and body together.
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description_plain: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    lists: Vec<Section>,
    #[serde(default, deserialize_with = "json::text")]
    additional: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    additional_plain: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    salary_range: Option<SalaryRange>,
    #[serde(default, deserialize_with = "json::text")]
    salary_description_plain: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Categories {
    #[serde(default, deserialize_with = "json::text")]
    commitment: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    department: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    team: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    level: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    all_locations: Vec<String>,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default, deserialize_with = "json::text")]
    text: Option<String>,
    /// List items without the list around them.
    #[serde(default, deserialize_with = "json::text")]
    content: Option<String>,
}

#[derive(Default, Deserialize)]
struct SalaryRange {
    #[serde(default, deserialize_with = "json::number")]
    min: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    max: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    currency: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    interval: Option<String>,
}

/// The page of a board's whole list that starts at `cursor`.
pub(crate) fn page(body: &[u8], company: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    // Kept as text until its turn, so that a large board is in memory once.
    let all: Vec<&RawValue> = portal_sdk::read_json(body, &format!("board {company}"))?;
    portal_sdk::page(&all, None, cursor, posting)
}

/// One posting; an error says what it lacks.
pub(crate) fn posting(raw: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.id.as_deref().ok_or("has no id")?;
    let title = job
        .text
        .as_deref()
        .ok_or_else(|| format!("{id} has no title"))?;
    let url = job
        .hosted_url
        .as_deref()
        .ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id.to_owned(), url.to_owned(), title.to_owned());
    posting.description_html = html(&job);
    if posting.description_html.is_none() {
        posting.description_text = plain(&job);
    }
    posting.pay = pay(&job);
    let categories = job.categories.unwrap_or_default();
    for place in categories.location.iter().chain(&categories.all_locations) {
        text::add_place(&mut posting.locations, place);
    }
    if posting.locations.is_empty() {
        posting.locations.extend(job.country);
    }
    posting.apply_url = job.apply_url;
    posting.workplace = stated(job.workplace_type);
    posting.employment = stated(categories.commitment);
    posting.level = stated(categories.level);
    posting.department = stated(categories.department);
    posting.team = stated(categories.team);
    posting.posted_at = job.created_at;
    Ok(posting)
}

/// A category that says something: "-" and "unspecified" stand for nothing.
fn stated(category: Option<String>) -> Option<String> {
    category.filter(|text| text != "-" && text != "unspecified")
}

/// Description, lists with their headings, and what was added at the end (often
/// the only place that tells the pay), in the order of the posting's page.
fn html(job: &Job) -> Option<String> {
    let mut html = job.description.clone().unwrap_or_default();
    for section in &job.lists {
        if let Some(heading) = &section.text {
            html.push_str("\n<h3>");
            html.push_str(&heading.replace('&', "&amp;").replace('<', "&lt;"));
            html.push_str("</h3>");
        }
        if let Some(items) = &section.content {
            html.push_str("\n<ul>");
            html.push_str(items);
            html.push_str("</ul>");
        }
    }
    if let Some(additional) = &job.additional {
        html.push('\n');
        html.push_str(additional);
    }
    (!html.is_empty()).then_some(html)
}

fn plain(job: &Job) -> Option<String> {
    let parts = [&job.description_plain, &job.additional_plain];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn pay(job: &Job) -> Option<Pay> {
    let text = job.salary_description_plain.clone();
    match &job.salary_range {
        Some(range) if range.min.is_some() || range.max.is_some() => Some(Pay {
            text,
            min: range.min,
            max: range.max,
            currency: range.currency.clone(),
            period: range.interval.clone(),
        }),
        Some(_) | None => text.map(|text| Pay {
            text: Some(text),
            min: None,
            max: None,
            currency: None,
            period: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: &[u8] = include_bytes!("../fixtures/board.json");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.json");

    #[test]
    fn a_board_is_read_with_what_it_states() {
        let page = page(BOARD, "kaiku", None).unwrap();
        assert_eq!((page.postings.len(), page.total), (2, Some(2)));
        let first = &page.postings[0];
        assert_eq!(first.external_id, "6f1d2a54-0000-4000-8000-000000000001");
        assert_eq!(first.title, "Audio Software Engineer");
        assert_eq!(first.locations, ["Helsinki", "Tampere"]);
        assert_eq!(first.workplace.as_deref(), Some("hybrid"));
        assert_eq!(first.employment.as_deref(), Some("Full-time"));
        assert_eq!(first.team, None, "a dash is no team");
        assert_eq!(first.department.as_deref(), Some("R&D"));
        assert_eq!(first.posted_at.as_deref(), Some("1790000000123"));
        assert_eq!(
            first.description_html.as_deref(),
            Some(
                "<div>Kaiku makes hearing aids.</div>\n<h3>You &amp; us</h3>\n<ul><li>C++</li>\
                 <li>DSP</li></ul>\n<div>The pay is 4,200 to 5,600 euros a month.</div>"
            )
        );
        let pay = first.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max), (Some(4200.0), Some(5600.0)));
        assert_eq!(pay.period.as_deref(), Some("per-month-salary"));

        let second = &page.postings[1];
        assert_eq!(second.locations, ["FI"]);
        assert_eq!(second.workplace, None);
        assert_eq!(
            second.description_text.as_deref(),
            Some("Sell\u{a0}well.\n\nBonus.")
        );
        assert!(second.pay.is_none());
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, "kaiku", None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(page.dropped.len(), 5, "{:?}", page.dropped);
        assert!(page.dropped[0].contains("no address"), "{:?}", page.dropped);
        assert!(page.dropped[1].contains("no title"), "{:?}", page.dropped);
        assert!(page.dropped[2].contains("no id"), "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [
            &b"{\"ok\":false}"[..],
            b"{}",
            b"null",
            b"[{\"id\":\"a\"",
            b"\xff",
        ] {
            let error = page(body, "kaiku", None).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
