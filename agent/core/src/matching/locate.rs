//! Whether a person can work where a job is.

use super::{Evidence, EvidenceSource};
use crate::{
    job::{Job, Place, Region},
    normal::place,
    profile::{Preferences, Profile},
};

/// How well a place or a remote scope fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// At a place wanted, or open to where the person lives.
    Yes,
    /// In the country of the person, who named no place.
    SameCountry,
    /// Elsewhere, and the person would move.
    Move,
    /// Neither side says enough.
    Unknown,
    /// Elsewhere.
    No,
}

/// Where the person lives, and where that is written.
#[derive(Debug, Clone)]
pub(super) struct Residence {
    pub(super) country: Option<String>,
    pub(super) city: Option<String>,
    /// The words it was read from; empty when nothing is known.
    pub(super) words: String,
    source: EvidenceSource,
}

impl Residence {
    /// The country of the preferences, else what the profile says.
    pub(super) fn of(profile: &Profile, prefs: &Preferences) -> Self {
        let stated = profile.location.clone().unwrap_or_default();
        let lived = place::of_text(&stated)
            .into_iter()
            .next()
            .unwrap_or_default();
        match &prefs.country {
            Some(country) => Self {
                country: Some(country.clone()),
                city: lived
                    .city
                    .filter(|_| lived.country.as_ref() == Some(country)),
                words: country.clone(),
                source: EvidenceSource::Preference,
            },
            None => Self {
                country: lived.country,
                city: lived.city,
                words: stated,
                source: EvidenceSource::Profile,
            },
        }
    }

    pub(super) fn evidence(&self) -> Option<Evidence> {
        (!self.words.is_empty()).then(|| Evidence::new(self.source, &self.words))
    }
}

/// The places wanted, resolved. A wish that names no known place keeps its words.
pub(super) fn wanted_places(prefs: &Preferences) -> Vec<Place> {
    prefs
        .places
        .iter()
        .flat_map(|wish| place::of_text(wish))
        .collect()
}

/// Fit of the places of an on-site or hybrid job.
pub(super) fn place_fit(
    places: &[Place],
    wanted: &[Place],
    home: &Residence,
    relocate: bool,
) -> Fit {
    if wanted
        .iter()
        .any(|wish| places.iter().any(|place| covers(wish, place)))
    {
        return Fit::Yes;
    }
    let resolved = |place: &Place| place.country.is_some();
    if wanted.is_empty() {
        let same_city = places.iter().any(|place| {
            place.city.is_some() && place.city == home.city && place.country == home.country
        });
        if same_city {
            return Fit::Yes;
        }
        if places
            .iter()
            .any(|place| place.country.is_some() && place.country == home.country)
        {
            return Fit::SameCountry;
        }
    }
    let country_only = |wish: &Place| {
        wish.city.is_some()
            && places.iter().any(|place| {
                place.city.is_none() && place.country == wish.country && place.country.is_some()
            })
    };
    if places.is_empty() || !places.iter().any(resolved) || wanted.iter().any(country_only) {
        // A job "in Germany" may or may not be in the city wanted.
        return Fit::Unknown;
    }
    if wanted.is_empty() && home.country.is_none() {
        return Fit::Unknown;
    }
    if relocate { Fit::Move } else { Fit::No }
}

/// Fit of a remote job to where the person lives.
///
/// A remote job that limits nothing but states offices is surely open where an
/// office is in the person's country; elsewhere nothing is sure.
pub(super) fn remote_fit(job: &Job, home: &Residence) -> Fit {
    let scope = &job.workplace.scope;
    if scope
        .iter()
        .any(|place| place.region == Some(Region::Worldwide))
    {
        return Fit::Yes;
    }
    let Some(country) = home.country.as_deref() else {
        return Fit::Unknown;
    };
    if scope.iter().any(|place| includes(place, country)) {
        return Fit::Yes;
    }
    if !scope.is_empty() {
        return Fit::No;
    }
    if job.places.iter().any(|place| includes(place, country)) {
        Fit::Yes
    } else {
        Fit::Unknown
    }
}

/// Whether a person who lives in `country` lives in `place`, as scopes mean it:
/// one that names a city means its country.
fn includes(place: &Place, country: &str) -> bool {
    place.country.as_deref() == Some(country)
        || place
            .region
            .is_some_and(|region| place::contains(region, country))
}

/// Whether a wish for a city, a country or a region is met by `place`.
pub(super) fn covers(wish: &Place, place: &Place) -> bool {
    match (&wish.city, &wish.country, wish.region) {
        (Some(_), country, _) => wish.city == place.city && *country == place.country,
        (None, Some(country), _) => place.country.as_ref() == Some(country),
        (None, None, Some(region)) => {
            place
                .country
                .as_deref()
                .is_some_and(|country| place::contains(region, country))
                || place.region == Some(region)
        }
        (None, None, None) => wish.text.eq_ignore_ascii_case(&place.text),
    }
}
