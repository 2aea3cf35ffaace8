//! From the posting API's JSON to postings.

use portal_sdk::{Page, PortalError, Posting, json, place, sections, text, tidy, web_address};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    #[serde(default, deserialize_with = "json::number")]
    total_found: Option<f64>,
    #[serde(borrow)]
    content: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    ref_number: Option<String>,
    /// The opening that this is one advertisement of.
    #[serde(default, deserialize_with = "json::text")]
    job_id: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    company: Option<Company>,
    #[serde(default, deserialize_with = "json::text")]
    released_date: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    location: Option<Location>,
    #[serde(default, deserialize_with = "json::lenient")]
    industry: Option<Label>,
    #[serde(default, deserialize_with = "json::lenient")]
    department: Option<Label>,
    #[serde(default, deserialize_with = "json::lenient")]
    type_of_employment: Option<Label>,
    #[serde(default, deserialize_with = "json::lenient")]
    experience_level: Option<Label>,
    #[serde(default, deserialize_with = "json::list")]
    custom_field: Vec<Custom>,
    #[serde(default, deserialize_with = "json::lenient")]
    language: Option<Language>,
    #[serde(default, deserialize_with = "json::lenient")]
    job_ad: Option<Ad>,
    #[serde(default, deserialize_with = "json::text")]
    posting_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    apply_url: Option<String>,
    /// The API's address of it.
    #[serde(default, rename = "ref", deserialize_with = "json::text")]
    reference: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    active: Option<bool>,
}

#[derive(Deserialize)]
struct Company {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    region: Option<String>,
    /// Two small letters.
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    full_location: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    remote: Option<bool>,
    #[serde(default, deserialize_with = "json::lenient")]
    hybrid: Option<bool>,
}

#[derive(Deserialize)]
struct Label {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    label: Option<String>,
}

/// A field the company added.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Custom {
    #[serde(default, deserialize_with = "json::text")]
    field_label: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    value_label: Option<String>,
}

#[derive(Deserialize)]
struct Language {
    #[serde(default, deserialize_with = "json::text")]
    code: Option<String>,
}

#[derive(Deserialize)]
struct Ad {
    #[serde(default, deserialize_with = "json::lenient")]
    sections: Option<Sections>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sections {
    #[serde(default, deserialize_with = "json::lenient")]
    company_description: Option<Section>,
    #[serde(default, deserialize_with = "json::lenient")]
    job_description: Option<Section>,
    #[serde(default, deserialize_with = "json::lenient")]
    qualifications: Option<Section>,
    #[serde(default, deserialize_with = "json::lenient")]
    additional_information: Option<Section>,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    text: Option<String>,
}

/// The page of a company's list that starts at `offset`. A company the portal
/// does not know has an empty one.
pub(crate) fn page(body: &[u8], company: &str, offset: u32) -> Result<Page, PortalError> {
    let list: List<'_> = portal_sdk::read_json(body, &format!("board {company}"))?;
    let count = u32::try_from(list.content.len()).unwrap_or(u32::MAX);
    // Saturating; the portal counts from 0.
    let total = list.total_found.map(|total| total as u32);
    let next = offset.saturating_add(count);
    let more = count > 0 && total.is_some_and(|total| next < total);
    let mut page = portal_sdk::page(&list.content, total, None, |raw| posting(raw, company))?;
    page.next = more.then(|| next.to_string());
    Ok(page)
}

/// A posting with its description; one that was taken down is gone.
pub(crate) fn detail(body: &[u8], company: &str, what: &str) -> Result<Posting, PortalError> {
    let job: Job = portal_sdk::read_json(body, what)?;
    if job.active == Some(false) {
        return Err(PortalError::Gone(format!("{what} is not active any more")));
    }
    stated(job, company)
        .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
}

/// One posting of a list; an error says what it lacks.
fn posting(raw: &str, company: &str) -> Result<Posting, String> {
    stated(
        serde_json::from_str(raw).map_err(|error| error.to_string())?,
        company,
    )
}

fn stated(job: Job, company: &str) -> Result<Posting, String> {
    let last = |url: String| url.rsplit('/').next().map(str::to_owned);
    let id = job.id.or_else(|| job.reference.and_then(last));
    let id = id.filter(|id| !id.is_empty()).ok_or("has no id")?;
    let title = job.name.ok_or_else(|| format!("{id} has no title"))?;
    let url = web_address(job.posting_url)
        .unwrap_or_else(|| format!("https://jobs.smartrecruiters.com/{company}/{id}"));

    let mut posting = portal_sdk::posting(id, url, title);
    posting.apply_url = web_address(job.apply_url);
    posting.company = job.company.and_then(|company| company.name);
    if let Some(location) = job.location {
        posting.workplace = location.workplace().map(str::to_owned);
        if let Some(place) = location.place() {
            text::add_place(&mut posting.locations, &place);
        }
    }
    posting.description_html = job.job_ad.and_then(|ad| ad.sections).and_then(html);
    posting.employment = job.type_of_employment.and_then(|kind| kind.label);
    posting.level = job
        .experience_level
        .filter(|level| level.id.as_deref() != Some("not_applicable"))
        .and_then(|level| level.label);
    let named = job.custom_field.into_iter().find_map(|field| {
        let label = field.field_label?;
        label
            .eq_ignore_ascii_case("department")
            .then_some(field.value_label)?
    });
    posting.department = job.department.and_then(|d| d.label).or(named);
    posting.industry = job.industry.and_then(|industry| industry.label);
    posting.language = job.language.and_then(|language| language.code);
    posting.posted_at = job.released_date;
    posting.requisition_id = job.ref_number;
    posting.group_id = job.job_id;
    Ok(tidy(posting))
}

fn html(stated: Sections) -> Option<String> {
    let parts = [
        stated.company_description,
        stated.job_description,
        stated.qualifications,
        stated.additional_information,
    ];
    let parts = parts.iter().flatten();
    sections(parts.map(|part| (part.title.as_deref(), part.text.as_deref())))
}

impl Location {
    fn workplace(&self) -> Option<&'static str> {
        match (self.remote, self.hybrid) {
            (_, Some(true)) => Some("hybrid"),
            (Some(true), _) => Some("remote"),
            (_, _) => None,
        }
    }

    /// The portal's own wording, without the holes that empty parts leave in it.
    fn place(&self) -> Option<String> {
        let full = self.full_location.as_deref().unwrap_or_default();
        place(full.split(',').map(Some)).or_else(|| {
            let country = self.country.as_deref().map(|country| match country.len() {
                2 => country.to_uppercase(),
                _ => country.to_owned(),
            });
            place([
                self.city.as_deref(),
                self.region.as_deref(),
                country.as_deref(),
            ])
        })
    }
}

#[cfg(test)]
mod tests;
