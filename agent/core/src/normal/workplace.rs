//! Workplace and remote scope.
#![deny(clippy::indexing_slicing)]

mod phrase;
mod scope;

use self::scope::Scope;
use super::place;
use crate::{
    job::{Place, Workplace, WorkplaceKind},
    text,
};

/// Workplace from the portal's own field, its locations, the title and, last,
/// sentences of the description.
///
/// The first of these that says a kind decides it, but a title or sentence that
/// plainly says "not remote" overrules a field. The scope of remote work comes
/// from the locations and the title where they say it with the word remote
/// ("Home based - EMEA"), and from sentences ("must reside in the US").
pub fn of(stated: Option<&str>, locations: &[String], title: &str, description: &str) -> Workplace {
    let sentences: Vec<&str> = text::sentences(description).collect();
    let by_field = stated.and_then(|stated| Some((phrase::of_field(stated)?, stated.to_owned())));
    let by_location = of_locations(locations);
    let by_title = phrase::of_field(title).map(|kind| (kind, title.to_owned()));
    let denied = sentences
        .iter()
        .find(|sentence| phrase::denies_remote(sentence));
    let by_sentence = || {
        sentences
            .iter()
            .find_map(|sentence| Some((phrase::of_sentence(sentence)?, (*sentence).to_owned())))
    };
    let mut found = by_field.or(by_location).or(by_title).or_else(by_sentence);
    if let Some(sentence) = denied
        && found
            .as_ref()
            .is_none_or(|(kind, _)| *kind == WorkplaceKind::Remote)
    {
        found = Some((WorkplaceKind::OnSite, (*sentence).to_owned()));
    }
    let Some((kind, words)) = found else {
        return Workplace::default();
    };
    if kind != WorkplaceKind::Remote {
        return Workplace {
            kind: Some(kind),
            scope: Vec::new(),
            text: text::quote(&words, 200),
        };
    }
    let (scope, source) = scope_of(locations, title, &sentences);
    let text = match source {
        Some(source) if source != words => text::quote(&format!("{words} … {source}"), 200),
        _ => text::quote(&words, 200),
    };
    Workplace {
        kind: Some(kind),
        scope,
        text,
    }
}

/// Where one must live, and the sentence that says so if it is one.
///
/// A sentence that demands a residence goes before a title that ends in "only",
/// that before locations and title, and those before a sentence in passing.
fn scope_of<'a>(
    locations: &[String],
    title: &'a str,
    sentences: &[&'a str],
) -> (Vec<Place>, Option<&'a str>) {
    let mut passing = None;
    for sentence in sentences {
        match scope::of_sentence(sentence) {
            Some(Scope::Demanded(places)) => return (distinct(places), Some(sentence)),
            Some(Scope::Named(places)) => passing = passing.or(Some((places, *sentence))),
            None => {}
        }
    }
    let titled = place::of_text(title);
    if title.to_lowercase().contains(" only") && titled.iter().any(is_known) {
        return (distinct(titled), Some(title));
    }
    let mut stated: Vec<Place> = locations
        .iter()
        .filter(|text| phrase::of_field(text) == Some(WorkplaceKind::Remote))
        .flat_map(|text| place::of_text(text))
        .collect();
    if !stated.iter().any(is_known) && phrase::of_field(title) == Some(WorkplaceKind::Remote) {
        stated = titled;
    }
    let stated = distinct(stated);
    match passing {
        Some((places, sentence)) if stated.is_empty() => (distinct(places), Some(sentence)),
        _ => (stated, None),
    }
}

fn is_known(place: &Place) -> bool {
    place.country.is_some() || place.region.is_some()
}

/// Each known place once.
fn distinct(places: Vec<Place>) -> Vec<Place> {
    let mut kept: Vec<Place> = Vec::new();
    for place in places {
        let same = |known: &Place| {
            known.country == place.country
                && known.region == place.region
                && known.city == place.city
        };
        if is_known(&place) && !kept.iter().any(same) {
            kept.push(place);
        }
    }
    kept
}

/// The kind that the locations say: of several the one that leaves most choice.
fn of_locations(locations: &[String]) -> Option<(WorkplaceKind, String)> {
    let said = |kind| {
        let words = locations
            .iter()
            .find(|text| phrase::of_field(text) == Some(kind))?;
        Some((kind, words.clone()))
    };
    said(WorkplaceKind::Remote)
        .or_else(|| said(WorkplaceKind::Hybrid))
        .or_else(|| said(WorkplaceKind::OnSite))
}

#[cfg(test)]
mod tests;
