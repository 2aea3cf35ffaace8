//! Facts of two lines told as one: the number of one line with the thing of another, a
//! degree with another's school, a product that one only had a hand in.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    ClaimKind,
    clause::{Clause, Subject},
    ground::{Line, Place, words_of},
    number::{Number, same},
    phrases::FIRST,
    reading::Reading,
    unit::{is_way, unit_of},
    word::{is_core, is_function, is_plain},
};

/// Words of schools that many share.
const SCHOOLS: &[&str] = &[
    "university",
    "college",
    "institute",
    "school",
    "academy",
    "polytechnic",
];
/// Verbs of making a whole thing.
const MAKES: &[&str] = &[
    "writ", "build", "mak", "creat", "develop", "program", "invent", "author",
];

impl Reading<'_> {
    /// Whether a line with a clause's number tells of the same as the clause.
    pub(super) fn is_of_one_line(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        self.is_with_its_skill(clause, number, line)
            && self.counts_its_noun(clause, number, line)
            && !self.is_told_of_other(clause, line)
            && !self.is_of_project(clause, line)
    }

    /// "70 customers to Kubernetes": the skill stands beside the number in the line too.
    fn is_with_its_skill(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        if line.position().is_none() {
            return true;
        }
        let behind = number.to..clause.tokens.end.min(number.to + 5);
        let place = behind.take_while(|at| {
            let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
            !before.is_some_and(|token| token.after.contains([',', ';']))
                && !matches!(self.word(*at), "and" | "or" | "while")
        });
        let mut place = place.filter(|at| matches!(self.word(*at), "to" | "into" | "onto"));
        let Some(place) = place.next() else {
            return true;
        };
        let skill = self
            .skills
            .iter()
            .find(|(range, _)| range.start == place + 1);
        skill.is_none_or(|(range, label)| {
            self.line_names(line, label) || range.clone().all(|at| self.stands_in(at, line))
        })
    }

    /// "four teams of engineers", where the line has a team of four engineers.
    fn counts_its_noun(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let run = (number.to..clause.tokens.end.min(number.to + 4)).take_while(|at| {
            let before = self.tokens.get(at - 1);
            !is_function(self.word(*at))
                && !self.is_number(*at)
                && (*at == number.to
                    || before.is_some_and(|token| matches!(token.after.as_str(), " " | "-")))
        });
        let Some(noun) = run.last().filter(|at| self.word(*at).ends_with('s')) else {
            return true;
        };
        if unit_of(self.word(noun)).is_some() {
            return true;
        }
        let read = super::token::tokens(&line.text);
        let numbers = super::number::numbers(&read);
        let mut stated = numbers.iter().filter(|one| same(one.value, number.value));
        let noun = self.word(noun).strip_suffix('s').unwrap_or_default();
        let is_it = |word: &str| word.strip_suffix('s').unwrap_or(word) == noun;
        let stands = read.iter().any(|token| is_it(&token.lower));
        !stands
            || stated.any(|one| {
                // "18 firms, among them 4 shops" has no 18 shops; "from 8 to 9 shops" has 8.
                let next = numbers
                    .iter()
                    .map(|other| other.from)
                    .find(|at| *at >= one.to);
                let next = next.filter(|next| {
                    let between = read.get(one.to..*next).unwrap_or_default();
                    !between.iter().all(|token| is_function(&token.lower))
                });
                let behind = read.get(one.to..next.unwrap_or(read.len()));
                let behind = behind.unwrap_or_default();
                behind.iter().any(|token| is_it(&token.lower))
                    || behind.first().is_none_or(|next| is_function(&next.lower))
            })
    }

    /// "Failed loads fell from 45 to 9": the line tells of pages, another one of loads.
    fn is_told_of_other(&self, clause: &Clause, line: &Line) -> bool {
        if line.position().is_none() {
            return false;
        }
        let things = clause.tokens.clone().filter(|at| {
            let word = self.word(*at);
            !is_function(word)
                && !is_way(word)
                && unit_of(word).is_none()
                && !self.is_number(*at)
                && !self.lines_with(self.root(*at)).is_empty()
        });
        let things: Vec<&str> = things.map(|at| self.root(at)).collect();
        if things.iter().any(|root| line.roots.contains(*root)) {
            return false;
        }
        let others =
            self.index.person.iter().filter(|other| {
                other.position().is_some() && !other.is_title && other.id != line.id
            });
        others
            .map(|other| {
                things
                    .iter()
                    .filter(|root| other.roots.contains(**root))
                    .count()
            })
            .any(|held| held >= 2)
    }

    /// "It was for my app that I wrote 14 tests": a project is named, and the line is of
    /// an employer.
    fn is_of_project(&self, clause: &Clause, line: &Line) -> bool {
        if line.position().is_none() {
            return false;
        }
        let before = self.clauses.iter().filter(|one| {
            one.sentence == clause.sentence
                && one.tokens.end == clause.tokens.start
                && self.word(one.tokens.start) == "it"
                && matches!(self.word(one.tokens.start + 1), "was" | "is")
        });
        let mut told = before.chain([clause]).flat_map(|one| {
            let cleft = one.tokens != clause.tokens;
            one.tokens.clone().map(move |at| (at, cleft))
        });
        told.any(|(at, cleft)| {
            let named = self.grounds.profile.projects.iter().any(|project| {
                let name = words_of(&project.name);
                !name.is_empty()
                    && name.len() <= 3
                    && name
                        .iter()
                        .enumerate()
                        .all(|(offset, word)| self.word(at + offset) == word)
            });
            let before = at.checked_sub(1).map_or("", |at| self.word(at));
            named && (cleft || matches!(before, "for" | "at" | "in" | "on"))
        })
    }

    /// The school that is named with the degree at a token, if one of the profile is.
    pub(super) fn school_named(&self, clause: &Clause, at: usize) -> Option<&str> {
        // "my BSc and my MSc at Leeds" is read as two parts of a sentence.
        let after = self.clauses.iter().find(|one| {
            one.tokens.start == clause.tokens.end
                && one.sentence == clause.sentence
                && self.word(one.tokens.start) == "and"
                && !one.tokens.clone().any(|at| FIRST.contains(&self.word(at)))
        });
        let end = after.map_or(clause.tokens.end, |one| one.tokens.end);
        let next = (at + 1..end)
            .find(|at| self.degree_at(*at).is_some_and(|level| level.is_some()))
            .unwrap_or(clause.tokens.end);
        let others = (clause.tokens.start..at).any(|at| self.degree_at(at).is_some());
        let behind = self.school_in(at + 1..next);
        // "both my BSc and my MSc at Leeds": the school is that of both.
        let joined = (at + 1..next).any(|at| self.word(at) == "and")
            && !(at + 1..next).any(|at| {
                matches!(
                    self.word(at),
                    "at" | "from" | "i" | "then" | "before" | "after" | "did" | "took" | "later"
                )
            });
        let last = (next + 1..end)
            .find(|at| self.degree_at(*at).is_some_and(|level| level.is_some()))
            .unwrap_or(end);
        let behind = behind.or_else(|| joined.then(|| self.school_in(next..last)).flatten());
        behind.or_else(|| {
            let alone = !others && next == clause.tokens.end;
            alone
                .then(|| self.school_in(clause.tokens.clone()))
                .flatten()
        })
    }

    fn school_in(&self, range: Range<usize>) -> Option<&str> {
        let schools = self.grounds.profile.education.iter();
        let mut schools = schools.map(|one| one.institution.as_str());
        schools.find(|school| {
            let name = words_of(school);
            let own: Vec<&String> = name
                .iter()
                .filter(|word| !is_function(word) && !SCHOOLS.contains(&word.as_str()))
                .collect();
            // "Delft" is the Delft University of Technology.
            let first = own.first().map(|word| word.as_str()).unwrap_or_default();
            let capital = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_capital);
            let mut range = range.clone();
            range.any(|at| capital(at) && self.word(at) == first)
        })
    }

    /// "University of Halle": the whole name stands in one line.
    pub(super) fn schools(&mut self, clause: &Clause) {
        for at in self.open(clause) {
            let capital = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_capital);
            let is_one = SCHOOLS.contains(&self.word(at))
                && capital(at)
                && self.word(at + 1) == "of"
                && capital(at + 2);
            if !is_one || clause.denied_from.is_some() {
                continue;
            }
            let words = [self.word(at), "of", self.word(at + 2)];
            let stands = |line: &&Line| line.has_in_a_row(&words);
            let mut lines = self.index.person.iter().chain(&self.index.posting);
            if lines.find(stands).is_none() {
                let why = format!("your profile does not name “{}”", words.join(" "));
                self.claim(at..at + 3, ClaimKind::Name, Err(why));
            }
        }
    }

    /// "I wrote OpenStack Nova", where the profile has two patches in it.
    pub(super) fn made(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting || clause.denied_from.is_some() || clause.learns {
            return;
        }
        for verb in clause.tokens.clone() {
            let subject = verb.checked_sub(1).map_or("", |at| self.word(at));
            if !MAKES.contains(&self.root(verb)) || !matches!(subject, "i" | "have" | "i've") {
                continue;
            }
            let from = verb + 1 + usize::from(self.word(verb + 1) == "the");
            let run = (from..clause.tokens.end).take_while(|at| {
                let parted = *at > from
                    && self
                        .tokens
                        .get(at - 1)
                        .is_some_and(|token| token.after.trim() != "");
                !parted && self.tokens.get(*at).is_some_and(|token| token.is_capital)
            });
            let to = run.last().map_or(from, |last| last + 1);
            let ends = to == clause.tokens.end
                || is_function(self.word(to))
                || self
                    .tokens
                    .get(to - 1)
                    .is_some_and(|token| token.after.contains([',', '.', ';']));
            if to == from || !ends {
                continue;
            }
            let words: Vec<&str> = (from..to).map(|at| self.word(at)).collect();
            let mut lines = self
                .index
                .person
                .iter()
                .filter(|line| line.has_in_a_row(&words));
            let mut named = lines.clone();
            let code = to == from + 1 && self.skills.iter().any(|(range, _)| range.start == from);
            if code && self.root(verb) == "writ" || named.next().is_none() {
                continue;
            }
            let made = lines.any(|line| {
                line.place == Place::Project
                    && line
                        .words
                        .first()
                        .is_some_and(|one| words.first() == Some(&one.as_str()))
                    || MAKES.iter().any(|root| line.roots.contains(*root))
            });
            if !made {
                let why = "your profile does not say that you made it".to_owned();
                self.claim(from..to, ClaimKind::Word, Err(why));
            }
        }
    }

    /// "having audited": a deed of which the profile has only who does it, or a subject
    /// of study.
    pub(super) fn is_mere_noun(&self, at: usize, lines: &[usize]) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        let word = self.word(at);
        let is_deed = matches!(before, "i" | "have" | "having" | "i've") && word.ends_with("ed");
        let agent = |word: &str| {
            let one = word.strip_suffix('s').unwrap_or(word);
            one.ends_with("or") || one.ends_with("er")
        };
        let mut lines = lines.iter().filter_map(|at| self.index.person.get(*at));
        is_deed
            && !is_plain(word)
            && !is_core(self.root(at))
            && lines.all(|line| {
                line.place == Place::Education
                    || !line.is_title
                        && line
                            .words
                            .iter()
                            .filter(|word| super::token::root(word) == self.root(at))
                            .all(|word| agent(word))
            })
    }
}
