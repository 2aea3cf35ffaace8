//! Places: city, country, region.

use crate::job::Place;

/// The places one stated location names ("Berlin or Munich, Germany" names two).
pub fn of_text(text: &str) -> Vec<Place> {
    vec![Place {
        text: text.to_owned(),
        ..Place::default()
    }]
}
