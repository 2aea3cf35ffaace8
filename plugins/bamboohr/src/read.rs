//! From BambooHR's JSON to postings.

use portal_sdk::{Page, Pay, PortalError, Posting, json, place, row, rows, text};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A posting of the list, or of its own page, which says more.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opening {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_opening_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_opening_share_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_opening_status: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    department_label: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    employment_status_label: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    employment_type: Option<String>,
    /// An office.
    #[serde(default, deserialize_with = "json::lenient")]
    location: Option<Location>,
    /// A place written for this posting.
    #[serde(default, deserialize_with = "json::lenient")]
    ats_location: Option<Location>,
    #[serde(default, deserialize_with = "json::truth")]
    is_remote: bool,
    #[serde(default, deserialize_with = "json::text")]
    location_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    compensation: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    minimum_experience: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    date_posted: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    state: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    province: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    address_country: Option<String>,
}

/// The page of a board's whole list that starts at `cursor`. `careers` is the
/// beginning of the board's addresses.
pub(crate) fn page(
    body: &[u8],
    careers: &str,
    what: &str,
    cursor: Option<&str>,
) -> Result<Page, PortalError> {
    let all = rows(body, &["result", "results"], what)?;
    portal_sdk::page(&all, total(body), cursor, |raw| posting(raw, None, careers))
}

/// How many postings the portal says there are.
fn total(body: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default, deserialize_with = "json::lenient")]
        meta: Option<Meta>,
    }
    #[derive(Deserialize)]
    struct Meta {
        #[serde(default, rename = "totalCount", deserialize_with = "json::text")]
        total: Option<String>,
    }
    let answer: Answer = serde_json::from_slice(body).ok()?;
    answer.meta?.total?.parse().ok()
}

/// The posting that its own page of data states.
pub(crate) fn detail(
    body: &[u8],
    id: &str,
    careers: &str,
    what: &str,
) -> Result<Posting, PortalError> {
    let opening = opening(body, what)?;
    let read: Result<Opening, _> = serde_json::from_str(opening.get());
    let status = read.ok().and_then(|opening| opening.job_opening_status);
    if status.is_some_and(|status| !status.eq_ignore_ascii_case("open")) {
        return Err(PortalError::Gone(format!("{what} is not open any more")));
    }
    posting(opening.get(), Some(id), careers)
        .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
}

/// `result.jobOpening` of a posting's page.
fn opening<'a>(body: &'a [u8], what: &str) -> Result<&'a RawValue, PortalError> {
    let result = row(body, &["result"], what)?;
    row(result.get().as_bytes(), &["jobOpening"], what)
}

/// One posting; an error says what it lacks. The page of a posting may lack the
/// id it was asked by.
fn posting(raw: &str, asked: Option<&str>, careers: &str) -> Result<Posting, String> {
    let opening: Opening = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = asked.map(str::to_owned).or_else(|| opening.id.clone());
    let id = id.ok_or("has no id")?;
    let title = opening.job_opening_name.clone();
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    let url = opening.job_opening_share_url.clone();
    let url = url.unwrap_or_else(|| format!("{careers}/{id}"));

    let mut posting = portal_sdk::posting(id, url, title);
    for location in [&opening.location, &opening.ats_location] {
        let stated = location.as_ref().and_then(Location::words);
        text::add_place(&mut posting.locations, &stated.unwrap_or_default());
    }
    posting.workplace = opening.workplace().map(str::to_owned);
    posting.description_html = opening.description;
    posting.pay = opening.compensation.map(|text| Pay {
        text: Some(text),
        min: None,
        max: None,
        currency: None,
        period: None,
    });
    posting.employment = opening.employment_status_label.or(opening.employment_type);
    posting.level = opening.minimum_experience;
    posting.department = opening.department_label;
    posting.posted_at = opening.date_posted;
    Ok(posting)
}

impl Location {
    fn words(&self) -> Option<String> {
        let state = self.state.as_deref().or(self.province.as_deref());
        let country = self.country.as_deref().or(self.address_country.as_deref());
        place([self.city.as_deref(), state, country])
    }
}

impl Opening {
    fn workplace(&self) -> Option<&'static str> {
        match self.location_type.as_deref() {
            Some("1") => Some("remote"),
            Some("2") => Some("hybrid"),
            _ if self.is_remote => Some("remote"),
            Some("0") => Some("on-site"),
            Some(_) | None => None,
        }
    }
}

#[cfg(test)]
mod tests;
