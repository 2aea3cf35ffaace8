//! Titles the person held: "as a senior engineer", "head of logistics".
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Subject},
    ground::{Line, Place},
    reading::{Found, Reading, posted},
    word::is_plain,
};

/// Parts of words for who does a work.
const ROLES: &[&str] = &[
    "engineer",
    "developer",
    "manager",
    "nurse",
    "teacher",
    "accountant",
    "analyst",
    "consultant",
    "assistant",
    "director",
    "architect",
    "designer",
    "officer",
    "specialist",
    "administrator",
    "technician",
    "scientist",
    "researcher",
    "lecturer",
    "professor",
    "supervisor",
    "trainer",
    "tutor",
    "trainee",
    "apprentice",
    "clerk",
    "founder",
    "programmer",
    "recruiter",
    "auditor",
    "controller",
    "bookkeeper",
    "physician",
    "doctor",
    "therapist",
    "driver",
    "electrician",
    "mechanic",
    "waiter",
    "editor",
    "writer",
    "journalist",
    "translator",
    "lawyer",
    "secretary",
    "lead",
    "head",
    "chef",
    "cook",
    "intern",
    "partner",
    "owner",
    "cto",
    "ceo",
    "cfo",
    "coo",
    "vp",
    "president",
    "coordinator",
    "planner",
    "buyer",
    "operator",
    "chief",
    "principal",
    "maintainer",
    "contractor",
    "freelancer",
    "advisor",
    "adviser",
    "speaker",
    "author",
    "expert",
    "fellow",
    "executive",
    "foreman",
    "matron",
    "warden",
    "welder",
    "carpenter",
    "dispatcher",
    "captain",
];
/// Words of rank.
const RANKS: &[&str] = &[
    "senior",
    "principal",
    "staff",
    "chief",
    "head",
    "director",
    "vice",
    "president",
    "executive",
    "deputy",
    "junior",
    "lead",
    "managing",
];
const BEFORE_TITLE: &[&str] = &[
    "as", "was", "am", "i'm", "been", "became", "become", "being", "to", "of", "acting", "their",
    "role", "title",
];

/// Words beside a title that are no part of it.
pub(super) const BESIDE_TITLE: &[&str] = &[
    "qualified",
    "experienced",
    "third",
    "second",
    "fourth",
    "good",
    "happy",
    "careful",
    "curious",
    "young",
    "new",
    "future",
    "working",
    "position",
    "role",
    "post",
    "vacancy",
];

impl Reading<'_> {
    /// "as a senior engineer", "head of logistics".
    pub(super) fn titles(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting {
            return;
        }
        for at in self.open(clause) {
            // "a native speaker of Twi" is read with the languages.
            let speaks = self.word(at) == "speaker"
                && at
                    .checked_sub(1)
                    .is_some_and(|at| self.word(at) == "native");
            if self.is_taken(at) || speaks {
                continue;
            }
            let word = self.word(at).to_owned();
            let is_role = is_role(&word);
            let is_rank = RANKS.contains(&word.as_str());
            if !is_role && !is_rank {
                continue;
            }
            if let Some(from) = self.title_from(clause, at) {
                let to = self.title_to(clause, at);
                let found = match self.title_there(clause, from, to) {
                    Some(title) => Err(format!("there you were {title}")),
                    None => self.held(clause, from, to),
                };
                self.claim(from..to, ClaimKind::Title, found);
            } else if is_rank {
                let found = self.ranked(clause, at);
                if let Some(found) = found {
                    self.claim(at..at + 1, ClaimKind::Title, found);
                }
            }
        }
    }

    /// Where the title begins that the word at `at` ends, if one is claimed there.
    fn title_from(&self, clause: &Clause, at: usize) -> Option<usize> {
        if let Some(from) = self.bare_title(clause, at) {
            return Some(from);
        }
        let first = clause.tokens.start.max(at.saturating_sub(6));
        let article = (first..=at)
            .rev()
            .find(|at| matches!(self.word(*at), "a" | "an" | "the" | "its" | "their" | "as"))?;
        let before = article
            .checked_sub(1)
            .filter(|before| *before >= clause.tokens.start);
        let introduced = self.word(article) == "as"
            || before.is_some_and(|before| BEFORE_TITLE.contains(&self.word(before)));
        let whole = (article + 1..at).all(|at| {
            !is_between(self.word(at))
                && !self
                    .tokens
                    .get(at)
                    .is_some_and(|token| token.after.contains([',', ';']))
        });
        (introduced && whole).then_some(article + 1)
    }

    /// "head of logistics", "director of nursing": the title goes on.
    fn title_to(&self, clause: &Clause, at: usize) -> usize {
        let goes_on = matches!(
            self.word(at),
            "head"
                | "director"
                | "president"
                | "manager"
                | "lead"
                | "vp"
                | "chief"
                | "senior"
                | "principal"
                | "staff"
                | "deputy"
                | "junior"
                | "managing"
                | "executive"
                | "vice"
        );
        let mut to = at + 1;
        while goes_on && to < clause.tokens.end {
            let role = ROLES.iter().any(|role| self.word(to) == *role);
            let part = self.word(to) == "of"
                || role
                || self.word(to.saturating_sub(1)) == "of"
                || RANKS.contains(&self.word(to));
            let closed = self
                .tokens
                .get(to - 1)
                .is_some_and(|token| token.after.contains(','));
            if !part || closed {
                break;
            }
            to += 1;
        }
        to
    }

    fn held(&self, clause: &Clause, from: usize, to: usize) -> Found {
        let wanted: Vec<&str> = (from..to)
            .filter(|at| !super::word::is_function(self.word(*at)))
            .filter(|at| !BESIDE_TITLE.contains(&self.word(*at)))
            .map(|at| self.root(at))
            .collect();
        let title: Vec<&str> = (from..to).map(|at| self.word(at)).collect();
        let title = title.join(" ");
        let has_all = |line: &Line| wanted.iter().all(|root| line.roots.contains(*root));
        let holds = clause
            .tokens
            .clone()
            .any(|at| matches!(self.word(at), "current" | "present" | "held" | "hold"));
        let asks = !holds
            && clause.tokens.clone().any(|at| {
                matches!(
                    self.word(at),
                    "position"
                        | "role"
                        | "apply"
                        | "applying"
                        | "application"
                        | "opening"
                        | "posting"
                        | "advert"
                        | "post"
                        | "vacancy"
                        | "job"
                )
            });
        if (self.may_be_the_postings(clause, from) || asks)
            && let Some(posting) = self.index.posting.iter().find(|line| has_all(line))
        {
            return Ok(posted(posting));
        }
        let lines = self.index.person.iter().enumerate();
        let lines: Vec<usize> = lines
            .filter(|(_, line)| {
                let named = line.is_title
                    || matches!(
                        line.place,
                        Place::Project | Place::Certificate | Place::Education
                    );
                (named || line.has_in_a_row(&title.split(' ').collect::<Vec<_>>())) && has_all(line)
            })
            .map(|(at, _)| at)
            .collect();
        self.rest_of(clause, &lines, &title)
    }

    /// A word of rank outside of a title: it stands in the profile beside the same word.
    fn ranked(&self, clause: &Clause, at: usize) -> Option<Found> {
        let root = self.root(at);
        // "I lead", "the lead time": the words of it are looked at one by one.
        if self.word(at) == "lead"
            || self.word(at) == "head"
            || self.word(at) == "managing"
            || self.word(at) == "staff"
        {
            return None;
        }
        // "grow into a senior role" wants it.
        let wanted = clause
            .tokens
            .clone()
            .any(|at| matches!(self.word(at), "into" | "towards"));
        if wanted && matches!(self.word(at + 1), "role" | "position" | "post" | "job") {
            return self.index.posting.first().map(|line| Ok(posted(line)));
        }
        let beside = [at.checked_sub(1), Some(at + 1)];
        let beside: Vec<&str> = beside
            .into_iter()
            .flatten()
            .filter(|beside| clause.tokens.contains(beside) && !is_plain(self.word(*beside)))
            .map(|beside| self.root(beside))
            .collect();
        let fits = |line: &Line| {
            line.roots.contains(root)
                && (beside.is_empty() || beside.iter().any(|root| line.roots.contains(*root)))
        };
        if let Some(line) = self
            .index
            .posting
            .iter()
            .find(|line| self.may_be_the_postings(clause, at) && fits(line))
        {
            return Some(Ok(posted(line)));
        }
        let lines = self.index.person.iter().enumerate();
        let lines: Vec<usize> = lines
            .filter(|(_, line)| fits(line))
            .map(|(at, _)| at)
            .collect();
        Some(self.rest_of(clause, &lines, self.word(at)))
    }
}

/// Whether a word says who does a work.
pub(super) fn is_role(word: &str) -> bool {
    ROLES.iter().any(|role| {
        word.strip_suffix('s').unwrap_or(word) == *role || (role.len() > 5 && word.contains(role))
    })
}

fn is_between(word: &str) -> bool {
    matches!(
        word,
        "for"
            | "at"
            | "with"
            | "in"
            | "on"
            | "by"
            | "from"
            | "who"
            | "that"
            | "and"
            | "i"
            | "to"
            | "our"
            | "my"
            | "your"
            | "their"
            | "whom"
            | "which"
            | "is"
            | "was"
            | "where"
            | "not"
            | "or"
    )
}
