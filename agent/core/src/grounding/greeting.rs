//! Those whom a letter addresses.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::Clause,
    reading::Reading,
    word::{is_form_of_address, is_plain},
};

/// Roots of those who read applications.
const GREETED: &[&str] = &[
    "hir",
    "recruit",
    "manag",
    "director",
    "direct",
    "board",
    "panel",
    "committe",
    "committee",
    "colleagu",
    "sir",
    "madam",
    "depart",
    "department",
    "head",
    "offic",
];

impl Reading<'_> {
    /// "Dear Ms Berg": whoever is addressed is named by the posting.
    pub(super) fn greeted(&mut self, clause: &Clause) {
        for at in clause.tokens.clone() {
            let is_name = self.tokens.get(at).is_some_and(|token| token.is_capital);
            let word = self.word(at);
            let known = is_plain(word)
                || is_form_of_address(word)
                || GREETED.contains(&self.root(at))
                || self
                    .index
                    .posting
                    .iter()
                    .any(|line| line.roots.contains(self.root(at)));
            if is_name && !known {
                let why = format!("the posting does not name “{word}”");
                self.claim(at..at + 1, ClaimKind::Name, Err(why));
            }
        }
    }
}
