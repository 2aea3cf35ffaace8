//! What is held today and what has ended: "I am a clerk at Globex" of a position that
//! ended, "until 2021" of one that runs.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    dates::is_month,
    ground::{Line, Place},
    number::Number,
    phrases::{FEELINGS, FIRST},
    reading::Reading,
    word::{is_function, is_plain},
};
use crate::profile::Position;

const NOW: &[&str] = &["currently", "now", "today", "nowadays", "presently"];
/// Verbs that look like the present and tell of no deed of it.
const NO_DEEDS: &[&str] = &[
    "have",
    "had",
    "was",
    "were",
    "did",
    "will",
    "would",
    "could",
    "can",
    "cannot",
    "can't",
    "may",
    "might",
    "should",
    "shall",
    "must",
    "know",
    "bring",
    "owe",
    "come",
    "learn",
    "remember",
    "think",
    "believe",
    "like",
    "love",
    "enjoy",
    "hope",
    "want",
    "wish",
    "feel",
    "see",
    "look",
    "understand",
    "mean",
    "say",
    "tell",
    "miss",
    "value",
    "read",
    "learnt",
    "knew",
    "left",
];
/// Words between "I am" and an employer by which it is told of what was.
const FORMERLY: &[&str] = &[
    "was",
    "were",
    "once",
    "formerly",
    "former",
    "previously",
    "until",
    "before",
    "who",
    "that",
    "time",
    "years",
    "days",
    "ex",
    "after",
    "from",
    "since",
    "did",
    "had",
];

impl Reading<'_> {
    /// Positions told as if they ran, and as if they had ended.
    pub(super) fn times_held(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.denied_from.is_some()
            || clause.learns
            || clause.mood == Mood::Wish && !self.says_now(clause)
        {
            return;
        }
        let found = self.ended(clause).or_else(|| self.runs(clause));
        if let Some((at, why)) = found {
            self.claim(at..at + 1, ClaimKind::Date, Err(why));
        }
    }

    fn says_now(&self, clause: &Clause) -> bool {
        clause.tokens.clone().any(|at| NOW.contains(&self.word(at)))
    }

    fn position(&self, at: usize) -> Option<&Position> {
        self.grounds.profile.work.get(at)
    }

    fn has_ended(&self, at: usize) -> bool {
        self.position(at).is_some_and(|held| {
            held.end
                .is_some_and(|end| (end.year, end.month) < self.today())
        })
    }

    fn today(&self) -> (i16, i8) {
        (self.grounds.today.year, self.grounds.today.month)
    }

    /// The employers that the clause itself names: where, and of which positions.
    pub(super) fn named_here(&self, clause: &Clause) -> Vec<(usize, usize)> {
        let names = self.index.employers.iter();
        let found = names.filter_map(|(words, position)| {
            let place = clause.tokens.clone().find(|at| {
                let capital = self.tokens.get(*at).is_some_and(|token| token.is_capital);
                let mut offsets = words.iter().enumerate();
                capital && offsets.all(|(offset, word)| self.word(at + offset) == word)
            })?;
            Some((place, *position))
        });
        found.collect()
    }

    /// The positions whose whole title the clause says.
    fn titled_here(&self, clause: &Clause) -> Vec<usize> {
        let words: Vec<&str> = clause.tokens.clone().map(|at| self.word(at)).collect();
        let held = self.grounds.profile.work.iter().enumerate();
        let said = held.filter(|(_, held)| {
            let title = super::ground::words_of(&held.title);
            !title.is_empty()
                && words
                    .windows(title.len())
                    .any(|window| window.iter().zip(&title).all(|(a, b)| a == b))
        });
        said.map(|(at, _)| at).collect()
    }

    /// A position that ended, told in the present.
    fn ended(&self, clause: &Clause) -> Option<(usize, String)> {
        let named = self.named_here(clause);
        let running = |position: &usize| !self.has_ended(*position);
        let since = self.since(clause);
        let present = self.present(clause);
        let now = clause
            .tokens
            .clone()
            .find(|at| NOW.contains(&self.word(*at)));
        let why = |position: usize| {
            let end = self.position(position).and_then(|held| held.end);
            end.map(|end| format!("that ended in {}", end.year))
        };
        // An employer of whom every position that is named so ended.
        if let Some((place, position)) = named.first()
            && !named.iter().any(|(_, position)| running(position))
        {
            let bound = self.binds(clause, *place);
            let told = present.filter(|verb| verb < place && self.is_close(*verb, *place));
            let now = now.filter(|_| present.is_some());
            let at = told.or(now).filter(|_| bound).or(since)?;
            return Some((at, why(*position)?));
        }
        let titled = self.titled_here(clause);
        let is_held = |title: &str| {
            let words = super::ground::words_of(title);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let lines = self.index.person.iter().filter(|line| line.is_title);
            let mut lines = lines.filter(|line| line.position().is_none_or(|at| running(&at)));
            lines.any(|line| {
                words
                    .iter()
                    .all(|word| line.words.iter().any(|one| one == word))
            })
        };
        let any_runs = (0..self.grounds.profile.work.len()).any(|at| running(&at));
        let lost = titled.first().filter(|_| {
            any_runs
                && named.is_empty()
                && titled.iter().all(|at| {
                    self.has_ended(*at)
                        && self.position(*at).is_some_and(|held| !is_held(&held.title))
                })
        });
        if let Some(position) = lost {
            let is_one = |at: &usize| {
                matches!(self.word(*at), "am" | "i'm" | "work")
                    && (at + 1..at + 4).any(|at| matches!(self.word(at), "a" | "an" | "the" | "as"))
                    && !clause
                        .tokens
                        .clone()
                        .any(|at| FORMERLY.contains(&self.word(at)))
                    && !clause.tokens.clone().any(|at| {
                        matches!(self.word(at), "by" | "applying" | "writing" | "looking")
                    })
            };
            let at = clause.tokens.clone().find(is_one).or(since);
            if let Some(at) = at {
                return Some((at, why(*position)?));
            }
        }
        // "Since 2017 I have been building …": what was done only where one is no more.
        let at = since.or(now.filter(|_| present.is_some()))?;
        let position = self.only_where_ended(clause)?;
        Some((at, why(position)?))
    }

    /// The employer stands behind a word that says one is there.
    fn binds(&self, clause: &Clause, place: usize) -> bool {
        let before = (clause.tokens.start.max(place.saturating_sub(2))..place).rev();
        let mut before = before.map(|at| self.word(at));
        before.any(|word| matches!(word, "at" | "for" | "with" | "of" | "in"))
    }

    /// Nothing between a verb and an employer says that it was.
    fn is_close(&self, verb: usize, place: usize) -> bool {
        let between = verb + 1..place;
        let mut between = between.clone().map(|at| self.word(at));
        let is_past = place
            .checked_sub(2)
            .is_some_and(|at| at > verb && self.is_past(at));
        !is_past && !between.any(|word| FORMERLY.contains(&word))
    }

    /// The verb by which the person tells of the present.
    fn present(&self, clause: &Clause) -> Option<usize> {
        let subject = clause
            .tokens
            .clone()
            .find(|at| FIRST.contains(&self.word(*at)))?;
        if self.word(subject) == "i'm" {
            return self.is_post(clause, subject).then_some(subject);
        }
        if self.word(subject) != "i" {
            return None;
        }
        let verb = (subject + 1..clause.tokens.end).find(|at| {
            !(NOW.contains(&self.word(*at))
                || self.word(*at).ends_with("ly")
                || matches!(self.word(*at), "also" | "still"))
        })?;
        if self.word(verb) == "am" {
            return self.is_post(clause, verb).then_some(verb);
        }
        let looks_after = self.word(verb) == "look" && self.word(verb + 1) == "after";
        let is_deed = looks_after
            || !NO_DEEDS.contains(&self.word(verb))
                && !self.is_past(verb)
                && !is_function(self.word(verb));
        (is_deed).then_some(verb)
    }

    /// "am a", "am responsible for", "am working": what one does, not what one feels.
    fn is_post(&self, clause: &Clause, am: usize) -> bool {
        let next = (am + 1..clause.tokens.end).find(|at| {
            !(NOW.contains(&self.word(*at)) || matches!(self.word(*at), "still" | "also" | "not"))
        });
        next.is_some_and(|next| {
            matches!(
                self.word(next),
                "a" | "an" | "the" | "at" | "with" | "employed" | "responsible" | "in" | "one"
            ) || self.word(next).ends_with("ing") && !FEELINGS.contains(&self.word(next))
        })
    }

    /// "since 2017", of what goes on: "I have been", "I've worked", "I work".
    fn since(&self, clause: &Clause) -> Option<usize> {
        let at = clause.tokens.clone().find(|at| self.word(*at) == "since")?;
        let dated = (at + 1..clause.tokens.end.min(at + 5))
            .any(|at| is_month(self.word(at)) || self.word(at).len() == 4 && self.is_number(at));
        let goes_on = clause.tokens.clone().any(|at| {
            matches!(
                self.word(at),
                "have" | "i've" | "am" | "i'm" | "work" | "been"
            )
        });
        // "since 2017, first as a clerk and now as a nurse"
        let goes_through = clause
            .tokens
            .clone()
            .any(|at| matches!(self.word(at), "first" | "then" | "now" | "later"));
        (dated && goes_on && !goes_through).then_some(at)
    }

    /// The ended position in which alone stands what the clause tells of.
    fn only_where_ended(&self, clause: &Clause) -> Option<usize> {
        let telling = clause.tokens.clone().filter(|at| {
            !is_plain(self.word(*at)) && !self.is_number(*at) && !is_month(self.word(*at))
        });
        telling.into_iter().find_map(|at| {
            let lines = self.lines_with(self.root(at));
            let lines = lines.iter().filter_map(|line| self.index.person.get(*line));
            let held: Vec<Option<usize>> = lines.map(Line::position).collect();
            let first = held.first().copied().flatten()?;
            let ended = |position: &Option<usize>| position.is_some_and(|at| self.has_ended(at));
            held.iter().all(ended).then_some(first)
        })
    }

    /// Whether a line may say what a clause tells of a year: when one graduated stands
    /// with the education, and the whole of a year was spent where one was all of it.
    pub(super) fn may_date(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let studies = clause.tokens.clone().any(|at| self.degree_at(at).is_some());
        let studied = self.grounds.profile.education.iter();
        let dated = studied.clone().any(|one| one.end.or(one.start).is_some());
        if studies && dated && line.place == Place::Text {
            return false;
        }
        let before =
            [2, 1].map(|back| number.from.checked_sub(back).map_or("", |at| self.word(at)));
        let whole = matches!(before, ["whole" | "all", "of"] | [_, "throughout" | "all"]);
        let held = line.position().and_then(|at| self.position(at));
        let all_of_it = held.is_some_and(|held| {
            let begun = held
                .start
                .is_some_and(|one| f64::from(one.year) < number.value || one.month == 1);
            let ended = held
                .end
                .is_some_and(|one| f64::from(one.year) <= number.value && one.month < 12);
            begun && !ended
        });
        !whole || all_of_it || held.is_none() && self.named_here(clause).is_empty()
    }

    /// A position that runs, told as if it had ended.
    fn runs(&self, clause: &Clause) -> Option<(usize, String)> {
        let named = self.named_here(clause);
        let at = clause
            .tokens
            .clone()
            .find(|at| matches!(self.word(*at), "until" | "till"))?;
        let dated = (at + 1..clause.tokens.end.min(at + 5))
            .any(|at| self.word(at).len() == 4 && self.is_number(at));
        let runs = |(_, position): &(usize, usize)| {
            self.position(*position)
                .is_some_and(|held| held.end.is_none())
        };
        let all_run = !named.is_empty() && named.iter().all(runs);
        (dated && all_run).then(|| (at, "that position has not ended".to_owned()))
    }
}
