use super::*;
use crate::{
    ids::SourceId,
    job::{PayPeriod, Posting, StatedPay, read},
    profile::{LanguageSkill, Money, Month, Preferences, Profile},
};

mod location;
mod permit;
mod tongue;

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

const TODAY: Month = Month {
    year: 2026,
    month: 6,
};

fn check(job: &Job, profile: &Profile, prefs: &Preferences) -> Vec<Check> {
    super::check(job, &Person::new(profile.clone(), prefs.clone(), TODAY))
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
    use Constraint::{
        Clearance, Company, Degree, Employment, Language, Level, Location, Pay, Permit, Policy,
    };
    assert_eq!(
        checks
            .iter()
            .map(|check| check.constraint)
            .collect::<Vec<_>>(),
        [
            Location, Permit, Clearance, Language, Pay, Employment, Level, Degree, Policy, Company
        ]
    );
    for check in checks {
        assert_eq!(check.outcome, Outcome::Pass, "{check:?}");
        assert!(!check.reason.text.is_empty());
    }
    assert_eq!(
        worst(
            &job,
            &Person::new(Profile::default(), Preferences::default(), TODAY)
        ),
        (Outcome::Pass, None)
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
