//! From Recruitee's JSON to postings.

use std::collections::BTreeMap;

use portal_sdk::{Page, Pay, PortalError, Posting, json, place, rows, sections, text};
use serde::Deserialize;

#[derive(Deserialize)]
struct Offer {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    slug: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    requirements: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    translations: Option<BTreeMap<String, Option<Translation>>>,
    #[serde(default, deserialize_with = "json::text")]
    careers_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    careers_apply_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    company_name: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    locations: Vec<Location>,
    /// The places in one line, as the page shows them.
    #[serde(default, deserialize_with = "json::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    state_name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::truth")]
    remote: bool,
    #[serde(default, deserialize_with = "json::truth")]
    hybrid: bool,
    #[serde(default, deserialize_with = "json::truth")]
    on_site: bool,
    #[serde(default, deserialize_with = "json::lenient")]
    salary: Option<Salary>,
    #[serde(default, deserialize_with = "json::text")]
    employment_type_code: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    experience_code: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    department: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    published_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    close_at: Option<String>,
}

#[derive(Deserialize)]
struct Translation {
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    requirements: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    state: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
}

#[derive(Deserialize)]
struct Salary {
    #[serde(default, deserialize_with = "json::number")]
    min: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    max: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    period: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    currency: Option<String>,
}

/// The page of a board's whole list that starts at `cursor`.
pub(crate) fn page(body: &[u8], key: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let all = rows(body, &["offers"], &format!("board {key}"))?;
    portal_sdk::page(&all, None, cursor, |raw| posting(raw, key))
}

/// The posting with this id out of a board's whole list.
pub(crate) fn posting_of(body: &[u8], key: &str, id: &str) -> Result<Posting, PortalError> {
    let all = rows(body, &["offers"], &format!("board {key}"))?;
    all.iter()
        .filter_map(|raw| posting(raw.get(), key).ok())
        .find(|posting| posting.external_id == id)
        .ok_or_else(|| PortalError::Gone(format!("board {key} does not list posting {id}")))
}

/// One posting; an error says what it lacks.
pub(crate) fn posting(raw: &str, key: &str) -> Result<Posting, String> {
    let offer: Offer = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let id = offer.id.clone().ok_or("has no id")?;
    let (language, shown) = offer.translation();
    let title = offer.title.as_ref();
    let title = title.or_else(|| shown?.title.as_ref());
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    let url = offer.careers_url.clone().unwrap_or_else(|| {
        let slug = offer.slug.as_deref().unwrap_or(&id);
        format!("https://{key}.recruitee.com/o/{slug}")
    });

    let mut posting = portal_sdk::posting(id, url, title.clone());
    let body = |own: &Option<String>, other: fn(&Translation) -> Option<&String>| {
        own.clone().or_else(|| other(shown?).cloned())
    };
    let description = body(&offer.description, |shown| shown.description.as_ref());
    let requirements = body(&offer.requirements, |shown| shown.requirements.as_ref());
    posting.description_html = sections([
        (None, description.as_deref()),
        (None, requirements.as_deref()),
    ]);
    posting.language = language.map(str::to_owned);
    posting.locations = offer.places();
    posting.workplace = offer.workplace().map(str::to_owned);
    posting.pay = offer.salary.as_ref().and_then(pay);
    posting.employment = offer.employment_type_code.as_deref().map(words);
    posting.level = offer.experience_code.as_deref().map(words);
    posting.posted_at = offer.published_at.or(offer.created_at).map(date);
    posting.closes_at = offer.close_at.map(date);
    posting.apply_url = offer.careers_apply_url;
    posting.company = offer.company_name;
    posting.department = offer.department;
    Ok(posting)
}

impl Offer {
    /// The translation that the offer's own texts are, with its language. Of
    /// several, the one with the same title; with no own title, the first.
    fn translation(&self) -> (Option<&str>, Option<&Translation>) {
        let all = self.translations.iter().flatten();
        let mut all = all.filter_map(|(language, shown)| Some((language, shown.as_ref()?)));
        let same = |shown: &Translation| {
            let titles = self.title.is_none() || self.title == shown.title;
            titles && (self.description.is_none() || self.description == shown.description)
        };
        match self.translations.as_ref().map(BTreeMap::len) {
            Some(1) => all.next(),
            _ => all.find(|(_, shown)| same(shown)),
        }
        .map_or((None, None), |(language, shown)| {
            (Some(language.as_str()), Some(shown))
        })
    }

    fn places(&self) -> Vec<String> {
        let mut places = Vec::new();
        for location in &self.locations {
            let parts = [&location.city, &location.state, &location.country];
            let stated = place(parts.map(Option::as_deref)).or_else(|| location.name.clone());
            text::add_place(&mut places, stated.as_deref().unwrap_or_default());
        }
        if places.is_empty() {
            let parts = [&self.city, &self.state_name, &self.country];
            let stated = place(parts.map(Option::as_deref)).or_else(|| self.location.clone());
            places.extend(stated);
        }
        places
    }

    /// Of several kinds the one that leaves most choice.
    fn workplace(&self) -> Option<&'static str> {
        let kinds = [
            (self.remote, "remote"),
            (self.hybrid, "hybrid"),
            (self.on_site, "on-site"),
        ];
        kinds
            .into_iter()
            .find_map(|(holds, kind)| holds.then_some(kind))
    }
}

fn pay(salary: &Salary) -> Option<Pay> {
    let stated = |bound: Option<f64>| bound.filter(|bound| *bound > 0.0);
    let (min, max) = (stated(salary.min), stated(salary.max));
    (min.is_some() || max.is_some()).then(|| Pay {
        text: None,
        min,
        max,
        currency: salary.currency.clone(),
        period: salary.period.clone(),
    })
}

/// "fulltime_permanent" as words.
fn words(code: &str) -> String {
    code.replace('_', " ")
}

/// "2026-08-05 10:10:39 UTC" in RFC 3339; anything else as it stands.
fn date(stated: String) -> String {
    match stated
        .strip_suffix(" UTC")
        .and_then(|at| at.split_once(' '))
    {
        Some((day, time)) => format!("{day}T{time}Z"),
        None => stated,
    }
}

#[cfg(test)]
mod tests;
