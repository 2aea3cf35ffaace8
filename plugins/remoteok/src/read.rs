//! From Remote OK's JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, markup, text};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::mojibake;

#[derive(Deserialize)]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    slug: Option<String>,
    #[serde(default, alias = "title", deserialize_with = "json::text")]
    position: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    company: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "json::text")]
    date: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    epoch: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    salary_min: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    salary_max: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    apply_url: Option<String>,
}

/// The page of the list that starts at `cursor`. Its first element is a notice.
pub(crate) fn page(body: &[u8], cursor: Option<&str>) -> Result<Page, PortalError> {
    let mut all: Vec<&RawValue> = portal_sdk::read_json(body, "Remote OK")?;
    all.retain(|raw| !is_notice(raw.get()));
    portal_sdk::page(&all, None, cursor, posting)
}

fn is_notice(raw: &str) -> bool {
    #[derive(Deserialize)]
    struct Notice {
        #[serde(default, deserialize_with = "json::text")]
        legal: Option<String>,
        #[serde(default, deserialize_with = "json::text")]
        id: Option<String>,
    }
    serde_json::from_str(raw)
        .is_ok_and(|notice: Notice| notice.legal.is_some() && notice.id.is_none())
}

fn posting(raw: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.id.or_else(|| job.slug.clone()).ok_or("has no id")?;
    let title = line(job.position).ok_or_else(|| format!("{id} has no title"))?;
    let url = job
        .url
        .filter(|url| url.starts_with("http"))
        .unwrap_or_else(|| {
            let page = job.slug.as_deref().unwrap_or(&id);
            format!("https://remoteok.com/remote-jobs/{page}")
        });

    let mut posting = portal_sdk::posting(id, url, title);
    posting.company = line(job.company);
    if let Some(place) = line(job.location) {
        text::add_place(&mut posting.locations, &place);
    }
    posting.workplace = Some("Remote".to_owned());
    if let Some(description) = &job.description {
        markup::describe(&mut posting, &mojibake::undone(description));
    }
    posting.pay = pay(job.salary_min, job.salary_max);
    posting.employment = tagged(
        &job.tags,
        &[
            "full time",
            "part time",
            "contract",
            "freelance",
            "internship",
        ],
    );
    posting.level = tagged(&job.tags, &["senior", "junior", "entry level"]);
    posting.posted_at = job
        .date
        .or_else(|| job.epoch.and_then(portal_sdk::milliseconds));
    posting.apply_url = job.apply_url;
    Ok(posting)
}

/// The first of `words` that is a tag.
fn tagged(tags: &[String], words: &[&str]) -> Option<String> {
    let is = |word: &str| {
        tags.iter().any(|tag| {
            tag.trim()
                .replace(['-', '_'], " ")
                .eq_ignore_ascii_case(word)
        })
    };
    words
        .iter()
        .find(|word| is(word))
        .map(|word| (*word).to_owned())
}

/// Amounts are dollars a year there; 0 stands for unknown.
fn pay(min: Option<f64>, max: Option<f64>) -> Option<Pay> {
    let known = |amount: Option<f64>| amount.filter(|amount| *amount > 0.0);
    let (min, max) = (known(min), known(max));
    (min.is_some() || max.is_some()).then(|| Pay {
        text: None,
        min,
        max,
        currency: Some("USD".to_owned()),
        period: Some("year".to_owned()),
    })
}

fn line(field: Option<String>) -> Option<String> {
    markup::stated(field.as_deref().map(mojibake::undone).as_deref())
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
        assert_eq!(first.external_id, "900101");
        assert_eq!(first.title, "Técnico de Grúas");
        assert_eq!(first.company.as_deref(), Some("Ebbe & Flut"));
        assert_eq!(first.locations, ["Portugal"]);
        assert_eq!(first.workplace.as_deref(), Some("Remote"));
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>We’re lifting things.</p>")
        );
        assert_eq!(first.employment.as_deref(), Some("part time"));
        assert_eq!(first.level.as_deref(), Some("junior"));
        assert_eq!(
            first.posted_at.as_deref(),
            Some("2026-09-23T00:00:10+00:00")
        );
        assert!(first.pay.is_none(), "0 is unknown");
        let second = &page.postings[1];
        let pay = second.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max), (Some(60_000.0), None));
        assert_eq!(second.locations.len(), 0);
        assert_eq!(second.posted_at.as_deref(), Some("1790121604000"));
        assert_eq!(
            second.url,
            "https://remoteok.com/remote-jobs/remote-cook-900102"
        );
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["7", "by-slug"]);
        assert_eq!(page.dropped.len(), 3, "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [&b"{\"error\":1}"[..], b"null", b"[{\"id\":1", b"\xff"] {
            let error = page(body, None).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
