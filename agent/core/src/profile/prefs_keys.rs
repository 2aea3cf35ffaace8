//! The person's wishes by key, as they are typed: `pay-floor`, `80k EUR/year`.
//!
//! Every value is checked before it is taken, and what is refused names the
//! nearest thing that is known.
#![deny(clippy::indexing_slicing)]

use super::Preferences;
use crate::text;

mod codes;
mod known;
mod money;
mod sizes;
#[cfg(test)]
mod tests;
mod values;

use known::{KEYS, Key};
use money::{money, show_money};
use sizes::{show_size, size};
use values::{
    ANSWERS, CONTRACTS, LEVELS, WORKPLACES, choice, choices, country, distinct, each, language,
    name_of, nearest, one, permit, texts,
};

/// A key of the preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreferenceKey {
    /// Name, in kebab-case.
    pub name: &'static str,
    /// The question a person is asked for it.
    pub question: &'static str,
    /// Whether it takes several values.
    pub several: bool,
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

/// The key `typed` names, in any case and with either dash.
fn known(typed: &str) -> Option<&'static (Key, PreferenceKey)> {
    let name = as_name(typed);
    KEYS.iter().find(|(_, known)| known.name == name)
}

fn as_name(typed: &str) -> String {
    typed.trim().to_lowercase().replace('_', "-")
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
            Key::Relocate => yes(self.relocate),
            Key::RelocateTo => self.relocate_to.clone(),
            Key::PayFloor => self.pay_floor.iter().map(show_money).collect(),
            Key::Levels => self
                .levels
                .iter()
                .filter_map(|level| name_of(LEVELS, *level))
                .collect(),
            Key::OnlyLevels => yes(self.only_levels),
            Key::Contracts => self
                .contracts
                .iter()
                .filter_map(|kind| name_of(CONTRACTS, *kind))
                .collect(),
            Key::Industries => self.industries.clone(),
            Key::CompanySize => self.company_size.iter().map(show_size).collect(),
            Key::Languages => self.languages.clone(),
            Key::Permits => self.permits.clone(),
            Key::Citizenships => self.citizenships.clone(),
            Key::Clearances => self.clearances.clone(),
            Key::ExcludedCompanies => self.excluded_companies.clone(),
            Key::WatchedCompanies => self.watched_companies.clone(),
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
            Key::Relocate => self.relocate = answer(name, values)?,
            Key::RelocateTo => self.relocate_to = texts(name, values)?,
            Key::PayFloor => {
                self.pay_floor = one(name, values)?
                    .map(|value| money(name, value))
                    .transpose()?
            }
            Key::Levels => {
                let expected = "it is intern, entry, mid, senior, lead, manager or executive";
                self.levels = choices(name, values, LEVELS, expected)?;
            }
            Key::OnlyLevels => self.only_levels = answer(name, values)?,
            Key::Contracts => {
                let expected = "it is full-time, part-time, permanent, temporary, freelance, internship, apprenticeship, student or volunteer";
                self.contracts = choices(name, values, CONTRACTS, expected)?;
            }
            Key::Industries => self.industries = texts(name, values)?,
            Key::CompanySize => {
                self.company_size = one(name, values)?
                    .map(|value| size(name, value))
                    .transpose()?
            }
            Key::Languages => self.languages = each(values, |value| language(name, value))?,
            Key::Permits => {
                let lists = each(values, |value| permit(name, value))?;
                self.permits = distinct(lists.into_iter().flatten());
            }
            Key::Citizenships => {
                self.citizenships = each(values, |value| country(name, value))?;
            }
            Key::Clearances => self.clearances = texts(name, values)?,
            Key::ExcludedCompanies => self.excluded_companies = texts(name, values)?,
            Key::WatchedCompanies => self.watched_companies = texts(name, values)?,
        }
        Ok(())
    }
}

/// "yes", or nothing: a key that is not set is a no.
fn yes(answer: bool) -> Vec<String> {
    answer.then(|| "yes".to_owned()).into_iter().collect()
}

fn answer(key: &'static str, values: &[String]) -> Result<bool, PreferenceError> {
    let value = one(key, values)?;
    let answer = value.map(|value| choice(key, value, ANSWERS, "it is yes or no"));
    Ok(answer.transpose()?.unwrap_or(false))
}
