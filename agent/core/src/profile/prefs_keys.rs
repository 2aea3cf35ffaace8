//! The person's wishes by key, as they are typed: `pay-floor`, `80k EUR/year`.
//!
//! Every value is checked before it is taken, and what is refused names the
//! nearest thing that is known.
#![deny(clippy::indexing_slicing)]

use super::Preferences;
use crate::text;

mod codes;
mod money;
#[cfg(test)]
mod tests;
mod values;

use money::{money, show_money};
use values::{
    ANSWERS, LEVELS, WORKPLACES, choice, choices, country, distinct, each, language, name_of,
    nearest, one, permit, texts,
};

/// A key of the preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreferenceKey {
    /// Name, in kebab-case.
    pub name: &'static str,
    /// What it is for and the form its values take.
    pub help: &'static str,
}

/// A key or value that is not taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreferenceError {
    /// No such key.
    #[error("there is no preference “{key}”{}", did_you_mean(.nearest.as_deref()))]
    UnknownKey {
        /// As given.
        key: String,
        /// The nearest known one, when one is near.
        nearest: Option<String>,
    },
    /// A value the key does not take.
    #[error("{key} does not take “{value}”: {expected}{}", did_you_mean(.nearest.as_deref()))]
    WrongValue {
        /// The key.
        key: &'static str,
        /// As given.
        value: String,
        /// What the key takes.
        expected: &'static str,
        /// The nearest known value, when one is near.
        nearest: Option<String>,
    },
    /// Several values for a key that takes one.
    #[error("{key} takes one value, not {given}: put a value with spaces in quotation marks")]
    OneValue {
        /// The key.
        key: &'static str,
        /// How many were given.
        given: usize,
    },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest
        .map(|nearest| format!("; did you mean “{nearest}”?"))
        .unwrap_or_default()
}

/// The keys, in the order of the fields of [`Preferences`].
const KEYS: &[(Key, PreferenceKey)] = &[
    (
        Key::Roles,
        key("roles", "titles you look for, such as \"Backend engineer\""),
    ),
    (
        Key::Places,
        key(
            "places",
            "places where you would work on site: cities or countries, such as Berlin or DE",
        ),
    ),
    (
        Key::Country,
        key(
            "country",
            "country you live in, as two letters (ISO 3166), such as DE: decides which remote jobs fit",
        ),
    ),
    (
        Key::Workplace,
        key(
            "workplace",
            "kinds of workplace you want: on-site, hybrid, remote",
        ),
    ),
    (
        Key::Relocate,
        key("relocate", "whether you would move for a job: yes or no"),
    ),
    (
        Key::PayFloor,
        key(
            "pay-floor",
            "the least pay you would take, such as \"80000 EUR/year\", \"80k EUR\" or \"25 EUR/hour\"",
        ),
    ),
    (
        Key::Levels,
        key(
            "levels",
            "levels you want: intern, entry, mid, senior, lead, manager, executive",
        ),
    ),
    (
        Key::Languages,
        key(
            "languages",
            "languages you can work in, as two letters (ISO 639) or by name, such as en or German; none: those of your CV",
        ),
    ),
    (
        Key::Permits,
        key(
            "permits",
            "countries where you may work without sponsorship, as two letters, such as DE; EU stands for all of its members",
        ),
    ),
    (
        Key::ExcludedCompanies,
        key("excluded-companies", "employers you never want to see"),
    ),
];

/// The key `typed` names, in any case and with either dash.
fn known(typed: &str) -> Option<&'static (Key, PreferenceKey)> {
    let name = as_name(typed);
    KEYS.iter().find(|(_, known)| known.name == name)
}

fn as_name(typed: &str) -> String {
    typed.trim().to_lowercase().replace('_', "-")
}

const fn key(name: &'static str, help: &'static str) -> PreferenceKey {
    PreferenceKey { name, help }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Roles,
    Places,
    Country,
    Workplace,
    Relocate,
    PayFloor,
    Levels,
    Languages,
    Permits,
    ExcludedCompanies,
}

impl Preferences {
    /// All keys with what they are for.
    pub fn keys() -> &'static [PreferenceKey] {
        static ALL: std::sync::LazyLock<Vec<PreferenceKey>> =
            std::sync::LazyLock::new(|| KEYS.iter().map(|(_, key)| *key).collect());
        &ALL
    }

    /// The values of a key in the form `set` takes; none when it is not set or
    /// there is no such key.
    pub fn get(&self, key: &str) -> Vec<String> {
        let Some((key, _)) = known(key) else {
            return Vec::new();
        };
        match key {
            Key::Roles => self.roles.clone(),
            Key::Places => self.places.clone(),
            Key::Country => self.country.iter().cloned().collect(),
            Key::Workplace => self
                .workplace
                .iter()
                .filter_map(|kind| name_of(WORKPLACES, *kind))
                .collect(),
            Key::Relocate => self
                .relocate
                .then(|| "yes".to_owned())
                .into_iter()
                .collect(),
            Key::PayFloor => self.pay_floor.iter().map(show_money).collect(),
            Key::Levels => self
                .levels
                .iter()
                .filter_map(|level| name_of(LEVELS, *level))
                .collect(),
            Key::Languages => self.languages.clone(),
            Key::Permits => self.permits.clone(),
            Key::ExcludedCompanies => self.excluded_companies.clone(),
        }
    }

    /// Sets a key to `values`; none clears it. A refused value changes nothing.
    pub fn set(&mut self, key: &str, values: &[String]) -> Result<(), PreferenceError> {
        let Some((key, known)) = known(key) else {
            let nearest = nearest(&as_name(key), KEYS.iter().map(|(_, known)| known.name));
            return Err(PreferenceError::UnknownKey {
                key: text::quote(key, 40),
                nearest,
            });
        };
        let name = known.name;
        match key {
            Key::Roles => self.roles = texts(name, values)?,
            Key::Places => self.places = texts(name, values)?,
            Key::Country => {
                self.country = one(name, values)?
                    .map(|value| country(name, value))
                    .transpose()?
            }
            Key::Workplace => {
                self.workplace =
                    choices(name, values, WORKPLACES, "it is on-site, hybrid or remote")?
            }
            Key::Relocate => {
                let value = one(name, values)?;
                self.relocate = value
                    .map(|value| choice(name, value, ANSWERS, "it is yes or no"))
                    .transpose()?
                    .unwrap_or(false);
            }
            Key::PayFloor => {
                self.pay_floor = one(name, values)?
                    .map(|value| money(name, value))
                    .transpose()?
            }
            Key::Levels => {
                let expected = "it is intern, entry, mid, senior, lead, manager or executive";
                self.levels = choices(name, values, LEVELS, expected)?;
            }
            Key::Languages => self.languages = each(values, |value| language(name, value))?,
            Key::Permits => {
                let lists = each(values, |value| permit(name, value))?;
                self.permits = distinct(lists.into_iter().flatten());
            }
            Key::ExcludedCompanies => self.excluded_companies = texts(name, values)?,
        }
        Ok(())
    }
}
