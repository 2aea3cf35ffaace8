//! Years, level and place.

use super::*;
use crate::job::WorkplaceKind;

#[test]
fn years_and_level_are_compared() {
    let (profile, _) = engineer();
    let value = |title: &str, description: &str| {
        let person = person(&profile, &Preferences::default());
        let posting = posting(title, description);
        super::super::experience::rate(&posting, &person, Notes::Left).value
    };
    assert_eq!(
        value("Engineer", "5+ years of experience with databases."),
        Some(100.0)
    );
    assert_eq!(
        value("Engineer", "15+ years of experience required."),
        Some(7.5 / 15.0 * 100.0)
    );
    assert_eq!(
        value("Engineer", "Our company has 15 years of history."),
        None
    );
    assert_eq!(
        value("Engineer", "You hold 15+ years of investing experience."),
        Some(7.5 / 15.0 * 100.0)
    );
    assert_eq!(value("Engineer", "You are 18 years old and working."), None);
    assert_eq!(value("Senior Engineer", ""), Some(100.0));
    assert_eq!(value("Engineering Intern", ""), Some(10.0));
}

#[test]
fn the_better_of_place_and_remote_counts() {
    let (profile, prefs) = engineer();
    let value = |location: &str, prefs: &Preferences| {
        let mut job = posting("Engineer", "");
        job.places = crate::normal::place::of_text(location);
        job.workplace = crate::normal::workplace::of(None, &[location.to_owned()], "Engineer", "");
        super::super::place::rate(&job, &person(&profile, prefs), Notes::Left).value
    };
    assert_eq!(value("Berlin", &prefs), Some(100.0));
    assert_eq!(value("Munich", &prefs), Some(0.0));
    assert_eq!(value("Remote, Germany", &prefs), Some(100.0));
    assert_eq!(value("Remote, US", &prefs), Some(0.0));
    assert_eq!(value("Remote", &prefs), Some(50.0));
    assert_eq!(value("3 Locations", &prefs), None);
    let moving = Preferences {
        relocate: true,
        ..prefs.clone()
    };
    assert_eq!(value("Munich", &moving), Some(50.0));
    let at_home = Preferences {
        workplace: vec![WorkplaceKind::Remote],
        ..prefs
    };
    assert_eq!(value("Berlin (Hybrid)", &at_home), Some(50.0));
}
