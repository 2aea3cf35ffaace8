//! Praise, possession and power in everyday words: "the best", "my own firm", "all my
//! pupils", "the whole country". They rest on a line that says the same or on nothing.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    ground::Line,
    reading::{Reading, rest},
    word::is_function,
};

/// What one may have of one's own without owning it.
const NOT_OWNED: &[&str] = &[
    "work",
    "way",
    "experience",
    "eyes",
    "words",
    "hands",
    "time",
    "pace",
    "idea",
    "ideas",
    "mind",
    "opinion",
    "letter",
    "judgement",
    "mistakes",
    "questions",
    "first",
    "code",
    "risk",
    "account",
    "initiative",
    "terms",
    "weight",
    "feet",
    "style",
    "voice",
    "grading",
    "free",
    "side",
];
/// What is the best or the first of its kind without praise.
const OF_SPEECH: &[&str] = &[
    "thing", "part", "way", "reason", "time", "step", "question", "place", "example", "day",
    "language", "sentence", "point", "moment", "idea", "word", "course", "chance", "task", "half",
    "line", "lines", "week", "year", "month", "job", "version", "look", "fit", "person", "project",
];
/// Words of power that count whatever else they can mean.
const POWERS: &[&str] = &[
    "signed",
    "owned",
    "approved",
    "vetoed",
    "fired",
    "appointed",
];

impl Reading<'_> {
    /// Claims that plain words make by the way they are put.
    pub(super) fn praises(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        for at in clause.tokens.clone() {
            if self.is_taken(at) {
                continue;
            }
            let found = self
                .is_first_of_all(clause, at)
                .or_else(|| self.is_owned(at))
                .or_else(|| self.is_led(at))
                .or_else(|| self.is_of_all(clause, at))
                .or_else(|| {
                    let is_power = POWERS.contains(&self.word(at));
                    is_power.then_some((at + 1, vec![at]))
                });
            let Some((to, said)) = found else { continue };
            let said: Vec<String> = said.iter().map(|at| self.root(*at).to_owned()).collect();
            let states = |line: &&Line| said.iter().all(|root| line.roots.contains(root));
            let line = self.index.person.iter().find(states);
            let found = line
                .map(rest)
                .ok_or_else(|| "your profile does not say so".to_owned());
            self.claim(at..to.min(clause.tokens.end), ClaimKind::Word, found);
        }
    }

    /// "was the first designer", "finished first", "number one": with the words that
    /// have to stand in one line.
    fn is_first_of_all(&self, clause: &Clause, at: usize) -> Option<(usize, Vec<usize>)> {
        const TOPS: &[&str] = &[
            "best",
            "first",
            "top",
            "only",
            "fastest",
            "youngest",
            "strongest",
            "ahead",
            "finest",
            "greatest",
            "highest",
            "favourite",
            "foremost",
            "unbeaten",
            "second",
        ];
        const VERBS: &[&str] = &[
            "am",
            "was",
            "were",
            "been",
            "is",
            "are",
            "i'm",
            "finished",
            "came",
            "became",
            "made",
            "me",
            "called",
            "named",
            "ranked",
            "graduated",
            "as",
            "be",
        ];
        let word = self.word(at);
        let next = self.word(at + 1);
        if word == "number" && next == "one" {
            return Some((at + 2, vec![at, at + 1]));
        }
        // "ten times faster than the others", "better than anyone".
        if word == "than"
            && matches!(
                next,
                "anyone" | "anybody" | "everyone" | "others" | "most" | "all" | "any"
            )
        {
            return Some((at + 2, vec![at, at + 1]));
        }
        if !TOPS.contains(&word)
            || OF_SPEECH.contains(&next)
            || matches!(next, "regards" | "wishes")
        {
            return None;
        }
        let before = (clause.tokens.start.max(at.saturating_sub(3))..at).rev();
        let mut before =
            before.take_while(|at| !matches!(self.word(*at), "i" | "like" | "learn" | "work"));
        let is_said = before.any(|at| VERBS.contains(&self.word(at)));
        let article = at.checked_sub(1).is_some_and(|at| self.word(at) == "the");
        let parted = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        if parted.is_some_and(|token| token.after.contains([',', ';'])) {
            return None;
        }
        let own = matches!(word, "first" | "ahead" | "top" | "second") && !article;
        let of_me = clause.tokens.clone().any(|at| {
            matches!(
                self.word(at),
                "i" | "me" | "my" | "we" | "our" | "i'm" | "mine"
            )
        });
        // "first in my class" needs no article, "the only reason" is no praise.
        let ranks = if own {
            matches!(next, "in" | "of" | "among")
        } else {
            article
        };
        (is_said && of_me && ranks).then_some((at + 1, vec![at]))
    }

    /// "trained adults", "led the audit": whom or what has to stand in the same line.
    fn is_led(&self, at: usize) -> Option<(usize, Vec<usize>)> {
        const LEADS: &[&str] = &[
            "train", "lead", "manag", "supervis", "mentor", "coach", "head", "teach", "tutor",
        ];
        let is_verb = LEADS.contains(&self.root(at)) && self.word(at).ends_with(['d', 't']);
        let things = (at + 1..at + 5).take_while(|next| {
            !matches!(
                self.word(*next),
                "as" | "in" | "at" | "by" | "on" | "well" | "and" | "me" | "for" | "to" | "with"
            )
        });
        let mut things = things.filter(|at| !is_function(self.word(*at)));
        let thing = things.next()?;
        let is_core = super::word::is_core(self.root(thing));
        let before = at.saturating_sub(4)..at;
        let is_known = self.index.person.iter().any(|line| {
            let named = before
                .clone()
                .any(|at| !is_function(self.word(at)) && line.roots.contains(self.root(at)));
            line.roots.contains(self.root(at)) && (named || self.stands_in(thing, line))
        });
        (is_verb && !is_core && !is_known && !self.is_number(thing))
            .then_some((thing + 1, vec![at, thing]))
    }

    /// "my own firm".
    fn is_owned(&self, at: usize) -> Option<(usize, Vec<usize>)> {
        let own = matches!(self.word(at), "my" | "our") && self.word(at + 1) == "own";
        let thing = (at + 2..at + 5).find(|at| !is_function(self.word(*at)))?;
        let is_thing =
            !NOT_OWNED.contains(&self.word(at + 2)) && !NOT_OWNED.contains(&self.word(thing));
        // A project of the person is their own.
        let is_project =
            self.index.person.iter().any(|line| {
                line.place == super::ground::Place::Project && self.stands_in(thing, line)
            });
        (own && is_thing && !is_project).then_some((at + 3, vec![at + 1, thing]))
    }

    /// "all my pupils", "the whole department", "nobody … on my shift".
    fn is_of_all(&self, clause: &Clause, at: usize) -> Option<(usize, Vec<usize>)> {
        let words = [self.word(at), self.word(at + 1), self.word(at + 2)];
        let of_me = || {
            clause
                .tokens
                .clone()
                .any(|at| matches!(self.word(at), "me" | "my" | "our" | "us"))
        };
        let opinion = || {
            clause.tokens.clone().any(|at| {
                matches!(
                    self.word(at),
                    "believe" | "think" | "hope" | "like" | "enjoy"
                )
            })
        };
        match words {
            ["all", "my" | "our", _] | ["all", "of", "my" | "our"] => {
                Some((at + 3, vec![at, at + 2]))
            }
            ["all", "over", "the"] | ["in", "my", "life"] => Some((at + 3, vec![at, at + 2])),
            ["to", "the", "top" | "front"] => Some((at + 3, vec![at + 2])),
            ["nobody" | "everyone" | "everybody", _, _] | ["no", "one", _]
                if of_me() && !opinion() =>
            {
                Some((at + 1, vec![at]))
            }
            ["the" | "a", "whole" | "entire", thing]
                if !OF_SPEECH.contains(&thing) && !is_function(thing) =>
            {
                Some((at + 3, vec![at + 1, at + 2]))
            }
            _ => None,
        }
    }
}
