//! From Pinpoint's JSON to postings.

mod job;

use portal_sdk::html::{Piece, pieces};
use portal_sdk::{Address, Page, Pay, PortalError, Posting, place, rows, sections};

use job::{Job, Location};

/// The most benefits taken from a list; the host refuses many more.
const BENEFITS: usize = 50;

/// The page of a board's whole list that starts at `cursor`.
pub(crate) fn page(
    body: &[u8],
    origin: &str,
    what: &str,
    cursor: Option<&str>,
) -> Result<Page, PortalError> {
    let all = rows(body, &["data", "postings"], what)?;
    portal_sdk::page(&all, None, cursor, |raw| posting(raw, origin))
}

/// The posting with this id out of a board's whole list.
pub(crate) fn posting_of(
    body: &[u8],
    origin: &str,
    what: &str,
    id: &str,
) -> Result<Posting, PortalError> {
    let all = rows(body, &["data", "postings"], what)?;
    all.iter()
        .filter_map(|raw| posting(raw.get(), origin).ok())
        .find(|posting| posting.external_id == id)
        .ok_or_else(|| PortalError::Gone(format!("{what} does not list posting {id}")))
}

/// One posting; an error says what it lacks.
fn posting(raw: &str, origin: &str) -> Result<Posting, String> {
    let job: Job = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let path = job.path.as_deref().filter(|path| path.starts_with('/'));
    let url = job
        .url
        .clone()
        .or_else(|| Some(format!("{origin}{}", path?)));
    let id = job.id.as_deref().ok_or("has no id")?;
    let title = job.title.as_deref();
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    // An id is not the end of the posting's address, so none can be made.
    let url = url.ok_or_else(|| format!("{id} has no address"))?;

    let mut posting = portal_sdk::posting(id.to_owned(), url.clone(), title.to_owned());
    posting.apply_url = Some(apply(&url));
    posting.language = language(&url);
    posting.description_html = sections([
        (None, job.description.as_deref()),
        (
            job.key_responsibilities_header.as_deref(),
            job.key_responsibilities.as_deref(),
        ),
        (
            job.skills_knowledge_expertise_header.as_deref(),
            job.skills_knowledge_expertise.as_deref(),
        ),
        (job.benefits_header.as_deref(), job.benefits.as_deref()),
    ]);
    posting.benefits = job.benefits.as_deref().map(items).unwrap_or_default();
    posting.pay = pay(&job);
    posting.locations = job.places().filter_map(words).collect();
    posting.workplace = job.workplace_type.or(job.workplace_type_text);
    posting.employment = job.employment_type_text.or(job.employment_type);
    posting.posted_at = job.published_at.or(job.created_at);
    posting.closes_at = job.deadline_at;
    posting.company = job.company.map(|named| named.0);
    let inner = job.job.unwrap_or_default();
    let name = |one: Option<job::Named>, other: Option<job::Named>| one.or(other).map(|n| n.0);
    posting.department = name(job.department, inner.department);
    posting.team = name(job.division, inner.division);
    posting.requisition_id = job.requisition_id.or(inner.requisition_id);
    posting.group_id = inner.id;
    Ok(posting)
}

/// The page with the form of the posting at `url`.
fn apply(url: &str) -> String {
    let page = url.split(['?', '#']).next().unwrap_or(url);
    format!("{}/applications/new", page.trim_end_matches('/'))
}

/// The language that leads the path of a posting's page: "/en/postings/…".
fn language(url: &str) -> Option<String> {
    let address = Address::parse(url)?;
    let first = address.path.first()?;
    let code = first.split('-').next()?;
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then(|| first.clone())
}

/// A place by its parts where one is stated, else by its name.
fn words(location: &Location) -> Option<String> {
    let parts = [&location.city, &location.province, &location.country];
    place(parts.map(Option::as_deref)).or_else(|| location.name.clone())
}

/// The portal gives amounts that it does not show, too: those are not stated.
fn pay(job: &Job) -> Option<Pay> {
    if job.compensation_visible == Some(false) {
        return None;
    }
    let stated = |bound: Option<f64>| bound.filter(|bound| *bound > 0.0);
    let min = stated(job.compensation_minimum);
    let max = stated(job.compensation_maximum);
    (min.is_some() || max.is_some() || job.compensation.is_some()).then(|| Pay {
        text: job.compensation.clone(),
        min,
        max,
        currency: job.compensation_currency.clone(),
        period: job.compensation_frequency.clone(),
    })
}

/// The items of the lists in `html`, as plain text.
fn items(html: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut item: Option<String> = None;
    let mut end = |item: Option<String>| {
        let words = item.unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        if !words.is_empty() && items.len() < BENEFITS {
            items.push(words.join(" "));
        }
    };
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name == "li" => end(item.replace(String::new())),
            Piece::Close(name) if matches!(name.as_str(), "li" | "ul" | "ol") => end(item.take()),
            Piece::Words(words) => {
                if let Some(item) = &mut item {
                    item.push_str(&words);
                }
            }
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    end(item);
    items
}

#[cfg(test)]
mod tests;
