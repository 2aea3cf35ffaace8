//! Skills, addresses, and what is claimed of everything at once.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    ground::Line,
    phrases::FEELINGS,
    reading::{Found, Reading, posted, rest},
    token::root,
    word::is_plain,
};
use crate::{
    profile::language_code,
    skill::{self, Category},
};

impl Reading<'_> {
    /// Skills by any of their names.
    pub(super) fn skills(&mut self, clause: &Clause) {
        let inside = self
            .skills
            .iter()
            .filter(|(range, _)| clause.tokens.contains(&range.start));
        let inside: Vec<_> = inside.cloned().collect();
        for (range, label) in inside {
            let is_trait = skill::category(&label) == Some(Category::Soft);
            // A whole sentence is no name of a skill.
            if range.len() > 6 {
                continue;
            }
            if is_trait || range.clone().any(|at| self.is_taken(at)) {
                continue;
            }
            let found = self.skilled(clause, range.start, range.end, &label);
            self.claim(range, ClaimKind::Skill, found);
        }
    }

    fn skilled(&self, clause: &Clause, from: usize, to: usize, label: &str) -> Found {
        let is_asked = self.index.asked.contains(label);
        let of_it = clause.about_it
            && clause.subject == Subject::Person
            && clause.mood == Mood::Claim
            && clause.denied_from.is_none();
        // "I like how Kubernetes runs my services" likes what one has.
        let runs = clause.subject == Subject::Person
            && clause.denied_from.is_none()
            && !clause.learns
            && (from + 1..clause.tokens.end.min(to + 4))
                .any(|at| matches!(self.word(at), "my" | "our"));
        if self.may_be_the_postings(clause, from) && is_asked && !of_it && !runs {
            let line = self
                .index
                .posting
                .iter()
                .find(|line| self.line_names(line, label));
            if let Some(line) = line.or_else(|| self.index.posting.first()) {
                return Ok(posted(line));
            }
        }
        let written: Vec<&str> = (from..to).map(|at| self.root(at)).collect();
        let lines = self.index.person.iter().enumerate();
        let lines: Vec<usize> = lines
            .filter(|(_, line)| {
                self.line_names(line, label)
                    || (to == from + 1 && self.stands_in(from, line))
                    || written.iter().all(|root| line.roots.contains(*root))
            })
            .map(|(at, _)| at)
            .collect();
        if lines.is_empty() && self.index.covered.contains(label) {
            // Whoever has one skill has another: the profile does not write it.
            let implied = self.index.person.iter().find(|line| {
                self.labels_of(line)
                    .iter()
                    .any(|held| skill::implied(held).contains(&label))
            });
            if let Some(line) = implied {
                return Ok(rest(line));
            }
        }
        if lines.is_empty() {
            return Err(match is_asked {
                true => format!("only the posting names {label}"),
                false => format!("your profile does not state {label}"),
            });
        }
        self.rest_of(clause, &lines, label)
    }

    fn labels_of(&self, line: &Line) -> Vec<String> {
        let places = skill::places(&line.text, &self.index.aliases);
        let mut labels: Vec<String> = places.into_iter().map(|(_, label)| label).collect();
        labels.extend(skill::named(&line.text).map(str::to_owned));
        labels
    }

    pub(super) fn line_names(&self, line: &Line, label: &str) -> bool {
        let words: Vec<String> = label.to_lowercase().split(' ').map(str::to_owned).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        line.has_in_a_row(&words) || self.labels_of(line).iter().any(|found| found == label)
    }

    /// Addresses and long numbers by which one is reached.
    pub(super) fn addresses(&mut self, clause: &Clause) {
        let profile = self.grounds.profile;
        for at in clause.tokens.clone() {
            let Some(token) = self.tokens.get(at).filter(|token| token.is_address) else {
                continue;
            };
            let bare = |text: &str| {
                let text = text.to_lowercase();
                let text = text
                    .trim_start_matches("https://")
                    .trim_start_matches("http://");
                text.trim_start_matches("www.")
                    .trim_start_matches("mailto:")
                    .trim_end_matches('/')
                    .to_owned()
            };
            let wanted = bare(&token.lower);
            let mut own = profile.email.iter().chain(&profile.links);
            let is_own = own.any(|own| bare(own) == wanted);
            let line = self
                .index
                .person
                .iter()
                .find(|line| is_own && line.text.to_lowercase().contains(&wanted));
            let skill = self.skills.iter().any(|(range, _)| range.contains(&at));
            let posting = self
                .index
                .posting
                .iter()
                .find(|line| line.text.to_lowercase().contains(&wanted));
            if skill {
                continue;
            }
            let found = match (line, posting) {
                (Some(line), _) => Ok(rest(line)),
                (None, Some(line)) if clause.subject == Subject::Posting => Ok(posted(line)),
                (None, _) => Err("your profile does not state this address".to_owned()),
            };
            self.claim(at..at + 1, ClaimKind::Address, found);
        }
        self.telephone(clause);
    }

    fn telephone(&mut self, clause: &Clause) {
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let is_digits = |at: usize| {
            self.word(at).chars().all(|c| c.is_ascii_digit()) && !self.word(at).is_empty()
        };
        let Some(from) = clause
            .tokens
            .clone()
            .find(|at| is_digits(*at) && is_digits(at + 1))
        else {
            return;
        };
        let to = (from..clause.tokens.end)
            .find(|at| !is_digits(*at))
            .unwrap_or(clause.tokens.end);
        let number: String = (from..to).map(|at| self.word(at).to_owned()).collect();
        if number.len() < 7 {
            return;
        }
        let own = self.index.person.iter().find(|line| line.id == "phone");
        let found = match own {
            Some(line) if digits(&line.text).ends_with(number.trim_start_matches('0')) => {
                Ok(rest(line))
            }
            _ => Err("this is not the telephone number of your profile".to_owned()),
        };
        self.claim(from..to, ClaimKind::Address, found);
    }

    /// "I meet every requirement": nothing it could rest on is that large.
    pub(super) fn blankets(&mut self, clause: &Clause) {
        const MEETS: &[&str] = &[
            "meet", "fulfil", "satisf", "tick", "match", "cover", "bring", "check", "offer", "have",
        ];
        const ALL: &[&str] = &["all", "every", "each", "everything", "entire", "any"];
        const ASKED: &[&str] = &[
            "requirement",
            "box",
            "skill",
            "criteri",
            "qualification",
            "point",
            "everything",
            "item",
            "ask",
            "need",
            "list",
        ];
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
        {
            return;
        }
        let at = |starts: &[&str]| {
            let begins = |at: &usize| starts.iter().any(|start| self.word(*at).starts_with(start));
            clause.tokens.clone().find(begins)
        };
        let ticks = clause
            .tokens
            .clone()
            .find(|at| matches!(self.word(*at), "ticked" | "checked" | "tick"));
        let boxes = clause
            .tokens
            .clone()
            .any(|at| matches!(self.word(at), "box" | "boxes"));
        let (meets, all, asked) = (at(MEETS), at(ALL), at(ASKED));
        if let Some(ticks) = ticks.filter(|_| boxes && all.is_none()) {
            let why = "say which, and where your profile states it".to_owned();
            self.claim(ticks..ticks + 1, ClaimKind::Blanket, Err(why));
        }
        if let (Some(meets), Some(all), Some(asked)) = (meets, all, asked)
            && meets < all
            && all <= asked
        {
            self.claim(
                all..asked + 1,
                ClaimKind::Blanket,
                Err("nothing can be said of everything at once".to_owned()),
            );
        }
    }

    /// "…, which I know well": what the clause before named is claimed here.
    pub(super) fn taken_up(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
        {
            return;
        }
        let place = self.clauses.iter().position(|other| other == clause);
        let before = place
            .and_then(|at| at.checked_sub(1))
            .and_then(|at| self.clauses.get(at));
        let Some(before) =
            before.filter(|before| before.subject == Subject::Posting || before.mood == Mood::Wish)
        else {
            return;
        };
        const POINTS: &[&str] = &["it", "them", "these", "those", "both", "this", "that"];
        const DOES: &[&str] = &[
            "know", "hav", "have", "used", "done", "do", "did", "worked", "work", "ran", "run",
            "shipped", "master", "mastered", "am", "was", "been", "speak", "spoken",
        ];
        let own = self
            .skills
            .iter()
            .any(|(range, _)| clause.tokens.contains(&range.start));
        let words: Vec<&str> = clause.tokens.clone().map(|at| self.word(at)).collect();
        let does = words
            .iter()
            .position(|word| DOES.contains(word) || *word == "i've" || *word == "i'm");
        let points =
            does.is_some_and(|does| words.iter().skip(does).any(|word| POINTS.contains(word)));
        // "… that I know": nothing stands between the verb and the end but how well.
        // "Google Cloud, which I used before AWS"
        let which = words.first() == Some(&"which") && words.get(1) == Some(&"i");
        // "this work is a step", "I am ready to do that": nothing is claimed of it.
        let place = does.map(|at| clause.tokens.start + at);
        let is_noun = place.and_then(|at| at.checked_sub(1)).is_some_and(|at| {
            matches!(
                self.word(at),
                "this" | "the" | "my" | "that" | "your" | "such"
            )
        });
        let feels = place.is_some_and(|at| {
            FEELINGS.contains(&self.word(at + 1)) && matches!(self.word(at), "am" | "i'm")
        });
        if is_noun || feels {
            return;
        }
        if own && !which || does.is_none() || !(clause.takes_up || points) {
            return;
        }
        let claimed = self
            .skills
            .iter()
            .filter(|(range, _)| before.tokens.contains(&range.start));
        let lacking = claimed.filter(|(_, label)| {
            !self.index.covered.contains(label.as_str())
                && skill::category(label) != Some(Category::Soft)
        });
        let held = |label: &str| {
            self.index
                .person
                .iter()
                .any(|line| line.roots.contains(&root(&label.to_lowercase())))
        };
        let lacking: Vec<String> = lacking
            .filter(|(_, label)| !held(label))
            .map(|(_, label)| label.clone())
            .collect();
        let mut lacking = lacking;
        lacking.extend(self.tongues_lacking(before));
        if points && self.ends_in_pointer(clause) {
            lacking.extend(self.words_lacking(before));
        }
        if let Some(first) = lacking.first() {
            let why = format!("only the posting names {first}");
            self.claim(clause.tokens.clone(), ClaimKind::Skill, Err(why));
        }
    }

    /// Languages that a clause names and the person does not speak.
    fn tongues_lacking(&self, clause: &Clause) -> Vec<String> {
        let spoken = &self.grounds.profile.languages;
        let named = clause.tokens.clone().filter_map(|at| {
            let token = self.tokens.get(at).filter(|token| token.is_capital)?;
            let code = language_code(&token.lower)?;
            (!spoken.iter().any(|one| one.code == code)).then(|| token.lower.clone())
        });
        named.collect()
    }

    /// Words of the posting in a clause that the profile lacks.
    fn words_lacking(&self, clause: &Clause) -> Vec<String> {
        let is_number = |at: &usize| {
            self.numbers
                .iter()
                .any(|one| (one.from..one.to).contains(at))
        };
        let words = clause.tokens.clone();
        let words = words.filter(|at| !is_plain(self.word(*at)) && !is_number(at));
        words
            .filter(|at| self.lines_with(self.root(*at)).is_empty())
            .map(|at| self.word(at).to_owned())
            .collect()
    }

    /// "I have that", "I do it every day": the clause points back and says no more.
    fn ends_in_pointer(&self, clause: &Clause) -> bool {
        const AFTER: &[&str] = &[
            "well", "too", "already", "fluently", "daily", "every", "for", "since", "very",
        ];
        clause.tokens.clone().any(|at| {
            let points = matches!(
                self.word(at),
                "it" | "them" | "these" | "those" | "both" | "this" | "that"
            );
            points && (at + 1 == clause.tokens.end || AFTER.contains(&self.word(at + 1)))
        })
    }

    /// "nurse of the year": an award, whoever gave it.
    pub(super) fn honours(&mut self, clause: &Clause) {
        for at in clause.tokens.clone() {
            let words = [self.word(at), self.word(at + 1), self.word(at + 2)];
            let is_one = matches!(words, ["of", "the", "year" | "month" | "decade"]);
            if !is_one || clause.subject == Subject::Posting {
                continue;
            }
            let line = self
                .index
                .person
                .iter()
                .find(|line| line.has_in_a_row(&words));
            let found = line
                .map(rest)
                .ok_or_else(|| "your profile names no such award".to_owned());
            self.claim(at..at + 3, ClaimKind::Word, found);
        }
    }
}
