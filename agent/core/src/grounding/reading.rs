//! Reads a text clause by clause; each kind of claim has its reader.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    Claim, ClaimKind, Grounds, Rest,
    clause::{Clause, Mood, Subject, clauses},
    ground::{Index, Line, Place},
    number::{Number, numbers},
    token::{Token, tokens},
};
use crate::{skill, text};

/// Least share of everyday words in English prose, and the least words to judge by.
const ENGLISH: f64 = 0.18;
const ENOUGH: usize = 12;

/// A text while it is read.
pub(super) struct Reading<'a> {
    pub(super) grounds: &'a Grounds<'a>,
    pub(super) index: &'a Index,
    text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) clauses: Vec<Clause>,
    pub(super) numbers: Vec<Number>,
    /// Skills by their tokens.
    pub(super) skills: Vec<(Range<usize>, String)>,
    /// Tokens that a claim holds.
    taken: Vec<bool>,
    claims: Vec<Claim>,
}

/// Where a claim stands, or why it stands nowhere.
pub(super) type Found = Result<Rest, String>;

impl<'a> Reading<'a> {
    pub(super) fn new(grounds: &'a Grounds<'a>, index: &'a Index, text: &'a str) -> Self {
        let tokens = tokens(text);
        let by_tokens = |range: Range<usize>| {
            let from = tokens
                .iter()
                .position(|token| token.range.end > range.start)?;
            let to = tokens
                .iter()
                .rposition(|token| token.range.start < range.end)?;
            Some(from..to + 1)
        };
        let skills = skill::places(text, &index.aliases).into_iter();
        let skills = skills.filter_map(|(range, label)| Some((by_tokens(range)?, label)));
        Self {
            skills: skills.collect(),
            clauses: clauses(&tokens, &index.employer),
            numbers: numbers(&tokens),
            taken: vec![false; tokens.len()],
            claims: Vec::new(),
            grounds,
            index,
            text,
            tokens,
        }
    }

    /// Reads it all.
    pub(super) fn claims(mut self) -> Vec<Claim> {
        if self.is_foreign() {
            let whole = 0..self.tokens.len();
            self.claim(
                whole,
                ClaimKind::Foreign,
                Err("only English text can be checked".to_owned()),
            );
            return self.claims;
        }
        for clause in self.clauses.clone() {
            if clause.greets {
                self.greeted(&clause);
                continue;
            }
            self.former_employer(&clause);
            self.employers(&clause);
            self.addresses(&clause);
            self.degrees(&clause);
            self.certificates(&clause);
            self.durations(&clause);
            self.years(&clause);
            self.dates(&clause);
            self.numbers(&clause);
            self.languages(&clause);
            self.titles(&clause);
            self.levels(&clause);
            self.skills(&clause);
            self.lists(&clause);
            self.times_held(&clause);
            self.schools(&clause);
            self.made(&clause);
            self.blankets(&clause);
            self.honours(&clause);
            self.praises(&clause);
            self.shares(&clause);
            self.frequencies(&clause);
            self.light_deeds(&clause);
            self.halves(&clause);
            self.compounds(&clause);
            self.borrowed(&clause);
            self.taken_up(&clause);
            self.names(&clause);
            self.words(&clause);
        }
        self.deeds();
        self.claims
            .sort_by_key(|claim| (claim.range.start, claim.range.end));
        self.claims
    }

    fn is_foreign(&self) -> bool {
        // Names of skills are in no language.
        let is_skill = |at: usize| {
            self.skills.iter().any(|(range, _)| range.contains(&at))
                || self.lines_with(self.root(at)).iter().any(|line| {
                    let line = self.index.person.get(*line);
                    line.is_some_and(|line| line.place == Place::Skill)
                })
        };
        let tokens = self.tokens.iter().enumerate();
        let judged = tokens.filter(|(at, _)| !is_skill(*at));
        let everyday = judged
            .clone()
            .filter(|(_, token)| skill::tagger::is_everyday(&token.lower));
        self.tokens.len() >= ENOUGH && (everyday.count() as f64) < ENGLISH * judged.count() as f64
    }

    /// What was claimed by now.
    pub(super) fn claims_so_far(&self) -> &[Claim] {
        &self.claims
    }

    /// Notes a claim over `tokens`.
    pub(super) fn claim(&mut self, tokens: Range<usize>, kind: ClaimKind, found: Found) {
        let start = self
            .tokens
            .get(tokens.start)
            .map_or(0, |token| token.range.start);
        let end = tokens
            .end
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        let range = start..end.map_or(start, |token| token.range.end);
        for taken in self.taken.iter_mut().take(tokens.end).skip(tokens.start) {
            *taken = true;
        }
        if found.is_err() && self.is_denied(tokens.start, kind) {
            return;
        }
        let (rests_on, why) = match found {
            Ok(rest) => (Some(rest), String::new()),
            Err(why) => (None, why),
        };
        self.claims.push(Claim {
            words: text::line(self.text.get(range.clone()).unwrap_or_default()),
            range,
            kind,
            rests_on,
            why,
        });
    }

    /// Whether what stands at a token is denied: "I have not used Kafka" claims no Kafka.
    fn is_denied(&self, at: usize, kind: ClaimKind) -> bool {
        let clause = self.clauses.iter().find(|one| one.tokens.contains(&at));
        let denied = clause.is_some_and(|clause| {
            clause.learns || clause.denied_from.is_some_and(|from| at >= from)
        });
        denied
            && match kind {
                ClaimKind::Skill
                | ClaimKind::Title
                | ClaimKind::Degree
                | ClaimKind::Certificate
                | ClaimKind::Word => true,
                // "I was never late at Globex" names an employer all the same.
                ClaimKind::Name => !matches!(
                    at.checked_sub(1).map_or("", |before| self.word(before)),
                    "at" | "for" | "from" | "in" | "with" | "joined"
                ),
                ClaimKind::Number
                | ClaimKind::Years
                | ClaimKind::Date
                | ClaimKind::Language
                | ClaimKind::Address
                | ClaimKind::Blanket
                | ClaimKind::Foreign => false,
            }
    }

    pub(super) fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or_default()
    }

    /// The lower-cased token at a place; empty where there is none.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    pub(super) fn root(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.root.as_str())
    }

    /// Whether what stands at a token of the clause may be what the posting says.
    pub(super) fn may_be_the_postings(&self, clause: &Clause, at: usize) -> bool {
        clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.about_it && self.employers_named(clause).is_empty()
            || clause.denied_from.is_some_and(|from| at >= from)
            || clause.learned_from.is_some_and(|from| at >= from)
    }

    /// Tokens of the clause that nothing has claimed yet.
    pub(super) fn open(&self, clause: &Clause) -> Vec<usize> {
        clause
            .tokens
            .clone()
            .filter(|at| !self.is_taken(*at))
            .collect()
    }

    /// Numbers of the person's lines with this root.
    pub(super) fn lines_with(&self, root: &str) -> &[usize] {
        self.index
            .by_root
            .get(root)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Whether a line says the word at a token, or something that is one.
    pub(super) fn stands_in(&self, at: usize, line: &Line) -> bool {
        line.roots.contains(self.root(at))
            || super::general::kinds(self.word(at))
                .any(|kind| line.words.iter().any(|word| word == kind))
    }

    /// The positions whose employers the sentence of a clause names.
    pub(super) fn employers_named(&self, clause: &Clause) -> Vec<usize> {
        // "…; before that it was Python" speaks of an earlier one.
        const EARLIER: &[&str] = &["before", "earlier", "previously", "formerly"];
        let leaves = |one: &Clause| {
            EARLIER.contains(&self.word(one.tokens.start))
                || EARLIER.contains(&self.word(one.tokens.start + 1))
        };
        let later = |one: &Clause| {
            one.tokens.start > clause.tokens.start
                && (matches!(
                    self.word(one.tokens.start),
                    "which"
                        | "where"
                        | "who"
                        | "from"
                        | "before"
                        | "earlier"
                        | "previously"
                        | "now"
                        | "today"
                ) || self
                    .tokens
                    .get(one.tokens.start.saturating_sub(1))
                    .is_some_and(|token| token.after.contains(';')))
        };
        let own = |one: &Clause| {
            one.sentence == clause.sentence
                && !later(one)
                && (!leaves(clause) || one.tokens == clause.tokens)
        };
        let same = self.clauses.iter().filter(|other| own(other));
        let from = same
            .clone()
            .map(|other| other.tokens.start)
            .min()
            .unwrap_or(0);
        let to = same.map(|other| other.tokens.end).max().unwrap_or(0);
        let sentence = self.tokens.get(from..to).unwrap_or_default();
        let named =
            |words: &Vec<String>| {
                sentence.windows(words.len()).any(|window| {
                    window.iter().zip(words).all(|(token, word)| {
                        token.lower == *word || token.lower == format!("{word}'s")
                    }) && window.first().is_some_and(|first| first.is_capital)
                })
            };
        let employers = self.index.employers.iter();
        let found: Vec<usize> = employers
            .filter(|(words, _)| named(words))
            .map(|(_, at)| *at)
            .collect();
        if found.is_empty() {
            return self.places_named(clause);
        }
        found
    }

    /// "In the emergency department", "as an apprentice": the position that alone is
    /// called so.
    fn places_named(&self, clause: &Clause) -> Vec<usize> {
        let is_place = |at: &usize| {
            let article = matches!(self.word(at + 1), "the" | "a" | "an" | "my");
            matches!(self.word(*at), "in" | "at" | "as") && article
        };
        let phrases = clause.tokens.clone().filter(is_place);
        let mut found = Vec::new();
        for word in phrases.map(|at| at + 2) {
            let lines = self.lines_with(self.root(word));
            let titles = lines
                .iter()
                .filter_map(|at| self.index.person.get(*at))
                .filter(|line| line.is_title);
            let held: Vec<Option<usize>> = titles.map(Line::position).collect();
            if let [Some(position)] = held.as_slice()
                && !super::word::is_function(self.word(word))
            {
                found.push(*position);
            }
        }
        found
    }

    /// Where one of the person's lines stands, if those that state it agree with the
    /// employer that the sentence names.
    pub(super) fn rest_of(&self, clause: &Clause, lines: &[usize], what: &str) -> Found {
        let stated: Vec<&Line> = lines
            .iter()
            .filter_map(|at| self.index.person.get(*at))
            .collect();
        let Some(first) = stated.iter().min_by_key(|line| line.id.is_empty()) else {
            return Err(format!("your profile does not state “{what}”"));
        };
        if stated.iter().all(|line| line.place == Place::Education) && self.is_of_work(clause) {
            return Err(format!(
                "your profile states “{what}” of your education alone"
            ));
        }
        // Where somebody lives or what they are is of no employer.
        if let Some(head) = stated.iter().find(|line| line.place == Place::Head) {
            return Ok(rest(head));
        }
        let named = self.employers_named(clause);
        let unpaid = stated.iter().all(|line| line.place == Place::Volunteering);
        if unpaid && !self.named_here(clause).is_empty() {
            return Err(format!("your profile states “{what}” of no employer"));
        }
        let placed: Vec<&&Line> = stated
            .iter()
            .filter(|line| line.position().is_some())
            .collect();
        if named.is_empty() || placed.is_empty() || clause.subject == Subject::Posting {
            return Ok(rest(first));
        }
        let own = placed
            .iter()
            .find(|line| line.position().is_some_and(|at| named.contains(&at)));
        match own {
            Some(own) => Ok(rest(own)),
            None => Err(format!("your profile states “{what}” of another employer")),
        }
    }
}

/// A line of the profile as what a claim rests on.
pub(super) fn rest(line: &Line) -> Rest {
    Rest::Profile {
        id: line.id.clone(),
        line: text::quote(&line.text, 200),
    }
}

/// A sentence of the posting as what a claim rests on.
pub(super) fn posted(line: &Line) -> Rest {
    Rest::Posting {
        line: text::quote(&line.text, 200),
    }
}
