//! Titles of one profession, wanted and held.

use super::*;

#[test]
fn titles_of_one_profession_are_near_in_any_language() {
    let check = |title: &str, own: &str, low: f64, high: f64| {
        let prefs = Preferences {
            roles: vec![own.to_owned()],
            ..Preferences::default()
        };
        let person = person(&Profile::default(), &prefs);
        let posting = posting(title, "");
        let rated = super::super::title::rate(&posting, &person, &Signals::default(), Notes::Kept);
        let value = rated.value.expect("known");
        assert!((low..=high).contains(&value), "{title} / {own}: {value}");
    };
    check(
        "Senior Backend Engineer (m/w/d)",
        "Back-end Developer",
        95.0,
        100.0,
    );
    check("Pflegefachkraft (m/w/d)", "Registered Nurse", 60.0, 100.0);
    check("Infirmier de nuit", "Nurse", 60.0, 100.0);
    check("Lagermitarbeiter", "Warehouse Worker", 60.0, 100.0);
    check("Product Manager", "Project Manager", 0.0, 60.0);
    check("Registered Nurse", "Backend Engineer", 0.0, 0.0);
    check("Accountant", "Teacher", 0.0, 0.0);
}

#[test]
fn roles_wanted_count_more_than_titles_held() {
    let profile = engineer().0;
    let job = posting("Backend Engineer", "");
    let value = |roles: &[&str]| {
        let prefs = Preferences {
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            ..Preferences::default()
        };
        let person = person(&profile, &prefs);
        super::super::title::rate(&job, &person, &Signals::default(), Notes::Left)
            .value
            .expect("known")
    };
    assert_eq!(value(&["Backend Engineer"]), 100.0);
    assert_eq!(value(&[]), 100.0);
    assert_eq!(value(&["Teacher"]), 85.0);
}

#[test]
fn titles_of_one_occupation_or_group_are_near_without_a_word_in_common() {
    let check = |title: &str, own: &str, expected: f64, said: &str| {
        let prefs = Preferences {
            roles: vec![own.to_owned()],
            ..Preferences::default()
        };
        let person = person(&Profile::default(), &prefs);
        let posting = posting(title, "");
        let signals = Signals {
            work: Work::of(title),
            ..Signals::default()
        };
        let rated = super::super::title::rate(&posting, &person, &signals, Notes::Kept);
        assert_eq!(rated.value, Some(expected), "{title} / {own}");
        let first = &rated.reasons[0].text;
        assert!(first.contains(said), "{title} / {own}: {first}");
    };
    check("Attorney", "Lawyer", 80.0, "two names of one occupation");
    check("Pflegefachkraft (m/w/d)", "Nurse", 100.0, "shares words");
    check("Lawyer", "Electrician", 0.0, "shares no word");
    // It never lowers what the words say.
    check(
        "Backend Engineer",
        "Backend Engineer",
        100.0,
        "shares words",
    );
    check("Lawyer", "Judge", 30.0, "legal professionals");
}
