//! Where the work of a posting is done, for comparing postings.
#![deny(clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};

use super::words;
use crate::{
    job::{Job, Region, WorkplaceKind},
    normal::place::contains,
};

/// The places of a posting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spots {
    /// Cities, or the portal's words where no city is known; folded, sorted.
    pub(super) cities: Vec<String>,
    /// Countries by their codes, sorted.
    pub(super) countries: Vec<String>,
    /// Regions wider than a country, as stated.
    pub(super) regions: Vec<Region>,
    /// Whether the work is done from anywhere.
    pub(super) remote: bool,
}

/// How the places of two postings stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearness {
    /// The same places.
    Same,
    /// Some city is in both.
    Shared,
    /// Nothing speaks against one place, but it is not stated as narrowly.
    Open,
    /// No place of one is a place of the other.
    Apart,
}

/// Words that name no place.
const NOWHERE: [&str; 14] = [
    "anywhere",
    "area",
    "based",
    "distributed",
    "flexible",
    "from",
    "home",
    "hybrid",
    "multiple",
    "locations",
    "office",
    "onsite",
    "remote",
    "worldwide",
];

impl Spots {
    /// The places of `job`.
    pub(super) fn of(job: &Job) -> Self {
        let mut spots = Self {
            remote: job.workplace.kind == Some(WorkplaceKind::Remote),
            ..Self::default()
        };
        for place in &job.places {
            // "MA" alone may be a country or a state.
            if place.text.len() <= 2 {
                continue;
            }
            if let Some(city) = &place.city {
                spots
                    .cities
                    .push(words::split(&words::fold(city)).join(" "));
            } else if place.country.is_none() && place.region.is_none() {
                let told: Vec<String> = words::split(&words::fold(&place.text))
                    .into_iter()
                    .filter(|word| !NOWHERE.contains(&word.as_str()))
                    .collect();
                if !told.is_empty() {
                    spots.cities.push(told.join(" "));
                }
            }
            spots.countries.extend(place.country.clone());
            let region = place
                .region
                .filter(|region| !spots.regions.contains(region));
            spots.regions.extend(region);
        }
        for list in [&mut spots.cities, &mut spots.countries] {
            list.sort_unstable();
            list.dedup();
        }
        spots
    }

    /// Words that a title may repeat.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.cities.iter().flat_map(|city| city.split(' '))
    }

    /// Whether some country is meant by both.
    fn meets(&self, other: &Self) -> bool {
        /// Of each part of the world that a region names, a country.
        const PARTS: [&str; 8] = ["AE", "BR", "DE", "FR", "GB", "JP", "MX", "US"];
        let lies_in = |one: &Self, other: &Self| {
            let mut regions = other.regions.iter();
            regions.any(|region| one.countries.iter().any(|code| contains(*region, code)))
        };
        let regions_meet = || {
            self.regions.iter().any(|one| {
                let mut regions = other.regions.iter();
                regions.any(|two| {
                    PARTS
                        .iter()
                        .any(|of| contains(*one, of) && contains(*two, of))
                })
            })
        };
        self.countries
            .iter()
            .any(|code| other.countries.contains(code))
            || lies_in(self, other)
            || lies_in(other, self)
            || regions_meet()
    }

    pub(super) fn nearness(&self, other: &Self) -> Nearness {
        if !self.cities.is_empty() && !other.cities.is_empty() {
            let shared = self
                .cities
                .iter()
                .any(|city| other.cities.iter().any(|known| same_city(city, known)));
            return match shared {
                _ if self.cities == other.cities => Nearness::Same,
                true => Nearness::Shared,
                false => Nearness::Apart,
            };
        }
        let wide = |spots: &Self| !spots.countries.is_empty() || !spots.regions.is_empty();
        if wide(self) && wide(other) && !self.meets(other) {
            return Nearness::Apart;
        }
        if self == other {
            Nearness::Same
        } else {
            Nearness::Open
        }
    }
}

/// "berlin" and "berlin mitte", "san francisco" and "san francisco bay"
fn same_city(one: &str, other: &str) -> bool {
    let within = |one: &str, other: &str| {
        one.len() >= 4
            && one
                .split(' ')
                .all(|word| other.split(' ').any(|known| known == word))
    };
    one == other || within(one, other) || within(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_compared_as_narrowly_as_both_state_them() {
        let spots = |cities: &[&str], countries: &[&str]| Spots {
            cities: cities.iter().map(|city| (*city).to_owned()).collect(),
            countries: countries.iter().map(|code| (*code).to_owned()).collect(),
            regions: Vec::new(),
            remote: false,
        };
        let region = |region: Region| Spots {
            regions: vec![region],
            ..Spots::default()
        };
        let check = |one: &Spots, other: &Spots, expected: Nearness| {
            assert_eq!(one.nearness(other), expected, "{one:?} {other:?}");
            assert_eq!(other.nearness(one), expected, "{one:?} {other:?}");
        };
        let berlin = spots(&["berlin"], &["DE"]);
        check(&berlin, &berlin, Nearness::Same);
        check(
            &berlin,
            &spots(&["berlin", "munich"], &["DE"]),
            Nearness::Shared,
        );
        check(&berlin, &spots(&["berlin mitte"], &[]), Nearness::Shared);
        check(&berlin, &spots(&["munich"], &["DE"]), Nearness::Apart);
        check(&berlin, &spots(&[], &["DE"]), Nearness::Open);
        check(&berlin, &spots(&[], &["FR"]), Nearness::Apart);
        check(&berlin, &spots(&[], &[]), Nearness::Open);
        check(&spots(&[], &[]), &spots(&[], &[]), Nearness::Same);
        let emea = region(Region::Emea);
        check(&emea, &emea, Nearness::Same);
        check(&emea, &region(Region::Americas), Nearness::Apart);
        check(&emea, &region(Region::Dach), Nearness::Open);
        check(&emea, &region(Region::Worldwide), Nearness::Open);
        check(&emea, &berlin, Nearness::Open);
        check(&region(Region::Apac), &berlin, Nearness::Apart);
    }
}
