//! A degree that is asked for.

use super::{Decision, Outcome, decide as decided};
use crate::{
    job::{
        Job,
        facts::{DegreeLevel, Need},
    },
    matching::{Evidence, EvidenceSource, Person},
};

/// A degree asked for against those of the profile. One that is missing is asked
/// about: employers bend here, and a CV may leave it out.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let asked = job
        .facts
        .degree
        .as_ref()
        .filter(|asked| asked.value.need == Need::Required);
    let Some(asked) = asked else {
        return decided(Outcome::Pass, "the posting demands no degree", Vec::new);
    };
    let own = person.limits.degree.as_ref();
    let evidence = move || {
        let mut evidence = vec![Evidence::new(EvidenceSource::Posting, &asked.text)];
        evidence.extend(own.map(|(_, words)| Evidence::new(EvidenceSource::Profile, words)));
        evidence
    };
    if asked.value.or_equivalent {
        return decided(
            Outcome::Pass,
            "experience will do in place of a degree",
            evidence,
        );
    }
    let name = name(asked.value.level);
    match own {
        Some((level, _)) if *level >= asked.value.level => {
            decided(Outcome::Pass, "you have the degree asked for", evidence)
        }
        Some(_) => decided(
            Outcome::Ask,
            format!("the posting asks for {name}, more than your profile shows"),
            evidence,
        ),
        None => decided(
            Outcome::Ask,
            format!("the posting asks for {name}, and your profile shows none"),
            evidence,
        ),
    }
}

const fn name(level: DegreeLevel) -> &'static str {
    match level {
        DegreeLevel::School => "a school diploma",
        DegreeLevel::Vocational => "a vocational degree",
        DegreeLevel::Bachelor => "a bachelor's degree",
        DegreeLevel::Master => "a master's degree",
        DegreeLevel::Doctor => "a doctorate",
    }
}
