//! Languages a posting asks for.

use super::*;

#[test]
fn languages_asked_are_compared_with_languages_spoken() {
    let check = |spoken: &[&str], description: &str, expected: Outcome| {
        let prefs = Preferences {
            languages: words(spoken),
            ..Preferences::default()
        };
        let found = found(&job("Berlin", description), &prefs, Constraint::Language);
        assert_eq!(
            found.outcome, expected,
            "{spoken:?} {description}: {}",
            found.reason.text
        );
        assert!(!found.reason.evidence.is_empty());
    };
    use Outcome::{Ask, Fail, Pass};
    let english =
        "We are looking for a nurse to join our team and you will care for the patients with us.";
    let german = "Wir suchen für unser Team eine Pflegefachkraft, die mit Herz bei der Arbeit ist und sie liebt.";
    check(&["en"], english, Pass);
    check(&[], english, Pass);
    check(&["de"], english, Fail);
    check(&["en"], german, Fail);
    check(&["en", "de"], german, Pass);
    let with = |sentence: &str| format!("{english}\n{sentence}");
    check(&["en"], &with("Fluent German is required."), Fail);
    check(&["en"], &with("C1 German"), Fail);
    check(&["en"], &with("Fließend Deutsch in Wort und Schrift"), Fail);
    check(&["en"], &with("Sehr gute Deutschkenntnisse"), Fail);
    check(&["en"], &with("Fluent French required"), Fail);
    check(&["en"], &with("Français courant"), Fail);
    check(&["en", "fr"], &with("Fluent French required"), Pass);
    check(&["en"], &with("German is a plus."), Pass);
    check(&["en"], &with("Deutschkenntnisse von Vorteil"), Pass);
    check(&["en"], &with("Fluent in German or English."), Pass);
    check(
        &["en"],
        &with("Excellent understanding of the German market required."),
        Pass,
    );
    check(&["en"], &with("Fluent English required."), Pass);
    check(&["en"], "Python", Ask);
}

#[test]
fn a_language_in_the_title_is_asked() {
    let job = job_of(Posting {
        title: "Support Engineer (Portuguese speaking)".to_owned(),
        description_text: Some("We are the team for you and with the best of our work.".to_owned()),
        ..Posting::default()
    });
    assert_eq!(
        found(&job, &Preferences::default(), Constraint::Language).outcome,
        Outcome::Fail
    );
}
