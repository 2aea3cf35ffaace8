//! What an employer forbids in an application.

use super::{Decision, Outcome, decide as decided};
use crate::{
    job::{Job, facts::Policy},
    matching::{Evidence, EvidenceSource},
};

/// A statement against help by programs: only the person can decide what to make
/// of it.
pub(super) fn decide(job: &Job) -> Decision<'_> {
    let Some(stated) = job.facts.policies.first() else {
        return decided(
            Outcome::Pass,
            "the employer forbids no help with the application",
            Vec::new,
        );
    };
    let text = match stated.value {
        Policy::NoAi => "the employer wants no text written by a model",
        Policy::NoAutomation => "the employer wants no applications sent by programs",
        Policy::OwnWords => "the employer asks for your own words",
    };
    decided(Outcome::Ask, text, move || {
        vec![Evidence::new(EvidenceSource::Posting, &stated.text)]
    })
}
