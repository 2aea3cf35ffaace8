//! Hard constraints: decided before any score, and no score overrides them.

mod location;
mod permit;
mod tongue;

use serde::{Deserialize, Serialize};

use super::{Evidence, EvidenceSource, Person, Reason};
use crate::{
    job::{Job, PayPeriod},
    profile::Preferences,
};

/// What a constraint says of a job. Ordered from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Met, or the person has no such limit.
    Pass,
    /// The posting does not say enough: the person decides.
    Ask,
    /// Not met.
    Fail,
}

/// A hard constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Constraint {
    /// Place, workplace kind, remote scope and willingness to move.
    Location,
    /// Work permit or sponsorship.
    Permit,
    /// Language of the work.
    Language,
    /// Pay floor.
    Pay,
    /// Excluded employers.
    Company,
}

/// One constraint, decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which.
    pub constraint: Constraint,
    /// How it was decided.
    pub outcome: Outcome,
    /// Why, with the words it rests on.
    pub reason: Reason,
}

/// Decides every constraint for `job`, in the order of [`Constraint`].
///
/// A constraint on which the person set no limit passes, and its reason says
/// so. Where the posting does not say enough to be sure, the outcome is
/// [`Outcome::Ask`]: a wrong pass costs the person more than a question.
pub fn check(job: &Job, person: &Person) -> Vec<Check> {
    let (profile, prefs) = (&person.profile, &person.prefs);
    let decided = [
        (Constraint::Location, location::decide(job, person)),
        (Constraint::Permit, permit::decide(job, prefs)),
        (Constraint::Language, tongue::decide(job, profile, prefs)),
        (Constraint::Pay, pay(job, prefs)),
        (Constraint::Company, company(job, prefs)),
    ];
    decided
        .into_iter()
        .map(|(constraint, (outcome, reason))| Check {
            constraint,
            outcome,
            reason,
        })
        .collect()
}

/// An outcome with its reason.
type Decision = (Outcome, Reason);

fn decision(outcome: Outcome, text: impl Into<String>, evidence: Vec<Evidence>) -> Decision {
    (
        outcome,
        Reason {
            text: text.into(),
            evidence,
        },
    )
}

/// Evidence that the person has no such wish: the keys that are not set.
fn unset(keys: &str) -> Vec<Evidence> {
    vec![Evidence::new(
        EvidenceSource::Preference,
        &format!("{keys}: not set"),
    )]
}

fn pay(job: &Job, prefs: &Preferences) -> Decision {
    let Some(floor) = &prefs.pay_floor else {
        return decision(Outcome::Pass, "you set no pay floor", unset("pay-floor"));
    };
    let wish = format!(
        "{} {} per {}",
        floor.amount,
        floor.currency,
        period_name(floor.period)
    );
    let wished = Evidence::new(EvidenceSource::Preference, &wish);
    let Some(pay) = &job.pay else {
        return decision(Outcome::Ask, "the posting states no pay", vec![wished]);
    };
    let evidence = vec![Evidence::new(EvidenceSource::Posting, &pay.text), wished];
    let Some(top) = pay.max.or(pay.min) else {
        return decision(Outcome::Ask, "the posting states no amount", evidence);
    };
    match &pay.currency {
        Some(currency) if *currency == floor.currency => {}
        Some(currency) => {
            let text = format!("the pay is in {currency}, your floor in {}", floor.currency);
            return decision(Outcome::Ask, text, evidence);
        }
        None => {
            return decision(
                Outcome::Ask,
                "the posting does not say in which currency it pays",
                evidence,
            );
        }
    }
    let (offered, wanted) = (
        top * pay.period.per_year(),
        floor.amount * floor.period.per_year(),
    );
    if offered >= wanted {
        decision(Outcome::Pass, "the pay reaches your floor", evidence)
    } else if pay.max.is_none() {
        decision(
            Outcome::Ask,
            "the pay starts below your floor and has no stated top",
            evidence,
        )
    } else {
        decision(
            Outcome::Fail,
            "even the top of the pay is below your floor",
            evidence,
        )
    }
}

fn period_name(period: PayPeriod) -> &'static str {
    match period {
        PayPeriod::Hour => "hour",
        PayPeriod::Day => "day",
        PayPeriod::Week => "week",
        PayPeriod::Month => "month",
        PayPeriod::Year => "year",
    }
}

fn company(job: &Job, prefs: &Preferences) -> Decision {
    if prefs.excluded_companies.is_empty() {
        return decision(
            Outcome::Pass,
            "you excluded no employer",
            unset("excluded-companies"),
        );
    }
    let employer = company_key(&job.company);
    match prefs
        .excluded_companies
        .iter()
        .find(|excluded| company_key(excluded) == employer && !employer.is_empty())
    {
        Some(excluded) => decision(
            Outcome::Fail,
            format!("you excluded {}", job.company),
            vec![
                Evidence::new(EvidenceSource::Posting, &job.company),
                Evidence::new(EvidenceSource::Preference, excluded),
            ],
        ),
        None => decision(
            Outcome::Pass,
            "the employer is none of those you excluded",
            vec![Evidence::new(EvidenceSource::Posting, &job.company)],
        ),
    }
}

/// An employer's name without case, punctuation and the form of the company.
fn company_key(name: &str) -> String {
    const FORMS: &[&str] = &[
        "inc",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "se",
        "kg",
        "kgaa",
        "ohg",
        "ug",
        "mbh",
        "ev",
        "eg",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "sl",
        "slu",
        "bv",
        "nv",
        "ab",
        "as",
        "aps",
        "oy",
        "oyj",
        "pty",
        "pte",
        "lp",
        "llp",
        "haftungsbeschränkt",
        "group",
        "holding",
        "the",
        "und",
        "and",
    ];
    let joined = name.to_lowercase().replace(['.', '\'', '’'], "");
    let words: Vec<&str> = joined
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !FORMS.contains(word))
        .collect();
    // A name made of such words only ("The Company") is compared as it stands.
    if kept.is_empty() {
        words.join(" ")
    } else {
        kept.join(" ")
    }
}

#[cfg(test)]
mod tests;
