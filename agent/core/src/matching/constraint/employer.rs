//! Excluded employers, and wishes about the kind of employer.

use super::{Decision, Outcome, decide as decided, unset};
use crate::{
    job::{Job, facts::CompanySize},
    matching::{Evidence, EvidenceSource, Person},
};

/// An excluded employer fails. A size or an industry that is stated and not the
/// one wished is asked about: employers name both loosely.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let employer = key(&job.company);
    let excluded = &person.limits.excluded;
    if let Some((_, name)) = excluded.iter().find(|(key, _)| *key == employer) {
        return decided(
            Outcome::Fail,
            format!("you excluded {}", job.company),
            move || {
                vec![
                    Evidence::new(EvidenceSource::Posting, &job.company),
                    Evidence::new(EvidenceSource::Preference, name),
                ]
            },
        );
    }
    if let Some(asked) = size(job, person).or_else(|| industry(job, person)) {
        return asked;
    }
    if excluded.is_empty() {
        return decided(Outcome::Pass, "you excluded no employer", || {
            unset("excluded-companies")
        });
    }
    decided(
        Outcome::Pass,
        "the employer is none of those you excluded",
        || vec![Evidence::new(EvidenceSource::Posting, &job.company)],
    )
}

fn size<'a>(job: &'a Job, person: &'a Person) -> Option<Decision<'a>> {
    let wished = person.prefs.company_size?;
    let stated = job.facts.company_size.as_ref()?;
    (!overlap(wished, stated.value)).then(|| {
        decided(
            Outcome::Ask,
            "the employer is not of the size you wish",
            move || {
                let wish = match wished.max {
                    Some(max) => format!("{}-{max} people", wished.min),
                    None => format!("{} people or more", wished.min),
                };
                vec![
                    Evidence::new(EvidenceSource::Posting, &stated.text),
                    Evidence::new(EvidenceSource::Preference, &wish),
                ]
            },
        )
    })
}

fn overlap(a: CompanySize, b: CompanySize) -> bool {
    let below = |least: u32, most: Option<u32>| most.is_none_or(|most| least <= most);
    below(a.min, b.max) && below(b.min, a.max)
}

fn industry<'a>(job: &'a Job, person: &'a Person) -> Option<Decision<'a>> {
    let wished = &person.prefs.industries;
    let stated = job.industry.as_deref()?;
    let own = words(stated);
    let is_wished = wished.iter().any(|wish| {
        let wish = words(wish);
        own.iter().any(|word| wish.contains(word))
    });
    (!wished.is_empty() && !is_wished).then(|| {
        decided(
            Outcome::Ask,
            "the industry is none of those you wish",
            move || {
                vec![
                    Evidence::new(EvidenceSource::Posting, stated),
                    Evidence::new(EvidenceSource::Preference, &wished.join(", ")),
                ]
            },
        )
    })
}

/// The words of an industry that tell it from others.
fn words(industry: &str) -> Vec<String> {
    industry
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .filter(|word| !["services", "industry", "and", "other"].contains(word))
        .map(str::to_owned)
        .collect()
}

/// An employer's name without case, punctuation and the form of the company.
pub fn key(name: &str) -> String {
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
