//! From Eightfold's JSON to postings. Both interfaces name the same things, one
//! with underscores, the other without.

use portal_sdk::{Fields, Page, PortalError, Posting, Step, gather, is_name, markup, text};
use serde_json::Value;

use crate::api::{Api, FULL};
use crate::claim::Tenant;
use crate::{place, python};

/// The positions of one answer, which begins at `start`.
pub(crate) fn page(
    body: &[u8],
    at: &Tenant,
    (api, start): (Api, u32),
) -> Result<Page, PortalError> {
    let answer = answer(body, at)?;
    let list = Fields::holding(&answer, "positions").ok_or_else(|| {
        PortalError::Changed(format!("no positions in the answer for {}", at.domain))
    })?;
    let positions = values(list, "positions");
    let step = Step {
        start,
        count: positions.len(),
        full: FULL,
        total: list.count(&["count", "total_count", "total"]),
    };
    let mut page = gather(&positions, |position| posting(position, at));
    page.next = step.next()?.map(|next| api.cursor(next));
    page.total = step.total;
    Ok(page)
}

/// The one position of an answer.
pub(crate) fn detail(body: &[u8], at: &Tenant, id: &str) -> Result<Posting, PortalError> {
    let answer = answer(body, at)?;
    let position = Fields::holding(&answer, "name")
        .or_else(|| Fields::holding(&answer, "posting_name"))
        .ok_or_else(|| PortalError::Changed(format!("no position in the answer for {id}")))?;
    posting(position, at)
        .map_err(|why| PortalError::Changed(format!("position {id} cannot be read: {why}")))
}

fn answer(body: &[u8], at: &Tenant) -> Result<Value, PortalError> {
    let printed = || std::str::from_utf8(body).ok().and_then(python::value);
    portal_sdk::read_json(body, &at.domain).or_else(|error| printed().ok_or(error))
}

fn posting(position: Fields<'_>, at: &Tenant) -> Result<Posting, String> {
    let id = position
        .text(&["id", "position_id", "ats_job_id", "display_job_id"])
        .ok_or("has no id")?;
    let title = position
        .line(&["name", "posting_name", "title"])
        .ok_or_else(|| format!("{id} has no title"))?;
    let url = position
        .text(&["canonical_position_url", "public_url", "position_url"])
        .and_then(|url| address(&url, at))
        .or_else(|| is_name(&id).then(|| format!("https://{}/careers/job/{id}", at.host)))
        .ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id, url, title);
    posting.locations = places(position);
    posting.workplace = position.line(&["work_location_option"]).or_else(|| {
        custom(
            position,
            &["worksite", "worklocationoption", "workplacetype"],
        )
    });
    if let Some(description) = position.text(&["job_description", "description"]) {
        markup::describe(&mut posting, &description);
    }
    posting.employment = position
        .line(&["employment_type"])
        .or_else(|| custom(position, &["employmenttype", "timetype"]));
    posting.level = position.line(&["seniority", "job_level"]);
    posting.department = texts(position, "department").into_iter().next();
    posting.team = texts(position, "business_unit").into_iter().next();
    posting.language = position.line(&["locale", "language"]);
    posting.posted_at = position.moment(&["posted_ts", "t_create", "creation_ts"]);
    posting.requisition_id = position.line(&["display_job_id", "ats_job_id"]);
    Ok(posting)
}

/// Places with the country last; in the portal's own standard form where it has
/// one for each of them.
fn places(position: Fields<'_>) -> Vec<String> {
    let standard = texts(position, "standardized_locations");
    let mut stated = texts(position, "locations");
    if stated.is_empty() {
        stated = texts(position, "location");
    }
    let mut places = Vec::new();
    if !standard.is_empty() && standard.len() >= stated.len() {
        for one in &standard {
            text::add_place(&mut places, one);
        }
    } else {
        for one in &stated {
            text::add_place(&mut places, &place::country_last(one));
        }
    }
    places
}

/// A field the employer added ("efcustomTextEmploymentType"), by the end of its name.
fn custom(position: Fields<'_>, ends: &[&str]) -> Option<String> {
    position.all().find_map(|(name, _)| {
        let lower = name.to_lowercase().replace('_', "");
        let is_one = lower.starts_with("efcustom") && ends.iter().any(|end| lower.ends_with(end));
        is_one
            .then(|| texts(position, name).into_iter().next())
            .flatten()
    })
}

/// The values of a list, which may be printed as Python does.
fn values(fields: Fields<'_>, name: &str) -> Vec<Value> {
    if let Some(Value::String(text)) = fields.get(name)
        && let Some(value) = python::value(text)
    {
        return match value {
            Value::Array(list) => list,
            other => vec![other],
        };
    }
    fields.list(name).to_vec()
}

/// Lines of plain text from a list, a text, or a list that was printed.
fn texts(fields: Fields<'_>, name: &str) -> Vec<String> {
    values(fields, name)
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|text| markup::stated(Some(text)))
        .collect()
}

fn address(url: &str, at: &Tenant) -> Option<String> {
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(url.to_owned());
    }
    url.starts_with('/')
        .then(|| format!("https://{}{url}", at.host))
}

#[cfg(test)]
mod tests;
