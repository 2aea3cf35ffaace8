//! The keys, what they take and what they refuse.

use super::*;

fn values(given: &[&str]) -> Vec<String> {
    given.iter().map(|&value| value.to_owned()).collect()
}

fn check(key: &str, given: &[&str], expected: &[&str]) {
    let mut prefs = Preferences::default();
    prefs
        .set(key, &values(given))
        .expect("a value the key takes");
    assert_eq!(prefs.get(key), expected, "{key} {given:?}");
    // What is shown can be typed again, and no value clears the key.
    let before = prefs.clone();
    prefs.set(key, &before.get(key)).expect("its own form");
    assert_eq!(prefs, before);
    prefs.set(key, &[]).expect("clearing");
    assert_eq!(prefs, Preferences::default());
}

#[test]
fn values_are_taken_and_shown_in_one_form() {
    check(
        "roles",
        &["Backend  engineer", "SRE", "SRE"],
        &["Backend engineer", "SRE"],
    );
    check("places", &["Berlin", "DE"], &["Berlin", "DE"]);
    check("country", &["de"], &["DE"]);
    check(
        "workplace",
        &["remote,hybrid", "onsite"],
        &["remote", "hybrid", "on-site"],
    );
    check("relocate", &["YES"], &["yes"]);
    check("levels", &["Senior", "lead"], &["senior", "lead"]);
    check("relocate-to", &["Lisbon", "ES"], &["Lisbon", "ES"]);
    check("only-levels", &["true"], &["yes"]);
    check(
        "contracts",
        &["Full time, permanent", "freelance"],
        &["full-time", "permanent", "freelance"],
    );
    check("industries", &["Health care"], &["Health care"]);
    check("citizenships", &["de"], &["DE"]);
    check("clearances", &["SC"], &["SC"]);
    check("watched-companies", &["Acme"], &["Acme"]);
    for (given, expected) in [
        ("11-50", "11-50"),
        ("200+", "200+"),
        ("up to 500", "1-500"),
        ("1,000 - 5,000", "1000-5000"),
    ] {
        check("company-size", &[given], &[expected]);
    }
    check(
        "languages",
        &["en", "Deutsch", "fr-FR"],
        &["en", "de", "fr"],
    );
    check("permits", &["de, at"], &["DE", "AT"]);
    check("excluded-companies", &["Acme, Inc."], &["Acme, Inc."]);
    check(
        "EXCLUDED_companies"
            .to_lowercase()
            .replace('_', "-")
            .as_str(),
        &["Acme"],
        &["Acme"],
    );
    for (given, expected) in [
        ("80000 EUR/year", "80000 EUR/year"),
        ("80k EUR", "80000 EUR/year"),
        ("80K eur / Year", "80000 EUR/year"),
        ("€80,000", "80000 EUR/year"),
        ("80.000 € pro Jahr", "80000 EUR/year"),
        ("1'250,50 CHF/week", "1250.50 CHF/week"),
        ("25.50 EUR per hour", "25.50 EUR/hour"),
        ("$95k", "95000 USD/year"),
        ("4500 GBP a month", "4500 GBP/month"),
        ("9000000 EUR/year", "9000000 EUR/year"),
        ("82.5k EUR", "82500 EUR/year"),
        ("80 000 EUR", "80000 EUR/year"),
    ] {
        check("pay-floor", &[given], &[expected]);
    }
}

#[test]
fn the_union_stands_for_its_members() {
    let mut prefs = Preferences::default();
    prefs
        .set("permits", &values(&["EU", "DE", "CH"]))
        .expect("countries");
    assert_eq!(prefs.permits.len(), 28);
}

#[test]
fn what_is_not_known_is_refused_with_the_nearest_that_is() {
    for (key, given, expected) in [
        (
            "pay-flor",
            &["1 EUR"][..],
            "there is no preference “pay-flor”; did you mean “pay-floor”?",
        ),
        ("zzz", &["x"], "there is no preference “zzz”"),
        (
            "workplace",
            &["remot"],
            "workplace does not take “remot”: it is on-site, hybrid or remote; did you mean “remote”?",
        ),
        (
            "relocate",
            &["maybe"],
            "relocate does not take “maybe”: it is yes or no",
        ),
        (
            "country",
            &["UK"],
            "country does not take “UK”: it is a country of two letters, such as DE, GB or US; did you mean “GB”?",
        ),
        (
            "country",
            &["DE", "FR"],
            "country takes one value, not 2: put a value with spaces in quotation marks",
        ),
        (
            "languages",
            &["germn"],
            "languages does not take “germn”: it is a language by name or as two letters, such as en; did you mean “german”?",
        ),
        (
            "levels",
            &["seniro"],
            "levels does not take “seniro”: it is intern, entry, mid, senior, lead, manager or executive; did you mean “senior”?",
        ),
        (
            "roles",
            &[" "],
            "roles does not take “”: it is a text of 1 to 120 characters",
        ),
    ] {
        let mut prefs = Preferences {
            roles: values(&["kept"]),
            ..Preferences::default()
        };
        let before = prefs.clone();
        let error = prefs.set(key, &values(given)).expect_err("refused");
        assert_eq!(error.to_string(), expected);
        assert_eq!(prefs, before, "nothing was changed");
    }
    for given in [
        "",
        "EUR",
        "80000",
        "-5 EUR",
        "80k",
        "8,00,000 EUR",
        "80000 EUR EUR",
        "80000 XXL",
        "0 EUR",
        "1e9 EUR",
        "80kk EUR",
    ] {
        let error = Preferences::default().set("pay-floor", &values(&[given]));
        assert!(
            matches!(
                error,
                Err(PreferenceError::WrongValue {
                    key: "pay-floor",
                    ..
                })
            ),
            "{given}: {error:?}"
        );
    }
}

#[test]
fn every_field_has_a_key() {
    let json = serde_json::to_value(Preferences::default()).expect("json");
    let mut fields: Vec<String> = json
        .as_object()
        .expect("an object")
        .keys()
        .map(|field| field.replace('_', "-"))
        .collect();
    let mut keys: Vec<&str> = Preferences::keys().iter().map(|key| key.name).collect();
    fields.sort_unstable();
    keys.sort_unstable();
    assert_eq!(fields, keys);
    let prefs = Preferences {
        excluded_companies: vec!["Acme".into()],
        ..Preferences::default()
    };
    for typed in [
        "excluded-companies",
        "excluded_companies",
        " Excluded-Companies",
    ] {
        assert_eq!(prefs.get(typed), ["Acme"], "{typed}");
    }
    assert_eq!(
        Preferences::default().get("no-such-key"),
        Vec::<String>::new()
    );
}

#[test]
fn every_key_has_a_question_and_says_how_many_values_it_takes() {
    for key in Preferences::keys() {
        assert!(key.question.len() > 10 && !key.help.is_empty(), "{key:?}");
        // What takes one value refuses two, whatever they are.
        let two = ["yes".to_owned(), "no".to_owned()];
        let refused = matches!(
            Preferences::default().set(key.name, &two),
            Err(PreferenceError::OneValue { .. })
        );
        assert_eq!(refused, !key.several, "{}", key.name);
    }
}
