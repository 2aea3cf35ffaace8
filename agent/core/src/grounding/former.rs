//! The posting's employer, told as one that the person has been with already.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    ClaimKind,
    clause::{Clause, Subject},
    deed::{MINDS, inflects},
    phrases::{FEELINGS, FIRST},
    reading::Reading,
    tenure::{HOUSES, OWN_TIMES, TIMES, TO_BE, TOOK_ON, WORKED},
    title::is_role,
};

/// Where a clause names the employer.
struct Named {
    tokens: Range<usize>,
    /// "with you", "in your laboratory".
    is_you: bool,
}

impl Reading<'_> {
    /// The posting's employer, where it is named as one the person was with.
    pub(super) fn former_employer(&mut self, clause: &Clause) {
        let words = &self.index.employer;
        let own = self.index.employers.iter().any(|(name, _)| name == words);
        if own || words.is_empty() {
            return;
        }
        let found = self
            .employer_places(clause)
            .into_iter()
            .filter(|named| {
                clause
                    .denied_from
                    .is_none_or(|from| named.tokens.start < from && !self.is_denied_verb(clause))
            })
            .find(|named| self.is_of_the_past(clause, named));
        let found = found.map(|named| named.tokens);
        let found = found.or_else(|| self.left_behind_relative(clause));
        if let Some(tokens) = found {
            let why = "your profile does not name this employer".to_owned();
            self.claim(tokens, ClaimKind::Name, Err(why));
        }
    }

    /// "I have never worked at Globex": the verb is what is denied.
    fn is_denied_verb(&self, clause: &Clause) -> bool {
        let first = clause
            .tokens
            .clone()
            .find(|at| FIRST.contains(&self.word(*at)));
        clause.denied_from.is_some_and(|from| {
            first.is_none_or(|first| from <= first + 3) || from == clause.tokens.start
        })
    }

    /// Every place in a clause that names the employer.
    fn employer_places(&self, clause: &Clause) -> Vec<Named> {
        let words = &self.index.employer;
        let is = |at: usize, word: &String| self.word(at).trim_end_matches("'s") == word;
        let in_full = |at: usize| {
            let mut offsets = words.iter().enumerate();
            offsets.all(|(offset, word)| is(at + offset, word))
        };
        // "Harbourview" of the Harbourview Secondary School.
        let in_short = |at: usize| {
            let capital = self.tokens.get(at).is_some_and(|token| token.is_capital);
            capital
                && words.first().is_some_and(|first| {
                    is(at, first)
                        && first.len() > 3
                        && self.lines_with(&super::token::root(first)).is_empty()
                })
        };
        let place = |at: usize| {
            let length = match (in_full(at), in_short(at)) {
                (true, _) => words.len(),
                (false, true) => 1,
                (false, false) => {
                    let yours = self.word(at) == "your" && HOUSES.contains(&self.word(at + 1));
                    let you = self.word(at) == "you"
                        && (at + 1 == clause.tokens.end || !self.is_verb_of_you(at + 1));
                    return (yours || you).then(|| Named {
                        tokens: at..at + 1 + usize::from(yours),
                        is_you: true,
                    });
                }
            };
            Some(Named {
                tokens: at..at + length,
                is_you: false,
            })
        };
        clause.tokens.clone().filter_map(place).collect()
    }

    /// "with you have": the word is what "you" do.
    fn is_verb_of_you(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "have" | "are" | "ask" | "need" | "want" | "use" | "look" | "do" | "would" | "can"
        )
    }

    /// Whether what is named is told as what the person has been with.
    fn is_of_the_past(&self, clause: &Clause, named: &Named) -> bool {
        let (from, to) = (named.tokens.start, named.tokens.end);
        let back = |step: usize| {
            let at = from.checked_sub(step);
            let at = at.filter(|at| clause.tokens.contains(at));
            at.map_or("", |at| self.word(at))
        };
        let article = usize::from(matches!(back(1), "the"));
        let before = back(1 + article);
        let at_it = matches!(before, "at" | "with" | "in" | "inside" | "within");
        let by = at_it
            || matches!(
                before,
                "for" | "from" | "of" | "joined" | "left" | "by" | "leaving" | "visited" | "since"
            );
        let says = |words: &[&str], range: Range<usize>| {
            range.into_iter().any(|at| words.contains(&self.word(at)))
        };
        let to_be = self.is_to_be(clause);
        let spoken = clause.tokens.start..from;
        let applies = says(
            &["apply", "applying", "applied", "application"],
            clause.tokens.clone(),
        );
        let mine = |reach: usize| {
            spoken.clone().rev().take(reach).any(|at| {
                self.word(at) == "my"
                    && (at + 1..from).any(|at| {
                        OWN_TIMES.contains(&self.word(at))
                            || TIMES.contains(&self.word(at))
                            || WORKED.contains(&self.word(at))
                    })
            })
        };
        if named.is_you {
            // "with you", "in your laboratory": only a time spent there, said before it.
            let near = from.saturating_sub(6).max(clause.tokens.start)..from;
            let worked = [
                "worked",
                "employed",
                "internship",
                "interned",
                "intern",
                "trainee",
                "placement",
                "apprenticeship",
                "apprentice",
                "contractor",
                "volunteered",
                "freelanced",
                "trained",
                "served",
                "spent",
            ];
            let house = self.word(from) == "your" && matches!(back(1), "at" | "in" | "inside");
            return matches!(back(1), "at" | "with" | "for" | "in" | "inside" | "by")
                && !to_be
                && !applies
                && (says(&worked, near) || house && self.did(clause));
        }
        // "Globex employed me", whoever the clause speaks of.
        let me = TOOK_ON.contains(&self.word(to))
            && (to + 1..clause.tokens.end.min(to + 4)).any(|at| self.word(at) == "me");
        // "go back to Globex", "return to Globex", "rejoin Globex"
        let returns = before == "to"
            && matches!(back(2 + article), "back" | "return" | "returning")
            || matches!(before, "rejoin" | "rejoining");
        // "former Globex colleague", "as a Globex intern"
        let ex = matches!(before, "former" | "ex" | "previous" | "formerly");
        let role = (is_role(self.word(to)) || TIMES.contains(&self.word(to)))
            && !to_be
            && says(&["as", "was", "been"], from.saturating_sub(3)..from);
        // "I know Globex from the inside", "from my internship"
        let inside = self.word(to) == "from"
            && matches!(
                (self.word(to + 1), self.word(to + 2)),
                ("inside" | "within" | "my", _) | ("the", "inside")
            );
        // "Globex was my first employer"
        let mine_it = matches!(self.word(to), "was" | "is" | "were" | "became")
            && self.word(to + 1) == "my"
            && !to_be;
        if me || returns || ex || role || inside || mine_it {
            return true;
        }
        if clause.subject == Subject::Posting || !by {
            return false;
        }
        if says(WORKED, clause.tokens.clone()) || mine(8) && !to_be {
            return true;
        }
        if to_be || applies {
            return false;
        }
        let dated = self.numbers.iter().any(|number| {
            clause.tokens.contains(&number.from)
                && (1950.0..=f64::from(self.grounds.today.year)).contains(&number.value)
                && self.word(number.from).len() == 4
        });
        let as_one = spoken.clone().any(|at| {
            matches!(self.word(at), "as" | "when" | "while")
                && (at + 1..from.min(at + 6)).any(|at| is_role(self.word(at)))
        });
        says(TIMES, clause.tokens.clone())
            || dated
            || as_one
            || (at_it || before == "for") && self.did(clause)
    }

    /// Whether the verb of the person says what is still to be: that of the clause, or
    /// where it has none, of the one behind it or before it in the sentence.
    fn is_to_be(&self, clause: &Clause) -> bool {
        let speaks = |one: &Clause| {
            one.tokens
                .clone()
                .find(|at| FIRST.contains(&self.word(*at)))
        };
        let of_sentence = || {
            self.clauses
                .iter()
                .filter(|one| one.sentence == clause.sentence && speaks(one).is_some())
        };
        let own = speaks(clause).map(|_| clause);
        let behind = || of_sentence().find(|one| one.tokens.start >= clause.tokens.end);
        let before = || of_sentence().rfind(|one| one.tokens.end <= clause.tokens.start);
        let Some(one) = own.or_else(behind).or_else(before) else {
            return clause
                .tokens
                .clone()
                .any(|at| TO_BE.contains(&self.word(at)));
        };
        let Some(first) = speaks(one) else {
            return false;
        };
        let near = first..one.tokens.end.min(first + 5);
        let first_verb = near
            .clone()
            .find(|at| TO_BE.contains(&self.word(*at)) || self.is_past(*at) && *at > first);
        first_verb.is_some_and(|at| TO_BE.contains(&self.word(at)))
            || one.tokens.start == clause.tokens.start
                && near.clone().any(|at| self.word(at) == "am")
                && clause
                    .tokens
                    .clone()
                    .any(|at| TO_BE.contains(&self.word(at)))
    }

    /// Whether the clause tells of a deed of the person that is done.
    fn did(&self, clause: &Clause) -> bool {
        let mut firsts = clause.tokens.clone();
        let Some(first) = firsts.find(|at| FIRST.contains(&self.word(*at))) else {
            return false;
        };
        let reach = first + 1..clause.tokens.end.min(first + 5);
        let verb = reach.into_iter().find(|at| self.is_past(*at));
        verb.is_some_and(|at| {
            let word = self.word(at);
            let is_mind = MINDS.iter().any(|base| inflects(word, base));
            !is_mind
                && !FEELINGS.contains(&word)
                && !matches!(
                    word,
                    "applied"
                        | "found"
                        | "met"
                        | "prepared"
                        | "chose"
                        | "decided"
                        | "moved"
                        | "made"
                )
        })
    }

    /// "… Globex, where I spent a summer": the place that the relative clause points to.
    fn left_behind_relative(&self, clause: &Clause) -> Option<Range<usize>> {
        let opens = clause.tokens.start;
        let before = opens.checked_sub(1)?;
        let words = &self.index.employer;
        let word = self.word(before).trim_end_matches("'s");
        let named = words.iter().any(|one| one == word)
            || HOUSES.contains(&word)
                && before
                    .checked_sub(1)
                    .is_some_and(|at| self.word(at) == "your");
        let own = clause.tokens.clone();
        let says = |words: &[&str]| own.clone().any(|at| words.contains(&self.word(at)));
        let first = own.clone().any(|at| FIRST.contains(&self.word(at)));
        let points = match (self.word(opens), self.word(opens + 1)) {
            ("where", _) => self.did(clause) || says(WORKED),
            ("which" | "whom", _) => says(&["left", "joined", "quit"]),
            ("for" | "with" | "at", "which" | "whom") => self.did(clause) || says(WORKED),
            _ => false,
        };
        let is_it = named && first && points && clause.denied_from.is_none();
        (is_it && !self.is_to_be(clause)).then_some(before..opens + 1)
    }
}
