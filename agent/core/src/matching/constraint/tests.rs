use super::*;
use crate::{
    ids::SourceId,
    job::{Posting, StatedPay, WorkplaceKind, read},
    profile::{LanguageSkill, Money},
};

fn job(location: &str, description: &str) -> Job {
    job_of(Posting {
        locations: vec![location.to_owned()],
        description_text: Some(description.to_owned()),
        ..Posting::default()
    })
}

fn job_of(posting: Posting) -> Job {
    let posting = Posting {
        external_id: "1".to_owned(),
        url: "https://jobs.example/1".to_owned(),
        title: if posting.title.is_empty() {
            "Nurse".to_owned()
        } else {
            posting.title
        },
        ..posting
    };
    read(SourceId::of("p", "b"), "Acme GmbH", &posting).expect("reads")
}

fn found(job: &Job, prefs: &Preferences, constraint: Constraint) -> Check {
    let profile = Profile {
        languages: vec![LanguageSkill {
            code: "en".to_owned(),
            fluency: None,
            line: None,
        }],
        ..Profile::default()
    };
    check(job, &profile, prefs)
        .into_iter()
        .find(|check| check.constraint == constraint)
        .expect("is checked")
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn every_constraint_is_checked_in_order_and_no_wish_passes() {
    let job = job("Berlin", "Care for patients with the team and for you.");
    let checks = check(&job, &Profile::default(), &Preferences::default());
    use Constraint::{Company, Language, Location, Pay, Permit};
    assert_eq!(
        checks
            .iter()
            .map(|check| check.constraint)
            .collect::<Vec<_>>(),
        [Location, Permit, Language, Pay, Company]
    );
    for check in checks {
        assert_eq!(check.outcome, Outcome::Pass, "{check:?}");
        assert!(!check.reason.text.is_empty());
    }
}

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

#[test]
fn pay_is_compared_with_the_floor() {
    let floor = |amount: f64, currency: &str, period: PayPeriod| Preferences {
        pay_floor: Some(Money {
            amount,
            currency: currency.to_owned(),
            period,
        }),
        ..Preferences::default()
    };
    let paid = |min: Option<f64>, max: Option<f64>, currency: &str, period: &str| {
        let pay = StatedPay {
            min,
            max,
            currency: Some(currency.to_owned()).filter(|code| !code.is_empty()),
            period: Some(period.to_owned()),
            text: None,
        };
        job_of(Posting {
            pay: Some(pay),
            ..Posting::default()
        })
    };
    let check = |job: &Job, prefs: &Preferences, expected: Outcome| {
        let found = found(job, prefs, Constraint::Pay);
        assert_eq!(
            found.outcome, expected,
            "{:?}: {}",
            job.pay, found.reason.text
        );
    };
    use Outcome::{Ask, Fail, Pass};
    let euros = floor(60_000.0, "EUR", PayPeriod::Year);
    check(
        &paid(Some(50_000.0), Some(70_000.0), "EUR", "year"),
        &euros,
        Pass,
    );
    check(
        &paid(Some(40_000.0), Some(59_000.0), "EUR", "year"),
        &euros,
        Fail,
    );
    check(
        &paid(Some(5_000.0), Some(5_500.0), "EUR", "month"),
        &euros,
        Pass,
    );
    check(&paid(Some(20.0), Some(25.0), "EUR", "hour"), &euros, Fail);
    check(&paid(Some(50_000.0), None, "EUR", "year"), &euros, Ask);
    check(
        &paid(Some(90_000.0), Some(99_000.0), "USD", "year"),
        &euros,
        Ask,
    );
    check(
        &paid(Some(90_000.0), Some(99_000.0), "", "year"),
        &euros,
        Ask,
    );
    check(&job("Berlin", "Care."), &euros, Ask);
    check(&job("Berlin", "Care."), &Preferences::default(), Pass);
}

#[test]
fn an_excluded_employer_is_known_by_its_name() {
    let check = |excluded: &str, company: &str, expected: Outcome| {
        let prefs = Preferences {
            excluded_companies: words(&[excluded]),
            ..Preferences::default()
        };
        let job = job_of(Posting {
            company: Some(company.to_owned()),
            ..Posting::default()
        });
        assert_eq!(
            found(&job, &prefs, Constraint::Company).outcome,
            expected,
            "{excluded} {company}"
        );
    };
    check("ACME", "Acme, Inc.", Outcome::Fail);
    check("Acme GmbH & Co. KG", "ACME", Outcome::Fail);
    check("Acme S.A.", "Acme", Outcome::Fail);
    check("Acme", "Acme Foods", Outcome::Pass);
    check("", "Acme", Outcome::Pass);
    check("The Company", "Company", Outcome::Pass);
}
