//! Degrees, certificates and licences.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Subject},
    dates::is_month,
    ground::Place,
    reading::{Found, Reading, posted, rest},
    word::is_plain,
};
use crate::job::facts::{self, DegreeLevel};

/// A year of the calendar.
fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// Whether a line of education may be meant by the short name of a degree: an MBA is no
/// MA, an MSc neither.
fn is_of_kind(word: &str, line: &super::ground::Line) -> bool {
    const KINDS: &[&str] = &[
        "mba", "msc", "ma", "meng", "mphil", "llm", "bsc", "ba", "beng", "llb",
    ];
    let bare = |word: &str| word.replace('.', "");
    let said = bare(word);
    if !KINDS.contains(&said.as_str()) || line.place != Place::Education {
        return true;
    }
    let stated = line.words.iter().map(|word| bare(word));
    let kind = stated.clone().find(|word| KINDS.contains(&word.as_str()));
    let in_full = match said.as_str() {
        "mba" => line.roots.contains("busi"),
        "llm" | "llb" => line.words.iter().any(|word| word.starts_with("law")),
        _ => true,
    };
    kind.map_or(in_full, |kind| kind == said)
}

/// Verbs by which one comes to a degree or certificate.
pub(super) fn is_gained(word: &str) -> bool {
    matches!(
        word,
        "earned" | "obtained" | "gained" | "received" | "completed" | "acquired"
    )
}

impl Reading<'_> {
    /// Whether the clause names a degree or certificate of the profile.
    pub(super) fn holds_paper(&self, clause: &Clause) -> bool {
        self.held_in(&clause.tokens)
            .any(|kind| matches!(kind, ClaimKind::Degree | ClaimKind::Certificate))
    }

    /// Degrees, by their level and subject.
    pub(super) fn degrees(&mut self, clause: &Clause) {
        for at in clause.tokens.clone() {
            let Some(level) = self.degree_at(at) else {
                continue;
            };
            // "the Graduate Engineer programme" is what the posting calls it.
            let title = super::ground::words_of(self.grounds.posting.title);
            let is_title = title.len() > 1
                && level.is_none()
                && title
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| self.word(at + offset) == word);
            if is_title {
                continue;
            }
            let found = self.studied(clause, at, level);
            self.claim(at..at + 1, ClaimKind::Degree, found);
        }
    }

    /// The level a word names; `None` inside for a degree of any level.
    pub(super) fn degree_at(&self, at: usize) -> Option<Option<DegreeLevel>> {
        let word = self.word(at).replace('.', "");
        let next = self.word(at + 1);
        Some(match word.as_str() {
            "phd" | "doctorate" | "doctoral" | "dphil" | "doctor's" => Some(DegreeLevel::Doctor),
            "dr" => Some(DegreeLevel::Doctor),
            "msc" | "ma" | "mba" | "meng" | "mphil" | "master's" | "masters" | "llm" => {
                Some(DegreeLevel::Master)
            }
            "master" if matches!(next, "of" | "in" | "degree" | "thesis") => {
                Some(DegreeLevel::Master)
            }
            "bsc" | "ba" | "beng" | "bachelor" | "bachelor's" | "bachelors" | "llb" => {
                Some(DegreeLevel::Bachelor)
            }
            "graduate" | "graduated" | "graduating" | "diploma" | "alumnus" | "alumna"
            | "studied" | "thesis" | "dissertation" | "postgraduate" | "undergraduate" => None,
            "degree" | "degrees"
                if !matches!(self.word(at.saturating_sub(1)), "some" | "certain" | "high") =>
            {
                None
            }
            _ => return None,
        })
    }

    fn studied(&self, clause: &Clause, at: usize, level: Option<DegreeLevel>) -> Found {
        let word = self.word(at);
        let subject: Vec<&str> = (at + 1..clause.tokens.end)
            .take_while(|at| !matches!(self.word(*at), "at" | "from" | "i" | "where" | "and"))
            .take(5)
            .filter(|at| {
                !is_plain(self.word(*at))
                    && !self.word(*at).starts_with("degree")
                    && super::number::figures(self.word(*at)).is_none()
            })
            .map(|at| self.root(at))
            .collect();
        if clause.subject == Subject::Posting {
            let root = self.root(at);
            let line = self.index.posting.iter().find(|line| {
                line.roots.contains(root)
                    || (level.is_some() && facts::degree_level(&line.text) == level)
            });
            return line
                .map(posted)
                .ok_or_else(|| format!("the posting does not speak of “{word}”"));
        }
        let school = level.and_then(|_| self.school_named(clause, at));
        let lines = self.index.person.iter().enumerate();
        let lines: Vec<usize> = lines
            .filter(|(_, line)| {
                let there = line.place != Place::Education
                    || school.is_none_or(|school| line.text.contains(school));
                let of_level = line.place == Place::Education
                    && level.is_none_or(|level| facts::degree_level(&line.text) == Some(level));
                let thesis = matches!(word, "thesis" | "dissertation");
                let literal = (matches!(line.place, Place::Education | Place::Head)
                    || thesis && line.place == Place::Text)
                    && line.roots.contains(self.root(at))
                    && level.is_none();
                there
                    && (of_level || literal)
                    && is_of_kind(self.word(at), line)
                    && subject.iter().all(|root| line.roots.contains(*root))
            })
            .map(|(at, _)| at)
            .collect();
        match lines.first().and_then(|line| self.index.person.get(*line)) {
            Some(line) => Ok(rest(line)),
            None => Err(format!("your profile has no such degree (“{word}”)")),
        }
    }

    /// Certificates and licences.
    pub(super) fn certificates(&mut self, clause: &Clause) {
        for at in self.open(clause) {
            let word = self.word(at);
            let is_one = ["certif", "licens", "licenc", "accredit", "charter"]
                .iter()
                .any(|part| word.starts_with(part))
                || (word == "registered" && !self.is_taken(at));
            if !is_one {
                continue;
            }
            if self.may_be_the_postings(clause, at)
                && let Some(line) = self
                    .index
                    .posting
                    .iter()
                    .find(|line| line.roots.contains(self.root(at)))
            {
                let found = Ok(posted(line));
                self.claim(at..at + 1, ClaimKind::Certificate, found);
                continue;
            }
            let whose = at.checked_sub(1).map_or("", |at| self.word(at));
            if matches!(whose, "their" | "his" | "her" | "everyone's") {
                let why = "your profile certifies nobody else".to_owned();
                self.claim(at..at + 1, ClaimKind::Certificate, Err(why));
                continue;
            }
            let root = self.root(at).to_owned();
            let named: Vec<&str> = self.beside_certificate(clause, at);
            let lines = self.index.person.iter().enumerate();
            let lines: Vec<usize> = lines
                .filter(|(_, line)| {
                    let kind = line.place == Place::Certificate || line.roots.contains(&root);
                    kind && named.iter().all(|root| line.roots.contains(*root))
                })
                .map(|(at, _)| at)
                .collect();
            let found = match lines.first().and_then(|at| self.index.person.get(*at)) {
                Some(line) => Ok(rest(line)),
                None => Err("your profile has no such certificate".to_owned()),
            };
            self.claim(at..at + 1, ClaimKind::Certificate, found);
        }
    }

    /// The name that a certificate is called by: "2391 certificate", "Certified Scrum
    /// Master", "certificate in First Aid".
    fn beside_certificate(&self, clause: &Clause, at: usize) -> Vec<&str> {
        let joins = |other: usize| {
            !self.is_parted(at, other) && !super::word::is_function(self.word(other))
        };
        let before = (clause.tokens.start..at)
            .rev()
            .take_while(|other| joins(*other));
        let of = usize::from(matches!(
            self.word(at + 1),
            "in" | "of" | "for" | "as" | "with" | "by"
        ));
        let article = usize::from(of == 1 && matches!(self.word(at + 2), "a" | "an" | "the"));
        let after = (at + 1 + of + article..clause.tokens.end).take_while(|other| joins(*other));
        let is_name = |other: &usize| {
            self.tokens.get(*other).is_some_and(|token| {
                (token.is_capital && !token.is_first)
                    || token.lower.starts_with(|c: char| c.is_ascii_digit())
            }) && !is_month(self.word(*other))
                && !is_year(self.word(*other))
        };
        let all = before.chain(after).filter(is_name);
        all.map(|other| self.root(other)).collect()
    }

    /// Whether a comma stands between two tokens.
    fn is_parted(&self, one: usize, other: usize) -> bool {
        let between = self.tokens.get(one.min(other)..one.max(other));
        between
            .unwrap_or_default()
            .iter()
            .any(|token| token.after.contains(','))
    }

    /// Where lines stand that hold the word at a token: with the degree right before it
    /// ("my degree at the university"), or in a title that names its field.
    pub(super) fn rest_at(&self, clause: &Clause, at: usize, lines: &[usize], what: &str) -> Found {
        let all = lines.iter().filter_map(|at| self.index.person.get(*at));
        let studied = !lines.is_empty() && all.clone().all(|line| line.place == Place::Education);
        if studied && self.is_behind_degree(clause, at) {
            return all.clone().next().map(rest).ok_or_else(|| what.to_owned());
        }
        let of_field = if studied {
            self.titles_of_field(at)
        } else {
            Vec::new()
        };
        match of_field.is_empty() {
            true => self.rest_of(clause, lines, what),
            false => self.rest_of(clause, &of_field, what),
        }
    }

    /// "degree at the …", "BSc from the …": nothing of work stands between.
    fn is_behind_degree(&self, clause: &Clause, at: usize) -> bool {
        const BETWEEN: &[&str] = &["at", "from", "of", "the", "in", "and"];
        let mut back = (clause.tokens.start..at).rev();
        let place = back.find(|at| {
            let capital = self.tokens.get(*at).is_some_and(|token| token.is_capital);
            self.degree_at(*at).is_some() || !BETWEEN.contains(&self.word(*at)) && !capital
        });
        place.is_some_and(|place| {
            self.degree_at(place).is_some()
                && (place..at).any(|at| matches!(self.word(at), "at" | "from"))
        })
    }

    /// "systems engineering" of a "Systems Engineer": the positions whose titles have the
    /// word before it too.
    fn titles_of_field(&self, at: usize) -> Vec<usize> {
        let Some(stem) = self.word(at).strip_suffix("ing") else {
            return Vec::new();
        };
        let Some(kind) = at.checked_sub(1).map(|at| self.word(at)) else {
            return Vec::new();
        };
        let is_it = |line: &super::ground::Line| {
            line.is_title
                && line.position().is_some()
                && line.words.windows(2).any(|pair| {
                    let [one, who] = pair else { return false };
                    one == kind && (*who == format!("{stem}er") || who == stem)
                })
        };
        let lines = self.index.person.iter().enumerate();
        let lines = lines.filter(|(_, line)| is_it(line));
        lines.map(|(at, _)| at).collect()
    }

    /// Whether a clause speaks of work, and its sentence not of what was studied.
    pub(super) fn is_of_work(&self, clause: &Clause) -> bool {
        const STUDY: &[&str] = &[
            "stud",
            "degree",
            "graduat",
            "complet",
            "finish",
            "learn",
            "train",
            "qualif",
            "course",
            "thesis",
            "master",
            "bachelor",
            "msc",
            "bsc",
            "educat",
            "diploma",
            "apprentic",
            "exam",
        ];
        let works = clause.tokens.clone().any(|at| {
            matches!(
                self.root(at),
                "teach" | "taught" | "lectur" | "lead" | "run" | "work" | "research"
            )
        });
        let sentence = self.clauses.iter();
        let sentence = sentence.filter(|one| one.sentence == clause.sentence);
        let mut words = sentence.flat_map(|one| one.tokens.clone());
        let begins = |at| STUDY.iter().any(|start| self.word(at).starts_with(start));
        works
            && (!words.any(begins)
                || clause
                    .tokens
                    .clone()
                    .any(|at| matches!(self.word(at), "taught" | "teach" | "lectured")))
    }
}
