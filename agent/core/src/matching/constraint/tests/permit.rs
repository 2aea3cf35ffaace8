//! The right to work at a place.

use super::*;

#[test]
fn a_right_to_work_is_compared_with_the_permits() {
    let check = |permits: &[&str], location: &str, description: &str, expected: Outcome| {
        let prefs = Preferences {
            permits: words(permits),
            ..Preferences::default()
        };
        let found = found(&job(location, description), &prefs, Constraint::Permit);
        assert_eq!(
            found.outcome, expected,
            "{permits:?} {location} {description}: {}",
            found.reason.text
        );
        assert!(found.outcome == Outcome::Pass || !found.reason.evidence.is_empty());
    };
    use Outcome::{Ask, Fail, Pass};
    check(
        &["US"],
        "Chicago, IL",
        "You must be authorized to work in the US.",
        Pass,
    );
    check(
        &["DE"],
        "Chicago, IL",
        "You must be authorized to work in the US.",
        Fail,
    );
    check(
        &["DE"],
        "Chicago, IL",
        "You must be authorized to work in the United States without sponsorship.",
        Fail,
    );
    check(
        &["DE"],
        "Chicago, IL",
        "We are unable to sponsor visas.",
        Fail,
    );
    check(&["DE"], "Chicago, IL", "No visa sponsorship.", Fail);
    check(
        &["DE"],
        "Chicago, IL",
        "Visa sponsorship is not available for this role.",
        Fail,
    );
    check(&["DE"], "Chicago, IL", "We offer visa sponsorship.", Pass);
    check(&["DE"], "Chicago, IL", "Great care.", Ask);
    check(&["DE"], "Berlin", "Great care.", Pass);
    check(
        &["DE"],
        "Berlin",
        "Eine gültige Arbeitserlaubnis ist nötig.",
        Pass,
    );
    check(
        &["DE"],
        "Remote",
        "You need the right to work in the EU.",
        Pass,
    );
    check(
        &["US"],
        "Remote",
        "You need the right to work in the EU.",
        Fail,
    );
    check(&["DE"], "Remote", "Great care.", Ask);
    check(&["DE"], "Remote", "A work permit is needed.", Ask);
    check(
        &[],
        "Chicago, IL",
        "You must be authorized to work in the US.",
        Ask,
    );
    check(&[], "Chicago, IL", "Great care.", Pass);
    check(
        &["DE"],
        "Berlin",
        "You are allowed to work from home.",
        Pass,
    );
}
