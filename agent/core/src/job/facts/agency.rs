//! Whether an agency posts it for another employer.
#![deny(clippy::indexing_slicing)]

use super::fold::{Pattern, Sentence};
use crate::job::Stated;

static FOR_ANOTHER: Pattern = Pattern::any(&[
    r"\bon behalf of (?:our|a|my|one of our) (?:\w+ )?clients?\b|\b(?:our|my) client,|\b(?:our|my) client (?:is|has|are|seeks|needs|based|in )|\bfor (?:our|a|my) client\b|\bone of our clients (?:is|seeks)|\bwe are (?:a|an) (?:\w+ ){0,2}(?:staffing|recruitment|recruiting) (?:agency|firm|company)",
    r"\b(?:im auftrag|fur) unsere[sn]? kunden\b[^.;]{0,40}\b(?:suchen|in|aus|mit)\b|\bpersonalvermittlung\b|\bim rahmen der arbeitnehmeruberlassung\b|\bunser kunde\b",
    r"\bpour (?:notre client|l'un de nos clients|le compte de)\b|\bnotre client,|\b(?:para )?nuestro cliente\b",
]);
static REFUSED: Pattern = Pattern::any(&[
    r"\b(?:no agenc\w*|unsolicited|not accept|keine personalvermittl\w*|personalvermittl\w* (?:sehen|werden))\b|\banfragen von personalvermittl",
]);

pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<bool>> {
    let folded = sentence.folded.as_str();
    (FOR_ANOTHER.finds(folded) && !REFUSED.finds(folded)).then(|| sentence.states(true))
}
