//! Numbers of anything: what is counted has to be counted so where it stands.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::Clause,
    ground::{Line, Place},
    number::{Number, figures, same},
    reading::{Found, Reading, posted, rest},
    time::ROUNDED,
    word::{is_function, is_plain},
};

/// What letters count without saying anything ("two things").
const THINGS: &[&str] = &[
    "thing", "reason", "point", "word", "sentenc", "way", "sid", "aspect", "question", "part",
    "idea", "result", "step", "task", "topic",
];

impl Reading<'_> {
    /// All other numbers.
    pub(super) fn numbers(&mut self, clause: &Clause) {
        for number in self.numbers_of(clause) {
            let next = self.root(number.to);
            let next = match next {
                "different" => self.root(number.to + 1),
                next => next,
            };
            if number.value <= 5.0 && THINGS.contains(&next) {
                continue;
            }
            if self.is_manner_of_speaking(number.from)
                || self.is_hour(number)
                || self.points_back(number)
            {
                continue;
            }
            let found = self.counted(clause, number);
            self.claim(number.from..number.to, ClaimKind::Number, found);
        }
    }

    /// "look twice", "half of each": nothing is counted.
    pub(super) fn is_manner_of_speaking(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.root(at));
        let after = self.word(at + 2);
        match self.word(at) {
            "twice" => {
                let verbs = (at.saturating_sub(4)..at).map(|at| self.root(at));
                verbs
                    .chain([before])
                    .any(|verb| matches!(verb, "look" | "think" | "check" | "read" | "ask"))
            }
            "two" => before == "or" && at >= 2 && self.word(at - 2) == "thing",
            "half" => self.word(at + 1) == "of" && matches!(after, "each" | "it" | "them"),
            _ => false,
        }
    }

    /// "at four in the morning", "at two on a Friday".
    fn is_hour(&self, number: Number) -> bool {
        let at = number.from.checked_sub(1).map_or("", |at| self.word(at));
        let after = [0, 1, 2].map(|step| self.word(number.to + step));
        let is_day = |word: &str| word.trim_end_matches('s').ends_with("day");
        let of_day = match after {
            ["in", "the", part] => matches!(part, "morning" | "afternoon" | "evening"),
            ["on", day, other] => is_day(day) || is_day(other),
            ["o'clock", _, _] => true,
            _ => false,
        };
        at == "at" && number.value <= 24.0 && of_day
    }

    /// "these three", "all three of them": what was counted before.
    fn points_back(&self, number: Number) -> bool {
        let before = number.from.checked_sub(1).map_or("", |at| self.word(at));
        let after = self.word(number.to);
        let ends = super::token::ends_sentence(
            self.tokens
                .get(number.to - 1)
                .map_or("", |token| token.after.as_str()),
        ) || is_function(after);
        matches!(before, "these" | "those" | "all" | "other") && number.value <= 5.0 && ends
    }

    /// "the last five as an engineer", "I have eight", after years were spoken of.
    fn is_left_out_years(&self, clause: &Clause, number: Number) -> bool {
        // "I have eight, first as a nurse", "ten more"
        let more = usize::from(self.word(number.to) == "more");
        let closed = self
            .tokens
            .get(number.to.saturating_sub(1))
            .is_some_and(|token| token.after.contains(','));
        let ends = number.to + more == clause.tokens.end || closed;
        let mut sentence = self
            .clauses
            .iter()
            .filter(|one| one.sentence == clause.sentence);
        // "yearly churn below 2%" speaks of no time of work.
        let speaks = |one: &Clause| {
            let mut tokens = one.tokens.clone();
            tokens.any(|at| matches!(self.word(at), "year" | "years"))
        };
        if self.unit_behind(number).is_some_and(|unit| unit != "year") {
            return false;
        }
        let goes_on = matches!(
            self.word(number.to),
            "as" | "at" | "with" | "in" | "there" | "plus"
        );
        let introduced = (number.from.saturating_sub(2)..number.from).any(|at| {
            matches!(
                self.word(at),
                "last" | "over" | "than" | "nearly" | "almost" | "about" | "past" | "have"
            )
        });
        let before = self
            .clauses
            .iter()
            .filter(|one| one.sentence + 1 == clause.sentence || one.sentence == clause.sentence);
        let spoken = sentence.any(speaks) || introduced && before.clone().any(speaks);
        (ends || goes_on) && spoken
    }

    pub(super) fn numbers_of(&self, clause: &Clause) -> Vec<Number> {
        let inside = self
            .numbers
            .iter()
            .filter(|number| clause.tokens.contains(&number.from));
        inside
            .filter(|number| !self.is_taken(number.from))
            .copied()
            .collect()
    }

    fn counted(&self, clause: &Clause, number: Number) -> Found {
        let states = |line: &Line| {
            line.numbers
                .iter()
                .any(|stated| same(*stated, number.value))
        };
        let what = self.tokens.get(number.from..number.to).unwrap_or_default();
        let what: Vec<&str> = what.iter().map(|token| token.lower.as_str()).collect();
        let what = what.join(" ");
        if self.may_be_the_postings(clause, number.from)
            && let Some(line) = self.index.posting.iter().find(|line| states(line))
        {
            return Ok(posted(line));
        }
        let profile = self.grounds.profile;
        let have = match self.root(number.to) {
            "employ" | "company" | "compan" | "job" | "position" | "role" | "posit" => {
                profile.work.len()
            }
            "languag" => profile.languages.len(),
            _ => 0,
        };
        if have > 0 && same(number.value, have as f64) {
            let place = if self.root(number.to) == "languag" {
                Place::Language
            } else {
                Place::Position(0)
            };
            if let Some(line) = self.index.person.iter().find(|line| line.place == place) {
                return Ok(rest(line));
            }
        }
        let named = self.employers_named(clause);
        let worked = match named.as_slice() {
            [] => self.index.years,
            named => self.index.years_in(self.grounds, named),
        };
        if self.is_left_out_years(clause, number)
            && number.value <= self.years_spoken_of(clause, number).unwrap_or(worked) + ROUNDED
            && let Some(line) = self.index.person.iter().find(|line| line.is_title)
        {
            return Ok(rest(line));
        }
        let derived = self.derived(clause, number);
        if let Some(line) = derived.or_else(|| self.as_often(clause, number)) {
            // The length of a position is that position's.
            return match self.index.person.get(line) {
                Some(line) if line.is_title => Ok(rest(line)),
                _ => self.rest_of(clause, &[line], &what),
            };
        }
        let around = self.around(clause, number);
        let unit = self.unit_behind(number);
        let lines: Vec<usize> = self
            .index
            .person
            .iter()
            .enumerate()
            .filter(|(_, line)| {
                let lasts = number
                    .from
                    .checked_sub(1)
                    .is_some_and(|at| self.word(at) == "for");
                let a_year = unit == Some("month")
                    && !lasts
                    && self.role_beside(clause, number.from, number.to).is_none()
                    && same(number.value, 12.0)
                    && line.words.iter().any(|word| word == "year");
                let percentile = self.root(number.to) == "percentil"
                    && line
                        .words
                        .iter()
                        .any(|word| *word == format!("p{}", number.value));
                // "my present 18": of what is held today.
                let before = number.from.checked_sub(1).map_or("", |at| self.word(at));
                let held = line
                    .position()
                    .and_then(|at| self.grounds.profile.work.get(at));
                let present = matches!(before, "present" | "current")
                    && states(line)
                    && held.is_some_and(|held| held.end.is_none());
                if present
                    || a_year
                    || percentile
                    || (states(line) && self.is_identifier(number, line))
                {
                    return true;
                }
                states(line)
                    && !self.is_otherwise(clause, number, line)
                    && self.fits_units(clause, number, line)
                    && self.counts_alike(clause, number, line)
                    && self.is_of_one_line(clause, number, line)
                    && (around.iter().any(|root| line.roots.contains(root))
                        || self.is_of_pair(clause, number, line))
            })
            .map(|(at, _)| at)
            .collect();
        let placed = lines.iter().filter_map(|at| self.index.person.get(*at));
        if !lines.is_empty()
            && placed
                .clone()
                .all(|line| self.turns_round(clause, number, line))
        {
            return Err(format!(
                "your profile says that “{what}” went the other way"
            ));
        }
        self.rest_of(clause, &lines, &what)
    }

    /// Whether a line counts the thing that stands behind the number, if one does that
    /// could be another.
    fn counts_alike(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let parted = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.after.contains([',', ';', ')', '(', ':']))
        };
        let times = |word: &String| matches!(word.as_str(), "times" | "time");
        let often = matches!(self.word(number.to + 1), "a" | "per" | "each" | "every");
        if often && self.word(number.to) == "times" && !line.words.iter().any(times) {
            return false;
        }
        let mut things = 0;
        let mut said = false;
        for at in number.to..clause.tokens.end.min(number.to + 4) {
            let word = self.word(at);
            let ends = parted(at.saturating_sub(1)) || is_function(word) || self.is_number(at);
            if ends || self.root(at) == "year" {
                break;
            }
            let here = self.stands_in(at, line) || self.is_kin_in(at, line);
            // "70 duplicate invoices": duplicates stand in another line.
            let joined = self.tokens.get(at).is_some_and(|token| token.after == " ");
            let elsewhere = !here
                && joined
                && !super::word::is_core(self.root(at))
                && !self.lines_with(self.root(at)).is_empty();
            if elsewhere && line.position().is_some() && self.stands_in(at + 1, line) {
                return false;
            }
            said |= self.stands_in(at, line);
            if !is_plain(word) && super::unit::unit_of(word).is_none() {
                things += 1;
            }
        }
        things == 0 || said
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.numbers
            .iter()
            .any(|one| (one.from..one.to).contains(&at))
    }

    /// "the 2391", "BS 7671": figures that are a name.
    fn is_identifier(&self, number: Number, line: &Line) -> bool {
        let written = self.word(number.from);
        let is_name = matches!(
            line.place,
            Place::Certificate | Place::Skill | Place::Education
        );
        let has_letter = written.contains(char::is_alphabetic);
        is_name
            && (written.len() >= 3 || has_letter)
            && line.words.iter().any(|word| word == written)
    }

    /// "from nine to four": both numbers stand in one line.
    fn is_of_pair(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let mut same_sentence = self.numbers.iter().filter(|other| {
            let of = self
                .clauses
                .iter()
                .find(|one| one.tokens.contains(&other.from));
            of.is_some_and(|of| of.sentence == clause.sentence) && other.from != number.from
        });
        same_sentence.any(|other| {
            !same(other.value, number.value)
                && line.numbers.iter().any(|stated| same(*stated, other.value))
        })
    }

    /// Roots of the words beside a number that say what it counts.
    fn around(&self, clause: &Clause, number: Number) -> Vec<String> {
        let is_word = |at: &usize| {
            let word = self.word(*at);
            !is_function(word) && figures(word).is_none() && !self.is_number(*at)
        };
        let telling = |at: &usize| is_word(at) && !is_plain(self.word(*at));
        let after: Vec<usize> = (number.to..clause.tokens.end).take(6).collect();
        let before: Vec<usize> = (clause.tokens.start..number.from).rev().take(7).collect();
        let some = |fits: &dyn Fn(&usize) -> bool| -> Vec<usize> {
            let after = after.iter().copied().filter(|at| fits(at)).take(2);
            let before = before.iter().copied().filter(|at| fits(at)).take(3);
            after.chain(before).collect()
        };
        let mut found = some(&telling);
        if found.is_empty() {
            found = some(&is_word);
        }
        // What is counted stands behind the number, be it a plain word.
        found.extend(after.iter().copied().find(|at| is_word(at)));
        let before = number.from.checked_sub(1).filter(|at| is_word(at));
        found.extend(before.filter(|at| clause.tokens.contains(at)));
        if number.to == clause.tokens.end {
            // "carriers: I have done it with nine": the sentence says what is counted.
            let sentence = self
                .clauses
                .iter()
                .filter(|one| one.sentence == clause.sentence);
            found.extend(sentence.flat_map(|one| one.tokens.clone()).filter(telling));
        }
        found
            .into_iter()
            .map(|at| self.root(at).to_owned())
            .collect()
    }
}
