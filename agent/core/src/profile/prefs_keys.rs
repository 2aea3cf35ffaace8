//! The person's wishes by key, as they are typed: `pay-floor`, `80k EUR/year`.
//!
//! Every value is checked before it is taken, and what is refused names the
//! nearest thing that is known.
#![deny(clippy::indexing_slicing)]

use super::{
    Money, Preferences,
    read::languages::{self, known_code},
};
use crate::{
    job::{Level, PayPeriod, WorkplaceKind},
    text,
};

mod codes;

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

const WORKPLACES: &[(&str, WorkplaceKind)] = &[
    ("on-site", WorkplaceKind::OnSite),
    ("hybrid", WorkplaceKind::Hybrid),
    ("remote", WorkplaceKind::Remote),
];
const LEVELS: &[(&str, Level)] = &[
    ("intern", Level::Intern),
    ("entry", Level::Entry),
    ("mid", Level::Mid),
    ("senior", Level::Senior),
    ("lead", Level::Lead),
    ("manager", Level::Manager),
    ("executive", Level::Executive),
];
const ANSWERS: &[(&str, bool)] = &[
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
];
/// Longest text taken as a role, place or company.
const LONGEST: usize = 120;

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
        let Some((key, _)) = KEYS.iter().find(|(_, known)| known.name == key) else {
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
        let typed = key.trim().to_lowercase().replace('_', "-");
        let Some((key, known)) = KEYS.iter().find(|(_, known)| known.name == typed) else {
            let nearest = nearest(&typed, KEYS.iter().map(|(_, known)| known.name));
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

fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn name_of<T: PartialEq>(names: &[(&str, T)], value: T) -> Option<String> {
    names
        .iter()
        .find(|(_, known)| *known == value)
        .map(|(name, _)| (*name).to_owned())
}

/// The known name nearest to `given`, when it is near enough to be a slip.
fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let likeness = |name: &str| strsim::jaro_winkler(&given.to_lowercase(), &name.to_lowercase());
    let best = known
        .map(|name| (likeness(name), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.75).then(|| best.1.to_owned())
}

fn wrong(
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

fn one<'a>(key: &'static str, values: &'a [String]) -> Result<Option<&'a str>, PreferenceError> {
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
fn each<T: PartialEq>(
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

fn texts(key: &'static str, values: &[String]) -> Result<Vec<String>, PreferenceError> {
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

fn choice<T: Copy>(
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

fn choices<T: Copy + PartialEq>(
    key: &'static str,
    values: &[String],
    names: &[(&str, T)],
    expected: &'static str,
) -> Result<Vec<T>, PreferenceError> {
    each(values, |value| choice(key, value, names, expected))
}

fn country(key: &'static str, value: &str) -> Result<String, PreferenceError> {
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
fn country_by_name(value: &str) -> Option<String> {
    let places = crate::normal::place::of_text(value);
    let [place] = places.as_slice() else {
        return None;
    };
    place.country.clone().filter(|_| place.city.is_none())
}

fn permit(key: &'static str, value: &str) -> Result<Vec<String>, PreferenceError> {
    if value.eq_ignore_ascii_case("eu") {
        return Ok(codes::EUROPEAN_UNION
            .iter()
            .map(|&code| code.to_owned())
            .collect());
    }
    country(key, value).map(|code| vec![code])
}

fn language(key: &'static str, value: &str) -> Result<String, PreferenceError> {
    let known = languages::code_of(value)
        .map(str::to_owned)
        .or_else(|| known_code(value));
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

/// Reads "80000 EUR/year", "80k EUR", "€80,000", "25.50 EUR per hour".
fn money(key: &'static str, value: &str) -> Result<Money, PreferenceError> {
    let no = || {
        wrong(
            key,
            value,
            "it is an amount with a currency, such as \"80000 EUR/year\" or \"80k EUR\"",
            None,
        )
    };
    let lower = value
        .to_lowercase()
        .replace('€', " eur ")
        .replace('£', " gbp ")
        .replace("us$", " usd ")
        .replace('$', " usd ");
    let mut number = String::new();
    let (mut currency, mut period) = (None, None);
    for word in spaced(&lower).split_whitespace() {
        match word {
            "/" | "per" | "pro" | "a" | "an" | "p" | "." => {}
            "k" if !number.is_empty() && !number.ends_with('k') => number.push('k'),
            _ if word.starts_with(|c: char| c.is_ascii_digit()) && !number.ends_with('k') => {
                number.push_str(word)
            }
            _ if period.is_none() && period_of(word).is_some() => period = period_of(word),
            _ if currency.is_none()
                && codes::CURRENCIES.contains(&word.to_uppercase().as_str()) =>
            {
                currency = Some(word.to_uppercase());
            }
            _ => {
                let near = nearest(
                    word,
                    codes::CURRENCIES
                        .iter()
                        .copied()
                        .chain(PERIODS.iter().map(|(name, _)| *name)),
                );
                let PreferenceError::WrongValue {
                    key,
                    value,
                    expected,
                    ..
                } = no()
                else {
                    return Err(no());
                };
                return Err(PreferenceError::WrongValue {
                    key,
                    value,
                    expected,
                    nearest: near,
                });
            }
        }
    }
    let amount = amount(&number)
        .filter(|amount| *amount > 0.0 && *amount < 1e9)
        .ok_or_else(no)?;
    Ok(Money {
        amount,
        currency: currency.ok_or_else(no)?,
        period: period.unwrap_or(PayPeriod::Year),
    })
}

/// `text` with spaces between digits, letters and slashes.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let class = |c: char| {
        (
            c.is_ascii_digit() || matches!(c, '.' | ',' | '\''),
            c.is_alphabetic(),
        )
    };
    let mut last = None;
    for c in text.chars() {
        if last.is_some_and(|last| class(last) != class(c)) {
            out.push(' ');
        }
        out.push(c);
        last = Some(c);
    }
    out
}

const PERIODS: &[(&str, PayPeriod)] = &[
    ("year", PayPeriod::Year),
    ("yr", PayPeriod::Year),
    ("annum", PayPeriod::Year),
    ("jahr", PayPeriod::Year),
    ("month", PayPeriod::Month),
    ("monat", PayPeriod::Month),
    ("week", PayPeriod::Week),
    ("woche", PayPeriod::Week),
    ("day", PayPeriod::Day),
    ("tag", PayPeriod::Day),
    ("hour", PayPeriod::Hour),
    ("hr", PayPeriod::Hour),
    ("h", PayPeriod::Hour),
    ("stunde", PayPeriod::Hour),
];

fn period_of(word: &str) -> Option<PayPeriod> {
    PERIODS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, period)| *period)
}

/// "80000", "80k", "80,000", "80.000", "25.50": a mark before exactly three
/// digits parts thousands, the last mark before one or two digits parts cents.
fn amount(number: &str) -> Option<f64> {
    let (number, factor) = match number.strip_suffix('k') {
        Some(thousands) => (thousands, 1000.0),
        None => (number, 1.0),
    };
    let mut groups: Vec<&str> = number.split(['.', ',', '\'']).collect();
    let cents = match groups.last() {
        Some(last) if groups.len() > 1 && (1..=2).contains(&last.len()) => groups.pop(),
        _ => None,
    };
    let (first, thousands) = groups.split_first()?;
    if first.is_empty()
        || thousands.iter().any(|group| group.len() != 3)
        || !thousands.is_empty() && first.len() > 3
    {
        return None;
    }
    let whole = groups.concat();
    let value: f64 = format!("{whole}.{}", cents.unwrap_or("0")).parse().ok()?;
    Some(value * factor)
}

fn show_money(money: &Money) -> String {
    let period = match money.period {
        PayPeriod::Hour => "hour",
        PayPeriod::Day => "day",
        PayPeriod::Week => "week",
        PayPeriod::Month => "month",
        PayPeriod::Year => "year",
    };
    let Money {
        amount, currency, ..
    } = money;
    let amount = if amount.fract() == 0.0 {
        format!("{amount:.0}")
    } else {
        format!("{amount:.2}")
    };
    format!("{amount} {currency}/{period}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(given: &[&str]) -> Vec<String> {
        given.iter().map(|&value| value.to_owned()).collect()
    }

    fn check(key: &str, given: &[&str], expected: &[&str]) {
        let mut prefs = Preferences::default();
        prefs
            .set(key, &values(given))
            .expect("a value the key takes");
        assert_eq!(prefs.get(key), expected, "{key} {given:?}");
        // What is shown can be typed again, and no value clears the key.
        let before = prefs.clone();
        prefs.set(key, &before.get(key)).expect("its own form");
        assert_eq!(prefs, before);
        prefs.set(key, &[]).expect("clearing");
        assert_eq!(prefs, Preferences::default());
    }

    #[test]
    fn values_are_taken_and_shown_in_one_form() {
        check(
            "roles",
            &["Backend  engineer", "SRE", "SRE"],
            &["Backend engineer", "SRE"],
        );
        check("places", &["Berlin", "DE"], &["Berlin", "DE"]);
        check("country", &["de"], &["DE"]);
        check(
            "workplace",
            &["remote,hybrid", "onsite"],
            &["remote", "hybrid", "on-site"],
        );
        check("relocate", &["YES"], &["yes"]);
        check("levels", &["Senior", "lead"], &["senior", "lead"]);
        check(
            "languages",
            &["en", "Deutsch", "fr-FR"],
            &["en", "de", "fr"],
        );
        check("permits", &["de, at"], &["DE", "AT"]);
        check("excluded-companies", &["Acme, Inc."], &["Acme, Inc."]);
        check(
            "EXCLUDED_companies"
                .to_lowercase()
                .replace('_', "-")
                .as_str(),
            &["Acme"],
            &["Acme"],
        );
        for (given, expected) in [
            ("80000 EUR/year", "80000 EUR/year"),
            ("80k EUR", "80000 EUR/year"),
            ("80K eur / Year", "80000 EUR/year"),
            ("€80,000", "80000 EUR/year"),
            ("80.000 € pro Jahr", "80000 EUR/year"),
            ("1'250,50 CHF/week", "1250.50 CHF/week"),
            ("25.50 EUR per hour", "25.50 EUR/hour"),
            ("$95k", "95000 USD/year"),
            ("4500 GBP a month", "4500 GBP/month"),
            ("9000000 EUR/year", "9000000 EUR/year"),
            ("82.5k EUR", "82500 EUR/year"),
            ("80 000 EUR", "80000 EUR/year"),
        ] {
            check("pay-floor", &[given], &[expected]);
        }
    }

    #[test]
    fn the_union_stands_for_its_members() {
        let mut prefs = Preferences::default();
        prefs
            .set("permits", &values(&["EU", "DE", "CH"]))
            .expect("countries");
        assert_eq!(prefs.permits.len(), 28);
    }

    #[test]
    fn what_is_not_known_is_refused_with_the_nearest_that_is() {
        for (key, given, expected) in [
            (
                "pay-flor",
                &["1 EUR"][..],
                "there is no preference “pay-flor”; did you mean “pay-floor”?",
            ),
            ("zzz", &["x"], "there is no preference “zzz”"),
            (
                "workplace",
                &["remot"],
                "workplace does not take “remot”: it is on-site, hybrid or remote; did you mean “remote”?",
            ),
            (
                "relocate",
                &["maybe"],
                "relocate does not take “maybe”: it is yes or no",
            ),
            (
                "country",
                &["UK"],
                "country does not take “UK”: it is a country of two letters, such as DE, GB or US; did you mean “GB”?",
            ),
            (
                "country",
                &["DE", "FR"],
                "country takes one value, not 2: put a value with spaces in quotation marks",
            ),
            (
                "languages",
                &["germn"],
                "languages does not take “germn”: it is a language by name or as two letters, such as en; did you mean “german”?",
            ),
            (
                "levels",
                &["seniro"],
                "levels does not take “seniro”: it is intern, entry, mid, senior, lead, manager or executive; did you mean “senior”?",
            ),
            (
                "roles",
                &[" "],
                "roles does not take “”: it is a text of 1 to 120 characters",
            ),
        ] {
            let mut prefs = Preferences {
                roles: values(&["kept"]),
                ..Preferences::default()
            };
            let before = prefs.clone();
            let error = prefs.set(key, &values(given)).expect_err("refused");
            assert_eq!(error.to_string(), expected);
            assert_eq!(prefs, before, "nothing was changed");
        }
        for given in [
            "",
            "EUR",
            "80000",
            "-5 EUR",
            "80k",
            "8,00,000 EUR",
            "80000 EUR EUR",
            "80000 XXL",
            "0 EUR",
            "1e9 EUR",
            "80kk EUR",
        ] {
            let error = Preferences::default().set("pay-floor", &values(&[given]));
            assert!(
                matches!(
                    error,
                    Err(PreferenceError::WrongValue {
                        key: "pay-floor",
                        ..
                    })
                ),
                "{given}: {error:?}"
            );
        }
    }

    #[test]
    fn every_field_has_a_key() {
        let json = serde_json::to_value(Preferences::default()).expect("json");
        let mut fields: Vec<String> = json
            .as_object()
            .expect("an object")
            .keys()
            .map(|field| field.replace('_', "-"))
            .collect();
        let mut keys: Vec<&str> = Preferences::keys().iter().map(|key| key.name).collect();
        fields.sort_unstable();
        keys.sort_unstable();
        assert_eq!(fields, keys);
        assert_eq!(
            Preferences::default().get("no-such-key"),
            Vec::<String>::new()
        );
    }
}
