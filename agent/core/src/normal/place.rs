//! Places: city, country, region.
#![deny(clippy::indexing_slicing)]

mod assemble;
mod item;
mod region;
mod table;

pub use region::{codes, contains};

use self::item::What;
use crate::{job::Place, text};

/// Longest stated location that is read, in characters.
const MAX_CHARS: usize = 300;

/// The places one stated location names ("Berlin or Munich, Germany" names two).
///
/// A location that only says "remote" names none. One that names nothing known
/// is kept as a place with its words alone. A code after a city is read as its
/// state where the city is in that country ("San Jose, CA" is in California,
/// "Toronto, CA" in Canada).
pub fn of_text(text: &str) -> Vec<Place> {
    let stated = text::quote(text, MAX_CHARS);
    let items = item::items(&stated);
    let mut places = assemble::places(&stated, &items);
    if places.is_empty() && items.iter().any(|item| matches!(item.what, What::Unknown)) {
        places.push(Place {
            text: stated.clone(),
            ..Place::default()
        });
    }
    if let [only] = places.as_mut_slice() {
        only.text = stated;
    }
    places
}

/// English name of the country with this ISO 3166-1 alpha-2 code, if the table has it.
pub fn country_name(code: &str) -> Option<&'static str> {
    table::built_in().country_name(code)
}

/// ISO 3166-1 alpha-2 code of the country whose name, as a whole, is `name`; also
/// of a code in capitals. Names of parts of a country ("Scotland") give its code.
pub fn country_code(name: &str) -> Option<&'static str> {
    let table = table::built_in();
    let mut countries = table.named(&table::key(name)).iter().filter_map(|named| {
        if let table::Named::Country(code) = named {
            Some(*code)
        } else {
            None
        }
    });
    match (countries.next(), countries.next()) {
        (Some(code), None) => Some(code),
        _ => table.country(name.trim()),
    }
}

#[cfg(test)]
mod tests;
