//! How strongly a sentence asks for what it names.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{Need, heading::Section};
use crate::text::Words;

/// Headings and words that make what they govern optional.
pub(super) static OPTIONAL: Words = Words::of(
    "nice to have, nice-to-have, nice to haves, a plus, is a bonus, bonus, bonus points,
     preferred, preferably, ideally, desirable, desired, advantage, advantageous, optional,
     not required, not essential, not mandatory, would be great, good to have, extra credit,
     beneficial, pluses, von vorteil, wünschenswert, idealerweise, gerne auch, ein plus,
     pluspunkt, bonuspunkte, optimalerweise, vorteilhaft, kein muss, un plus, un atout, atouts,
     serait apprécié, apprécié, appréciée, souhaité, souhaitée, idéalement, de préférence,
     deseable, se valorará, se valora, idealmente",
);

/// Words that make what they govern required.
static REQUIRED: Words = Words::of(
    "must have, must-have, must, required, requires, require, essential, mandatory, necessary,
     need to have, you have, you bring, proven, strong experience, solid experience,
     prerequisite, minimum, at least, zwingend, erforderlich, vorausgesetzt, voraussetzung,
     unbedingt, notwendig, setzen wir voraus, du bringst, sie bringen, mindestens, du hast,
     sie haben, verfügst über, verfügen über, indispensable, exigé, exigée, requis, requise,
     impératif, obligatoire, vous avez, vous maîtrisez, vous disposez, imprescindible, requerido,
     requisito",
);

/// Need of the term at `at` in `sentence`. Where a sentence has marks of both
/// kinds, the clause the term stands in decides.
pub(super) fn of(section: Section, sentence: &str, at: Range<usize>) -> Need {
    let (optional, required) = marks(sentence);
    let by_section = match section {
        Section::Asked => Need::Required,
        Section::Welcome => Need::Optional,
        Section::Plain | Section::Given => Need::Named,
    };
    match (optional, required) {
        (false, false) => by_section,
        (false, true) if section == Section::Welcome => Need::Optional,
        (false, true) => Need::Required,
        // "Rust, Go (a plus)": the mark in brackets governs the word before it.
        (true, _) => match marks(clause(sentence, at)) {
            (true, _) => Need::Optional,
            (false, true) => Need::Required,
            (false, false) if required => Need::Required,
            (false, false) if has_governed_tail(sentence) => by_section,
            (false, false) => Need::Optional,
        },
    }
}

/// Whether `text` has marks of the optional, and of the required.
fn marks(text: &str) -> (bool, bool) {
    let mut lower = text.to_lowercase().replace('’', "'");
    let optional = OPTIONAL.stand_in_or_plural(&lower);
    for negated in [
        "not required",
        "not essential",
        "not mandatory",
        "kein muss",
    ] {
        lower = lower.replace(negated, "");
    }
    (optional, REQUIRED.stand_in_or_plural(&lower))
}

/// Whether the optional mark stands in brackets, so that it governs only them
/// and the word before.
fn has_governed_tail(sentence: &str) -> bool {
    sentence
        .split('(')
        .skip(1)
        .any(|tail| tail.split(')').next().is_some_and(|inside| marks(inside).0))
}

/// The part of `sentence` around `at` between commas, semicolons and "but".
fn clause(sentence: &str, at: Range<usize>) -> &str {
    let cut = [
        ",", ";", " but ", " aber ", " mais ", "(", ")", " – ", " sowie ",
    ];
    let head = sentence.get(..at.start).unwrap_or_default();
    let start = cut
        .iter()
        .filter_map(|cut| head.rfind(cut).map(|found| found + cut.len()))
        .max()
        .unwrap_or(0);
    let tail = sentence.get(at.end..).unwrap_or_default();
    let end = cut
        .iter()
        .filter_map(|cut| tail.find(cut))
        .min()
        .unwrap_or(tail.len());
    sentence.get(start..at.end + end).unwrap_or(sentence)
}
