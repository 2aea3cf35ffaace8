//! Share of the time spent travelling.
#![deny(clippy::indexing_slicing)]

use super::fold::{Pattern, Sentence, group};
use crate::job::Stated;

static SHARE: Pattern = Pattern::any(&[
    r"\b(?P<low>\d{1,3}) ?%?(?: ?(?:-|to|bis|a|and) ?(?P<high>\d{1,3}))? ?(?:%|percent|prozent)(?: of (?:the|your) time)?[^.;%]{0,30}\b(?:travel|reise|deplacement|viaj)",
]);
static SHARE_AFTER: Pattern = Pattern::any(&[
    r"\b(?:travel|reise|deplacement|viaj)\w*[^.;%]{0,45}?\b(?P<low>\d{1,3}) ?%?(?: ?(?:-|to|bis|a|and) ?(?P<high>\d{1,3}))? ?(?:%|percent|prozent)",
]);
static NONE: Pattern = Pattern::any(&[
    r"\bno (?:business )?travel(?:ling)?(?: is)?(?: required| needed|$|\.)|\btravel(?: required)?: ?(?:no|none|0 ?%)|\bkeine reise(?:tatigkeit|bereitschaft)|\b(?:pas de|aucun) deplacement|\bsin viajes\b",
]);

pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<u8>> {
    let folded = sentence.folded.as_str();
    if NONE.finds(folded) {
        return Some(sentence.states(0));
    }
    let found = SHARE
        .captures(folded)
        .or_else(|| SHARE_AFTER.captures(folded))?;
    let most = group(&found, "high").or_else(|| group(&found, "low"))?;
    let share: u8 = most.parse().ok()?;
    (share <= 100 && !sentence.is_given).then(|| sentence.states(share))
}
