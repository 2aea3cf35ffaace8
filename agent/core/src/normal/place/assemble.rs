//! Stretches of a stated location put together to places.
#![deny(clippy::indexing_slicing)]

use super::item::{Item, Joint, What};
use crate::job::Place;

/// Puts stretches together to places: a city with the state and country after
/// it, or with the country before it.
pub(super) fn places(text: &str, items: &[Item]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut open = false;
    let mut unknown: Option<&Item> = None;
    for item in items {
        let words = text
            .get(item.start..item.end)
            .unwrap_or_default()
            .to_owned();
        let soft = item.joint == Joint::Soft;
        let continues = soft && open;
        let last = places.last_mut();
        match item.what {
            What::Noise => continue,
            What::Unknown => {
                unknown = Some(item);
                continue;
            }
            What::City(name, country) => match last {
                // "Germany, Berlin" and "US-CA-San Jose" say the country first.
                Some(place)
                    if continues
                        && place.city.is_none()
                        && place.country.as_deref() == Some(country) =>
                {
                    place.city = Some(name.to_owned());
                    place.text = format!("{}, {words}", place.text);
                }
                // "Berlin, Berlin, Germany" says city and state.
                Some(place)
                    if continues
                        && place.city.as_deref() == Some(name)
                        && place.country.as_deref() == Some(country) =>
                {
                    place.text = format!("{}, {words}", place.text);
                }
                _ => places.push(Place {
                    text: words,
                    city: Some(name.to_owned()),
                    country: Some(country.to_owned()),
                    region: None,
                }),
            },
            What::State(country) | What::Country(country) => match (last, unknown) {
                (Some(place), None) if continues && place.city.is_some() => {
                    // What follows a city corrects it: "Vienna, VA" is not in Austria.
                    if place.country.as_deref() != Some(country) {
                        place.city = Some(place.text.clone());
                    }
                    place.text = format!("{}, {words}", place.text);
                    place.country = Some(country.to_owned());
                }
                // "Texas, USA", and "Bratislava, Bratislavský kraj, Slovakia": what is
                // not known behind a city is a state of its country.
                (Some(place), name)
                    if continues
                        && place.country.as_deref() == Some(country)
                        && name.is_none_or(|name| {
                            name.joint == Joint::Soft && place.city.is_some()
                        }) =>
                {
                    place.text = format!("{}, {words}", place.text);
                }
                (_, Some(name)) if soft && is_name(text, name) => {
                    let name = text
                        .get(name.start..name.end)
                        .unwrap_or_default()
                        .to_owned();
                    places.push(Place {
                        text: format!("{name}, {words}"),
                        city: Some(name),
                        country: Some(country.to_owned()),
                        region: None,
                    });
                }
                _ => places.push(Place {
                    text: words,
                    country: Some(country.to_owned()),
                    ..Place::default()
                }),
            },
            What::Region(region) => {
                if !(continues && last.is_some_and(|place| place.city.is_some())) {
                    places.push(Place {
                        text: words,
                        region: Some(region),
                        ..Place::default()
                    });
                }
            }
        }
        unknown = None;
        open = true;
    }
    places
}

/// Whether unknown words look like the name of a town.
fn is_name(text: &str, item: &Item) -> bool {
    let words = text.get(item.start..item.end).unwrap_or_default();
    words.chars().next().is_some_and(char::is_uppercase)
        && words.split(' ').count() <= 3
        && words.chars().count() >= 3
}
