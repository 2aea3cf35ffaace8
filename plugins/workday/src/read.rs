//! From Workday's list to postings. They have no descriptions.

use portal_sdk::{Page, PortalError, Posting, json, path_part, text, tidy};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::LIMIT;
use super::claim::Site;
use super::cursor::Cursor;
use super::facets::Facet;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct List<'a> {
    /// 0 on every page but the first.
    #[serde(default, deserialize_with = "json::number")]
    total: Option<f64>,
    #[serde(borrow)]
    job_postings: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "json::list")]
    facets: Vec<Facet>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    external_path: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    locations_text: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    posted_on: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    time_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    remote_type: Option<String>,
    /// What the company chose to show: its number of the posting, often a place.
    #[serde(default, deserialize_with = "json::list")]
    bullet_fields: Vec<String>,
}

impl<'a> List<'a> {
    pub(crate) fn read(body: &'a [u8], site: &Site) -> Result<Self, PortalError> {
        portal_sdk::read_json(body, &format!("site {}", site.url()))
    }

    /// How many postings there are, where this answer says it.
    pub(crate) fn total(&self) -> Option<u32> {
        let total = self.total.filter(|total| *total >= 1.0)?;
        // Saturating; what does not fit is no number of postings.
        Some(total as u32)
    }

    pub(crate) fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// Where the page after this one begins. Without a total, a full page is
    /// followed by another one.
    pub(crate) fn next(&self, offset: u32, total: Option<u32>) -> Option<u32> {
        let count = u32::try_from(self.job_postings.len()).ok()?;
        let next = offset.checked_add(count)?;
        let more = match total {
            Some(total) => next < total,
            None => count >= LIMIT,
        };
        (count > 0 && more).then_some(next)
    }

    pub(crate) fn page(&self, site: &Site, total: Option<u32>, next: Option<Cursor>) -> Page {
        let mut page = Page {
            postings: Vec::new(),
            next: next.map(|next| next.text()),
            total,
            dropped: Vec::new(),
        };
        for (index, raw) in self.job_postings.iter().enumerate() {
            match posting(raw.get(), site) {
                Ok(posting) => page.postings.push(posting),
                Err(why) => page.dropped.push(format!("posting {}: {why}", index + 1)),
            }
        }
        page
    }
}

/// One posting; an error says what it lacks. Its id is its path at the site,
/// which is what `detail` asks for.
fn posting(raw: &str, site: &Site) -> Result<Posting, String> {
    let listed: Listed = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let bullets = &listed.bullet_fields;
    let path = listed.external_path.as_deref().map(rooted);
    let number = match &path {
        Some(path) => requisition(path, bullets),
        None => bullets.iter().find(|bullet| is_number(bullet)).cloned(),
    };
    // A confidential posting has no page of its own.
    let id = path.clone().or_else(|| number.clone()).ok_or("has no id")?;
    let title = listed.title.ok_or_else(|| format!("{id} has no title"))?;
    let url = match &path {
        Some(path) => format!("{}{path}", site.url()),
        None => format!("{}?q={}", site.url(), path_part(&id)),
    };

    let mut posting = portal_sdk::posting(id, url, title);
    posting.apply_url = path.as_ref().map(|_| format!("{}/apply", posting.url));
    match listed.locations_text.filter(|text| !counts(text)) {
        Some(place) => text::add_place(&mut posting.locations, &place),
        None => {
            if let Some(part) = path.as_deref().and_then(place_part) {
                let whole = bullets.iter().find(|bullet| slug(bullet) == part);
                let place = whole.map_or_else(|| spoken(part), Clone::clone);
                text::add_place(&mut posting.locations, &place);
            }
        }
    }
    posting.workplace = listed.remote_type;
    posting.employment = listed.time_type;
    posting.posted_at = listed.posted_on;
    posting.requisition_id = number;
    Ok(tidy(posting))
}

/// A path as it stands behind the site's address, without a query.
fn rooted(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    format!("/{}", path.trim_matches('/'))
}

/// The company's number of a posting: what ends its path after the last `_`, as
/// the company shows it where it does. A second posting of one number ends in
/// "-1".
pub(crate) fn requisition(path: &str, bullets: &[String]) -> Option<String> {
    let (_, end) = path.rsplit('/').next()?.rsplit_once('_')?;
    let stated = bullets.iter().find(|bullet| {
        end.strip_prefix(bullet.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    });
    stated
        .cloned()
        .or_else(|| is_number(end).then(|| end.to_owned()))
}

fn is_number(text: &str) -> bool {
    text.len() <= 40
        && text.bytes().any(|b| b.is_ascii_digit())
        && !text.contains(char::is_whitespace)
}

/// Whether a text counts places instead of naming one: "2 Locations".
fn counts(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let number = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    (number || first.eq_ignore_ascii_case("multiple")) && words.count() == 1
}

/// The place in `/job/Illinois---Chicago/Cook_R7`.
fn place_part(path: &str) -> Option<&str> {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["", "job", place, _] => Some(place),
        _ => None,
    }
}

/// `text` as the portal writes it in a path.
fn slug(text: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c } else { '-' };
    text.trim().chars().map(letter).collect()
}

/// A path's part as words: "Illinois---Chicago" is "Illinois - Chicago".
fn spoken(part: &str) -> String {
    let spaced = part.replace("---", " - ").replace("--", ", ");
    let pieces: Vec<String> = spaced
        .split(" - ")
        .map(|piece| piece.replace('-', " "))
        .collect();
    pieces.join(" - ")
}

#[cfg(test)]
mod tests;
