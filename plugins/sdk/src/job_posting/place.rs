//! `jobLocation`, and where a remote worker may live.

use serde_json::Value;

use super::fields::is_remote;
use super::value::{line, lines, plain, values};
use crate::text::add_place;

/// The most places taken; the host refuses a posting with more.
const PLACES: usize = 500;

/// All places of a posting. Where the work is remote and the posting says where
/// an applicant may live, that is a place too ("Remote (Germany)").
pub(super) fn of(posting: &Value) -> Vec<String> {
    let mut places = Vec::new();
    for place in values(posting, "jobLocation") {
        for written in written(place) {
            add_place(&mut places, &written);
        }
    }
    let remote = is_remote(posting);
    if remote || places.is_empty() {
        for region in values(posting, "applicantLocationRequirements") {
            for name in region_names(region) {
                let place = match remote {
                    true => format!("Remote ({name})"),
                    false => name,
                };
                add_place(&mut places, &place);
            }
        }
    }
    places.truncate(PLACES);
    places
}

/// City, region and country of each address, else the name of the place.
fn written(place: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if !place.is_object() {
        found.extend(plain(place));
        return found;
    }
    for address in values(place, "address") {
        found.extend(match address {
            Value::Object(_) => of_address(address),
            other => plain(other),
        });
    }
    if found.is_empty() {
        // An address without `address` around it.
        found.extend(of_address(place).or_else(|| line(place, "name")));
    }
    found
}

fn of_address(address: &Value) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for name in ["addressLocality", "addressRegion", "addressCountry"] {
        for part in lines(address, name) {
            let known = parts
                .iter()
                .any(|known| known.to_lowercase() == part.to_lowercase());
            if !known {
                parts.push(part);
            }
        }
    }
    if parts.is_empty() {
        return line(address, "streetAddress").or_else(|| line(address, "name"));
    }
    Some(parts.join(", "))
}

fn region_names(region: &Value) -> Vec<String> {
    match lines(region, "name") {
        names if !names.is_empty() => names,
        _ => of_address(region)
            .or_else(|| values(region, "address").iter().find_map(of_address))
            .or_else(|| plain(region))
            .into_iter()
            .collect(),
    }
}
