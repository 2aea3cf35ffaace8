//! Keys under which postings that may be one opening are found, so that no
//! posting is compared with all others.
#![deny(clippy::indexing_slicing)]

use super::{
    Commons, Print,
    sketch::{hash_parts, rarest},
};

/// Marks of a text that are keys.
const TEXT_KEYS: usize = 4;

/// Places of a posting that are keys, at most.
const PLACE_KEYS: usize = 3;

/// The keys of a posting: two postings that share none are not compared.
///
/// Addresses, requisition and group; employer with title; title with place, for
/// copies under another name; and the rarest marks of the text, `commons` of its
/// employer considered, for copies under another title.
pub fn keys(print: &Print, commons: &Commons) -> Vec<i64> {
    let mut keys: Vec<u64> = Vec::new();
    for address in &print.addresses {
        keys.push(hash_parts(["address", address]));
    }
    let (employer, title) = (print.employer.key(), print.title.key());
    if let Some(requisition) = &print.requisition {
        keys.push(hash_parts(["requisition", &employer, requisition]));
    }
    if let Some(group) = &print.group {
        keys.push(hash_parts(["group", &print.source.to_string(), group]));
    }
    if !employer.is_empty() {
        // Names that begin alike may be one employer's.
        let first = print.employer.words.first().map_or("", String::as_str);
        keys.push(hash_parts(["title", first, &title]));
        let whole = print.employer.words.concat();
        if whole != first {
            keys.push(hash_parts(["title", &whole, &title]));
        }
    }
    for city in print.spots.cities.iter().take(PLACE_KEYS) {
        keys.push(hash_parts(["place", &title, city]));
    }
    for mark in rarest(&print.text, |mark| commons.spread(mark), TEXT_KEYS) {
        keys.push(hash_parts(["text"]) ^ u64::from(mark));
    }
    let mut keys: Vec<i64> = keys.into_iter().map(u64::cast_signed).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
