//! Years of experience a posting asks for.
#![deny(clippy::indexing_slicing)]

use super::fold::Sentence;
use crate::{job::Stated, skill, text::Words};

/// What a sentence about a person's years says.
static CUES: Words = Words::of(
    "experience, erfahrung, expérience, experiencia, background, track record, worked,
     working, practice, berufspraxis, + years, yrs of, years of, years in, years as",
);

/// What one about the employer, a contract or an age says.
static OTHERS: Words = Words::of(
    "our company, we have been, founded, history, for over, for more than, anniversary,
     our team has, in business, since, we bring, vesting, seit, depuis, contract,
     within the last, old",
);

/// The years that a sentence asks for.
pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<u8>> {
    let (_, years) = skill::year_mentions(sentence.text)
        .into_iter()
        .find(|(_, years)| *years <= 20)?;
    let lower = sentence.text.to_lowercase();
    let speaks = CUES.are_part_of(&lower) && !OTHERS.stand_in_or_plural(&lower);
    speaks.then(|| sentence.states(years))
}
