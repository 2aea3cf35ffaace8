//! The last day to apply, where the text says it.
#![deny(clippy::indexing_slicing)]

use jiff::civil::Date;

use super::fold::{Pattern, Sentence};
use crate::{job::Stated, normal::date, text};

static CUES: Pattern = Pattern::any(&[
    r"\b(?:apply|applications?|submit\w*)\b[^.;:]{0,50}\b(?:by|until|before|no later than|close[sd]?(?: on)?|deadline(?: is)?:?)",
    r"\b(?:closing date|application deadline|deadline(?: for applications?| to apply)?|closes|application window[^.;]{0,30}close\w*)(?: is| on| for applications)?\b ?:?",
    r"\b(?:bewerbungsschluss|bewerbungsfrist|bewerbungsende)(?: ist)?(?: der| am)?:?|\bbewer\w*[^.;:]{0,40}\bbis (?:zum|spatestens)?",
    r"\b(?:date limite|cloture)[^.;:]{0,30}(?::|est|le|au)|\bcandidature\w*[^.;:]{0,40}\b(?:avant le|jusqu'au)",
    r"\b(?:fecha limite|plazo)[^.;:]{0,40}(?::|es|hasta|el)|\b(?:candidatura|solicitud|postul)\w*[^.;:]{0,40}\b(?:antes del|hasta el)",
]);

pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<Date>> {
    let cue = CUES.place(&sentence.folded)?;
    // The words are folded letter by letter, so the tail is found by its length.
    let behind = sentence.folded.len() - cue.end;
    let tail = sentence
        .text
        .char_indices()
        .rev()
        .nth(behind.checked_sub(1)?);
    let tail = tail.and_then(|(at, _)| sentence.text.get(at..))?;
    let words: Vec<&str> = tail.split_whitespace().take(8).collect();
    // The shortest beginning with a date in it: more words may hold another one.
    (1..=words.len()).find_map(|count| {
        let near = words.get(..count)?.join(" ");
        let near = near.trim_end_matches(['.', ',', ')', ';']);
        let day = date::of_text(&text::line(near))?;
        Some(sentence.states(day))
    })
}
