//! Duties of the posting told as the person's own in everyday words: two words that stand
//! beside each other there, and of which the profile has neither.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    deed::{MINDS, inflects},
    phrases::{FEELINGS, FIRST},
    reading::Reading,
    token::root,
    word::is_function,
};

/// Words that make no thing of what stands beside them.
const SMALL: &[&str] = &[
    "some", "any", "few", "more", "other", "down", "up", "out", "off", "back", "thing", "things",
    "way", "why", "how",
];

impl Reading<'_> {
    /// "I speak at trade fairs", where only the posting speaks of trade fairs.
    pub(super) fn borrowed(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.learns
            || clause.about_it
            || self.is_yet_to_come(clause)
        {
            return;
        }
        let pair = clause.tokens.clone().find(|at| {
            let after = self
                .tokens
                .get(*at)
                .map_or("", |token| token.after.as_str());
            let inside = clause.tokens.contains(&(at + 1))
                && clause.denied_from.is_none_or(|from| *at < from)
                && clause.learned_from.is_none_or(|from| *at < from);
            inside
                && matches!(after, " " | "-")
                && self.is_done_to(clause, *at)
                && self.is_lacked(*at)
                && self.is_lacked(at + 1)
                && self.is_pair_of_posting(*at)
        });
        if let Some(at) = pair {
            let why = format!(
                "only the posting says “{} {}”",
                self.word(at),
                self.word(at + 1)
            );
            self.claim(at..at + 2, ClaimKind::Word, Err(why));
        }
    }

    /// Whether a token stands close behind a deed of the person. What is "yours" is said
    /// of the employer.
    fn is_done_to(&self, clause: &Clause, at: usize) -> bool {
        const FAR: usize = 6;
        let first = (clause.tokens.start..at)
            .rev()
            .find(|at| FIRST.contains(&self.word(*at)) || self.word(*at) == "we");
        let Some(first) = first else { return false };
        let helps = |at: &usize| {
            let word = self.word(*at);
            matches!(
                word,
                "have" | "had" | "been" | "also" | "did" | "do" | "already" | "am"
            ) || word.ends_with("ly")
                || matches!(word, "often" | "now" | "still" | "always" | "then")
        };
        let Some(verb) = (first + 1..at).find(|at| !helps(at)) else {
            return false;
        };
        let is_mind = MINDS.iter().any(|base| inflects(self.word(verb), base));
        let is_plain = is_function(self.word(verb)) || FEELINGS.contains(&self.word(verb));
        let yours = (verb + 1..at).any(|at| {
            matches!(
                self.word(at),
                "your" | "you" | "some" | "no" | "not" | "any"
            )
        });
        !is_mind && !is_plain && !yours && at - verb <= FAR && verb < at
    }

    /// A word that tells of something, and that the profile has in no form.
    fn is_lacked(&self, at: usize) -> bool {
        let word = self.word(at);
        let held =
            |line: &super::ground::Line| self.stands_in(at, line) || self.is_kin_in(at, line);
        !is_function(word)
            && !SMALL.contains(&word)
            && !self.is_number(at)
            && !self.is_taken(at)
            && super::unit::unit_of(word).is_none()
            && !self.index.person.iter().any(held)
    }

    fn is_pair_of_posting(&self, at: usize) -> bool {
        // The title and the name of the employer are no duties.
        self.index.posting.iter().skip(2).any(|line| {
            line.words.windows(2).any(|pair| {
                matches!(
                    pair,
                    [one, other] if root(one) == self.root(at) && root(other) == self.root(at + 1)
                )
            })
        })
    }
}
