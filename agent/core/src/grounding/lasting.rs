//! For how long: a time that is said of a deed, of an employer or of a role has to be
//! theirs, and of no other.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    ground::{Line, Place},
    kin::are_kin,
    number::{Number, numbers, same},
    reading::Reading,
    time::ROUNDED,
    token::{Token, tokens},
    unit::unit_of,
    word::{is_core, is_function},
};

/// Words before a time in which a deed was done.
const WITHIN: &[&str] = &[
    "in",
    "within",
    "over",
    "after",
    "during",
    "took",
    "take",
    "takes",
    "needed",
    "spent",
    "inside",
    "me",
    "us",
    "throughout",
];
/// Words between those and the time.
const ABOUT: &[&str] = &[
    "only", "just", "less", "than", "about", "under", "barely", "the", "last", "past", "space",
    "of", "my", "first", "more", "almost", "nearly", "around", "roughly", "some", "these", "those",
    "over", "at", "least", "most", "good", "full", "a",
];
/// By how much a time at an employer may be told too short, in years.
const SHORT: f64 = 1.0;

/// A time of years, months or weeks.
struct Time {
    from: usize,
    to: usize,
    months: f64,
}

/// The times that tokens write.
fn times(read: &[Token], counted: &[Number]) -> Vec<Time> {
    let word = |at: usize| read.get(at).map_or("", |token| token.lower.as_str());
    let months = |unit: &str| {
        Some(match unit_of(unit)? {
            "year" if unit.starts_with("decade") => 120.0,
            "year" => 12.0,
            "month" => 1.0,
            "week" => 12.0 / 52.0,
            _ => return None,
        })
    };
    let mut found: Vec<Time> = Vec::new();
    for number in counted {
        let at = number.to + usize::from(matches!(word(number.to), "full" | "whole" | "short"));
        if let Some(each) = months(word(at)) {
            found.push(Time {
                from: number.from,
                to: at + 1,
                months: number.value * each,
            });
        }
    }
    for at in 0..read.len() {
        let single = usize::from(matches!(word(at + 1), "single" | "whole" | "full"));
        let is_one = matches!(word(at), "a" | "one" | "an")
            && !counted.iter().any(|one| (one.from..one.to).contains(&at));
        let timed = at
            .checked_sub(1)
            .is_some_and(|at| WITHIN.contains(&word(at)));
        if let Some(each) = months(word(at + 1 + single)).filter(|_| is_one && timed) {
            let end = at + 2 + single;
            // "a year and a half"
            let half = matches!(
                (word(end), word(end + 1), word(end + 2)),
                ("and", "a", "half")
            );
            found.push(Time {
                from: at,
                to: end + if half { 3 } else { 0 },
                months: each * if half { 1.5 } else { 1.0 },
            });
        }
    }
    found
}

impl Reading<'_> {
    /// "in two years" of what the fact says took three.
    pub(super) fn durations(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        let all = times(&self.tokens, &self.numbers);
        let inside: Vec<&Time> = all
            .iter()
            .filter(|one| clause.tokens.contains(&one.from))
            .collect();
        let wrong = inside.into_iter().find(|one| {
            self.is_of_deed(clause, one)
                && self
                    .lines_timed(clause)
                    .is_some_and(|stated| !stated.iter().any(|months| same(*months, one.months)))
        });
        if let Some(range) = wrong.map(|one| one.from..one.to) {
            let why = "your profile states another time for this".to_owned();
            self.claim(range, ClaimKind::Years, Err(why));
        }
    }

    /// Whether a time is one in which something was done, and not the length of a
    /// position or of work in all.
    fn is_of_deed(&self, clause: &Clause, time: &Time) -> bool {
        let mut before = (clause.tokens.start..time.from).rev();
        let opens = before.find(|at| !ABOUT.contains(&self.word(*at)) || self.word(*at) == "over");
        let within = opens.is_some_and(|at| WITHIN.contains(&self.word(at)))
            || matches!(self.word(time.to), "later" | "on");
        let years = time.months / 12.0;
        let of_position = matches!(self.word(time.to), "at" | "with" | "for" | "as") && {
            let held = self.employer_of_time(clause, time.from, time.to);
            let there = self.index.years_in(self.grounds, &held);
            (there - years).abs() <= 2.0 * ROUNDED
        };
        let of_work = matches!(
            self.word(time.to),
            "in" | "of" | "ago" | "before" | "earlier"
        );
        within && !of_position && !of_work
    }

    /// The times that lines state for the deed that the figures of the sentence, or else
    /// its words, rest on.
    fn lines_timed(&self, clause: &Clause) -> Option<Vec<f64>> {
        let sentence: Vec<&Clause> = self
            .clauses
            .iter()
            .filter(|one| one.sentence == clause.sentence)
            .collect();
        let all = times(&self.tokens, &self.numbers);
        let is_time = |number: &Number| all.iter().any(|one| one.from == number.from);
        let said: Vec<f64> = self
            .numbers
            .iter()
            .filter(|one| sentence.iter().any(|part| part.tokens.contains(&one.from)))
            .filter(|one| !is_time(one))
            .map(|one| one.value)
            .collect();
        let told: std::collections::HashSet<String> = sentence
            .iter()
            .flat_map(|one| self.told(one, &(0..0)))
            .collect();
        let mut found = Vec::new();
        for line in self.index.person.iter().filter(|line| !line.is_title) {
            let read = tokens(&line.text);
            let counted = numbers(&read);
            let stated = times(&read, &counted);
            let own: Vec<&Time> = stated
                .iter()
                .filter(|one| {
                    let before = one.from.checked_sub(1).and_then(|at| read.get(at));
                    before.is_some_and(|token| WITHIN.contains(&token.lower.as_str()))
                })
                .collect();
            if own.is_empty() {
                continue;
            }
            let figures = said.iter().any(|value| {
                counted.iter().any(|one| {
                    same(one.value, *value) && !own.iter().any(|time| time.from == one.from)
                })
            });
            let held = told.iter().filter(|root| line.roots.contains(*root));
            let telling = held.clone().any(|root| !is_core(root));
            if telling && (figures || held.count() >= 2) {
                found.extend(own.iter().map(|one| one.months));
                // Any time of a line that states more than one is the line's own.
                found.extend(stated.iter().map(|one| one.months));
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// The positions at the employer of which a time is said: "two years at Globex", "at
    /// Globex for two years", "for two years I worked for Globex".
    pub(super) fn employer_of_time(&self, clause: &Clause, from: usize, to: usize) -> Vec<usize> {
        let named = self.named_here(clause);
        let ends = |at: usize| {
            matches!(
                self.word(at),
                "before" | "after" | "until" | "when" | "then" | "while" | "since"
            ) || self.is_number(at)
                || self.word(at) == "and" && self.is_past(at + 1)
                || self
                    .tokens
                    .get(at)
                    .is_some_and(|token| token.after.contains([',', ';', '(']))
        };
        let free = |mut range: Range<usize>| !range.any(ends);
        let behind = || -> Vec<usize> {
            let near = named
                .iter()
                .filter(|(place, _)| *place >= to && free(to.saturating_sub(1)..*place));
            near.map(|(_, position)| *position).collect()
        };
        if matches!(self.word(to), "at" | "with" | "for" | "in") {
            return behind();
        }
        let mut opens = (clause.tokens.start..from).rev();
        let opens = opens.find(|at| !ABOUT.contains(&self.word(*at)) || self.word(*at) == "over");
        let lasts = opens.filter(|at| matches!(self.word(*at), "for" | "over" | "spent"));
        let Some(lasts) = lasts else {
            return Vec::new();
        };
        let before = named
            .iter()
            .filter(|(place, _)| *place < lasts && free(*place..lasts));
        let last = before.clone().map(|(place, _)| *place).max();
        match last {
            Some(last) => before
                .filter(|(place, _)| *place == last)
                .map(|(_, position)| *position)
                .collect(),
            // "For two years I worked for Globex"
            None if matches!(self.word(to), "i" | "i've") => behind(),
            None => Vec::new(),
        }
    }

    /// Why a time of work cannot be that at the employer it is said of.
    pub(super) fn not_there_for(
        &self,
        clause: &Clause,
        time: &Range<usize>,
        years: f64,
        rounded: f64,
    ) -> Option<String> {
        let held = self.employer_of_time(clause, time.start, time.end);
        if held.is_empty() {
            return None;
        }
        let there = self.index.years_in(self.grounds, &held);
        let worked = (clause.tokens.start..time.start).any(|at| {
            matches!(self.word(at), "worked" | "stayed" | "been") && !self.is_cut_before(clause, at)
        });
        let open = (time.start.saturating_sub(3)..time.start).any(|at| {
            matches!(
                self.word(at),
                "than" | "over" | "least" | "first" | "last" | "past"
            )
        });
        let plain = matches!(
            self.word(time.end),
            "" | "before" | "until" | "and" | "at" | "for"
        );
        let too_short = worked && plain && !open && years + SHORT < there;
        (years > there + rounded || too_short)
            .then(|| format!("you were there for {there:.1} years"))
    }

    /// "worked as a nurse there": a role may have been held for a part of the time.
    fn is_cut_before(&self, clause: &Clause, at: usize) -> bool {
        (at + 1..clause.tokens.end.min(at + 3))
            .any(|at| matches!(self.word(at), "as" | "a" | "an" | "in" | "on"))
    }

    /// Why "I have sold bicycles for nine years" is not so: the positions that state the
    /// deed, summed, are shorter.
    pub(super) fn not_done_for(
        &self,
        clause: &Clause,
        from: usize,
        years: f64,
        rounded: f64,
    ) -> Option<String> {
        const LIGHT: &[&str] = &[
            "work", "live", "be", "use", "do", "know", "have", "stay", "spend", "gain", "collect",
            "serve", "study", "hold", "practise", "go", "call", "move", "spent", "held", "known",
            "lived", "worked", "been", "had", "done",
        ];
        let mut opens = (clause.tokens.start..from).rev();
        let opens =
            opens.find(|at| !ABOUT.contains(&self.word(*at)) || self.word(*at) == "over")?;
        if !matches!(self.word(opens), "for" | "over" | "during" | "spent") {
            return None;
        }
        let first = clause
            .tokens
            .clone()
            .find(|at| matches!(self.word(*at), "i" | "i've"))?;
        let has = self.word(first) == "i've" || self.word(first + 1) == "have";
        let verb = (first + 1..clause.tokens.end.min(first + 6)).find(|at| {
            !matches!(
                self.word(*at),
                "have" | "been" | "also" | "now" | "already" | "not"
            ) && !self.word(*at).ends_with("ly")
        })?;
        let continues = self.word(verb).ends_with("ing");
        if !(has && (self.is_past(verb) || continues || self.word(verb).ends_with("en"))
            || self.is_past(verb))
            || LIGHT
                .iter()
                .any(|base| super::deed::inflects(self.word(verb), base))
        {
            return None;
        }
        // Who builds is called an engineer or a developer, whatever each line says.
        let makes = matches!(self.root(verb), "build" | "develop" | "program");
        // What is done may stand in a title: a backend engineer builds backends.
        let to = match opens > verb {
            true => opens,
            false => clause.tokens.end.min(verb + 5),
        };
        // To write software is a whole trade, whatever each line calls it.
        if (verb + 1..to).any(|at| matches!(self.word(at), "software" | "code")) {
            return None;
        }
        let things: Vec<usize> = (verb + 1..to)
            .filter(|at| !is_function(self.word(*at)) && self.root(*at).len() > 3)
            .collect();
        let says = |line: &Line| {
            line.roots.contains(self.root(verb))
                || makes && line.is_title && line.words.iter().any(|word| is_maker(word))
                || line.words.iter().any(|word| {
                    are_kin(self.word(verb), word)
                        || things.iter().any(|at| are_kin(self.word(*at), word))
                })
        };
        let stated: Vec<&Line> = self.index.person.iter().filter(|line| says(line)).collect();
        if stated.iter().any(|line| line.place == Place::Volunteering) {
            return None;
        }
        let held: Vec<usize> = stated.iter().filter_map(|line| line.position()).collect();
        // Of an employer that is named, the time there is the bound.
        if held.is_empty() && !self.named_here(clause).is_empty() {
            return None;
        }
        let worked = self.index.years_in(self.grounds, &held);
        (years > worked + rounded).then(|| format!("your positions show {worked:.1} years of this"))
    }
}

fn is_maker(word: &str) -> bool {
    matches!(
        word,
        "engineer" | "developer" | "programmer" | "builder" | "architect"
    )
}
