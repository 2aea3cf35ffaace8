//! Workplace and remote scope.
#![deny(clippy::indexing_slicing)]

mod phrase;

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
    let mut scope = Vec::new();
    let mut words = vec![words];
    if kind == WorkplaceKind::Remote {
        let stated = locations
            .iter()
            .map(String::as_str)
            .chain([title])
            .filter(|text| phrase::of_field(text) == Some(WorkplaceKind::Remote));
        for text in stated {
            let places = if text == title {
                title_scope(title)
            } else {
                place::of_text(text)
            };
            add(&mut scope, places);
        }
        for sentence in &sentences {
            let places = phrase::scope(sentence);
            if !places.is_empty() {
                words.push((*sentence).to_owned());
                // A sentence that demands a residence is stricter than a location.
                scope = places;
                break;
            }
        }
        scope.retain(|place| place.country.is_some() || place.region.is_some());
    }
    words.dedup();
    Workplace {
        kind: Some(kind),
        scope,
        text: text::quote(&words.join(" … "), 200),
    }
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

/// Places that stand with the word remote in a title: in its brackets or after
/// its dash, not anywhere ("Sales Manager Germany (Remote)" still counts Germany).
fn title_scope(title: &str) -> Vec<Place> {
    place::of_text(title)
        .into_iter()
        .filter(|place| place.country.is_some() || place.region.is_some())
        .collect()
}

fn add(scope: &mut Vec<Place>, places: Vec<Place>) {
    for place in places {
        if !scope.contains(&place) {
            scope.push(place);
        }
    }
}

#[cfg(test)]
mod tests;
