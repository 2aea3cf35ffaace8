//! Whether the words behind "prepare" speak of one opening, though no number says so:
//! "the best one", "the form for the top cloud support job".
#![deny(clippy::indexing_slicing)]

use super::{super::sentence::Word, role};
use crate::text::Words;

/// Words that open the name of one thing, or of several.
static OPENS: Words = Words::of("the, a, an, this, that, one");

/// Words that end such a name.
static ENDS: Words = Words::of(
    "for, in, at, with, of, from, near, around, to, on, over, under, by, that, which, who, and,
     or, before, after, if, when, as, but, not, now, today, please, you, i, is, are",
);

/// Words that pick out of many.
const PICKS: &[&str] = &["best", "top", "first", "latest", "newest", "nearest"];

/// Most words behind "prepare" that are looked at.
const FAR: usize = 12;

/// Whether the first opening that is named in `after` is a single one.
pub(super) fn is_one(after: &[Word]) -> bool {
    let near = after.iter().take(FAR);
    let words: Vec<&Word> = near
        .enumerate()
        .take_while(|(at, word)| *at == 0 || !word.after_mark)
        .map(|(_, word)| word)
        .collect();
    let mut rest = words.as_slice();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if role::openings(first) == Some(role::Named::Many) {
            return false;
        }
        if !OPENS.has(&first.low) {
            continue;
        }
        let length = tail
            .iter()
            .position(|word| ENDS.has(&word.low) || word.after_mark)
            .unwrap_or(tail.len());
        let name = tail.get(..length).unwrap_or_default();
        if let Some(one) = names_one(name) {
            return one;
        }
    }
    false
}

/// Whether a name, such as "best nurse job", is that of one opening; `None` for one
/// that is none of an opening.
fn names_one(name: &[&Word]) -> Option<bool> {
    if name
        .iter()
        .any(|word| word.number.is_some() && word.low != "one")
    {
        return Some(false);
    }
    let last = name.last()?;
    if last.low == "one" || name.iter().all(|word| word.is(PICKS)) {
        return Some(true);
    }
    let named = name.iter().rev().find_map(|word| role::openings(word))?;
    Some(named == role::Named::One)
}
