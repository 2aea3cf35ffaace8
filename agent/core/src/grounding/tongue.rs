//! Spoken languages, and how well the person speaks them.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::Clause,
    reading::{Found, Reading, posted, rest},
};
use crate::{
    job::facts::{self, Fluency},
    profile::language_code,
};

impl Reading<'_> {
    /// Spoken languages and how well they are.
    pub(super) fn languages(&mut self, clause: &Clause) {
        let open = self.open(clause);
        let spoken: Vec<(usize, &'static str)> = open
            .into_iter()
            .filter(|at| {
                self.tokens
                    .get(*at)
                    .is_some_and(|token| token.is_capital && token.lower.len() > 3)
            })
            .filter_map(|at| Some((at, language_code(self.word(at))?)))
            .collect();
        let styles = [Side::Before, Side::After].map(|side| {
            let level = |place: usize| self.level_beside(clause, &spoken, place, side);
            (0..spoken.len())
                .map(level)
                .collect::<Vec<Option<Fluency>>>()
        });
        let holds = |levels: &Vec<Option<Fluency>>| {
            spoken
                .iter()
                .zip(levels)
                .all(|((_, code), level)| self.speaks(code, *level).is_ok())
        };
        // Levels stand before the languages or behind them; with one language, around it.
        let [before, after] = styles;
        let levels: Vec<Option<Fluency>> = if spoken.len() == 1 {
            vec![facts::fluency(&self.written(clause))]
        } else if holds(&before) && holds(&after) {
            before.iter().zip(&after).map(|(a, b)| a.or(*b)).collect()
        } else if before.iter().flatten().count() > after.iter().flatten().count() {
            before
        } else {
            after
        };
        for ((at, code), level) in spoken.into_iter().zip(levels) {
            let root = self.root(at);
            let of_posting = self
                .index
                .posting
                .iter()
                .find(|line| line.roots.contains(root));
            let found = match of_posting {
                Some(line) if self.may_be_the_postings(clause, at) => Ok(posted(line)),
                _ => self.speaks(code, level),
            };
            self.claim(at..at + 1, ClaimKind::Language, found);
        }
    }

    fn written(&self, clause: &Clause) -> String {
        let words: Vec<&str> = clause.tokens.clone().map(|at| self.word(at)).collect();
        words.join(" ")
    }

    fn level_beside(
        &self,
        clause: &Clause,
        spoken: &[(usize, &'static str)],
        place: usize,
        side: Side,
    ) -> Option<Fluency> {
        let at = spoken.get(place)?.0;
        let range = match side {
            Side::Before => {
                place
                    .checked_sub(1)
                    .and_then(|before| spoken.get(before))
                    .map_or(clause.tokens.start, |(at, _)| at + 1)..at
            }
            Side::After => {
                at + 1
                    ..spoken
                        .get(place + 1)
                        .map_or(clause.tokens.end, |(at, _)| *at)
            }
        };
        let words: Vec<&str> = range.map(|at| self.word(at)).collect();
        facts::fluency(&words.join(" "))
    }

    fn speaks(&self, code: &str, level: Option<Fluency>) -> Found {
        let profile = self.grounds.profile;
        let spoken = profile
            .languages
            .iter()
            .enumerate()
            .find(|(_, spoken)| spoken.code == code);
        let name = crate::profile::language_name(code);
        let Some((at, spoken)) = spoken else {
            // "German market", where the profile says just that.
            let word = name.to_lowercase();
            let line = self
                .lines_with(&super::token::root(&word))
                .first()
                .and_then(|at| self.index.person.get(*at));
            return match line {
                Some(line) if level.is_none() => Ok(rest(line)),
                _ => Err(format!("your profile does not state {name}")),
            };
        };
        let stated = spoken.fluency.as_deref().and_then(facts::fluency);
        let fits = match (level, stated) {
            (None, _) => true,
            (Some(level), Some(stated)) => rank(level) <= rank(stated),
            (Some(_), None) => false,
        };
        let id = format!("l{}", at + 1);
        match self.index.person.iter().find(|line| line.id == id) {
            Some(line) if fits => Ok(rest(line)),
            _ => Err(format!(
                "your profile states {name} at “{}”",
                spoken.fluency.as_deref().unwrap_or("no level")
            )),
        }
    }
}

/// Where a level stands beside its language.
#[derive(Debug, Clone, Copy)]
enum Side {
    Before,
    After,
}

const fn rank(level: Fluency) -> u8 {
    match level {
        Fluency::A1 => 1,
        Fluency::A2 => 2,
        Fluency::B1 => 3,
        Fluency::B2 => 4,
        Fluency::C1 => 5,
        Fluency::C2 => 6,
        Fluency::Native => 7,
    }
}
