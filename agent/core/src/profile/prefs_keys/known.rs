//! The keys and what they are for.
#![deny(clippy::indexing_slicing)]

use super::PreferenceKey;

/// The keys, in the order of the fields of [`Preferences`].
pub(super) const KEYS: &[(Key, PreferenceKey)] = &[
    (
        Key::Roles,
        list(
            "roles",
            "Which jobs do you look for? Titles",
            "titles you look for, such as \"Backend engineer\"",
        ),
    ),
    (
        Key::Places,
        list(
            "places",
            "Where would you work on site? Cities or countries",
            "places where you would work on site: cities or countries, such as Berlin or DE",
        ),
    ),
    (
        Key::Country,
        one(
            "country",
            "In which country do you live?",
            "country you live in, as two letters (ISO 3166), such as DE: decides which remote jobs fit",
        ),
    ),
    (
        Key::Workplace,
        list(
            "workplace",
            "On site, hybrid or remote? What you would take",
            "kinds of workplace you want: on-site, hybrid, remote",
        ),
    ),
    (
        Key::Relocate,
        one(
            "relocate",
            "Would you move for a job?",
            "whether you would move for a job: yes or no",
        ),
    ),
    (
        Key::RelocateTo,
        list(
            "relocate-to",
            "Where would you move to? Nothing: anywhere, if you would move",
            "places you would move to, such as Lisbon or PT; none, with relocate: anywhere",
        ),
    ),
    (
        Key::PayFloor,
        one(
            "pay-floor",
            "What is the least pay you would take, in which currency, a year or an hour?",
            "the least pay you would take, such as \"80000 EUR/year\", \"80k EUR\" or \"25 EUR/hour\"",
        ),
    ),
    (
        Key::Levels,
        list(
            "levels",
            "Which levels do you want?",
            "levels you want: intern, entry, mid, senior, lead, manager, executive",
        ),
    ),
    (
        Key::OnlyLevels,
        one(
            "only-levels",
            "Should jobs of other levels be left out?",
            "whether jobs of other levels are left out, and not only ranked lower: yes or no",
        ),
    ),
    (
        Key::Contracts,
        list(
            "contracts",
            "Which kinds of contract do you want?",
            "kinds of contract you want: full-time, part-time, permanent, temporary, freelance, internship, apprenticeship, student, volunteer",
        ),
    ),
    (
        Key::Industries,
        list(
            "industries",
            "Which industries do you wish?",
            "industries you wish, such as \"Health care\"; others are asked about where a posting names one",
        ),
    ),
    (
        Key::CompanySize,
        one(
            "company-size",
            "How many people should the employer have?",
            "people at the employer you wish, such as \"11-50\", \"200+\" or \"up to 500\"",
        ),
    ),
    (
        Key::Languages,
        list(
            "languages",
            "Which languages can you work in? Nothing: those of your CV",
            "languages you can work in, as two letters (ISO 639) or by name, such as en or German; none: those of your CV",
        ),
    ),
    (
        Key::Permits,
        list(
            "permits",
            "Where may you work without sponsorship?",
            "countries where you may work without sponsorship, as two letters, such as DE; EU stands for all of its members",
        ),
    ),
    (
        Key::Citizenships,
        list(
            "citizenships",
            "Which countries are you a citizen of?",
            "countries you are a citizen of, as two letters, such as DE",
        ),
    ),
    (
        Key::Clearances,
        list(
            "clearances",
            "Which security clearances do you hold?",
            "security clearances you hold, such as \"Secret\" or \"SC\"",
        ),
    ),
    (
        Key::ExcludedCompanies,
        list(
            "excluded-companies",
            "Which employers do you never want to see?",
            "employers you never want to see",
        ),
    ),
    (
        Key::WatchedCompanies,
        list(
            "watched-companies",
            "Which employers do you look out for?",
            "employers you look out for",
        ),
    ),
];

/// A key of any number of values.
const fn list(name: &'static str, question: &'static str, help: &'static str) -> PreferenceKey {
    PreferenceKey {
        name,
        question,
        help,
        several: true,
    }
}

/// A key of one value.
const fn one(name: &'static str, question: &'static str, help: &'static str) -> PreferenceKey {
    PreferenceKey {
        several: false,
        ..list(name, question, help)
    }
}

/// One of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Roles,
    Places,
    Country,
    Workplace,
    Relocate,
    RelocateTo,
    PayFloor,
    Levels,
    OnlyLevels,
    Contracts,
    Industries,
    CompanySize,
    Languages,
    Permits,
    Citizenships,
    Clearances,
    ExcludedCompanies,
    WatchedCompanies,
}
