//! From Amazon's JSON to postings.

use portal_sdk::{Fields, Page, PortalError, Posting, Step, gather, html, is_name, markup, text};
use serde_json::Value;

use crate::claim::SITE;
use crate::pay;

/// Postings of a full answer; the site gives no more at once.
pub(crate) const FULL: usize = 100;

/// The postings of one answer, which begins at `start`.
pub(crate) fn page(body: &[u8], start: u32) -> Result<Page, PortalError> {
    let answer: Value = portal_sdk::read_json(body, "the list")?;
    let (jobs, total) = jobs(&answer)?;
    let step = Step {
        start,
        count: jobs.len(),
        full: FULL,
        total,
    };
    let mut page = gather(jobs, posting);
    page.next = step.next()?.map(|next| next.to_string());
    page.total = total;
    Ok(page)
}

/// The posting `id` among those a search for it found.
pub(crate) fn detail(body: &[u8], id: &str) -> Result<Posting, PortalError> {
    let answer: Value = portal_sdk::read_json(body, "a posting")?;
    let (jobs, _) = jobs(&answer)?;
    let found = gather(jobs, posting).postings.into_iter();
    found
        .into_iter()
        .find(|posting| posting.external_id == id)
        .ok_or_else(|| PortalError::Gone(format!("the site no longer lists {id}")))
}

/// The postings and how many there are in all. The site puts them in an envelope
/// with an error; recordings also hold the list alone.
fn jobs(answer: &Value) -> Result<(&[Value], Option<u32>), PortalError> {
    if let Value::Array(jobs) = answer {
        return Ok((jobs, None));
    }
    let envelope = Fields::holding(answer, "jobs");
    let error = envelope
        .or_else(|| Fields::of(answer))
        .and_then(|envelope| envelope.line(&["error"]));
    if let Some(error) = error {
        return Err(PortalError::Fetch(format!("the site answers: {error}")));
    }
    let envelope = envelope
        .ok_or_else(|| PortalError::Changed("no jobs in the answer for the list".to_owned()))?;
    Ok((envelope.list("jobs"), envelope.count(&["hits", "total"])))
}

fn posting(job: Fields<'_>) -> Result<Posting, String> {
    let path = job.text(&["job_path"]);
    let id = job
        .text(&["id_icims"])
        .or_else(|| path.as_deref().and_then(number))
        .or_else(|| job.text(&["id"]))
        .ok_or("has no id")?;
    let title = job
        .line(&["title"])
        .ok_or_else(|| format!("{id} has no title"))?;
    let url = path
        .and_then(|path| address(&path))
        .or_else(|| is_name(&id).then(|| format!("https://{SITE}/en/jobs/{id}")))
        .ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id, url, title);
    let places = places(job);
    for place in places.iter().filter_map(|place| place.name.as_deref()) {
        text::add_place(&mut posting.locations, place);
    }
    if posting.locations.is_empty() {
        posting.locations.extend(
            job.line(&["normalized_location", "location"])
                .or_else(|| named(job)),
        );
    }
    posting.workplace = workplace(&places);
    describe(&mut posting, job);
    posting.apply_url = job.text(&["url_next_step", "apply_url"]);
    posting.company = job.line(&["company_name"]);
    posting.employment = job
        .line(&["job_schedule_type"])
        .map(|kind| kind.replace('_', " "));
    posting.level = (job.flag(&["is_intern"]) == Some(true)).then(|| "Intern".to_owned());
    posting.department = job.line(&["job_category", "job_family"]);
    posting.team = job
        .object("team")
        .and_then(|team| team.line(&["label", "title", "name"]))
        .or_else(|| job.line(&["team", "business_category"]));
    posting.posted_at = job.moment(&["posted_date"]);
    posting.requisition_id = job.line(&["id_icims"]);
    Ok(posting)
}

/// Description and both lists of qualifications; the pay stands in them.
fn describe(posting: &mut Posting, job: Fields<'_>) {
    let [description, basic, preferred] = [
        "description",
        "basic_qualifications",
        "preferred_qualifications",
    ]
    .map(|name| job.text(&[name]).map(|field| section(&field)));
    let [description, basic, preferred] =
        [&description, &basic, &preferred].map(|section| section.as_deref());
    posting.pay = pay::of([description, basic, preferred].into_iter().flatten());
    posting.description_html = portal_sdk::sections([
        (None, description),
        (Some("Basic qualifications"), basic),
        (Some("Preferred qualifications"), preferred),
    ]);
    if posting.description_html.is_none() {
        posting.description_text = job
            .text(&["description_short"])
            .map(|short| html::plain(&short));
    }
}

fn section(field: &str) -> String {
    let html = markup::html(field);
    if markup::has_tag(&html) {
        html
    } else {
        markup::of_plain(&text::unescape(&html))
    }
}

/// A place of a posting.
struct Place {
    name: Option<String>,
    /// How one works there: ONSITE, VIRTUAL.
    kind: Option<String>,
}

/// The places in `locations`: objects, or objects written as JSON inside a text.
fn places(job: Fields<'_>) -> Vec<Place> {
    let read = |value: &Value| {
        let place = Fields::of(value)?;
        Some(Place {
            name: place
                .line(&["normalizedLocation"])
                .or_else(|| named(place))
                .or_else(|| place.line(&["location"])),
            kind: place.line(&["type"]).map(|kind| kind.to_uppercase()),
        })
    };
    let inner = |value: &Value| match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner) => read(&inner),
            Err(_) => Some(Place {
                name: markup::stated(Some(text)),
                kind: None,
            }),
        },
        other => read(other),
    };
    job.list("locations").iter().filter_map(inner).collect()
}

fn named(place: Fields<'_>) -> Option<String> {
    let city = place.line(&["normalizedCityName", "city"]);
    let state = place.line(&["normalizedStateName", "state", "region"]);
    let country = place.line(&[
        "normalizedCountryName",
        "normalizedCountryCode",
        "country_code",
    ]);
    portal_sdk::place([city.as_deref(), state.as_deref(), country.as_deref()])
}

/// How one works, where all places agree.
fn workplace(places: &[Place]) -> Option<String> {
    let kind = places.first()?.kind.as_deref()?;
    if places
        .iter()
        .any(|place| place.kind.as_deref() != Some(kind))
    {
        return None;
    }
    Some(match kind {
        "VIRTUAL" => "Remote".to_owned(),
        "ONSITE" => "Onsite".to_owned(),
        other => other.to_lowercase().replace('_', " "),
    })
}

/// The number in a posting's path: "/en/jobs/10600001/a-title".
fn number(path: &str) -> Option<String> {
    let mut steps = path.split('/').skip_while(|step| *step != "jobs").skip(1);
    let number = steps.next().filter(|step| is_name(step))?;
    Some(number.to_owned())
}

fn address(path: &str) -> Option<String> {
    if path.starts_with("https://") {
        return Some(path.to_owned());
    }
    path.starts_with('/')
        .then(|| format!("https://{SITE}{path}"))
}

#[cfg(test)]
mod tests;
