//! Things named in one breath: "in retail, banking and mining", where one of them is the
//! posting's alone; and deeds of light verbs ("I do their yearly reviews").
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    phrases::FIRST,
    reading::Reading,
    word::{is_core, is_function, states},
};

impl Reading<'_> {
    /// Lists behind a preposition, of which some things are the person's and one is not.
    pub(super) fn lists(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        for at in clause.tokens.clone() {
            if !matches!(
                self.word(at),
                "in" | "for" | "across" | "from" | "with" | "between"
            ) {
                continue;
            }
            let items = self.items(clause, at + 1);
            let is_held = |at: usize| !self.lines_with(self.root(at)).is_empty();
            let says = |at: usize| {
                let word = self.word(at);
                !is_function(word) && (!is_core(self.root(at)) || states(word))
            };
            let of_person = items
                .iter()
                .filter(|at| says(**at) && is_held(**at))
                .count();
            if items.len() < 2 || of_person == 0 {
                continue;
            }
            let asked = |at: usize| {
                let mut lines = self.index.posting.iter();
                lines.any(|line| line.roots.contains(self.root(at)))
            };
            let lacking: Vec<usize> = items
                .iter()
                .copied()
                .filter(|at| says(*at) && !is_held(*at) && !self.is_taken(*at) && asked(*at))
                .collect();
            for at in lacking {
                let why = format!("only the posting says “{}”", self.word(at));
                self.claim(at..at + 1, ClaimKind::Word, Err(why));
            }
        }
    }

    /// The single words that are listed from a token on.
    fn items(&self, clause: &Clause, first: usize) -> Vec<usize> {
        let mut items = Vec::new();
        let mut at = first;
        while clause.tokens.contains(&at) && !is_function(self.word(at)) {
            items.push(at);
            let comma = self
                .tokens
                .get(at)
                .is_some_and(|token| token.after.contains(','));
            let and = usize::from(matches!(self.word(at + 1), "and" | "or"));
            if !comma && and == 0 {
                break;
            }
            at += 1 + and;
        }
        items
    }

    /// "I do their yearly reviews": what is done stands behind, and nowhere else.
    pub(super) fn light_deeds(&mut self, clause: &Clause) {
        const LIGHT: &[&str] = &[
            "do",
            "did",
            "done",
            "conduct",
            "conducted",
            "perform",
            "performed",
            "hold",
            "held",
            "carry",
            "carried",
            "give",
            "gave",
            "handle",
            "handled",
            "run",
            "ran",
            "organise",
            "organised",
            "arrange",
            "arranged",
        ];
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        let speaks = |at: usize| {
            let near = |from: usize| (from..at).any(|at| FIRST.contains(&self.word(at)));
            let joined = at.checked_sub(1).is_some_and(|at| self.word(at) == "and");
            near(clause.tokens.start.max(at.saturating_sub(3)))
                || joined && near(clause.tokens.start)
        };
        let light: Vec<usize> = clause
            .tokens
            .clone()
            .filter(|at| LIGHT.contains(&self.word(*at)) && speaks(*at))
            .collect();
        for verb in light {
            let Some(noun) = self.done_by(clause, verb) else {
                continue;
            };
            let is_known = self.is_taken(noun)
                || self.is_number(noun)
                || is_core(self.root(noun)) && !is_claim(self.word(noun))
                || self
                    .index
                    .person
                    .iter()
                    .any(|line| self.stands_in(noun, line) || self.is_kin_in(noun, line));
            if !is_known {
                let why = format!("your profile does not say “{}”", self.word(noun));
                self.claim(noun..noun + 1, ClaimKind::Word, Err(why));
            }
        }
    }

    /// "I analysed grid loads": the posting's word before the person's own.
    pub(super) fn compounds(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        let Some((verb, _)) = self.deed(clause).filter(|(verb, _)| self.is_past(*verb)) else {
            return;
        };
        for at in verb + 1..clause.tokens.end.min(verb + 4) {
            let joined = self.tokens.get(at).is_some_and(|token| token.after == " ");
            let held = |at: usize| !self.lines_with(self.root(at)).is_empty();
            let asked = self
                .index
                .posting
                .iter()
                .any(|line| line.roots.contains(self.root(at)));
            let is_one = joined
                && asked
                && !self.is_taken(at)
                && !is_function(self.word(at))
                && !is_core(self.root(at))
                && !self.is_number(at)
                && !held(at)
                && !is_function(self.word(at + 1))
                && held(at + 1)
                && clause.learned_from.is_none_or(|from| at < from);
            if is_one {
                let why = format!("only the posting says “{}”", self.word(at));
                self.claim(at..at + 1, ClaimKind::Word, Err(why));
            }
        }
    }

    /// The noun that is done behind a light verb.
    fn done_by(&self, clause: &Clause, verb: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        let mut from = verb + 1 + usize::from(self.word(verb + 1) == "out");
        while is_function(self.word(from)) && from < clause.tokens.end {
            // "I did it for years": nothing is named.
            if !matches!(
                self.word(from),
                "the"
                    | "a"
                    | "an"
                    | "my"
                    | "our"
                    | "their"
                    | "his"
                    | "her"
                    | "its"
                    | "all"
                    | "some"
            ) {
                return None;
            }
            from += 1;
        }
        let run = (from..clause.tokens.end.min(from + LONGEST)).take_while(|at| {
            let parted = *at > from
                && self
                    .tokens
                    .get(at - 1)
                    .is_some_and(|token| token.after.trim() != "");
            !is_function(self.word(*at)) && !parted
        });
        run.last()
    }
}

/// Whether a word is listed as a claim, or what it is done of ("hiring" of "hire").
fn is_claim(word: &str) -> bool {
    let silent = word.strip_suffix("ing").map(|stem| format!("{stem}e"));
    states(word) || silent.is_some_and(|base| states(&base))
}
