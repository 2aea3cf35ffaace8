//! "From sysadmin to data engineering": what the person comes from, and what they want.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::super::sentence::Word;

/// Words before "from" that say that the person changes.
const CHANGES: &[&str] = &[
    "switch",
    "switching",
    "move",
    "moving",
    "change",
    "changing",
    "transition",
    "transitioning",
    "pivot",
    "pivoting",
    "go",
    "going",
    "retrain",
    "retraining",
    "get",
    "coming",
];

/// Most words of what the person comes from.
const LONGEST: usize = 4;

/// Fields, and how titles name who works in them.
const FIELDS: &[(&str, &str)] = &[
    ("engineering", "engineer"),
    ("development", "developer"),
    ("programming", "programmer"),
    ("administration", "administrator"),
    ("design", "designer"),
    ("teaching", "teacher"),
    ("nursing", "nurse"),
    ("accounting", "accountant"),
    ("consulting", "consultant"),
];

/// The words of what the person comes from, "from" and "to" with them; what they want
/// begins at the end of the range.
pub(super) fn of(words: &[Word], is_craft: &impl Fn(&Word) -> bool) -> Option<Range<usize>> {
    words.iter().enumerate().find_map(|(from, word)| {
        let left = words.get(from + 1..)?;
        let length = left
            .iter()
            .take(LONGEST + 1)
            .position(|word| word.is(&["to", "into"]))?;
        let left = left.get(..length)?;
        let wanted = words.get(from + length + 2)?;
        let plain = |word: &Word| !word.after_mark && word.number.is_none();
        let changes = || {
            let mut before = words.iter().take(from).rev().take(3);
            before.any(|word| word.is(CHANGES))
        };
        // "From Berlin to Hamburg", "from 50k to 60k" are no change of work.
        let fits = word.is(&["from"])
            && !left.is_empty()
            && left.iter().chain([wanted]).all(plain)
            && !left.iter().any(Word::is_capital)
            && (left.iter().any(is_craft) || changes());
        fits.then_some(from..from + length + 2)
    })
}

/// The title of who works in a field: "data engineering" is done by a "data engineer".
pub(super) fn as_titles_say(words: &[String]) -> Vec<String> {
    let mut title = words.to_vec();
    if let Some(last) = title.last_mut()
        && let Some((_, who)) = FIELDS.iter().find(|(field, _)| field == last)
    {
        *last = (*who).to_owned();
    }
    title
}
