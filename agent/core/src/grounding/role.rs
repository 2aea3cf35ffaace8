//! Years in a role or field, which its positions have to give, and the title that was
//! held where it is said to have been.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    clause::Clause,
    ground::words_of,
    kin::are_kin,
    number::Number,
    reading::Reading,
    title::{BESIDE_TITLE, is_role},
    token::root,
    word::is_function,
};

/// Words between a time of work and what it was spent as or in.
const OF_WORK: &[&str] = &[
    "of",
    "experience",
    "work",
    "working",
    "practice",
    "practical",
    "professional",
    "employment",
    "now",
    "the",
    "job",
    "hands",
    "on",
    "worked",
    "i",
    "have",
    "i've",
    "been",
];
/// Words right before a title without an article.
const BEING: &[&str] = &[
    "as", "was", "am", "i'm", "been", "became", "become", "acting",
];
/// Words before a number that say how exact it is.
const ABOUT: &[&str] = &[
    "for", "over", "more", "than", "about", "almost", "nearly", "the", "last", "past", "some",
    "around", "a", "good", "at", "least", "just", "under",
];

impl Reading<'_> {
    /// For how long the person worked in the role or field that the clause says a time of:
    /// `from` is the first token of the time and `at` its last. `None` where no position
    /// is called so.
    pub(super) fn years_in_role(&self, clause: &Clause, from: usize, at: usize) -> Option<f64> {
        let positions = self
            .role_behind(clause, at)
            .or_else(|| self.role_before(clause, from))
            .or_else(|| self.role_beside(clause, from, at))?;
        Some(self.index.years_in(self.grounds, &positions))
    }

    /// "… years as a nurse", "… years of experience in nursing".
    fn role_behind(&self, clause: &Clause, at: usize) -> Option<Vec<usize>> {
        let mut next = at + 1;
        // "years of experience", but "years of nursing" names the field.
        let opens_field = |at: usize| {
            matches!(self.word(at), "of" | "on") && !OF_WORK.contains(&self.word(at + 1))
        };
        while clause.tokens.contains(&next)
            && !self.is_cut(next - 1)
            && OF_WORK.contains(&self.word(next))
            && !opens_field(next)
        {
            next += 1;
        }
        if self.is_cut(next.saturating_sub(1)) {
            return None;
        }
        let opens = self.word(next);
        let article = usize::from(is_article(self.word(next + 1)));
        let run = self.run_from(clause, next + 1 + article);
        // "For ten years I have been a nurse"
        let is_one =
            is_article(opens) && matches!(self.word(next.saturating_sub(1)), "been" | "was" | "am");
        match opens {
            _ if is_one => self.positions_titled(&self.run_from(clause, next + 1)),
            "as" => self.positions_titled(&run),
            "in" | "of" | "on" | "with" | "within" => self.positions_of_field(&run),
            _ => None,
        }
    }

    /// "as a nurse for … years", "I have been a nurse for … years".
    fn role_before(&self, clause: &Clause, from: usize) -> Option<Vec<usize>> {
        let mut last = from.checked_sub(1)?;
        let mut timed = false;
        while last > clause.tokens.start && ABOUT.contains(&self.word(last)) {
            timed |= matches!(self.word(last), "for" | "over");
            last -= 1;
        }
        let first = clause.tokens.start.max(last.saturating_sub(6));
        let article = (first..last).rev().find(|at| is_article(self.word(*at)))?;
        let held = article
            .checked_sub(1)
            .is_some_and(|at| matches!(self.word(at), "as" | "been" | "am" | "was"));
        let run = self.run_from(clause, article + 1);
        (timed && held && run.end > last)
            .then(|| self.positions_titled(&run))
            .flatten()
    }

    /// "a two-year internship", "an internship of two years": the positions that are one.
    pub(super) fn role_beside(
        &self,
        clause: &Clause,
        from: usize,
        at: usize,
    ) -> Option<Vec<usize>> {
        let of = from.checked_sub(1).filter(|at| self.word(*at) == "of");
        let before = of.and_then(|of| of.checked_sub(1));
        let nouns = [Some(at + 1), before].into_iter().flatten();
        let nouns = nouns.filter(|at| clause.tokens.contains(at));
        let is_post = |at: &usize| {
            self.word(*at).ends_with("ship") || matches!(self.word(*at), "stint" | "traineeship")
        };
        let noun = nouns.into_iter().find(is_post)?;
        let found =
            self.positions_with(|title, _| title.iter().any(|one| are_kin(self.word(noun), one)));
        (!found.is_empty()).then_some(found)
    }

    /// "been a teacher" right before a token: the positions titled so.
    pub(super) fn positions_before(&self, clause: &Clause, end: usize) -> Option<Vec<usize>> {
        let first = clause.tokens.start.max(end.saturating_sub(7));
        let article = (first..end).rev().find(|at| is_article(self.word(*at)))?;
        let held = article
            .checked_sub(1)
            .is_some_and(|at| matches!(self.word(at), "as" | "been" | "am"));
        (held && article + 1 < end)
            .then(|| self.positions_titled(&(article + 1..end)))
            .flatten()
    }

    /// The tokens of a title or field from `start` on.
    fn run_from(&self, clause: &Clause, start: usize) -> Range<usize> {
        let mut end = start;
        while clause.tokens.contains(&end)
            && (!is_function(self.word(end)) || self.word(end) == "and" && end > start)
            && !self.is_number(end)
        {
            end += 1;
            if self.is_cut(end - 1) {
                break;
            }
        }
        start..end
    }

    /// Whether something closes behind a token.
    fn is_cut(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| token.after.contains([',', ';', ':', '(', ')', '.']))
    }

    /// The positions whose titles have the words of one of the roles that a run names.
    fn positions_titled(&self, run: &Range<usize>) -> Option<Vec<usize>> {
        let words: Vec<&str> = run.clone().map(|at| self.word(at)).collect();
        // "as a nurse behind me": the title ends with who does the work.
        let last = words.iter().rposition(|word| is_role(word))?;
        let head = words.get(last).copied()?;
        let words = words.get(..=last).unwrap_or_default();
        let mut found: Vec<usize> = Vec::new();
        for part in words.split(|word| *word == "and") {
            let mut wanted: Vec<String> = part
                .iter()
                .filter(|word| !BESIDE_TITLE.contains(word) && !is_function(word))
                .map(|word| root(word))
                .collect();
            if !part.iter().any(|word| is_role(word)) {
                wanted.push(root(head));
            }
            found.extend(self.positions_with(|title, _| {
                wanted
                    .iter()
                    .all(|root| title.iter().any(|word| super::token::root(word) == *root))
            }));
        }
        (!found.is_empty()).then_some(found)
    }

    /// The positions whose titles or deeds have words of the family of a field's.
    fn positions_of_field(&self, run: &Range<usize>) -> Option<Vec<usize>> {
        let words: Vec<&str> = run
            .clone()
            .map(|at| self.word(at))
            .filter(|word| !is_function(word) && !super::word::is_core(&root(word)))
            .collect();
        if words.is_empty() {
            return None;
        }
        let has = |stated: &[String]| {
            words
                .iter()
                .all(|word| stated.iter().any(|one| are_kin(word, one)))
        };
        let found = self.positions_with(|title, done| has(title) || has(done));
        (!found.is_empty()).then_some(found)
    }

    fn positions_with(&self, fits: impl Fn(&[String], &[String]) -> bool) -> Vec<usize> {
        let held = self.grounds.profile.work.iter().enumerate();
        held.filter(|(_, held)| {
            let done = held.highlights.iter().flat_map(|one| words_of(&one.text));
            fits(&words_of(&held.title), &done.collect::<Vec<_>>())
        })
        .map(|(at, _)| at)
        .collect()
    }

    /// "I was Lead Buyer", "as foreman": where a title without an article begins.
    pub(super) fn bare_title(&self, clause: &Clause, at: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        let first = clause.tokens.start.max(at.saturating_sub(LONGEST));
        let is_part = |at: &usize| {
            let capital = self.tokens.get(*at).is_some_and(|token| token.is_capital);
            let verb = self.word(*at).ends_with("ing") || self.word(*at).ends_with("ed");
            !BEING.contains(&self.word(*at))
                && !self.word(*at).ends_with("ly")
                && !is_function(self.word(*at))
                && (capital || !verb)
                && !self.is_number(*at)
        };
        let run = (first..=at)
            .rev()
            .take_while(|at| is_part(at) && (*at == first || !self.is_cut(at - 1)));
        let from = run.last()?;
        let before = (clause.tokens.start..from)
            .rev()
            .find(|at| !self.word(*at).ends_with("ly") && self.word(*at) != "now")?;
        let promoted = self.word(before) == "to"
            && before
                .checked_sub(1)
                .is_some_and(|at| self.word(at) == "promoted");
        (BEING.contains(&self.word(before)) || promoted).then_some(from)
    }

    /// Whether the title of `from..to` is said of an employer at whom it was not held:
    /// then how it was called there.
    pub(super) fn title_there(&self, clause: &Clause, from: usize, to: usize) -> Option<String> {
        let named = self.named_here(clause);
        let (place, _) = named.first().copied()?;
        let behind = place >= to
            && place - to <= 4
            && (to..place).any(|at| matches!(self.word(at), "at" | "for" | "with" | "of" | "by"))
            && !(to.saturating_sub(1)..place).any(|at| self.is_cut(at));
        let before = place < from
            && (place..from).any(|at| {
                matches!(
                    self.word(at),
                    "was" | "worked" | "been" | "am" | "work" | "became"
                )
            });
        if !behind && !before {
            return None;
        }
        let wanted: Vec<String> = (from..to)
            .filter(|at| !is_function(self.word(*at)))
            .filter(|at| !BESIDE_TITLE.contains(&self.word(*at)))
            .map(|at| self.root(at).to_owned())
            .collect();
        let words: Vec<&str> = (from..to).map(|at| self.word(at)).collect();
        let holds = |line: &&super::ground::Line| {
            line.position()
                .is_some_and(|at| named.iter().any(|(_, one)| *one == at))
                && (line.is_title && wanted.iter().all(|root| line.roots.contains(root))
                    || line.has_in_a_row(&words))
        };
        if wanted.is_empty() || self.index.person.iter().any(|line| holds(&line)) {
            return None;
        }
        let (_, position) = named.first()?;
        let held = self.grounds.profile.work.get(*position)?;
        Some(held.title.clone())
    }

    /// How long a number of years that leaves the word out may be at most: the role that
    /// the years before it were spoken of ("two years as a nurse. I have eight").
    pub(super) fn years_spoken_of(&self, clause: &Clause, number: Number) -> Option<f64> {
        let own = self.years_in_role(clause, number.from, number.to.saturating_sub(1));
        own.or_else(|| {
            let before = self.clauses.iter().filter(|one| {
                one.sentence == clause.sentence || one.sentence + 1 == clause.sentence
            });
            let mut years = before.flat_map(|one| {
                let years = one.tokens.clone().filter(|at| self.root(*at) == "year");
                years.map(move |at| (one, at))
            });
            years.find_map(|(one, at)| self.years_in_role(one, at, at))
        })
    }
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "my")
}
