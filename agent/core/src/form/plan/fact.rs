//! Plain facts of the person for the controls that ask for them.
#![deny(clippy::indexing_slicing)]

use agent_approval::FieldKind;

use super::{Answer, Control, Meaning, PlanInput, Understood, Why, decide::Said, meaning, name};
use crate::{
    form::known::{self, Known},
    normal::place,
    profile::Position,
    text,
};

/// Networks and code hosts: a link to one is no home page.
const NO_HOME_PAGE: &[&str] = &[
    "linkedin.com",
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "xing.com",
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "stackoverflow.com",
    "youtube.com",
    "t.me",
    "wa.me",
    "calendly.com",
];

/// Names of parts of a country, which `country_code` reads as the country.
const PARTS_OF_COUNTRIES: &[&str] = &["england", "scotland", "wales", "northern ireland"];

/// What the profile states for a control.
pub(super) fn of_control(
    input: &PlanInput<'_>,
    control: &Control,
    understood: &Understood,
) -> Said {
    if let Some(meaning) = understood.meaning {
        if meaning::contradicts(input, control, meaning) {
            return Said::Doubt(Why::Contradiction);
        }
        return of_meaning(input, control, meaning);
    }
    if known::of_label(&control.name) == Some(Known::CurrentTitle) {
        return present(input, |held| {
            Some(held.title.as_str()).filter(|title| !title.is_empty())
        });
    }
    Said::Nothing
}

fn of_meaning(input: &PlanInput<'_>, control: &Control, meaning: Meaning) -> Said {
    let profile = input.profile;
    match meaning {
        Meaning::FirstName => part_of_name(&profile.name, |(first, _)| first),
        Meaning::LastName => part_of_name(&profile.name, |(_, last)| last),
        Meaning::FullName => text_of(Some(&profile.name)),
        Meaning::Email => text_of(profile.email.as_deref()),
        Meaning::Phone => text_of(profile.phone.as_deref()),
        Meaning::Location => location(input, control),
        Meaning::Country => country(input, control),
        Meaning::LinkedIn => link(&profile.links, |host| is_host(host, "linkedin.com")),
        Meaning::GitHub => link(&profile.links, |host| is_host(host, "github.com")),
        Meaning::Website => link(&profile.links, |host| {
            !NO_HOME_PAGE.iter().any(|known| is_host(host, known))
        }),
        Meaning::CurrentCompany => present(input, |held| held.employer.as_deref()),
        // Documents are handled before facts are.
        Meaning::Resume | Meaning::CoverLetter => Said::Nothing,
    }
}

fn text_of(fact: Option<&str>) -> Said {
    match fact.map(text::line) {
        Some(fact) if !fact.is_empty() => Said::Answer(Answer::Text(fact)),
        _ => Said::Nothing,
    }
}

fn part_of_name<'a>(full: &'a str, part: impl Fn((&'a str, &'a str)) -> &'a str) -> Said {
    match name::parts(full) {
        Some(parts) => text_of(Some(part(parts))),
        None if full.trim().is_empty() => Said::Nothing,
        None => Said::Doubt(Why::NameParts),
    }
}

/// The one link whose host is `wanted`.
fn link(links: &[String], wanted: impl Fn(&str) -> bool) -> Said {
    let mut found: Vec<String> = Vec::new();
    for link in links {
        let bare = link
            .split_once("://")
            .map_or(link.as_str(), |(_, bare)| bare);
        let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.to_lowercase();
        if host.contains('.') && wanted(host.trim_start_matches("www.")) {
            let whole = format!("https://{bare}");
            let kept = if link.contains("://") { link } else { &whole };
            if !found.contains(kept) {
                found.push(kept.clone());
            }
        }
    }
    match found.as_slice() {
        [] => Said::Nothing,
        [only] => text_of(Some(only)),
        [..] => Said::Doubt(Why::Several),
    }
}

fn is_host(host: &str, known: &str) -> bool {
    host == known
        || host
            .strip_suffix(known)
            .is_some_and(|head| head.ends_with('.'))
}

/// A detail of the one position that is held today.
fn present<'a>(input: &PlanInput<'a>, detail: impl Fn(&'a Position) -> Option<&'a str>) -> Said {
    let held = input.profile.work.iter();
    let mut held = held.filter(|held| held.start.is_some() && held.end.is_none());
    match (held.next(), held.next()) {
        (Some(only), None) => text_of(detail(only)),
        (Some(_), Some(_)) => Said::Doubt(Why::Several),
        (None, _) => Said::Nothing,
    }
}

fn location(input: &PlanInput<'_>, control: &Control) -> Said {
    let Some(stated) = input.profile.location.as_deref() else {
        return Said::Nothing;
    };
    let city = city(stated);
    if is_choice(control) {
        // An option of the same words, or the one option of the same city and country.
        let Some((_, wanted)) = city else {
            return text_of(Some(stated));
        };
        let mut same = control
            .options
            .iter()
            .filter(|option| matches!(place::of_text(option).as_slice(), [one] if one.city == wanted.city && one.country == wanted.country && one.city.is_some()));
        return match (same.next(), same.next()) {
            (Some(option), None) => Said::Answer(Answer::Chosen(vec![option.clone()])),
            (Some(_), Some(_)) => Said::Doubt(Why::Several),
            (None, _) => text_of(Some(stated)),
        };
    }
    if known::of_label(&control.name) == Some(Known::City) {
        return city.map_or(Said::Doubt(Why::NotKnown), |(name, _)| text_of(Some(&name)));
    }
    text_of(Some(stated))
}

/// The city of a stated location in its own spelling, and its place.
fn city(stated: &str) -> Option<(String, crate::job::Place)> {
    let places = place::of_text(stated);
    let [only] = places.as_slice() else {
        return None;
    };
    let kept = only.city.clone()?;
    let written = stated
        .split([',', '(', '/'])
        .next()
        .unwrap_or_default()
        .trim();
    let same = matches!(place::of_text(written).as_slice(), [one] if one.city == only.city);
    let name = if same { written.to_owned() } else { kept };
    Some((name, only.clone()))
}

/// The country of residence: as the person stated it, else of the place in the
/// CV; `None` when the two differ.
pub(super) fn residence(input: &PlanInput<'_>) -> Option<String> {
    let places = input.profile.location.as_deref().map(place::of_text);
    let mut countries = places.iter().flatten().map(|place| place.country.clone());
    let located = match (countries.next(), countries.next()) {
        (Some(only), None) => only,
        _ => None,
    };
    match (&input.preferences.country, located) {
        (Some(stated), Some(located)) if *stated != located => None,
        (Some(stated), _) => Some(stated.clone()),
        (None, located) => located,
    }
}

fn country(input: &PlanInput<'_>, control: &Control) -> Said {
    let Some(code) = residence(input) else {
        return Said::Nothing;
    };
    if !is_choice(control) {
        return text_of(place::country_name(&code));
    }
    let of_code = |option: &&String| {
        let (name, dial) = without_dial_code(option);
        let part = PARTS_OF_COUNTRIES.contains(&name.to_lowercase().as_str());
        let fits = dial.is_none_or(|dial| dials(input.profile.phone.as_deref(), dial));
        !part && fits && place::country_code(name) == Some(code.as_str())
    };
    let mut found = control.options.iter().filter(of_code);
    match (found.next(), found.next()) {
        (Some(option), None) => Said::Answer(Answer::Chosen(vec![option.clone()])),
        (Some(_), Some(_)) => Said::Doubt(Why::Several),
        (None, _) => Said::Nothing,
    }
}

/// "Germany (+49)" as name and dial code.
fn without_dial_code(option: &str) -> (&str, Option<&str>) {
    let Some((name, dial)) = option.split_once('+') else {
        return (option.trim(), None);
    };
    let dial = dial.trim_end_matches([')', ' ']);
    let is_code = !dial.is_empty()
        && dial
            .chars()
            .all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    if is_code {
        (
            name.trim_end_matches(['(', ' ', '\u{a0}']).trim(),
            Some(dial),
        )
    } else {
        (option.trim(), None)
    }
}

/// Whether the number is of the country with this dial code. One without a
/// code may be of any country.
fn dials(phone: Option<&str>, dial: &str) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let phone = phone.unwrap_or_default().trim();
    let international = phone
        .strip_prefix('+')
        .or_else(|| phone.strip_prefix("00"))
        .map(digits);
    international.is_some_and(|phone| phone.starts_with(&digits(dial)))
}

fn is_choice(control: &Control) -> bool {
    match control.kind {
        FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::CheckboxGroup => true,
        FieldKind::Text | FieldKind::LongText | FieldKind::Checkbox | FieldKind::File => false,
    }
}
