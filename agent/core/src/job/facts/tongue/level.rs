//! How well a language is to be known.
#![deny(clippy::indexing_slicing)]

use super::super::{
    fold::{Pattern, group},
    kinds::Fluency,
};

static FRAME: Pattern = Pattern::any(&[r"\b(?P<level>[abc][12])\b"]);
static NATIVE: Pattern =
    Pattern::any(&[r"\b(?:native|mother[- ]tongue|muttersprach\w*|langue maternelle|nativ[oa])\b"]);
static NEARLY: Pattern = Pattern::any(&[
    r"\b(?:near|close to|like|level|niveau|equivalent|or|oder|ou|o|similar|vergleichbar\w*|fluent|c1|c2)\b",
]);
static FLUENT: Pattern = Pattern::any(&[
    r"\b(?:fluen\w+|business[- ]level|full professional|bilingual|mastery|excellent|advanced)\b",
    r"\b(?:verhandlungssicher\w*|fliess?end\w*|courant|couramment|bilingue|maitris\w+|fluid[oa]|avanzado|nivel alto|dominio)\b",
]);
static GOOD: Pattern = Pattern::any(&[
    r"\b(?:very good|good|strong|professional working|upper[- ]intermediate|proficien\w+|sehr gut\w*|gut\w*|sicher\w*|bonne? (?:maitrise|niveau)|bon)\b",
]);
static MIDDLE: Pattern = Pattern::any(&[
    r"\b(?:conversational|intermediate|working knowledge|intermedio|intermediaire)\b",
]);
static BASIC: Pattern =
    Pattern::any(&[r"\b(?:basic|beginner|elementary|grundkenntnisse|notions|basico)\b"]);

/// The least level a clause asks for.
pub(super) fn of(folded: &str) -> Option<Fluency> {
    if let Some(found) = FRAME.captures(folded) {
        return match group(&found, "level")? {
            "a1" => Some(Fluency::A1),
            "a2" => Some(Fluency::A2),
            "b1" => Some(Fluency::B1),
            "b2" => Some(Fluency::B2),
            "c1" => Some(Fluency::C1),
            "c2" => Some(Fluency::C2),
            _ => None,
        };
    }
    let by_words = [
        (&BASIC, Fluency::A2),
        (&MIDDLE, Fluency::B1),
        (&FLUENT, Fluency::C1),
        (&GOOD, Fluency::B2),
    ];
    if NATIVE.finds(folded) {
        let nearly = NEARLY.finds(folded);
        return Some(if nearly { Fluency::C1 } else { Fluency::Native });
    }
    by_words
        .into_iter()
        .find(|(words, _)| words.finds(folded))
        .map(|(_, level)| level)
}
