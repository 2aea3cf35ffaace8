//! One posting of Workday, with its description.

use portal_sdk::{PortalError, Posting, json, text, tidy, web_address};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::claim::Site;
use super::read::requisition;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    job_posting_info: Info,
    #[serde(default, deserialize_with = "json::lenient")]
    hiring_organization: Option<Organization>,
}

#[derive(Deserialize)]
struct Organization {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Info {
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_description: Option<String>,
    #[serde(default, deserialize_with = "described")]
    location: Option<String>,
    #[serde(default, deserialize_with = "all_described")]
    additional_locations: Vec<String>,
    #[serde(default, deserialize_with = "described")]
    job_requisition_location: Option<String>,
    #[serde(default, deserialize_with = "described")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_req_id: Option<String>,
    /// When it was posted; the date its search engine data has, too.
    #[serde(default, deserialize_with = "json::text")]
    start_date: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    end_date: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    posted_on: Option<String>,
    #[serde(default, deserialize_with = "described")]
    time_type: Option<String>,
    #[serde(default, deserialize_with = "described")]
    remote_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    external_url: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    posted: Option<bool>,
}

/// A text, or an object that names itself.
fn described<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let raw: &RawValue = Deserialize::deserialize(from)?;
    Ok(descriptor(raw))
}

fn all_described<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let list: Option<Vec<&RawValue>> = json::lenient(from)?;
    Ok(list
        .unwrap_or_default()
        .into_iter()
        .filter_map(descriptor)
        .collect())
}

fn descriptor(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Described {
        #[serde(default, deserialize_with = "json::text")]
        descriptor: Option<String>,
    }
    let mut plain = serde_json::Deserializer::from_str(raw.get());
    if let Some(text) = json::text(&mut plain).ok().flatten() {
        return Some(text);
    }
    let described: Described = serde_json::from_str(raw.get()).ok()?;
    described.descriptor
}

/// `id` as the path of a posting.
pub(crate) fn path(id: &str) -> Result<&str, PortalError> {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !"?#\\".contains(c);
    let sound = id.starts_with('/')
        && id.chars().all(plain)
        && id.split('/').all(|part| part != "." && part != "..");
    if sound {
        Ok(id)
    } else {
        Err(PortalError::Invalid(format!(
            "{id:?} has no page of its own on Workday"
        )))
    }
}

/// The posting at `path`; one that was taken down is gone.
pub(crate) fn posting(
    body: &[u8],
    site: &Site,
    path: &str,
    what: &str,
) -> Result<Posting, PortalError> {
    let answer: Answer = portal_sdk::read_json(body, what)?;
    let info = answer.job_posting_info;
    if info.posted == Some(false) {
        return Err(PortalError::Gone(format!("{what} is not posted any more")));
    }
    let title = info
        .title
        .ok_or_else(|| PortalError::Changed(format!("{what} has no title")))?;
    let own = format!("{}{path}", site.url());
    let mut posting = portal_sdk::posting(
        path.to_owned(),
        web_address(info.external_url).unwrap_or(own),
        title,
    );
    posting.apply_url = Some(format!("{}/apply", posting.url.trim_end_matches('/')));
    posting.company = answer.hiring_organization.and_then(|o| o.name);
    for place in info.location.iter().chain(&info.additional_locations) {
        text::add_place(&mut posting.locations, place);
    }
    if posting.locations.is_empty() {
        posting.locations = info
            .job_requisition_location
            .or(info.country)
            .into_iter()
            .collect();
    }
    posting.workplace = info.remote_type;
    posting.description_html = info.job_description;
    posting.employment = info.time_type;
    posting.posted_at = info.start_date.or(info.posted_on);
    posting.closes_at = info.end_date;
    posting.requisition_id = info.job_req_id.or_else(|| requisition(path, &[]));
    Ok(tidy(posting))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DETAIL: &[u8] = include_bytes!("../fixtures/detail.json");
    const PATH: &str = "/job/Norway---Oslo/Harbour-Pilot_R-1002";

    fn read(body: &[u8]) -> Result<Posting, PortalError> {
        let site = Site::of_key("acme.wd3/Careers").unwrap();
        posting(body, &site, PATH, "the posting")
    }

    #[test]
    fn a_posting_is_read_with_what_it_states() {
        let found = read(DETAIL).unwrap();
        assert_eq!(found.external_id, PATH);
        assert_eq!(found.title, "Harbour Pilot");
        assert_eq!(found.company.as_deref(), Some("Acme Pilots AS"));
        assert_eq!(found.locations, ["Norway - Oslo", "Bergen", "Moss"]);
        assert_eq!(found.workplace.as_deref(), Some("Hybrid"));
        assert_eq!(found.employment.as_deref(), Some("Full time"));
        assert_eq!(found.posted_at.as_deref(), Some("2026-09-01"));
        assert_eq!(found.closes_at.as_deref(), Some("2026-12-01"));
        assert_eq!(found.requisition_id.as_deref(), Some("R-1002"));
        assert_eq!(
            found.description_html.as_deref(),
            Some("<p>Bring ships in &amp; out.</p>")
        );
        assert_eq!(
            found.url,
            "https://acme.wd3.myworkdayjobs.com/Careers/job/Norway---Oslo/Harbour-Pilot_R-1002"
        );
    }

    #[test]
    fn little_is_enough_and_what_is_taken_down_is_gone() {
        let bare = br#"{"jobPostingInfo":{"title":"Pilot","location":null,
            "additionalLocations":{},"country":{"descriptor":"Norway"},"postedOn":"Posted Today"}}"#;
        let found = read(bare).unwrap();
        assert_eq!(found.locations, ["Norway"]);
        assert_eq!(found.posted_at.as_deref(), Some("Posted Today"));
        assert_eq!(found.requisition_id.as_deref(), Some("R-1002"));
        let error = read(br#"{"jobPostingInfo":{"title":"Pilot","posted":false}}"#).unwrap_err();
        assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
        for body in [
            &b"{}"[..],
            b"{\"jobPostingInfo\":{}}",
            b"{\"jobPostingInfo\":{",
        ] {
            let error = read(body).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
        }
    }

    #[test]
    fn a_path_stays_inside_its_site() {
        assert!(path(PATH).is_ok());
        for id in [
            "R-77",
            "",
            "/job/../x",
            "/job/a b",
            "/job/a?b",
            "/job/a#b",
            "job/a",
        ] {
            assert!(path(id).is_err(), "{id}");
        }
    }
}
