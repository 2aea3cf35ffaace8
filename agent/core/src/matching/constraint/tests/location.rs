//! Places and kinds of workplace wanted.

use super::*;
use crate::job::WorkplaceKind;

#[test]
fn a_place_is_compared_with_the_places_wanted() {
    let check = |places: &[&str],
                 country: Option<&str>,
                 relocate: bool,
                 location: &str,
                 description: &str,
                 expected: Outcome| {
        let prefs = Preferences {
            places: words(places),
            country: country.map(str::to_owned),
            relocate,
            ..Preferences::default()
        };
        let found = found(&job(location, description), &prefs, Constraint::Location);
        assert_eq!(
            found.outcome, expected,
            "{places:?} {country:?} {location} {description}: {}",
            found.reason.text
        );
        assert!(!found.reason.evidence.is_empty());
    };
    use Outcome::{Ask, Fail, Pass};
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Berlin, Germany",
        "On-site role.",
        Pass,
    );
    check(&["Munich"], Some("DE"), false, "München", "", Pass);
    check(&["Munich"], Some("DE"), false, "Berlin", "", Fail);
    check(&["Munich"], Some("DE"), true, "Berlin", "", Pass);
    check(&["Munich"], Some("DE"), false, "Germany", "", Ask);
    check(&["Germany"], Some("DE"), false, "Berlin", "", Pass);
    check(&["DE"], Some("DE"), false, "Berlin", "", Pass);
    check(
        &["Munich"],
        Some("DE"),
        false,
        "Berlin or Munich, Germany",
        "",
        Pass,
    );
    check(&["Munich"], Some("DE"), false, "3 Locations", "", Ask);
    check(&[], Some("DE"), false, "Chicago, IL", "", Fail);
    check(&[], Some("DE"), false, "Berlin", "", Ask);
    check(&["London"], Some("GB"), false, "London, ON", "", Fail);
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Remote (Germany only)",
        "",
        Pass,
    );
    check(&["Berlin"], Some("DE"), false, "Remote - US only", "", Fail);
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Home based - EMEA",
        "",
        Pass,
    );
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Home based - Americas",
        "",
        Fail,
    );
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Home based - Worldwide",
        "",
        Pass,
    );
    check(&["Berlin"], Some("DE"), false, "Remote", "", Ask);
    check(&["Berlin"], None, false, "Remote, Germany", "", Ask);
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Remote",
        "You must reside in the US.",
        Fail,
    );
    check(
        &["Berlin"],
        Some("DE"),
        false,
        "Remote, EU",
        "This is not a remote role.",
        Ask,
    );
}

#[test]
fn a_kind_of_workplace_not_named_fails() {
    let check = |wanted: &[WorkplaceKind], location: &str, description: &str, expected: Outcome| {
        let prefs = Preferences {
            workplace: wanted.to_vec(),
            country: Some("DE".to_owned()),
            ..Preferences::default()
        };
        let found = found(&job(location, description), &prefs, Constraint::Location);
        assert_eq!(
            found.outcome, expected,
            "{wanted:?} {location} {description}: {}",
            found.reason.text
        );
    };
    check(
        &[WorkplaceKind::Remote],
        "Berlin",
        "This is an on-site role.",
        Outcome::Fail,
    );
    check(
        &[WorkplaceKind::Remote],
        "Berlin",
        "Hybrid role.",
        Outcome::Fail,
    );
    check(
        &[WorkplaceKind::Remote],
        "Remote, Germany",
        "",
        Outcome::Pass,
    );
    check(&[WorkplaceKind::Remote], "Berlin", "", Outcome::Ask);
    check(
        &[WorkplaceKind::OnSite],
        "Remote, Germany",
        "",
        Outcome::Fail,
    );
}
