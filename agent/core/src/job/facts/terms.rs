//! What stated pay rests on.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence},
    kinds::PayTerm,
};
use crate::job::Stated;

static ON_TARGET: Pattern = Pattern::any(&[
    r"\b(?:ote|on[- ]target(?: earnings?)?|target earnings|uncapped|including (?:commissions?|bonus\w*)|incl\.? (?:bonus|commissions?)|commissions? included|base (?:\+|plus|and) (?:commissions?|variable)|zielgehalt|inkl\.? (?:bonus|provision\w*|variabl\w*)|variable (?:compris|inclus)\w*|variable incluid[oa]|total (?:target )?(?:cash|compensation))\b",
]);
static FULL_TIME: Pattern = Pattern::any(&[
    r"\b(?:fte|full[- ]time equivalent|pro[- ]?rata(?:ted)?|pro rata|bei vollzeit|vollzeitaquivalent|vollzeitbasis|auf vollzeit|equivalent temps plein|etp|a jornada completa|prorated)\b",
]);

/// Terms in the words that state the pay.
pub(super) fn of_pay(words: &Sentence<'_>) -> Vec<Stated<PayTerm>> {
    let kinds = [
        (&ON_TARGET, PayTerm::OnTarget),
        (&FULL_TIME, PayTerm::FullTimeEquivalent),
    ];
    kinds
        .into_iter()
        .filter(|(pattern, _)| pattern.finds(&words.folded))
        .map(|(_, term)| words.states(term))
        .collect()
}
