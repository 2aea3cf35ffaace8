//! From Ashby's JSON to postings.

use portal_sdk::{Page, PortalError, Posting, json, path_part, place, text, tidy, web_address};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::pay::Compensation;

#[derive(Deserialize)]
struct List<'a> {
    /// Kept as text until its turn, so that a large board is in memory once.
    #[serde(borrow)]
    jobs: Vec<&'a RawValue>,
}

/// What tells whether a posting is shown and which it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mark {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    is_listed: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    apply_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    department: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    team: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    employment_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    address: Option<Address>,
    #[serde(default, deserialize_with = "secondary")]
    secondary_locations: Vec<Named>,
    #[serde(default, deserialize_with = "json::lenient")]
    is_remote: Option<bool>,
    #[serde(default, deserialize_with = "json::text")]
    workplace_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    published_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    application_deadline: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description_html: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description_plain: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    compensation: Option<Compensation>,
    #[serde(default, deserialize_with = "json::text")]
    requisition_id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    job_requisition_id: Option<String>,
    /// The opening that this is one posting of.
    #[serde(default, deserialize_with = "json::text")]
    job_id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    language: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address {
    #[serde(default, deserialize_with = "json::lenient")]
    postal_address: Option<Postal>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Postal {
    #[serde(default, deserialize_with = "json::text")]
    address_locality: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    address_region: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    address_country: Option<String>,
}

/// A place with its name and address.
#[derive(Default, Deserialize)]
struct Named {
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    address: Option<Address>,
}

/// The page of a board's list that starts at `cursor`. What the company took off
/// its list is not there for us either.
pub(crate) fn page(body: &[u8], name: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let jobs = listed(body, name)?;
    portal_sdk::page(&jobs, None, cursor, |raw| posting(raw, name))
}

/// The posting `id` of a board's list.
pub(crate) fn one(body: &[u8], name: &str, id: &str) -> Result<Posting, PortalError> {
    let jobs = listed(body, name)?;
    let raw = jobs.into_iter().find(|raw| {
        let mark = serde_json::from_str::<Mark>(raw.get()).ok();
        mark.and_then(|mark| mark.id)
            .is_some_and(|known| known.eq_ignore_ascii_case(id))
    });
    let Some(raw) = raw else {
        return Err(PortalError::Gone(format!(
            "board {name} has no posting {id} (any more)"
        )));
    };
    posting(raw.get(), name).map_err(|why| {
        PortalError::Changed(format!(
            "posting {id} of board {name} cannot be read: {why}"
        ))
    })
}

fn listed<'a>(body: &'a [u8], name: &str) -> Result<Vec<&'a RawValue>, PortalError> {
    let list: List<'_> = portal_sdk::read_json(body, &format!("board {name}"))?;
    let mut jobs = list.jobs;
    jobs.retain(|raw| {
        let mark = serde_json::from_str::<Mark>(raw.get()).ok();
        let hidden = mark.and_then(|mark| mark.is_listed);
        hidden.as_deref() != Some("false")
    });
    Ok(jobs)
}

/// One posting; an error says what it lacks.
fn posting(raw: &str, name: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let job_url = web_address(job.job_url);
    let id = job.id.or_else(|| job_url.as_deref().and_then(id_in));
    let id = id.ok_or("has no id")?;
    let title = job.title.ok_or_else(|| format!("{id} has no title"))?;
    let board = path_part(name);
    let url =
        job_url.unwrap_or_else(|| format!("https://jobs.ashbyhq.com/{board}/{}", path_part(&id)));

    let mut posting = portal_sdk::posting(id, url, title);
    posting.apply_url =
        web_address(job.apply_url).or_else(|| Some(format!("{}/application", posting.url)));
    add(&mut posting.locations, job.location, job.address);
    for named in job.secondary_locations {
        add(&mut posting.locations, named.location, named.address);
    }
    // The kind of workplace says more: a hybrid one counts as remote, too.
    posting.workplace = job
        .workplace_type
        .or_else(|| (job.is_remote == Some(true)).then(|| "Remote".to_owned()));
    posting.description_html = job.description_html;
    if posting.description_html.is_none() {
        posting.description_text = job.description_plain;
    }
    posting.pay = job.compensation.and_then(|stated| stated.pay());
    posting.employment = job.employment_type;
    posting.department = job.department;
    posting.team = job.team;
    posting.language = job.language;
    posting.posted_at = job.published_at;
    posting.closes_at = job.application_deadline;
    posting.requisition_id = job.requisition_id.or(job.job_requisition_id);
    posting.group_id = job.job_id;
    Ok(tidy(posting))
}

/// The id in a posting's address.
fn id_in(url: &str) -> Option<String> {
    let address = portal_sdk::Address::parse(url)?;
    address.name_at(1).map(str::to_owned)
}

/// Adds a place by its name. Companies name places as they like ("HQ"): the
/// address says where that is, unless the name does. An address with a name like
/// "Remote (Canada)" is where the company sits.
fn add(places: &mut Vec<String>, name: Option<String>, address: Option<Address>) {
    let postal = address.and_then(|address| address.postal_address);
    let full = postal.as_ref().and_then(|postal| {
        place([
            postal.address_locality.as_deref(),
            postal.address_region.as_deref(),
            postal.address_country.as_deref(),
        ])
    });
    let Some(name) = name else {
        places.extend(full);
        return;
    };
    text::add_place(places, &name);
    let lower = name.to_lowercase();
    let locality = postal.and_then(|postal| postal.address_locality);
    let told = locality.is_none_or(|locality| lower.contains(&locality.to_lowercase()));
    if let Some(full) = full.filter(|_| !told && !lower.contains("remote")) {
        text::add_place(places, &full);
    }
}

/// Places with addresses, or their bare names.
fn secondary<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Named>, D::Error> {
    let places: Option<Vec<&RawValue>> = json::lenient(from)?;
    let named = places.unwrap_or_default().into_iter().filter_map(|raw| {
        let name = serde_json::from_str::<String>(raw.get()).ok();
        let bare = |name| Named {
            location: Some(name),
            address: None,
        };
        name.map(bare)
            .or_else(|| serde_json::from_str(raw.get()).ok())
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests;
