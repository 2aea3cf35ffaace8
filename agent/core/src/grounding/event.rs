//! Years of the calendar and the events they are said of: a certificate, an end of
//! studies, a duty that the profile itself dates.
#![deny(clippy::indexing_slicing)]

use super::{
    clause::{Clause, Mood, Subject},
    dates::MONTHS,
    ground::{Line, Place},
    number::{Number, same},
    reading::{Found, Reading, rest},
    word::{is_core, is_plain},
};
use crate::job::facts::degree_level;

/// Beginnings of words for what was studied.
const STUDIES: &[&str] = &[
    "apprentic",
    "studies",
    "degree",
    "bachelor",
    "master",
    "bsc",
    "msc",
    "diploma",
    "phd",
    "doctorate",
    "university",
    "college",
    "school",
    "graduat",
];

impl Reading<'_> {
    /// A year in which one joined or left somebody, or got a certificate that is named:
    /// it has to be theirs.
    pub(super) fn dated_of(
        &self,
        clause: &Clause,
        number: Number,
        lines: &[usize],
    ) -> Option<Found> {
        let written = self.word(number.from);
        let says = |words: &[&str]| {
            (clause.tokens.start..number.from).any(|at| words.contains(&self.word(at)))
        };
        let year = |month: Option<crate::profile::Month>| {
            month.is_some_and(|month| f64::from(month.year) == number.value)
        };
        let named = self.employers_named(clause);
        let held = self.grounds.profile.work.iter().enumerate();
        let held: Vec<_> = held.filter(|(at, _)| named.contains(at)).collect();
        let left = says(&["left", "leave", "quit"]);
        let joined = says(&["joined", "join"]);
        if !held.is_empty() && (left || joined) {
            let fits = held
                .iter()
                .any(|(_, held)| left && year(held.end) || joined && year(held.start));
            return (!fits).then(|| Err(format!("your profile has another year than {written}")));
        }
        let titles = |root: &str| {
            let mut titles = self.index.person.iter().filter(|line| line.is_title);
            titles.any(|line| line.roots.contains(root))
        };
        let told = |line: &Line| {
            let telling = clause.tokens.clone().filter(|at| {
                *at != number.from
                    && !is_plain(self.word(*at))
                    && !self.word(*at).starts_with("certif")
            });
            telling
                .map(|at| self.root(at))
                .any(|root| line.roots.contains(root) && !titles(root))
        };
        let certificates = self.index.person.iter();
        let mut certificates = certificates
            .filter(|line| line.place == Place::Certificate && told(line))
            .peekable();
        let gets = says(&[
            "passed",
            "got",
            "certified",
            "certificate",
            "held",
            "hold",
            "earned",
            "since",
            "completed",
        ]) && held.is_empty();
        certificates.peek()?;
        let studied = lines
            .iter()
            .filter_map(|at| self.index.person.get(*at))
            .any(|line| line.place == Place::Education && told(line));
        let fits = certificates.any(|line| line.numbers.iter().any(|one| same(*one, number.value)));
        (gets && !fits && !studied)
            .then(|| Err(format!("your profile has another year than {written}")))
    }

    /// A year in which the person finished what they studied: an education ended in it.
    pub(super) fn finished_in(&self, clause: &Clause, number: Number) -> Option<Found> {
        const ENDS: &[&str] = &["finished", "completed", "graduated", "ended", "concluded"];
        const ELSE: &[&str] = &[
            "started",
            "began",
            "joined",
            "moved",
            "worked",
            "work",
            "became",
            "since",
            "from",
            "certificate",
            "course",
            "training",
            "licence",
        ];
        let finished = (clause.tokens.start..number.from)
            .rev()
            .find(|at| ENDS.contains(&self.word(*at)))?;
        let mut between = finished + 1..number.from;
        if between.any(|at| ELSE.contains(&self.word(at)) || self.is_number(at)) {
            return None;
        }
        let begins = |at: usize| STUDIES.iter().any(|start| self.word(at).starts_with(start));
        clause.tokens.clone().find(|at| begins(*at))?;
        // "my master's degree": the one of that level.
        let level = clause
            .tokens
            .clone()
            .find_map(|at| self.degree_at(at).flatten());
        let ended = self.grounds.profile.education.iter().filter(|one| {
            let stated = one.degree.as_deref().and_then(degree_level);
            level.is_none() || stated == level
        });
        let mut ended = ended.filter_map(|one| one.end).peekable();
        ended.peek()?;
        let fits = ended.any(|end| f64::from(end.year) == number.value);
        let written = self.word(number.from);
        (!fits).then(|| Err(format!("what you studied did not end in {written}")))
    }

    /// "lead since 2023", where the profile itself says since when.
    pub(super) fn since_of(&self, clause: &Clause, number: Number) -> Option<Found> {
        (clause.tokens.start..number.from).find(|at| self.word(*at) == "since")?;
        // "I have been the steward since I came in 2020": the part before says what.
        let opens = self.word(clause.tokens.start) == "since";
        let before = self
            .clauses
            .iter()
            .find(|one| one.tokens.end == clause.tokens.start && one.sentence == clause.sentence);
        let mut told = self.told(clause, &(0..0));
        told.remove("since");
        if let Some(before) = before.filter(|_| opens) {
            told.extend(self.told(before, &(0..0)));
        }
        let shared = |line: &Line| {
            told.iter()
                .filter(|root| line.roots.contains(*root))
                .count()
        };
        let telling = |line: &Line| {
            let mut held = told.iter().filter(|root| line.roots.contains(*root));
            held.any(|root| !is_core(root))
        };
        let states = |line: &Line| line.numbers.iter().any(|one| same(*one, number.value));
        let lines = self.index.person.iter();
        let dated = lines.clone().filter(|line| {
            !line.is_title && line.words.iter().any(|word| word == "since") && telling(line)
        });
        let line = dated
            .max_by_key(|line| shared(line))
            .filter(|line| shared(line) >= 2)?;
        let others = lines.filter(|line| states(line));
        let rival = others.map(shared).max().unwrap_or_default();
        if states(line) && shared(line) >= rival {
            return Some(Ok(rest(line)));
        }
        if shared(line) <= rival {
            return None;
        }
        let written = self.word(number.from);
        Some(Err(format!(
            "your profile says another time than since {written}"
        )))
    }

    /// A year outside of the time at the employer where alone the deed was done.
    pub(super) fn out_of_time(&self, clause: &Clause, number: Number) -> Option<Found> {
        if clause.subject == Subject::Posting || clause.denied_from.is_some() {
            return None;
        }
        let line = self.line_told(clause)?;
        let held = self.grounds.profile.work.get(line.position()?)?;
        let start = f64::from(held.start?.year);
        let end = f64::from(held.end.unwrap_or(self.grounds.today).year);
        let states = line.numbers.iter().any(|one| same(*one, number.value));
        let within = (start..=end).contains(&number.value);
        let written = self.word(number.from);
        (!states && !within).then(|| Err(format!("you did not do this in {written}")))
    }

    /// For how long the person has done what a clause tells of, where the profile says
    /// since when ("lead since 2023").
    pub(super) fn years_since(&self, clause: &Clause) -> Option<f64> {
        let line = self.line_told(clause)?;
        let at = line.words.iter().position(|word| word == "since")?;
        let dated = line.words.get(at + 1..).unwrap_or_default();
        let year: f64 = dated
            .iter()
            .take(3)
            .find_map(|word| word.parse().ok().filter(|year| *year > 1900.0))?;
        let month = dated.iter().take(2).find_map(|word| {
            let at = MONTHS
                .iter()
                .position(|one| one.eq_ignore_ascii_case(word))?;
            u8::try_from(at).ok()
        });
        let begun = year + f64::from(month.unwrap_or_default()) / 12.0;
        let today = self.grounds.today;
        let now = f64::from(today.year) + f64::from(today.month.max(1)) / 12.0;
        Some((now - begun).max(0.0))
    }

    /// "I would take it once I have settled in": nothing of it is done yet.
    pub(super) fn is_yet_to_come(&self, clause: &Clause) -> bool {
        let opens = matches!(
            self.word(clause.tokens.start),
            "once" | "when" | "until" | "if"
        );
        let before = self
            .clauses
            .iter()
            .find(|one| one.tokens.end == clause.tokens.start && one.sentence == clause.sentence);
        opens && before.is_some_and(|one| one.mood == Mood::Wish)
    }
}
