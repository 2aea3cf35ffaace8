//! The print of a posting: all that is compared of it, small enough to keep.
#![deny(clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};

use super::{Employer, Sketch, Spots, Title, address, words};
use crate::{
    ids::SourceId,
    job::{Job, Level},
};

/// Raised when prints are made otherwise, so that all are made again.
pub const VERSION: u32 = 1;

/// What is compared of a posting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// The board it is on.
    pub source: SourceId,
    pub(super) employer: Employer,
    pub(super) title: Title,
    pub(super) spots: Spots,
    /// Addresses that name this posting alone: its page, then where one applies.
    pub(super) addresses: Vec<String>,
    pub(super) requisition: Option<String>,
    pub(super) group: Option<String>,
    pub(super) language: Option<String>,
    pub(super) employment: Option<String>,
    pub(super) level: Option<Level>,
    /// Kept apart from the rest: it is the larger part.
    #[serde(skip)]
    pub(super) text: Sketch,
}

impl Print {
    /// The print of `job`.
    pub fn of(job: &Job) -> Self {
        let employer = Employer::of(job);
        let spots = Spots::of(job);
        let apart: Vec<String> = spots
            .words()
            .chain(employer.full.iter().map(String::as_str))
            .map(str::to_owned)
            .collect();
        let mut addresses: Vec<String> = [Some(&job.url), job.apply_url.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|url| address::of_posting(url))
            .collect();
        addresses.dedup();
        Self {
            source: job.source,
            title: Title::of(&job.title, &apart),
            employer,
            spots,
            addresses,
            requisition: job.requisition_id.as_deref().and_then(requisition),
            group: job.group_id.clone().filter(|group| group.len() >= 2),
            language: job.language.clone(),
            employment: job.employment.as_deref().map(contract),
            level: job.level.as_ref().map(|level| level.value),
            text: Sketch::of(&job.description),
        }
    }

    /// The sketch of its text, to be kept beside the rest.
    pub fn text(&self) -> &Sketch {
        &self.text
    }

    /// The print with the sketch that was kept beside it.
    #[must_use]
    pub fn with_text(self, text: Sketch) -> Self {
        Self { text, ..self }
    }

    /// Names the employer, equal for all spellings of the name; for finding its
    /// other postings. `None` when it has no name.
    pub fn employer_key(&self) -> Option<i64> {
        let key = self.employer.key();
        (!key.is_empty()).then(|| super::sketch::hash_parts(["employer", &key]).cast_signed())
    }

    /// Whether the posting is by someone who places people for others, by the
    /// portal's word, its name, or how its text speaks of the employer.
    pub fn is_by_agency(&self) -> bool {
        self.employer.places_for_others()
    }
}

/// Letters and digits of a requisition's number; `None` when it is too short to
/// be the number of one.
fn requisition(stated: &str) -> Option<String> {
    let kept: String = words::fold(stated)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let digits = kept.bytes().filter(u8::is_ascii_digit).count();
    let varied = kept.bytes().any(|byte| Some(byte) != kept.bytes().next());
    (kept.len() >= 3 && digits >= 2 && varied).then_some(kept)
}

/// The kind of contract in one word where it is a usual one.
fn contract(stated: &str) -> String {
    let words = words::resolve(&words::split(&words::fold(stated)));
    let known = ["parttime", "intern", "freelance", "temporary", "apprentice"];
    let found = known
        .into_iter()
        .find(|known| words.iter().any(|word| word == known));
    match found {
        Some("parttime") if words.iter().any(|word| word == "fulltime") => String::new(),
        Some(known) => known.to_owned(),
        None => String::new(),
    }
}
