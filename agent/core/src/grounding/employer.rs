//! Employers, those of the person and the posting's own.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Subject},
    reading::{Reading, posted, rest},
};

impl Reading<'_> {
    /// The posting's employer, where it is named as one the person worked for.
    pub(super) fn former_employer(&mut self, clause: &Clause) {
        const PAST: &[&str] = &[
            "worked",
            "spent",
            "was",
            "employed",
            "joined",
            "internship",
            "previously",
            "formerly",
            "been",
            "served",
            "stint",
            "alumni",
            "learned",
            "learnt",
            "trained",
            "started",
            "began",
            "career",
        ];
        let words = &self.index.employer;
        let own = self.index.employers.iter().any(|(name, _)| name == words);
        if clause.subject == Subject::Posting || own || words.is_empty() {
            return;
        }
        let past = clause.tokens.clone().any(|at| {
            PAST.contains(&self.word(at))
                || (self.word(at) == "my"
                    && matches!(self.word(at + 1), "time" | "years" | "work" | "team"))
        });
        let length = words.len();
        let place = clause.tokens.clone().find(|at| {
            let named = words
                .iter()
                .enumerate()
                .all(|(offset, word)| self.word(at + offset).trim_end_matches("'s") == word);
            let article = usize::from(at.checked_sub(1).is_some_and(|at| self.word(at) == "the"));
            let before = at
                .checked_sub(1 + article)
                .map(|at| self.word(at))
                .unwrap_or_default();
            named
                && matches!(
                    before,
                    "at" | "for" | "with" | "from" | "of" | "joined" | "left"
                )
        });
        if let Some(at) = place.filter(|_| past && clause.denied_from.is_none()) {
            self.claim(
                at..at + length,
                ClaimKind::Name,
                Err("your profile does not name this employer".to_owned()),
            );
        }
    }
}

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
