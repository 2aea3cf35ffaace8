//! The values of a filter, each read into what it means or refused.
#![deny(clippy::indexing_slicing)]

use jiff::civil::Date;

use super::{Moment, Problem, When, fault::nearest};
use crate::{
    job::{Level, WorkplaceKind},
    matching::Outcome,
    normal::place,
    skill, text,
};

/// Longest text that is looked for, in characters.
const MAX_TEXT: usize = 120;

const LEVELS: &[(&str, Level)] = &[
    ("intern", Level::Intern),
    ("entry", Level::Entry),
    ("junior", Level::Entry),
    ("mid", Level::Mid),
    ("senior", Level::Senior),
    ("lead", Level::Lead),
    ("staff", Level::Lead),
    ("principal", Level::Lead),
    ("manager", Level::Manager),
    ("executive", Level::Executive),
    ("director", Level::Executive),
];

const WORKPLACES: &[(&str, WorkplaceKind)] = &[
    ("remote", WorkplaceKind::Remote),
    ("hybrid", WorkplaceKind::Hybrid),
    ("onsite", WorkplaceKind::OnSite),
    ("on-site", WorkplaceKind::OnSite),
];

const OUTCOMES: &[(&str, Outcome)] = &[
    ("pass", Outcome::Pass),
    ("ask", Outcome::Ask),
    ("fail", Outcome::Fail),
];

/// Languages of postings by their English names.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

fn wrong(name: &'static str, given: &str, allowed: &'static str) -> Problem {
    Problem::WrongValue {
        name,
        given: text::quote(given, 40),
        nearest: None,
        allowed,
    }
}

fn one_of<T: Copy>(
    name: &'static str,
    given: &str,
    known: &[(&'static str, T)],
    allowed: &'static str,
) -> Result<T, Problem> {
    let typed = given.trim().to_lowercase().replace('_', "-");
    let found = known.iter().find(|(name, _)| *name == typed);
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| Problem::WrongValue {
            name,
            given: text::quote(given, 40),
            nearest: nearest(&typed, known.iter().map(|(name, _)| *name)),
            allowed,
        })
}

pub(super) fn level(name: &'static str, given: &str) -> Result<Level, Problem> {
    let allowed = "it is intern, entry, mid, senior, lead, manager or executive";
    one_of(name, given, LEVELS, allowed)
}

pub(super) fn workplace(name: &'static str, given: &str) -> Result<WorkplaceKind, Problem> {
    one_of(name, given, WORKPLACES, "it is remote, hybrid or onsite")
}

pub(super) fn outcome(name: &'static str, given: &str) -> Result<Outcome, Problem> {
    one_of(name, given, OUTCOMES, "it is pass, ask or fail")
}

pub(super) fn score(name: &'static str, given: &str) -> Result<f64, Problem> {
    let number = given.trim_end_matches('%').parse::<f64>().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| wrong(name, given, "it is a number from 0 to 100"))
}

/// An amount, which may end in `k` and in a currency ("80k", "80000EUR").
pub(super) fn amount(name: &'static str, given: &str) -> Result<(f64, Option<String>), Problem> {
    let allowed = "it is an amount for a year, such as 80000, 80k or 80k EUR";
    let no = || wrong(name, given, allowed);
    let digits: String = given
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '\''))
        .collect();
    let rest = given.get(digits.len()..).unwrap_or_default();
    let plain: String = digits
        .chars()
        .filter(|c| !matches!(c, ',' | '_' | '\''))
        .collect();
    let (times, rest) = match rest.strip_prefix(['k', 'K']) {
        Some(rest) => (1000.0, rest),
        None => (1.0, rest),
    };
    let currency = match rest {
        "" => None,
        code => Some(currency(code).ok_or_else(no)?),
    };
    let number: f64 = plain.parse().map_err(|_| no())?;
    let amount = number * times;
    if amount.is_finite() && amount <= 1e12 {
        Ok((amount, currency))
    } else {
        Err(no())
    }
}

/// A currency's code in capitals, when it looks like one.
pub(super) fn currency(given: &str) -> Option<String> {
    let marks = [("€", "EUR"), ("$", "USD"), ("£", "GBP")];
    if let Some((_, code)) = marks.iter().find(|(mark, _)| *mark == given) {
        return Some((*code).to_owned());
    }
    let is_code = given.len() == 3 && given.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| given.to_uppercase())
}

pub(super) fn when(name: &'static str, moment: Moment, given: &str) -> Result<When, Problem> {
    let typed = given.to_lowercase();
    let ahead = moment == Moment::Closes;
    let span = |days| {
        if ahead {
            When::In(days)
        } else {
            When::Ago(days)
        }
    };
    match typed.as_str() {
        "today" => return Ok(span(0)),
        "yesterday" => return Ok(When::Ago(1)),
        "tomorrow" => return Ok(When::In(1)),
        _ => {}
    }
    if let Ok(day) = typed.parse::<Date>() {
        return Ok(When::On(day));
    }
    let allowed = "it is a day such as 2026-01-31, or a span such as 7d, 2w, 3m or 1y";
    let no = || wrong(name, given, allowed);
    let digits = typed.trim_end_matches(|c: char| c.is_alphabetic());
    let unit = typed.get(digits.len()..).unwrap_or_default();
    let days: u32 = match unit {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        "m" | "month" | "months" => 30,
        "y" | "year" | "years" => 365,
        _ => return Err(no()),
    };
    let number: u32 = digits.parse().map_err(|_| no())?;
    let days = number.checked_mul(days).filter(|days| *days <= 36_500);
    days.map(span).ok_or_else(no)
}

pub(super) fn country(name: &'static str, given: &str) -> Result<String, Problem> {
    let code = given.trim().to_uppercase();
    if code == "UK" {
        return Ok("GB".to_owned());
    }
    if place::country_name(&code).is_some() {
        return Ok(code);
    }
    let allowed = "it is a country by name or as two letters, such as DE";
    place::country_code(given)
        .map(str::to_owned)
        .ok_or_else(|| wrong(name, given, allowed))
}

pub(super) fn language(name: &'static str, given: &str) -> Result<String, Problem> {
    let typed = given.trim().to_lowercase();
    if typed.len() == 2 && typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(typed);
    }
    let allowed = "it is a language in English or as two letters, such as en";
    one_of(name, given, LANGUAGES, allowed).map(str::to_owned)
}

pub(super) fn words(name: &'static str, given: &str) -> Result<String, Problem> {
    let clean = text::line(given);
    let has_word = clean.chars().any(char::is_alphanumeric);
    if has_word && clean.chars().count() <= MAX_TEXT {
        return Ok(clean);
    }
    let allowed = "it is a text of letters or digits, at most 120 characters long";
    Err(wrong(name, given, allowed))
}

/// A skill by the label postings have it under, where the lexicon knows it.
pub(super) fn skill(name: &'static str, given: &str) -> Result<String, Problem> {
    let clean = words(name, given)?;
    let labels = skill::labels();
    let label = labels
        .iter()
        .find(|label| label.eq_ignore_ascii_case(&clean));
    if let Some(label) = label {
        return Ok((*label).to_owned());
    }
    if let Some(label) = skill::named(&clean) {
        return Ok(label.to_owned());
    }
    match skill::find(&clean).as_slice() {
        [one] => Ok(one.skill.clone()),
        [] | [_, ..] => Ok(clean),
    }
}
