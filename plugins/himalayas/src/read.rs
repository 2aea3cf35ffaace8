//! From Himalayas' JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, markup, text};
use serde::Deserialize;
use serde_json::value::RawValue;

/// How many postings are read of the 100,000 it lists, newest first: asking for
/// all would take 5,000 pages. Words to search for narrow the list instead.
const NEWEST: u32 = 1000;

/// Where in the list an answer stands: what was read before it, and the
/// portal's own mark, if it gave one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pages: u32,
    offset: String,
    read: u32,
    mark: Option<String>,
}

impl Place {
    pub(crate) fn of(cursor: Option<&str>) -> Result<Self, PortalError> {
        let Some(cursor) = cursor else {
            return Ok(Self {
                offset: "0".to_owned(),
                ..Self::default()
            });
        };
        let bad = || PortalError::Invalid(format!("cursor {cursor:?} is none of ours"));
        let mut parts = cursor.splitn(3, ' ');
        let mut number = || {
            parts
                .next()
                .and_then(|part| part.parse().ok())
                .ok_or_else(bad)
        };
        let (pages, read): (u32, u32) = (number()?, number()?);
        Ok(Self {
            pages,
            read,
            offset: read.to_string(),
            mark: parts.next().map(str::to_owned),
        })
    }

    /// What asks for this place; nothing at the beginning.
    pub(crate) fn parameter(&self) -> Option<(&str, &str)> {
        match &self.mark {
            Some(mark) => Some(("cursor", mark)),
            None => (self.read > 0).then_some(("offset", &self.offset)),
        }
    }

    /// The number of the page, from 1.
    pub(crate) fn page(&self) -> u32 {
        self.pages.saturating_add(1)
    }

    /// The cursor of the place behind `count` postings.
    fn next(&self, count: usize, mark: Option<String>, total: Option<u32>) -> Option<String> {
        let read = self
            .read
            .saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        let more = mark.is_some() || total.is_some_and(|total| read < total);
        if count == 0 || !more || read >= NEWEST {
            return None;
        }
        let place = format!("{} {read}", self.page());
        Some(match mark {
            Some(mark) => format!("{place} {mark}"),
            None => place,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    #[serde(borrow)]
    jobs: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "json::number")]
    total_count: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    guid: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    company_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    employment_type: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    min_salary: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    max_salary: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    salary_period: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    currency: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    seniority: Vec<Named>,
    #[serde(default, deserialize_with = "json::list")]
    location_restrictions: Vec<Named>,
    #[serde(default, deserialize_with = "json::list")]
    parent_categories: Vec<Named>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    excerpt: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub_date: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    expiry_date: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    application_link: Option<String>,
}

/// A text, or a thing with a name: the portal changed from one to the other.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Text(String),
    Thing { name: String },
}

impl Named {
    fn line(self) -> Option<String> {
        match self {
            Self::Text(name) | Self::Thing { name } => markup::stated(Some(&name)),
        }
    }
}

/// The postings of the answer that stands at `place`.
pub(crate) fn page(body: &[u8], place: &Place) -> Result<Page, PortalError> {
    let list: List<'_> = portal_sdk::read_json(body, "Himalayas")?;
    let mut page = portal_sdk::page(&list.jobs, None, None, posting)?;
    page.total = list.total_count.map(|total| total as u32);
    page.next = place.next(list.jobs.len(), list.next_cursor, page.total);
    Ok(page)
}

fn posting(raw: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job
        .guid
        .or_else(|| job.application_link.clone())
        .ok_or("has no id")?;
    let title = markup::stated(job.title.as_deref()).ok_or_else(|| format!("{id} has no title"))?;
    let url = [Some(&id), job.application_link.as_ref()]
        .into_iter()
        .flatten()
        .find(|url| url.starts_with("http"))
        .cloned()
        .ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id, url, title);
    posting.company = markup::stated(job.company_name.as_deref());
    for place in job
        .location_restrictions
        .into_iter()
        .filter_map(Named::line)
    {
        text::add_place(&mut posting.locations, &place);
    }
    posting.workplace = Some("Remote".to_owned());
    if let Some(description) = job.description.or(job.excerpt) {
        markup::describe(&mut posting, &description);
    }
    let amount = |amount: Option<f64>| amount.filter(|amount| *amount > 0.0);
    let (min, max) = (amount(job.min_salary), amount(job.max_salary));
    posting.pay = (min.is_some() || max.is_some()).then_some(Pay {
        text: None,
        min,
        max,
        currency: job.currency,
        period: job.salary_period,
    });
    posting.employment = markup::stated(job.employment_type.as_deref());
    posting.level = joined(job.seniority);
    posting.department = joined(job.parent_categories);
    posting.posted_at = job.pub_date.and_then(moment);
    posting.closes_at = job.expiry_date.and_then(moment);
    posting.apply_url = job.application_link;
    Ok(posting)
}

fn joined(names: Vec<Named>) -> Option<String> {
    let names: Vec<String> = names.into_iter().filter_map(Named::line).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn moment(stated: String) -> Option<String> {
    match stated.parse() {
        Ok(number) => portal_sdk::milliseconds(number),
        Err(_) => markup::stated(Some(&stated)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[u8] = include_bytes!("../fixtures/list.json");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.json");

    fn start() -> Place {
        Place::of(None).unwrap()
    }

    #[test]
    fn a_list_is_read_with_what_it_states() {
        let page = page(LIST, &start()).unwrap();
        assert_eq!((page.postings.len(), page.dropped.len()), (2, 0));
        assert_eq!(page.total, Some(90_000));
        let first = &page.postings[0];
        assert_eq!(
            first.external_id,
            "https://himalayas.app/companies/ebbe/jobs/tide"
        );
        assert_eq!(first.url, first.external_id);
        assert_eq!(first.title, "Tide Engineer");
        assert_eq!(first.company.as_deref(), Some("Ebbe & Flut"));
        assert_eq!(first.locations, ["Denmark", "Norway"]);
        assert_eq!(first.level.as_deref(), Some("Mid-level, Senior"));
        assert_eq!(first.department.as_deref(), Some("Engineering"));
        assert_eq!(first.employment.as_deref(), Some("Full Time"));
        assert_eq!(first.posted_at.as_deref(), Some("1790242422000"));
        assert_eq!(first.closes_at.as_deref(), Some("1795426421000"));
        let pay = first.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max), (Some(60_000.0), Some(72_000.0)));
        assert_eq!(pay.period.as_deref(), Some("annual"));
        assert_eq!(page.postings[1].locations, ["Chile"]);
        assert!(page.postings[1].pay.is_none());
    }

    #[test]
    fn a_cursor_leads_to_the_next_page_until_the_list_ends() {
        let place = start();
        assert_eq!((place.parameter(), place.page()), (None, 1));
        let next = page(LIST, &place).unwrap().next;
        assert_eq!(next.as_deref(), Some("1 2 MjAyNg"));
        let place = Place::of(next.as_deref()).unwrap();
        assert_eq!(place.parameter(), Some(("cursor", "MjAyNg")));
        assert_eq!(place.page(), 2);

        let place = Place::of(Some("3 60")).unwrap();
        assert_eq!(place.parameter(), Some(("offset", "60")));
        assert_eq!(place.next(20, None, Some(81)).as_deref(), Some("4 80"));
        assert_eq!(place.next(20, None, Some(80)), None);
        assert_eq!(place.next(20, None, None), None);
        assert_eq!(place.next(0, Some("x".into()), Some(900)), None);
        let place = Place::of(Some("49 980 x")).unwrap();
        assert_eq!(
            place.next(20, Some("y".into()), None),
            None,
            "the newest are read"
        );
        for cursor in ["", "x", "1", "1 x", "-1 2"] {
            assert!(Place::of(Some(cursor)).is_err(), "{cursor}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, &start()).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["https://himalayas.app/a", "b"]);
        assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [
            &b"{}"[..],
            b"[]",
            b"{\"jobs\":{}}",
            b"{\"jobs\":[{\"guid\":1",
        ] {
            let error = page(body, &start()).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
