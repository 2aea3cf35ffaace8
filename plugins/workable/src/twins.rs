//! Postings of several places. The widget lists such a posting once for each
//! place, every time under the same code: the first keeps the code as its id,
//! the others add their place to it.

use portal_sdk::Posting;

/// Stands between a code and a place in an id.
const BETWEEN: char = '~';

/// The id of the posting `code` at `place`, the `count`th of its code.
pub(crate) fn id(code: &str, place: Option<&str>, count: usize) -> String {
    if count == 0 {
        return code.to_owned();
    }
    let place = place.map(slug).filter(|slug| !slug.is_empty());
    let place = place.unwrap_or_else(|| (count + 1).to_string());
    format!("{code}{BETWEEN}{place}")
}

/// An id as its code and, for a further place, that place.
pub(crate) fn split(id: &str) -> (&str, Option<&str>) {
    match id.split_once(BETWEEN) {
        Some((code, place)) => (code, Some(place)),
        None => (id, None),
    }
}

/// Leaves only the place the id names, where the posting has it.
pub(crate) fn keep(posting: &mut Posting, place: &str) {
    if posting.locations.iter().any(|known| slug(known) == place) {
        posting.locations.retain(|known| slug(known) == place);
    }
}

fn slug(place: &str) -> String {
    let lower = place.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_further_places_are_part_of_an_id() {
        for (place, count, expected) in [
            (Some("Oslo, Norway"), 0, "A1"),
            (Some("Île-de-France, France"), 1, "A1~île-de-france-france"),
            (Some(", "), 2, "A1~3"),
            (None, 1, "A1~2"),
        ] {
            let id = id("A1", place, count);
            assert_eq!(id, expected);
            let (code, rest) = split(&id);
            assert_eq!((code, rest.is_some()), ("A1", count > 0));
        }
    }

    #[test]
    fn a_further_place_is_the_only_one_left_if_it_is_known() {
        let mut posting = portal_sdk::posting("A1".into(), "u".into(), "t".into());
        posting.locations = vec!["Oslo, Norway".into(), "Ghent, Belgium".into()];
        keep(&mut posting, "7");
        assert_eq!(posting.locations.len(), 2);
        keep(&mut posting, "ghent-belgium");
        assert_eq!(posting.locations, ["Ghent, Belgium"]);
    }
}
