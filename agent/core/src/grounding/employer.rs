//! Employers by their names, those of the person and the posting's own.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::Clause,
    reading::{Reading, posted, rest},
};

impl Reading<'_> {
    /// Employers by their whole names, which may hold words for skills.
    pub(super) fn employers(&mut self, clause: &Clause) {
        let posting = super::ground::words_of(self.grounds.posting.employer);
        let held = self.grounds.profile.work.iter().enumerate();
        let mut known: Vec<(Vec<String>, Option<usize>)> = held
            .filter_map(|(at, held)| {
                Some((super::ground::words_of(held.employer.as_deref()?), Some(at)))
            })
            .collect();
        known.push((posting, None));
        for (name, position) in known {
            let place = clause.tokens.clone().find(|at| {
                let token = self.tokens.get(*at);
                !name.is_empty()
                    && token.is_some_and(|token| token.is_capital)
                    && !self.is_taken(*at)
                    && name
                        .iter()
                        .enumerate()
                        .all(|(offset, word)| self.word(at + offset).trim_end_matches("'s") == word)
            });
            let Some(at) = place else { continue };
            let id = position.map(|at| format!("w{}", at + 1));
            let line = match id {
                Some(id) => self
                    .index
                    .person
                    .iter()
                    .find(|line| line.id == id)
                    .map(rest),
                None => self
                    .index
                    .posting
                    .get(1)
                    .or(self.index.posting.first())
                    .map(posted),
            };
            if let Some(line) = line {
                self.claim(at..at + name.len(), ClaimKind::Name, Ok(line));
            }
        }
    }
}
