//! Labels that ask for a plain fact of the person.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashMap, sync::LazyLock};

use super::{
    Meaning,
    phrase::{Folded, Rule},
};
use crate::text::rows;

const TEXT: &str = include_str!("../../assets/fields.txt");

/// A plain fact that a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// One that recipes name too.
    Meaning(Meaning),
    /// A name, which part of it the other fields of the form decide.
    Name,
    /// The name the person goes by.
    PreferredName,
    /// City alone.
    City,
    /// Present title.
    CurrentTitle,
}

struct Fields {
    labels: HashMap<String, Known>,
    around: Vec<String>,
    others: Vec<Rule>,
    years: Vec<Rule>,
    years_in_all: Vec<String>,
}

static FIELDS: LazyLock<Fields> = LazyLock::new(read);

/// The fact that `label` asks for, if the whole label is a known name of one.
pub(super) fn of_label(label: &str) -> Option<Known> {
    let folded = Folded::of(&without_brackets(label));
    let mut words = folded.words();
    loop {
        if let Some(known) = FIELDS.labels.get(words) {
            return Some(*known);
        }
        words = strip(words)?;
    }
}

/// Whether a label speaks of somebody else than the person.
pub(super) fn names_another(label: &str) -> bool {
    let folded = Folded::of(label);
    FIELDS.others.iter().any(|rule| rule.holds(&folded))
}

/// A question for a length of experience: in all, or of something.
pub(super) enum Years {
    /// Of all work.
    InAll,
    /// Of something that the label names.
    OfSomething,
}

/// Whether a label asks for years of experience.
pub(super) fn years(label: &str) -> Option<Years> {
    let folded = Folded::of(&without_brackets(label));
    if !FIELDS.years.iter().any(|rule| rule.holds(&folded)) {
        return None;
    }
    let mut words = folded.words();
    loop {
        if FIELDS.years_in_all.iter().any(|known| known == words) {
            return Some(Years::InAll);
        }
        match strip(words) {
            Some(rest) => words = rest,
            None => return Some(Years::OfSomething),
        }
    }
}

/// `words` without one word or phrase around it that says nothing.
fn strip(words: &str) -> Option<&str> {
    let around = || FIELDS.around.iter();
    let front = around()
        .filter_map(|word| words.strip_prefix(word.as_str())?.strip_prefix(' '))
        .min_by_key(|rest| rest.len());
    let back = || {
        around()
            .filter_map(|word| words.strip_suffix(word.as_str())?.strip_suffix(' '))
            .min_by_key(|rest| rest.len())
    };
    front.or_else(back)
}

/// `label` without what stands in brackets: "Phone (optional)".
fn without_brackets(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut depth = 0_u32;
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn read() -> Fields {
    let mut fields = Fields {
        labels: HashMap::new(),
        around: Vec::new(),
        others: Vec::new(),
        years: Vec::new(),
        years_in_all: Vec::new(),
    };
    for (section, row) in rows(TEXT) {
        let rule = Rule::read(row);
        let words = || rule.alternatives().map(str::to_owned);
        match section {
            "around" => fields.around.extend(words()),
            "years-in-all" => fields.years_in_all.extend(words()),
            "others" => fields.others.push(rule),
            "years" => fields.years.push(rule),
            name => {
                if let Some(known) = of_section(name) {
                    fields.labels.extend(words().map(|words| (words, known)));
                }
            }
        }
    }
    fields
}

fn of_section(name: &str) -> Option<Known> {
    Some(match name {
        "first-name" => Known::Meaning(Meaning::FirstName),
        "last-name" => Known::Meaning(Meaning::LastName),
        "full-name" => Known::Meaning(Meaning::FullName),
        "name" => Known::Name,
        "preferred-name" => Known::PreferredName,
        "email" => Known::Meaning(Meaning::Email),
        "phone" => Known::Meaning(Meaning::Phone),
        "location" => Known::Meaning(Meaning::Location),
        "city" => Known::City,
        "country" => Known::Meaning(Meaning::Country),
        "linkedin" => Known::Meaning(Meaning::LinkedIn),
        "github" => Known::Meaning(Meaning::GitHub),
        "website" => Known::Meaning(Meaning::Website),
        "current-company" => Known::Meaning(Meaning::CurrentCompany),
        "current-title" => Known::CurrentTitle,
        "resume" => Known::Meaning(Meaning::Resume),
        "cover-letter" => Known::Meaning(Meaning::CoverLetter),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_a_known_one() {
        for (section, row) in rows(TEXT) {
            let known = matches!(section, "around" | "others" | "years" | "years-in-all");
            assert!(known || of_section(section).is_some(), "[{section}] {row}");
        }
    }

    #[test]
    fn labels_of_plain_facts_are_known() {
        let meaning = |meaning| Some(Known::Meaning(meaning));
        for (label, expected) in [
            ("First Name *", meaning(Meaning::FirstName)),
            ("Your e-mail address (required)", meaning(Meaning::Email)),
            ("What is your phone number?", meaning(Meaning::Phone)),
            ("Nachname*", meaning(Meaning::LastName)),
            ("Prénom", meaning(Meaning::FirstName)),
            ("Correo electrónico", meaning(Meaning::Email)),
            ("LinkedIn Profile ", meaning(Meaning::LinkedIn)),
            ("Github", meaning(Meaning::GitHub)),
            ("Resume/CV", meaning(Meaning::Resume)),
            ("Location (City)", meaning(Meaning::Location)),
            ("Wohnort", Some(Known::City)),
            ("Nom", Some(Known::Name)),
            ("Preferred Name", Some(Known::PreferredName)),
            (
                "Lettre de motivation (facultatif)",
                meaning(Meaning::CoverLetter),
            ),
            ("Bitte geben Sie Ihre Telefonnummer ein", None),
            ("Name of your manager", None),
            ("Emergency contact phone", None),
            ("Email of a reference", None),
            ("your", None),
            ("", None),
        ] {
            assert_eq!(of_label(label), expected, "{label:?}");
        }
    }

    #[test]
    fn questions_for_years_are_known() {
        let all = |label| matches!(years(label), Some(Years::InAll));
        let some = |label| matches!(years(label), Some(Years::OfSomething));
        assert!(all("Years of experience*"));
        assert!(all("How many years of work experience do you have?"));
        assert!(all("Wie viele Jahre Berufserfahrung haben Sie?"));
        assert!(some("How many years of experience do you have with Rust?"));
        assert!(some("¿Cuántos años de experiencia tienes con Java?"));
        assert!(years("Tell us about your experience").is_none());
    }
}
