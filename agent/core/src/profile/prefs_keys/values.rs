//! Values of the preferences: texts, choices, countries and languages.
#![deny(clippy::indexing_slicing)]

use super::{PreferenceError, codes};
use crate::{
    job::{Level, WorkplaceKind, facts::Contract},
    profile::read::languages,
    text,
};

pub(super) const WORKPLACES: &[(&str, WorkplaceKind)] = &[
    ("on-site", WorkplaceKind::OnSite),
    ("hybrid", WorkplaceKind::Hybrid),
    ("remote", WorkplaceKind::Remote),
];
pub(super) const LEVELS: &[(&str, Level)] = &[
    ("intern", Level::Intern),
    ("entry", Level::Entry),
    ("mid", Level::Mid),
    ("senior", Level::Senior),
    ("lead", Level::Lead),
    ("manager", Level::Manager),
    ("executive", Level::Executive),
];
pub(super) const CONTRACTS: &[(&str, Contract)] = &[
    ("full-time", Contract::FullTime),
    ("part-time", Contract::PartTime),
    ("permanent", Contract::Permanent),
    ("temporary", Contract::Temporary),
    ("freelance", Contract::Freelance),
    ("internship", Contract::Internship),
    ("apprenticeship", Contract::Apprenticeship),
    ("student", Contract::Student),
    ("volunteer", Contract::Volunteer),
];
pub(super) const ANSWERS: &[(&str, bool)] = &[
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
];
/// Longest text taken as a role, place or company.
pub(super) const LONGEST: usize = 120;

pub(super) fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

pub(super) fn name_of<T: PartialEq>(names: &[(&str, T)], value: T) -> Option<String> {
    names
        .iter()
        .find(|(_, known)| *known == value)
        .map(|(name, _)| (*name).to_owned())
}

/// The known name nearest to `given`, when it is near enough to be a slip.
pub(super) fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let likeness = |name: &str| strsim::jaro_winkler(&given.to_lowercase(), &name.to_lowercase());
    let best = known
        .map(|name| (likeness(name), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.75).then(|| best.1.to_owned())
}

pub(super) fn wrong(
    key: &'static str,
    value: &str,
    expected: &'static str,
    nearest: Option<String>,
) -> PreferenceError {
    PreferenceError::WrongValue {
        key,
        value: text::quote(value, 60),
        expected,
        nearest,
    }
}

pub(super) fn one<'a>(
    key: &'static str,
    values: &'a [String],
) -> Result<Option<&'a str>, PreferenceError> {
    match values {
        [] => Ok(None),
        [value] => Ok(Some(value.trim())),
        several => Err(PreferenceError::OneValue {
            key,
            given: several.len(),
        }),
    }
}

/// Values of a list of codes, which may also be set apart by commas.
pub(super) fn each<T: PartialEq>(
    values: &[String],
    read: impl Fn(&str) -> Result<T, PreferenceError>,
) -> Result<Vec<T>, PreferenceError> {
    let values = values
        .iter()
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|value| !value.is_empty());
    let read: Result<Vec<T>, PreferenceError> = values.map(read).collect();
    Ok(distinct(read?.into_iter()))
}

pub(super) fn texts(key: &'static str, values: &[String]) -> Result<Vec<String>, PreferenceError> {
    let read = values.iter().map(|value| {
        let clean = text::line(value);
        if clean.is_empty() || clean.chars().count() > LONGEST {
            return Err(wrong(
                key,
                value,
                "it is a text of 1 to 120 characters",
                None,
            ));
        }
        Ok(clean)
    });
    Ok(distinct(read.collect::<Result<Vec<_>, _>>()?.into_iter()))
}

pub(super) fn choice<T: Copy>(
    key: &'static str,
    value: &str,
    names: &[(&str, T)],
    expected: &'static str,
) -> Result<T, PreferenceError> {
    let typed = value.to_lowercase().replace(['_', ' '], "-");
    let found = names
        .iter()
        .find(|(name, _)| *name == typed || name.replace('-', "") == typed);
    found.map(|(_, value)| *value).ok_or_else(|| {
        wrong(
            key,
            value,
            expected,
            nearest(&typed, names.iter().map(|(name, _)| *name)),
        )
    })
}

pub(super) fn choices<T: Copy + PartialEq>(
    key: &'static str,
    values: &[String],
    names: &[(&str, T)],
    expected: &'static str,
) -> Result<Vec<T>, PreferenceError> {
    each(values, |value| choice(key, value, names, expected))
}

pub(super) fn country(key: &'static str, value: &str) -> Result<String, PreferenceError> {
    let code = value.to_uppercase();
    if codes::COUNTRIES.contains(&code.as_str()) {
        return Ok(code);
    }
    // "UK" is reserved in ISO 3166 for the United Kingdom, whose code is GB.
    let nearest = if code == "UK" {
        Some("GB".to_owned())
    } else {
        country_by_name(value)
    };
    Err(wrong(
        key,
        value,
        "it is a country of two letters, such as DE, GB or US",
        nearest,
    ))
}

/// The code of a country the place normaliser knows by name.
pub(super) fn country_by_name(value: &str) -> Option<String> {
    let places = crate::normal::place::of_text(value);
    let [place] = places.as_slice() else {
        return None;
    };
    place.country.clone().filter(|_| place.city.is_none())
}

pub(super) fn permit(key: &'static str, value: &str) -> Result<Vec<String>, PreferenceError> {
    if value.eq_ignore_ascii_case("eu") {
        return Ok(codes::EUROPEAN_UNION
            .iter()
            .map(|&code| code.to_owned())
            .collect());
    }
    country(key, value).map(|code| vec![code])
}

pub(super) fn language(key: &'static str, value: &str) -> Result<String, PreferenceError> {
    let known = languages::code_of_any(value).map(str::to_owned);
    known.ok_or_else(|| {
        let near = nearest(value, languages::names());
        wrong(
            key,
            value,
            "it is a language by name or as two letters, such as en",
            near,
        )
    })
}
