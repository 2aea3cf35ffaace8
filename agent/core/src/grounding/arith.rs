//! Numbers that follow from one fact: how much less it is, what share, how many a month,
//! the same time in another unit, the length of a position.
#![deny(clippy::indexing_slicing)]

use std::collections::HashSet;

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    ground::Line,
    number::{Number, numbers, same},
    reading::Reading,
    token::tokens,
    unit::{factor, fell_by, is_way, unit_of},
    word::is_core,
};

/// Half a percent: shares are told in whole ones.
const PERCENT: f64 = 0.5;
/// Words behind a number that say it is a difference.
const LESS: &[&str] = &[
    "less", "fewer", "faster", "shorter", "cheaper", "lighter", "lower", "quicker", "smaller",
];
const MORE: &[&str] = &["more", "longer", "higher", "larger", "bigger"];

impl Reading<'_> {
    /// The line from which a number follows, by its place.
    pub(super) fn derived(&self, clause: &Clause, number: Number) -> Option<usize> {
        if self.unit_behind(number) == Some("month")
            && let Some(line) = self.months_held(clause, number)
        {
            return Some(line);
        }
        let said = self.said_near(clause);
        let lines = self.index.person.iter().enumerate();
        let mut lines = lines.filter(|(_, line)| !line.is_title && !line.numbers.is_empty());
        let found = lines.find(|(_, line)| {
            self.is_difference(clause, number, line, &said)
                || self.is_share(clause, number, line, &said)
                || self.is_part(clause, number, line)
                || self.is_rate(number, line, &said)
                || self.is_converted(clause, number, line)
        });
        found.map(|(at, _)| at)
    }

    /// Numbers of the sentence, and of the one before it where the clause points there
    /// ("That is 35 percent less.").
    fn said_near(&self, clause: &Clause) -> Vec<f64> {
        let points = matches!(
            self.word(clause.tokens.start),
            "that" | "this" | "so" | "which" | "it" | "these"
        );
        let near = self.clauses.iter().filter(|one| {
            one.sentence == clause.sentence || points && one.sentence + 1 == clause.sentence
        });
        let inside = |one: &&Number| near.clone().any(|part| part.tokens.contains(&one.from));
        let numbers = self.numbers.iter().filter(inside);
        numbers.map(|one| one.value).collect()
    }

    /// Whether the clause tells of a line: two of its words, and one that is telling.
    fn tells_of(&self, clause: &Clause, line: &Line) -> bool {
        let sentence = self
            .clauses
            .iter()
            .filter(|one| one.sentence == clause.sentence);
        let words = sentence.clone().flat_map(|one| one.tokens.clone());
        let mut told: HashSet<String> = sentence.flat_map(|one| self.told(one, &(0..0))).collect();
        let units = words.filter(|at| unit_of(self.word(*at)).is_some());
        for at in units {
            told.remove(self.root(at));
        }
        let held = told.iter().filter(|root| line.roots.contains(*root));
        held.clone().count() >= 2 && held.clone().any(|root| !is_core(root))
    }

    fn are_said(said: &[f64], pair: [f64; 2]) -> bool {
        let is_said = |value: &f64| said.iter().any(|one| same(*one, *value));
        pair.iter().all(is_said)
    }

    /// Whether a number is a difference or a share of a line that states it as something
    /// else: "by 20 minutes" of what went from 30 to 20, "9 out of 9" of 8 out of 9.
    pub(super) fn is_otherwise(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let differs = match self.difference_way(clause, number) {
            Some(Some(true)) => {
                !line.words.iter().any(|word| LESS.contains(&word.as_str()))
                    && !fell_by(line, number.value)
            }
            Some(None) => {
                let near = clause.tokens.start.max(number.from.saturating_sub(8))..number.from;
                let goes = near
                    .into_iter()
                    .any(|at| is_way(self.word(at)) || self.word(at).starts_with("sav"));
                goes && !line.words.iter().any(|word| word == "by")
                    && line.words.iter().any(|word| word == "to")
            }
            Some(Some(false)) | None => false,
        };
        let next = self.numbers.iter().find(|one| one.from >= number.to);
        let before = self.numbers.iter().rev().find(|one| one.to <= number.from);
        let out_of = |part: &Number, all: &Number| {
            self.word(part.to) == "out" && self.word(part.to + 1) == "of" && part.to + 2 == all.from
        };
        let states = |part: f64, all: f64| {
            let mut pairs = line.numbers.windows(2);
            pairs.any(|pair| matches!(pair, [a, b] if same(*a, part) && same(*b, all)))
        };
        let of_next =
            next.is_some_and(|next| out_of(&number, next) && !states(number.value, next.value));
        let of_before = before
            .is_some_and(|before| out_of(before, &number) && !states(before.value, number.value));
        differs || of_next || of_before
    }

    /// "I halved the costs": a line says so or states a half of what was.
    pub(super) fn halves(&mut self, clause: &Clause) {
        const NEAR_HALF: std::ops::RangeInclusive<f64> = 0.45..=0.55;
        let is_half = |at: &usize| matches!(self.word(*at), "halved" | "halving" | "halve");
        let Some(at) = clause.tokens.clone().find(is_half) else {
            return;
        };
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
        {
            return;
        }
        let is_stated = self.index.person.iter().any(|line| {
            let mut pairs = line.numbers.windows(2);
            let half = pairs
                .any(|pair| matches!(pair, [a, b] if *a > 0.0 && NEAR_HALF.contains(&(b / a))));
            line.roots.contains(self.root(at))
                || line.text.contains("50%")
                || line.words.iter().any(|word| word == "half")
                || half && self.tells_of(clause, line)
        });
        if !is_stated {
            let why = "your profile does not say that it became half".to_owned();
            self.claim(at..at + 1, ClaimKind::Number, Err(why));
        }
    }

    /// Whether a number is put as a difference, and which way: `Some(true)` for less.
    pub(super) fn difference_way(&self, clause: &Clause, number: Number) -> Option<Option<bool>> {
        let behind = number.to..clause.tokens.end.min(number.to + 3);
        let word = |words: &[&str]| behind.clone().any(|at| words.contains(&self.word(at)));
        let near = clause.tokens.start.max(number.from.saturating_sub(3))..number.from;
        let mut near = near.map(|at| self.word(at)).rev();
        let by = near.clone().take(2).any(|word| word == "by")
            || near.any(|word| matches!(word, "saved" | "saving" | "save" | "saves"));
        match (word(LESS), word(MORE), by) {
            (true, _, _) => Some(Some(true)),
            (_, true, _) => Some(Some(false)),
            (_, _, true) => Some(None),
            _ => None,
        }
    }

    /// "by 300 euros", "five fewer": the two numbers of a line that stand beside each
    /// other differ so, and the right way.
    fn is_difference(&self, clause: &Clause, number: Number, line: &Line, said: &[f64]) -> bool {
        let way = self.difference_way(clause, number);
        let mut pairs = line.numbers.windows(2);
        self.fits_units(clause, number, line)
            && pairs.any(|pair| match pair {
                [a, b] => {
                    let both = Self::are_said(said, [*a, *b]);
                    let put = match way {
                        Some(way) => {
                            way.is_none_or(|less| less == (a > b))
                                && (both || self.tells_of(clause, line))
                        }
                        None => both && self.unit_behind(number).is_some(),
                    };
                    same((a - b).abs(), number.value)
                        && put
                        && !self.turns_round(clause, number, line)
                }
                _ => false,
            })
    }

    /// "35 percent less" of what fell from 20,000 to 13,000.
    fn is_share(&self, clause: &Clause, number: Number, line: &Line, said: &[f64]) -> bool {
        let Some(way) = self.difference_way(clause, number) else {
            return false;
        };
        let mut pairs = line.numbers.windows(2);
        self.unit_behind(number) == Some("%")
            && !self.turns_round(clause, number, line)
            && pairs.any(|pair| match pair {
                [a, b] if *a > 0.0 && a != b => {
                    let share = (a - b).abs() / a * 100.0;
                    (share - number.value).abs() <= PERCENT
                        && way.is_none_or(|less| less == (a > b))
                        && (Self::are_said(said, [*a, *b]) || self.tells_of(clause, line))
                }
                _ => false,
            })
    }

    /// "four out of five" of 80 percent.
    fn is_part(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let at = self.numbers.iter().position(|one| one.from == number.from);
        let Some(at) = at else { return false };
        let near = |at: Option<usize>| at.and_then(|at| self.numbers.get(at)).copied();
        let is_out_of = |part: Number, all: Number| {
            let between: Vec<&str> = (part.to..all.from).map(|at| self.word(at)).collect();
            matches!(between.as_slice(), ["out", "of"] | ["in"] | ["of"])
                && clause.tokens.contains(&all.from)
                && part.value < all.value
        };
        let pairs = [
            (Some(number), near(Some(at + 1))),
            (near(at.checked_sub(1)), Some(number)),
        ];
        let mut pairs = pairs
            .into_iter()
            .filter_map(|(part, all)| Some((part?, all?)))
            .filter(|(part, all)| is_out_of(*part, *all));
        line.text.contains('%')
            && self.tells_of(clause, line)
            && pairs.any(|(part, all)| {
                let share = part.value / all.value * 100.0;
                line.numbers.iter().any(|one| same(*one, share))
            })
    }

    /// "300 a month" of 600 in two months.
    fn is_rate(&self, number: Number, line: &Line, said: &[f64]) -> bool {
        let each = matches!(self.word(number.to), "a" | "per" | "each" | "every");
        let Some(unit) = unit_of(self.word(number.to + 1)).filter(|_| each) else {
            return false;
        };
        let read = tokens(&line.text);
        let stated = numbers(&read);
        let unit_at = |one: &Number| read.get(one.to).and_then(|token| unit_of(&token.lower));
        let mut spans = stated.iter().filter(|one| unit_at(one) == Some(unit));
        spans.any(|span| {
            let mut all = stated.iter().filter(|one| one.from != span.from);
            all.any(|one| {
                same(one.value / span.value, number.value)
                    && Self::are_said(said, [one.value, span.value])
            })
        })
    }

    /// "one and a half hours" of 90 minutes. A number without a unit has that of the
    /// number before it ("from six hours to one and a half").
    fn is_converted(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let before = self
            .numbers
            .iter()
            .rev()
            .find(|one| one.to <= number.from && clause.tokens.contains(&one.from));
        let unit = self
            .unit_behind(number)
            .or_else(|| self.unit_behind(*before?));
        let Some((kind, times)) = unit.and_then(factor) else {
            return false;
        };
        let read = tokens(&line.text);
        let is_same = |one: &Number| {
            let stated = read.get(one.to).and_then(|token| unit_of(&token.lower));
            let stated = stated.and_then(factor);
            stated.is_some_and(|(other, by)| {
                other == kind && !same(by, times) && same(one.value * by, number.value * times)
            })
        };
        self.tells_of(clause, line)
            && !self.turns_round(clause, number, line)
            && numbers(&read).iter().any(is_same)
    }

    /// The months of a position: of the employer that the sentence names, or, where it
    /// names none, of one at which they are said to have been.
    fn months_held(&self, clause: &Clause, number: Number) -> Option<usize> {
        let behind = (number.to..number.to + 3).any(|at| self.word(at) == "at");
        let named = match behind {
            true => self
                .named_here(clause)
                .into_iter()
                .map(|one| one.1)
                .collect(),
            false => self.employers_named(clause),
        };
        let role = self.years_in_role(clause, number.from, number.to);
        let today = self.grounds.today;
        let work = self.grounds.profile.work.iter().enumerate();
        let fits = |(at, held): &(usize, &crate::profile::Position)| {
            let Some(start) = held.start else {
                return false;
            };
            let end = held.end.unwrap_or(today);
            let known = start.month > 0 && end.month > 0;
            let years = i32::from(end.year) - i32::from(start.year);
            let months = years * 12 + i32::from(end.month) - i32::from(start.month);
            // The present month has not passed yet.
            let is_it = same(f64::from(months + 1), number.value)
                || held.end.is_none() && same(f64::from(months), number.value);
            let there = match named.is_empty() {
                true => behind && role.is_none(),
                false => named.contains(at),
            };
            known && there && is_it
        };
        let (at, _) = work.into_iter().find(fits)?;
        let id = format!("w{}", at + 1);
        self.index.person.iter().position(|line| line.id == id)
    }
}
