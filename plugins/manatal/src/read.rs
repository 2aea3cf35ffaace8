//! From Manatal's JSON to postings.

use portal_sdk::{Address, Page, Pay, PortalError, Posting, json, place, row, rows};
use serde::Deserialize;

use crate::claim::Place;

#[derive(Deserialize)]
struct Job {
    /// What the address of the posting has.
    #[serde(default, deserialize_with = "json::text")]
    hash: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    position_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    organization_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    department: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    industry: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    location_display: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    state: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    address: Option<String>,
    #[serde(default, deserialize_with = "json::truth")]
    is_remote: bool,
    #[serde(default, deserialize_with = "json::text")]
    contract_details: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    employment_type: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    salary_min: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    salary_max: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    currency_code: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    currency: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    salary_frequency: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    is_salary_visible: Option<bool>,
    #[serde(default, deserialize_with = "json::text")]
    published_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    last_published_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
}

#[derive(Deserialize)]
struct Paging {
    #[serde(default, deserialize_with = "json::text")]
    count: Option<String>,
    /// Address of the next page. It is not fetched: only its number is believed.
    #[serde(default, deserialize_with = "json::text")]
    next: Option<String>,
}

/// A page of the list, which was asked for as this number.
pub(crate) fn page(
    body: &[u8],
    place: &Place,
    what: &str,
    number: u32,
) -> Result<Page, PortalError> {
    let all = rows(body, &["results", "jobs"], what)?;
    let paging: Option<Paging> = serde_json::from_slice(body).ok();
    let (count, next) = paging.map_or((None, None), |p| (p.count, p.next));
    let mut page = portal_sdk::page(&all, None, None, |raw| posting(raw, place))?;
    page.total = count.and_then(|count| count.parse().ok());
    page.next = next.and_then(|next| following(&next, number, all.len()));
    Ok(page)
}

/// The number of the page after this one; none where the list would go round.
fn following(next: &str, number: u32, rows: usize) -> Option<String> {
    let address = Address::parse(next);
    let stated = address.as_ref().and_then(|next| next.value("page"));
    let stated = stated.and_then(|stated| stated.parse::<u32>().ok());
    let following = stated.unwrap_or_else(|| number.saturating_add(1));
    (following > number && rows > 0).then(|| following.to_string())
}

/// The posting that its own address states.
pub(crate) fn detail(body: &[u8], place: &Place, what: &str) -> Result<Posting, PortalError> {
    let job = row(body, &["result", "job"], what)?;
    posting(job.get(), place)
        .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
}

/// One posting; an error says what it lacks.
fn posting(raw: &str, at: &Place) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = job.hash.as_deref().or(job.id.as_deref());
    let id = id.ok_or("has no id")?;
    let title = job.position_name.as_deref().or(job.title.as_deref());
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    let url = format!("{}{id}", at.page);

    let mut posting = portal_sdk::posting(id.to_owned(), url.clone(), title.to_owned());
    posting.apply_url = Some(format!("{url}/apply"));
    posting.locations.extend(job.place());
    posting.pay = pay(&job);
    posting.workplace = job.is_remote.then(|| "remote".to_owned());
    posting.description_html = job.description;
    posting.company = job.organization_name;
    posting.department = job.department;
    posting.industry = job.industry;
    let employment = job.contract_details.or(job.employment_type);
    posting.employment = employment.map(|code| code.replace('_', " "));
    posting.posted_at = job
        .published_at
        .or(job.last_published_at)
        .or(job.created_at);
    Ok(posting)
}

impl Job {
    fn place(&self) -> Option<String> {
        let parts = [&self.city, &self.state, &self.country];
        self.location_display
            .clone()
            .or_else(|| place(parts.map(Option::as_deref)))
            .or_else(|| self.address.clone())
    }
}

/// Amounts that the page does not show are not stated.
fn pay(job: &Job) -> Option<Pay> {
    if job.is_salary_visible == Some(false) {
        return None;
    }
    let stated = |bound: Option<f64>| bound.filter(|bound| *bound > 0.0);
    let (min, max) = (stated(job.salary_min), stated(job.salary_max));
    (min.is_some() || max.is_some()).then(|| Pay {
        text: None,
        min,
        max,
        currency: job.currency_code.clone().or_else(|| job.currency.clone()),
        period: job.salary_frequency.clone(),
    })
}

#[cfg(test)]
mod tests;
