//! Kind of contract.

use super::{Decision, Outcome, decide as decided, unset};
use crate::{
    job::{Job, facts::Contract},
    matching::{Evidence, EvidenceSource, Person},
};

/// The kinds of contract offered, against those wanted: hours of a week and form
/// each for itself. An internship and its like are wanted only by name.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let wanted = &person.prefs.contracts;
    if wanted.is_empty() {
        return decided(Outcome::Pass, "you named no kinds of contract", || {
            unset("contracts")
        });
    }
    let offered = &job.facts.contracts;
    let evidence = move || {
        let names: Vec<&str> = wanted.iter().map(|kind| name(*kind)).collect();
        let mut evidence: Vec<Evidence> = offered
            .iter()
            .map(|stated| Evidence::new(EvidenceSource::Posting, &stated.text))
            .collect();
        evidence.dedup();
        evidence.push(Evidence::new(EvidenceSource::Preference, &names.join(", ")));
        evidence
    };
    let special = offered
        .iter()
        .find(|stated| is_special(stated.value) && !wanted.contains(&stated.value));
    let regular = offered
        .iter()
        .any(|stated| !stated.value.is_of_time() && !is_special(stated.value));
    if let Some(stated) = special.filter(|_| !regular) {
        let text = format!("the work is {}, which you did not name", name(stated.value));
        return decided(Outcome::Fail, text, evidence);
    }
    for of_time in [true, false] {
        let is_kind = |kind: &Contract| kind.is_of_time() == of_time;
        let mut kinds = offered.iter().map(|stated| stated.value).filter(is_kind);
        let limits = wanted.iter().any(is_kind);
        if !limits {
            continue;
        }
        let Some(first) = kinds.clone().next() else {
            // Employment of a full week is without an end unless it says one.
            let is_usual = !of_time
                && wanted.contains(&Contract::Permanent)
                && offered.iter().any(|one| one.value == Contract::FullTime);
            if is_usual {
                continue;
            }
            return decided(
                Outcome::Ask,
                "the posting does not say which kind of contract it offers",
                evidence,
            );
        };
        if !kinds.any(|kind| wanted.contains(&kind)) {
            let text = format!("the work is {}, which you did not name", name(first));
            return decided(Outcome::Fail, text, evidence);
        }
    }
    decided(
        Outcome::Pass,
        "the contract is of a kind you named",
        evidence,
    )
}

/// Contracts that only those want who look for them.
const fn is_special(kind: Contract) -> bool {
    match kind {
        Contract::Internship
        | Contract::Apprenticeship
        | Contract::Student
        | Contract::Volunteer => true,
        Contract::FullTime
        | Contract::PartTime
        | Contract::Permanent
        | Contract::Temporary
        | Contract::Freelance => false,
    }
}

const fn name(kind: Contract) -> &'static str {
    match kind {
        Contract::FullTime => "full time",
        Contract::PartTime => "part time",
        Contract::Permanent => "permanent",
        Contract::Temporary => "temporary",
        Contract::Freelance => "freelance",
        Contract::Internship => "an internship",
        Contract::Apprenticeship => "an apprenticeship",
        Contract::Student => "for students",
        Contract::Volunteer => "unpaid",
    }
}
