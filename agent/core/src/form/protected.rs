//! The values of the person that must not leave the machine unapproved.
//!
//! Chosen so that finding one in a request means that it is the person's: the
//! e-mail address, the telephone number in the forms pages send, the full name,
//! links, an address with a number or an unknown place, distinctive lines of the
//! CV, and banked texts. Left out: parts of the name, known cities and countries
//! (the posting names them too), single words, choices and yes or no, employers
//! and skills: ordinary requests carry those.

use std::collections::BTreeSet;

use super::{Answer, BankAnswer};
use crate::{normal::place, profile::Profile, text};

/// Shortest value that counts, in characters: shorter ones stand in any request.
const MIN_CHARS: usize = 6;
/// Shortest line of the CV that is told from anybody else's, in characters.
const MIN_LINE: usize = 40;
/// The most lines of the CV.
const MAX_LINES: usize = 200;

/// The values, each as it may stand in a request before any encoding; the
/// caller looks for them raw, percent-encoded and in base64, in any case.
///
/// Sorted and without repetitions.
pub fn protected_values(profile: &Profile, bank: &[BankAnswer]) -> Vec<String> {
    let mut values = BTreeSet::new();
    let mut add = |value: &str| {
        let value = text::line(value);
        if value.chars().count() >= MIN_CHARS {
            values.insert(value);
        }
    };
    if let Some(email) = &profile.email {
        add(email);
    }
    for number in profile.phone.iter().flat_map(|phone| numbers(phone)) {
        add(&number);
    }
    for name in names(&profile.name) {
        add(&name);
    }
    for link in &profile.links {
        add(bare_link(link));
    }
    if let Some(location) = profile.location.as_deref().filter(|at| is_address(at)) {
        add(location);
    }
    let lines = profile.text.lines().map(text::line);
    let distinctive = lines.filter(|line| line.chars().count() >= MIN_LINE && line.contains(' '));
    distinctive.take(MAX_LINES).for_each(|line| add(&line));
    for answer in bank {
        if let Answer::Text(answer) = &answer.answer {
            answer
                .lines()
                .filter(|line| is_told(line))
                .for_each(&mut add);
        }
    }
    values.into_iter().collect()
}

/// Whether a text is told from a common word: it has several words, a digit or an @.
fn is_told(text: &str) -> bool {
    let text = text.trim();
    text.contains(' ') || text.contains('@') || text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a location is more than a known city or country.
fn is_address(location: &str) -> bool {
    let places = place::of_text(location);
    let known = places
        .iter()
        .all(|place| place.country.is_some() || place.region.is_some());
    !known || location.chars().any(|c| c.is_ascii_digit())
}

/// A number as written, and as its digits with and without the country's part.
fn numbers(phone: &str) -> Vec<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    // "+49 (0)30 …": the nought is dialled only within the country.
    let without_nought: String = phone
        .replace("(0)", "")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let mut numbers = vec![phone.to_owned()];
    // Fewer than seven digits are no number of a subscriber (ITU-T E.164).
    for digits in [&digits, &without_nought] {
        if digits.len() >= 7 {
            numbers.push(digits.clone());
        }
    }
    // The last eight digits stay the same whatever stands before them.
    if let Some(tail) = without_nought.len().checked_sub(8) {
        numbers.extend(without_nought.get(tail..).map(str::to_owned));
    }
    numbers
}

/// A full name in the orders and joints in which pages write it.
fn names(name: &str) -> Vec<String> {
    let name = text::line(name);
    let Some((head, last)) = name.rsplit_once(' ') else {
        return Vec::new();
    };
    vec![
        name.clone(),
        format!("{last}, {head}"),
        format!("{last} {head}"),
    ]
}

/// A link without scheme, "www." and the slash at its end. Links to a host
/// alone stay: a home page is the person's.
fn bare_link(link: &str) -> &str {
    let bare = link.split_once("://").map_or(link, |(_, bare)| bare);
    bare.trim_start_matches("www.").trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_what_is_the_persons_is_protected_and_common_words_are_not() {
        let profile = Profile {
            name: "Ada Bell".to_owned(),
            email: Some("ada@example.org".to_owned()),
            phone: Some("+49 (0)30 1234-5678".to_owned()),
            location: Some("Berlin, Germany".to_owned()),
            links: vec![
                "https://www.linkedin.com/in/ada-bell/".to_owned(),
                "ada.dev".to_owned(),
            ],
            text: "Ada Bell\nBackend engineer\nMoved the ledger of a bank to Rust without an hour of rest\n"
                .to_owned(),
            ..Profile::default()
        };
        let bank = [
            ("a", Answer::Text("no".to_owned())),
            ("b", Answer::Text("Female".to_owned())),
            ("c", Answer::Text("85000 EUR".to_owned())),
            ("d", Answer::Chosen(vec!["I am not a veteran".to_owned()])),
            ("e", Answer::Ticked(true)),
            ("f", Answer::Text("I left for my health.\nyes".to_owned())),
        ]
        .map(|(key, answer)| BankAnswer {
            key: key.to_owned(),
            answer,
        });
        let values = protected_values(&profile, &bank);
        for expected in [
            "ada@example.org",
            "+49 (0)30 1234-5678",
            "493012345678",
            "4903012345678",
            "12345678",
            "Ada Bell",
            "Bell, Ada",
            "linkedin.com/in/ada-bell",
            "ada.dev",
            "Moved the ledger of a bank to Rust without an hour of rest",
            "85000 EUR",
            "I left for my health.",
        ] {
            assert!(
                values.iter().any(|value| value == expected),
                "{expected}: {values:#?}"
            );
        }
        let ordinary = "GET /jobs/4754075003-backend-engineer?at=Berlin, Germany&team=Female \
                        HTTP/1.1 yes no I am not a veteran Rust Ada, Bell";
        for value in &values {
            assert!(!ordinary.contains(value.as_str()), "{value}");
        }
        let at = |location: &str| {
            let profile = Profile {
                location: Some(location.to_owned()),
                ..Profile::default()
            };
            protected_values(&profile, &[])
        };
        assert_eq!(
            at("Torstraße 5, 10119 Berlin"),
            ["Torstraße 5, 10119 Berlin"]
        );
        assert_eq!(at("Little Whinging"), ["Little Whinging"]);
        assert_eq!(at("Munich, Germany"), Vec::<String>::new());
        assert_eq!(
            protected_values(&Profile::default(), &[]),
            Vec::<String>::new()
        );
    }
}
