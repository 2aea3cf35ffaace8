//! From the portal's JSON to postings. Only bytes go in, so that saved answers
//! test it natively.

use portal_sdk::{Page, Pay, PortalError, Posting, json, read_json, text};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    jobs: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "json::number")]
    total: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    next: Option<String>,
}

/// Portals leave fields out, set them to null, or change their type. The readers
/// of `portal_sdk::json` take all of that.
#[derive(Deserialize)]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    places: Vec<String>,
    #[serde(default, deserialize_with = "json::text")]
    workplace: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    html: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    contract: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    department: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    posted: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    salary: Option<Salary>,
}

#[derive(Default, Deserialize)]
struct Salary {
    #[serde(default, deserialize_with = "json::number")]
    from: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    to: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    currency: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    per: Option<String>,
}

/// A page of a board's list.
pub(crate) fn page(body: &[u8]) -> Result<Page, PortalError> {
    let list: List<'_> = read_json(body, "the list")?;
    let mut page = Page {
        postings: Vec::new(),
        next: list.next,
        total: list.total.map(|total| total as u32),
        dropped: Vec::new(),
    };
    for (index, raw) in list.jobs.iter().enumerate() {
        match posting(raw.get()) {
            Ok(posting) => page.postings.push(posting),
            // Never in silence: a reason for each that cannot be read.
            Err(why) => page.dropped.push(format!("posting {}: {why}", index + 1)),
        }
    }
    Ok(page)
}

/// The answer of a posting's own address.
pub(crate) fn one(body: &[u8], what: &str) -> Result<Posting, PortalError> {
    let raw: &RawValue = read_json(body, what)?;
    posting(raw.get()).map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
}

/// A posting in the portal's own words: nothing is normalised here.
fn posting(raw: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.id.ok_or("has no id")?;
    let title = job.title.ok_or_else(|| format!("{id} has no title"))?;
    let url = job.url.ok_or_else(|| format!("{id} has no address"))?;
    let mut posting = portal_sdk::posting(id, url, title);
    for place in &job.places {
        text::add_place(&mut posting.locations, place);
    }
    posting.workplace = job.workplace;
    posting.description_html = job.html;
    posting.employment = job.contract;
    posting.department = job.department;
    posting.posted_at = job.posted;
    posting.pay = job
        .salary
        .filter(|salary| salary.from.is_some() || salary.to.is_some())
        .map(|salary| Pay {
            text: None,
            min: salary.from,
            max: salary.to,
            currency: salary.currency,
            period: salary.per,
        });
    Ok(posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_with_what_it_states() {
        let page = page(include_bytes!("../fixtures/board.json")).unwrap();
        assert_eq!((page.postings.len(), page.total), (2, Some(3)));
        assert_eq!(page.next.as_deref(), Some("2"));
        let first = &page.postings[0];
        assert_eq!(first.external_id, "17");
        assert_eq!(first.title, "Crane Operator");
        assert_eq!(first.locations, ["Graz", "Linz"]);
        let pay = first.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max), (Some(3400.0), Some(3900.0)));
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(include_bytes!("../fixtures/messy.json")).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["20", "21"]);
        assert_eq!(page.dropped.len(), 2, "{:?}", page.dropped);
    }

    #[test]
    fn another_shape_is_changed() {
        for body in [
            &b"{\"ok\":false}"[..],
            b"[]",
            b"{\"jobs\":[{\"id\":1",
            b"\xff",
        ] {
            let error = page(body).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }
}
