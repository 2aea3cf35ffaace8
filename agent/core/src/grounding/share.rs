//! The part one had in a thing: "I led the move", where the profile says that one helped.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    deed::{MINDS, inflects},
    ground::{Line, Place},
    phrases::FIRST,
    reading::Reading,
    word::{is_core, is_function},
};

/// Beginnings of words by which a letter says that one had a part in it.
const HAD_A_PART: &[&str] = &[
    "help",
    "assist",
    "support",
    "contribut",
    "particip",
    "involved",
    "shadow",
    "joined",
];
/// Words by which a letter says that others did it too.
const WITH_OTHERS: &[&str] = &["together", "colleagues", "team", "member", "colleague"];
/// Verbs of being at the head of something.
const LEADS: &[&str] = &[
    "ran",
    "run",
    "led",
    "lead",
    "headed",
    "head",
    "managed",
    "manage",
    "directed",
    "direct",
    "owned",
    "own",
    "organised",
    "organise",
    "coordinated",
    "oversaw",
    "founded",
];
/// Words by which a whole thing is claimed for oneself.
const IN_CHARGE: &[&[&str]] = &[
    &["responsible", "for"],
    &["in", "charge"],
    &["responsibility"],
    &["leader", "of"],
    &["head", "of"],
];
/// Phrases of having done all of a thing; they stand in the profile or nowhere.
const ALL_OF_IT: &[&[&str]] = &[
    &["from", "start", "to", "finish"],
    &["from", "beginning", "to", "end"],
    &["single", "handedly"],
    &["singlehandedly"],
    &["end", "to", "end"],
    &["from", "scratch"],
    &["all", "by", "myself"],
    &["all", "on", "my", "own"],
];

impl Reading<'_> {
    /// Deeds of which the profile says only that one had a part in them.
    pub(super) fn shares(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        self.whole_deeds(clause);
        self.led_places(clause);
        let Some(verb) = self.deed_of(clause) else {
            return;
        };
        if self.says_with_others(clause, verb) {
            return;
        }
        let Some(line) = self.line_told(clause) else {
            return;
        };
        // "I installed" of one employer, told of what was maintained at another.
        let held = self.lines_with(self.root(verb));
        let positions: Option<Vec<usize>> = held
            .iter()
            .map(|at| self.index.person.get(*at).and_then(Line::position))
            .collect();
        let elsewhere = positions.is_some_and(|positions| {
            !positions.is_empty()
                && line.position().is_some_and(|at| !positions.contains(&at))
                && !is_core(self.root(verb))
        });
        if elsewhere {
            let why = format!(
                "your profile states “{}” of another employer",
                self.word(verb)
            );
            self.claim(verb..verb + 1, ClaimKind::Word, Err(why));
            return;
        }
        if is_of_help(line) {
            let why = "your profile says that you had a part in it".to_owned();
            self.claim(verb..verb + 1, ClaimKind::Word, Err(why));
        }
    }

    /// "from start to finish": who says so says that nobody else did it.
    fn whole_deeds(&mut self, clause: &Clause) {
        for phrase in ALL_OF_IT {
            let Some(at) = self.phrase_in(clause, phrase) else {
                continue;
            };
            let mut lines = self.index.person.iter();
            if !lines.any(|line| line.has_in_a_row(phrase)) {
                let why = "your profile does not say that it was all yours".to_owned();
                self.claim(at..at + phrase.len(), ClaimKind::Word, Err(why));
            }
        }
    }

    fn phrase_in(&self, clause: &Clause, phrase: &[&str]) -> Option<usize> {
        clause.tokens.clone().find(|at| {
            let mut words = phrase.iter().enumerate();
            words.all(|(offset, word)| self.word(at + offset) == *word)
        })
    }

    /// The token by which a clause claims a deed of the person or to be in charge of one.
    fn deed_of(&self, clause: &Clause) -> Option<usize> {
        let speaks = clause
            .tokens
            .clone()
            .any(|at| FIRST.contains(&self.word(at)));
        let charged = IN_CHARGE
            .iter()
            .find_map(|phrase| self.phrase_in(clause, phrase));
        let deed = || {
            let (verb, _) = self.deed(clause)?;
            self.is_past(verb).then_some(verb)
        };
        charged
            .filter(|_| speaks)
            .or_else(deed)
            .or_else(|| self.habit_of(clause))
    }

    /// "I prepare": what one does today, and not what one thinks or can.
    fn habit_of(&self, clause: &Clause) -> Option<usize> {
        let mut tokens = clause.tokens.clone();
        let subject = tokens.find(|at| self.word(*at) == "i")?;
        let verb = (subject + 1..clause.tokens.end).find(|at| {
            !self.word(*at).ends_with("ly") && !matches!(self.word(*at), "also" | "now" | "still")
        })?;
        let is_mind = MINDS.iter().any(|base| inflects(self.word(verb), base));
        (!is_mind && !is_function(self.word(verb)) && !self.is_be(verb)).then_some(verb)
    }

    fn is_be(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "am" | "was" | "have" | "had" | "did" | "do" | "been"
        )
    }

    /// "I ran the Food Bank": who was there did not lead it all.
    fn led_places(&mut self, clause: &Clause) {
        let is_name = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_capital);
        let found = clause.tokens.clone().find_map(|verb| {
            let subject = verb.checked_sub(1).map_or("", |at| self.word(at));
            if !LEADS.contains(&self.word(verb)) || !matches!(subject, "i" | "have" | "i've") {
                return None;
            }
            let from = verb + 1 + usize::from(self.word(verb + 1) == "the");
            let to = (from..clause.tokens.end).find(|at| !is_name(*at));
            let to = to.unwrap_or(clause.tokens.end);
            let ends = to == clause.tokens.end
                || is_function(self.word(to))
                || self
                    .tokens
                    .get(to.saturating_sub(1))
                    .is_some_and(|token| token.after.contains([',', '.', ';']));
            let words: Vec<&str> = (from..to).map(|at| self.word(at)).collect();
            let is_place = |line: &&Line| {
                (line.is_title || line.place == Place::Volunteering) && line.has_in_a_row(&words)
            };
            let lines = self.index.person.iter().filter(is_place);
            let leads = lines
                .clone()
                .any(|line| line.roots.contains(self.root(verb)));
            let named = to > from && ends && lines.count() > 0;
            (named && !leads).then_some(verb..to)
        });
        if let Some(range) = found {
            let why = "your profile does not say that you led it".to_owned();
            self.claim(range, ClaimKind::Word, Err(why));
        }
    }

    fn says_with_others(&self, clause: &Clause, verb: usize) -> bool {
        let sentence = self.clauses.iter();
        let mut words = sentence
            .filter(|one| one.sentence == clause.sentence)
            .flat_map(|one| one.tokens.clone());
        let leads = LEADS.contains(&self.word(verb))
            || IN_CHARGE
                .iter()
                .any(|phrase| phrase.first() == Some(&self.word(verb)));
        words.any(|at| {
            let word = self.word(at);
            HAD_A_PART.iter().any(|start| word.starts_with(start))
                || word == "part"
                || !leads && WITH_OTHERS.contains(&word)
        })
    }

    /// The line that alone has the most words of a clause, two at least.
    pub(super) fn line_told(&self, clause: &Clause) -> Option<&Line> {
        let told = self.told(clause, &(0..0));
        let shared = |line: &Line| {
            let held = told.iter().filter(|root| line.roots.contains(*root));
            let telling = held.clone().any(|root| !is_core(root));
            if telling { held.count() } else { 0 }
        };
        let lines = self.index.person.iter().filter(|line| !line.is_title);
        let most = lines.clone().map(shared).max().filter(|most| *most >= 2)?;
        let mut best = lines.filter(|line| shared(line) == most);
        let first = best.next()?;
        best.next().is_none().then_some(first)
    }
}

/// "Helped to …", "Took part in …".
fn is_of_help(line: &Line) -> bool {
    const HELPS: &[&str] = &[
        "helped",
        "help",
        "helping",
        "assisted",
        "assist",
        "assisting",
        "supported",
        "contributed",
        "participated",
        "shadowed",
    ];
    let mut words = line.words.iter().filter(|word| !is_function(word));
    let takes = line.words.windows(2).next().is_some_and(|pair| {
        matches!(
            pair,
            [took, part] if matches!(took.as_str(), "took" | "take" | "taking") && part == "part"
        )
    });
    takes
        || words
            .next()
            .is_some_and(|word| HELPS.contains(&word.as_str()))
}
