//! What the constraints need of a person, read once for judging many jobs.

use std::collections::BTreeSet;

use crate::{
    job::{
        Place,
        facts::{DegreeLevel, Fluency, degree_level, fluency},
    },
    matching::{Evidence, EvidenceSource},
    normal::place,
    profile::{Preferences, Profile},
};

/// The person's side of the constraints.
#[derive(Debug, Clone)]
pub(in crate::matching) struct Limits {
    /// Languages spoken, with the level where one is known.
    pub(super) spoken: Vec<Spoken>,
    /// Where the languages were read.
    pub(super) spoken_source: EvidenceSource,
    /// Countries where the person may work, those of citizenship among them.
    pub(super) may_work: BTreeSet<String>,
    /// Countries of citizenship.
    pub(super) citizen_of: BTreeSet<String>,
    /// Highest degree of the profile, with its words.
    pub(super) degree: Option<(DegreeLevel, String)>,
    /// Where the person would move; empty when anywhere.
    pub(super) move_to: Vec<Place>,
    /// Excluded employers, in the form they are compared in, and as written.
    pub(super) excluded: Vec<(String, String)>,
}

/// A language the person speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) code: String,
    pub(super) level: Option<Fluency>,
}

impl Limits {
    pub(in crate::matching) fn of(profile: &Profile, prefs: &Preferences) -> Self {
        let level = |code: &str| {
            let known = profile.languages.iter().find(|known| known.code == code)?;
            fluency(known.fluency.as_deref()?)
        };
        let (codes, spoken_source): (Vec<&str>, _) = if prefs.languages.is_empty() {
            let codes = profile.languages.iter().map(|known| known.code.as_str());
            (codes.collect(), EvidenceSource::Profile)
        } else {
            let codes = prefs.languages.iter().map(String::as_str);
            (codes.collect(), EvidenceSource::Preference)
        };
        let spoken = codes.into_iter().map(|code| Spoken {
            code: code.to_owned(),
            level: level(code),
        });
        let citizen_of: BTreeSet<String> = prefs.citizenships.iter().cloned().collect();
        let union = place::codes(Some(crate::job::Region::EuropeanUnion));
        let is_of_union = citizen_of.iter().any(|code| union.contains(&code.as_str()));
        // A citizen of one member may work in all of them.
        let by_union = union.into_iter().filter(|_| is_of_union).map(str::to_owned);
        Self {
            spoken: spoken.collect(),
            spoken_source,
            may_work: prefs
                .permits
                .iter()
                .cloned()
                .chain(citizen_of.iter().cloned())
                .chain(by_union)
                .collect(),
            citizen_of,
            degree: degree(profile),
            move_to: prefs
                .relocate_to
                .iter()
                .flat_map(|wish| place::of_text(wish))
                .collect(),
            excluded: prefs
                .excluded_companies
                .iter()
                .map(|name| (super::employer::key(name), name.clone()))
                .filter(|(key, _)| !key.is_empty())
                .collect(),
        }
    }

    /// Quotes the languages spoken.
    pub(super) fn languages(&self) -> Evidence {
        let codes: Vec<&str> = self.spoken.iter().map(|one| one.code.as_str()).collect();
        Evidence::new(self.spoken_source, &codes.join(", "))
    }

    /// Quotes the countries where the person may work.
    pub(super) fn permits(&self, prefs: &Preferences) -> Evidence {
        let own: Vec<&str> = prefs
            .permits
            .iter()
            .chain(&prefs.citizenships)
            .map(String::as_str)
            .collect();
        Evidence::new(EvidenceSource::Preference, &own.join(", "))
    }
}

fn degree(profile: &Profile) -> Option<(DegreeLevel, String)> {
    let named = profile.education.iter().filter_map(|school| {
        let words = school.degree.as_deref()?;
        Some((degree_level(words)?, words.to_owned()))
    });
    named.max_by_key(|(level, _)| *level)
}
