//! The security-clearance constraint.

use super::{Decision, Outcome, decide as decided, unset};
use crate::{
    job::{Job, facts::RightKind},
    matching::{Evidence, EvidenceSource, Person},
};

/// A clearance asked for, against those the person named. Whether one can be had
/// is not ours to say, so one that is missing is asked about.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let asked = job
        .facts
        .rights
        .iter()
        .find(|right| right.value.kind == RightKind::Clearance);
    let Some(asked) = asked else {
        return decided(
            Outcome::Pass,
            "the posting asks for no security clearance",
            Vec::new,
        );
    };
    let own = &person.prefs.clearances;
    let evidence = move || {
        let mut evidence = vec![Evidence::new(EvidenceSource::Posting, &asked.text)];
        if own.is_empty() {
            evidence.extend(unset("clearances"));
        } else {
            evidence.push(Evidence::new(EvidenceSource::Preference, &own.join(", ")));
        }
        evidence
    };
    if own.is_empty() {
        decided(
            Outcome::Ask,
            "the posting asks for a security clearance, and you named none",
            evidence,
        )
    } else {
        decided(
            Outcome::Ask,
            "the posting asks for a security clearance: see whether yours will do",
            evidence,
        )
    }
}
