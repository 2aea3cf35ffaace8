use super::*;
use crate::job::Region;

fn read(stated: Option<&str>, location: &str, title: &str, description: &str) -> String {
    let locations: Vec<String> = if location.is_empty() {
        Vec::new()
    } else {
        vec![location.to_owned()]
    };
    let found = of(stated, &locations, title, description);
    let kind = found
        .kind
        .map(|kind| format!("{kind:?}"))
        .unwrap_or_default();
    let scope: Vec<String> = found
        .scope
        .into_iter()
        .map(|place| {
            place
                .region
                .map(|region| format!("{region:?}"))
                .or(place.country)
                .unwrap_or_default()
        })
        .collect();
    format!("{kind} {}", scope.join(",")).trim_end().to_owned()
}

#[test]
fn fields_locations_and_titles_say_the_workplace() {
    for (stated, location, title, expected) in [
        (Some("remote"), "", "Nurse", "Remote"),
        (Some("Hybrid"), "Berlin", "Nurse", "Hybrid"),
        (Some("on-site"), "Berlin", "Nurse", "OnSite"),
        (Some("unspecified"), "Berlin", "Nurse", ""),
        (Some("FULLY_REMOTE"), "", "Nurse", "Remote"),
        (
            None,
            "Home based - Americas, EMEA",
            "Nurse",
            "Remote Americas,Emea",
        ),
        (None, "Home Based - Worldwide", "Nurse", "Remote Worldwide"),
        (None, "Remote – US only", "Nurse", "Remote US"),
        (None, "Remote (Germany only)", "Nurse", "Remote DE"),
        (None, "Remote", "Nurse", "Remote"),
        (None, "Berlin (Hybrid)", "Nurse", "Hybrid"),
        (None, "Berlin", "Nurse (Remote - Canada)", "Remote CA"),
        (None, "Berlin", "Nurse (Homeoffice möglich)", "Hybrid"),
        (None, "Berlin", "Hybrid Cloud Engineer", ""),
        (None, "Berlin", "Remote Sensing Scientist", ""),
        (None, "Paris - Télétravail partiel", "Infirmier", "Hybrid"),
        (
            None,
            "Home based - EMEA",
            "Nurse (EU Only)",
            "Remote EuropeanUnion",
        ),
        (None, "Berlin", "Nurse", ""),
        (None, "", "", ""),
    ] {
        assert_eq!(
            read(stated, location, title, ""),
            expected,
            "{stated:?} {location} {title}"
        );
    }
}

#[test]
fn sentences_say_the_workplace() {
    for (description, expected) in [
        ("This is a fully remote position.", "Remote"),
        ("This role is remote within EMEA.", "Remote Emea"),
        (
            "This is a remote role. You must reside in the US.",
            "Remote US",
        ),
        (
            "Fully remote. Candidates must be based in Germany or Austria.",
            "Remote DE,AT",
        ),
        (
            "Fully remote. Must be located in the U.S. or Canada.",
            "Remote US,CA",
        ),
        (
            "We work hybrid, with 2 days per week in the office.",
            "Hybrid",
        ),
        (
            "Hybrid role: three days a week in our Berlin office",
            "Hybrid",
        ),
        ("You spend 3 days in the office.", "Hybrid"),
        ("Wir bieten 2 Tage Homeoffice pro Woche.", "Hybrid"),
        ("Homeoffice möglich", "Hybrid"),
        ("Kein Homeoffice.", "OnSite"),
        ("Die Arbeit vor Ort macht Freude.", "OnSite"),
        ("Die Stelle ist vollständig remote.", "Remote"),
        ("Poste en mode hybride à Lyon.", "Hybrid"),
        ("2 jours de télétravail par semaine", "Hybrid"),
        ("Poste sur site à Lyon.", "OnSite"),
        ("This is not a remote role.", "OnSite"),
        ("There is no remote option.", "OnSite"),
        ("Remote work is not possible.", "OnSite"),
        ("This is an on-site role in Chicago.", "OnSite"),
        ("You will work on-site with our nurses.", "OnSite"),
        ("Enjoy our on-site gym.", ""),
        (
            "Experience with hybrid cloud and remote procedure calls.",
            "",
        ),
        ("Support remote teams of our customers.", ""),
        ("You are productive in a globally distributed team.", ""),
        ("We are a fully distributed company.", "Remote"),
        ("Great care for patients.", ""),
        ("", ""),
    ] {
        assert_eq!(
            read(None, "", "Nurse", description),
            expected,
            "{description}"
        );
    }
}

#[test]
fn a_demand_narrows_the_scope_and_words_in_passing_do_not() {
    for (location, description, expected) in [
        (
            "Home based - EMEA",
            "We are a remote-first global company.",
            "Remote Emea",
        ),
        (
            "Home based - EMEA",
            "Lead engineers working remotely in global locations.",
            "Remote Emea",
        ),
        (
            "Home based - EMEA",
            "You work remotely within Germany.",
            "Remote Emea",
        ),
        (
            "Home based - APAC",
            "This role will be based remotely in India.",
            "Remote IN",
        ),
        (
            "Home based - APAC",
            "Only open to candidates located in South Korea or Taiwan.",
            "Remote KR,TW",
        ),
        ("Remote", "You work remotely within Germany.", "Remote DE"),
    ] {
        assert_eq!(
            read(None, location, "Nurse", description),
            expected,
            "{location} {description}"
        );
    }
}

#[test]
fn a_plain_no_overrules_a_field() {
    assert_eq!(
        read(
            Some("remote"),
            "",
            "Nurse",
            "Please note: this is not a remote role."
        ),
        "OnSite"
    );
    assert_eq!(
        read(Some("hybrid"), "", "Nurse", "This is not a remote role."),
        "Hybrid"
    );
}

#[test]
fn the_words_are_kept() {
    let found = of(
        None,
        &["Remote".to_owned()],
        "Nurse",
        "Care. You must reside in the US. More.",
    );
    assert_eq!(found.text, "Remote … You must reside in the US.");
    assert_eq!(found.scope[0].country.as_deref(), Some("US"));
    let eu = of(None, &["Remote, EU".to_owned()], "Nurse", "");
    assert_eq!(eu.scope[0].region, Some(Region::EuropeanUnion));
}
