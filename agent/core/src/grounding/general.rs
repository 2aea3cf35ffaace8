//! General words and what is one of their kind: who works with PostgreSQL works with a
//! database.
#![deny(clippy::indexing_slicing)]

use crate::text::rows;

/// The words of which each is a kind of `word`.
pub(super) fn kinds(word: &str) -> impl Iterator<Item = &'static str> {
    let found = rows(include_str!("../../assets/general-words.txt")).find_map(|(_, row)| {
        let (names, kinds) = row.split_once(':')?;
        names.split(' ').any(|name| name == word).then_some(kinds)
    });
    found.unwrap_or_default().split_whitespace()
}
