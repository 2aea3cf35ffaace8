//! The keys and what they are for.
#![deny(clippy::indexing_slicing)]

use super::PreferenceKey;

/// The keys, in the order of the fields of [`Preferences`].
pub(super) const KEYS: &[(Key, PreferenceKey)] = &[
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
        Key::RelocateTo,
        key(
            "relocate-to",
            "places you would move to, such as Lisbon or PT; none, with relocate: anywhere",
        ),
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
        Key::OnlyLevels,
        key(
            "only-levels",
            "whether jobs of other levels are left out, and not only ranked lower: yes or no",
        ),
    ),
    (
        Key::Contracts,
        key(
            "contracts",
            "kinds of contract you want: full-time, part-time, permanent, temporary, freelance, internship, apprenticeship, student, volunteer",
        ),
    ),
    (
        Key::Industries,
        key(
            "industries",
            "industries you wish, such as \"Health care\"; others are asked about where a posting names one",
        ),
    ),
    (
        Key::CompanySize,
        key(
            "company-size",
            "people at the employer you wish, such as \"11-50\", \"200+\" or \"up to 500\"",
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
        Key::Citizenships,
        key(
            "citizenships",
            "countries you are a citizen of, as two letters, such as DE",
        ),
    ),
    (
        Key::Clearances,
        key(
            "clearances",
            "security clearances you hold, such as \"Secret\" or \"SC\"",
        ),
    ),
    (
        Key::ExcludedCompanies,
        key("excluded-companies", "employers you never want to see"),
    ),
    (
        Key::WatchedCompanies,
        key("watched-companies", "employers you look out for"),
    ),
];

const fn key(name: &'static str, help: &'static str) -> PreferenceKey {
    PreferenceKey { name, help }
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
