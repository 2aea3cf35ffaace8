//! Numbers of anything: what is counted has to be counted so where it stands.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::Clause,
    ground::{Line, Place},
    number::{Number, figures, same},
    reading::{Found, Reading, posted, rest},
    time::ROUNDED,
    word::{is_function, is_plain},
};

/// What letters count without saying anything ("two things").
const THINGS: &[&str] = &[
    "thing", "reason", "point", "word", "sentenc", "way", "sid", "aspect", "question", "part",
    "idea",
];

impl Reading<'_> {
    /// All other numbers.
    pub(super) fn numbers(&mut self, clause: &Clause) {
        for number in self.numbers_of(clause) {
            let next = self.root(number.to);
            if number.value <= 4.0 && THINGS.contains(&next) {
                continue;
            }
            if self.is_manner_of_speaking(number.from) {
                continue;
            }
            let found = self.counted(clause, number);
            self.claim(number.from..number.to, ClaimKind::Number, found);
        }
    }

    /// "look twice", "half of each": nothing is counted.
    pub(super) fn is_manner_of_speaking(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.root(at));
        let after = self.word(at + 2);
        match self.word(at) {
            "twice" => matches!(before, "look" | "think" | "check" | "read"),
            "half" => self.word(at + 1) == "of" && matches!(after, "each" | "it" | "them"),
            _ => false,
        }
    }

    /// "the last five as an engineer", "I have eight", after years were spoken of.
    fn is_left_out_years(&self, clause: &Clause, number: Number) -> bool {
        let ends = number.to == clause.tokens.end;
        let mut sentence = self
            .clauses
            .iter()
            .filter(|one| one.sentence == clause.sentence);
        let speaks = |one: &Clause| one.tokens.clone().any(|at| self.root(at) == "year");
        (ends || self.word(number.to) == "as") && sentence.any(speaks)
    }

    pub(super) fn numbers_of(&self, clause: &Clause) -> Vec<Number> {
        let inside = self
            .numbers
            .iter()
            .filter(|number| clause.tokens.contains(&number.from));
        inside
            .filter(|number| !self.is_taken(number.from))
            .copied()
            .collect()
    }

    fn counted(&self, clause: &Clause, number: Number) -> Found {
        let states = |line: &Line| {
            line.numbers
                .iter()
                .any(|stated| same(*stated, number.value))
        };
        let what = self.tokens.get(number.from..number.to).unwrap_or_default();
        let what: Vec<&str> = what.iter().map(|token| token.lower.as_str()).collect();
        let what = what.join(" ");
        if self.may_be_the_postings(clause, number.from)
            && let Some(line) = self.index.posting.iter().find(|line| states(line))
        {
            return Ok(posted(line));
        }
        let profile = self.grounds.profile;
        let have = match self.root(number.to) {
            "employ" | "company" | "compan" | "job" | "position" | "role" | "posit" => {
                profile.work.len()
            }
            "languag" => profile.languages.len(),
            _ => 0,
        };
        if have > 0 && same(number.value, have as f64) {
            let place = if self.root(number.to) == "languag" {
                Place::Language
            } else {
                Place::Position(0)
            };
            if let Some(line) = self.index.person.iter().find(|line| line.place == place) {
                return Ok(rest(line));
            }
        }
        if self.is_left_out_years(clause, number)
            && number.value <= self.index.years + ROUNDED
            && let Some(line) = self.index.person.iter().find(|line| line.is_title)
        {
            return Ok(rest(line));
        }
        let around = self.around(clause, number);
        let lines: Vec<usize> = self
            .index
            .person
            .iter()
            .enumerate()
            .filter(|(_, line)| states(line) && around.iter().any(|root| line.roots.contains(root)))
            .map(|(at, _)| at)
            .collect();
        self.rest_of(clause, &lines, &what)
    }

    /// Roots of the words beside a number that say what it counts.
    fn around(&self, clause: &Clause, number: Number) -> Vec<String> {
        let is_word = |at: &usize| {
            let word = self.word(*at);
            !is_function(word) && figures(word).is_none()
        };
        let telling = |at: &usize| is_word(at) && !is_plain(self.word(*at));
        let after: Vec<usize> = (number.to..clause.tokens.end).take(6).collect();
        let before: Vec<usize> = (clause.tokens.start..number.from).rev().take(7).collect();
        let some = |fits: &dyn Fn(&usize) -> bool| -> Vec<usize> {
            let after = after.iter().copied().filter(|at| fits(at)).take(2);
            let before = before.iter().copied().filter(|at| fits(at)).take(3);
            after.chain(before).collect()
        };
        let mut found = some(&telling);
        if found.is_empty() {
            found = some(&is_word);
        }
        // What is counted stands behind the number, be it a plain word.
        found.extend(after.iter().copied().find(|at| is_word(at)));
        if number.to == clause.tokens.end {
            // "carriers: I have done it with nine": the sentence says what is counted.
            let sentence = self
                .clauses
                .iter()
                .filter(|one| one.sentence == clause.sentence);
            found.extend(sentence.flat_map(|one| one.tokens.clone()).filter(telling));
        }
        found
            .into_iter()
            .map(|at| self.root(at).to_owned())
            .collect()
    }
}
