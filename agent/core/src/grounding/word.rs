//! Names, and every other word: what is not plain has to stand in the profile, or
//! where the clause speaks of the employer, in the posting.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashSet, sync::LazyLock};

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    ground::{Line, Place},
    reading::{Found, Reading, posted, rest},
    token::root,
};
use crate::{
    skill::{self, Category},
    text::rows,
};

/// Words of letters that state no fact by themselves, by their roots.
static PLAIN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = rows(include_str!("../../assets/letter-words.txt"));
    words
        .flat_map(|(_, row)| row.split(' '))
        .map(root)
        .collect()
});

/// The same words as they are written.
static WRITTEN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = rows(include_str!("../../assets/letter-words.txt"));
    words.flat_map(|(_, row)| row.split(' ')).collect()
});

/// Words that state a fact, whatever other word has their root.
static CLAIMS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = rows(include_str!("../../assets/claim-words.txt"));
    words.flat_map(|(_, row)| row.split(' ')).collect()
});

/// Words of English that state no fact, in each of their forms.
static EVERYDAY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = rows(include_str!("../../assets/everyday-words.txt"));
    words.flat_map(|(_, row)| row.split(' ')).collect()
});

/// Whether a word says nothing that could be untrue.
pub(super) fn is_plain(word: &str) -> bool {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    is_function(word)
        || WRITTEN.contains(word)
        || EVERYDAY.contains(bare)
        || (PLAIN.contains(&root(word)) && !states(bare))
}

/// Whether a word or what it is a form of is listed as a claim ("mentor" is no
/// "mention").
pub(super) fn states(word: &str) -> bool {
    ["", "s", "es", "ed", "d", "ing", "er", "ers"]
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .any(|base| CLAIMS.contains(base))
}

/// Whether letters have a word of this root whatever they tell.
pub(super) fn is_core(root: &str) -> bool {
    PLAIN.contains(root)
}

/// Whether a word only joins others.
pub(super) fn is_function(word: &str) -> bool {
    word.chars().count() == 1 && !word.starts_with(|c: char| c.is_ascii_digit())
        || skill::tagger::is_everyday(word)
}

impl Reading<'_> {
    /// Names: words with a capital within a sentence.
    pub(super) fn names(&mut self, clause: &Clause) {
        let open = self.open(clause);
        let mut run: Vec<usize> = Vec::new();
        for at in open.iter().copied().chain([usize::MAX]) {
            let is_name = self.tokens.get(at).is_some_and(|token| {
                token.is_capital
                    && !token.is_first
                    && !is_pronoun(&token.lower)
                    && !is_form_of_address(&token.lower)
            });
            let joins = run.last().is_none_or(|last| {
                last + 1 == at
                    && self
                        .tokens
                        .get(*last)
                        .is_some_and(|token| matches!(token.after.as_str(), " " | "-"))
            });
            if !(is_name && joins) {
                self.name(clause, &run);
                run.clear();
            }
            if is_name {
                run.push(at);
            }
        }
    }

    fn name(&mut self, clause: &Clause, run: &[usize]) {
        let (Some(from), Some(last)) = (run.first(), run.last()) else {
            return;
        };
        let (from, to) = (*from, last + 1);
        let words: Vec<&str> = (from..to)
            .map(|at| self.word(at).trim_end_matches("'s"))
            .collect();
        let stands = |line: &Line| {
            let in_full = matches!(line.place, Place::Certificate | Place::Education)
                && (from..to).all(|at| line.roots.contains(self.root(at)));
            line.has_in_a_row(&words)
                || in_full
                || (words.len() == 1
                    && line.roots.contains(self.root(from))
                    && line.words.iter().any(|word| is_one_name(&words, word)))
        };
        let shown = words.join(" ");
        let lines = self.index.person.iter().enumerate();
        let lines: Vec<usize> = lines
            .filter(|(_, line)| stands(line))
            .map(|(at, _)| at)
            .collect();
        let of_posting = self
            .index
            .posting
            .iter()
            .enumerate()
            .find(|(_, line)| stands(line));
        // The employer and the title of the posting may be named in any clause.
        let addressed =
            of_posting.filter(|(at, _)| *at < 2 || self.may_be_the_postings(clause, from));
        let found: Found = match (lines.is_empty(), addressed, of_posting) {
            // "From Osaka I moved": where somebody left is not where they worked.
            (false, _, _)
                if from
                    .checked_sub(1)
                    .is_some_and(|at| self.word(at) == "from") =>
            {
                let first = lines.first().and_then(|at| self.index.person.get(*at));
                first.map(rest).ok_or(shown)
            }
            (false, _, _) => self.rest_at(clause, from, &lines, &shown),
            (true, Some((_, line)), _) => Ok(posted(line)),
            (true, None, Some(_)) => Err(format!("only the posting names “{shown}”")),
            (true, None, None) => Err(format!(
                "neither your profile nor the posting names “{shown}”"
            )),
        };
        self.claim(from..to, ClaimKind::Name, found);
    }

    /// Every other word.
    pub(super) fn words(&mut self, clause: &Clause) {
        for at in self.open(clause) {
            let word = self.word(at).to_owned();
            let denied = clause.denied_from.is_some_and(|from| at >= from);
            if self.is_placed_elsewhere(clause, at) && !self.is_left_behind(at) {
                let why = format!("your profile states “{word}” of another employer");
                self.claim(at..at + 1, ClaimKind::Word, Err(why));
                continue;
            }
            // "Rust" begins a sentence, and the posting asks for Rust.
            let asked = self.tokens.get(at).is_some_and(|token| token.is_capital)
                && self
                    .index
                    .asked
                    .iter()
                    .any(|label| label.eq_ignore_ascii_case(&word))
                && clause.denied_from.is_none()
                && !self.may_be_the_postings(clause, at);
            if asked && self.lines_with(self.root(at)).is_empty() {
                let why = format!("only the posting names “{word}”");
                self.claim(at..at + 1, ClaimKind::Skill, Err(why));
                continue;
            }
            if self.is_name_like_a_manner(at) {
                let why = format!("neither your profile nor the posting names “{word}”");
                self.claim(at..at + 1, ClaimKind::Name, Err(why));
                continue;
            }
            let deed = self.is_asked_deed(clause, at);
            if deed {
                let why = format!("only the posting says “{word}”");
                self.claim(at..at + 1, ClaimKind::Skill, Err(why));
                continue;
            }
            if is_plain(&word)
                || is_pronoun(&word)
                || word == "speaker" && self.word(at.saturating_sub(1)) == "native"
                || super::study::is_gained(&word) && self.holds_paper(clause)
                || super::unit::unit_of(&word).is_some()
                || denied
                || clause.learns
                || clause.learned_from.is_some_and(|from| at >= from)
                || self.is_left_behind(at) && !self.lines_with(self.root(at)).is_empty()
                || self.is_student(at)
                || self.is_signature(at)
                || self.is_idiom(at)
            {
                continue;
            }
            let root = self.root(at).to_owned();
            let mut lines = self.lines_with(&root).to_vec();
            if lines.is_empty() {
                let all = self.index.person.iter().enumerate();
                let all =
                    all.filter(|(_, line)| self.stands_in(at, line) || self.is_kin_in(at, line));
                lines = all.map(|(at, _)| at).collect();
            }
            let of_posting = self
                .index
                .posting
                .iter()
                .find(|line| self.stands_in(at, line));
            let addressed = self.index.posting.iter().take(2).any(|line| {
                line.words.contains(&word) || line.roots.contains(&root) && !word.ends_with("ing")
            }) && !matches!(
                self.word(at.saturating_sub(1)),
                "another" | "other" | "several" | "many"
            );
            if !lines.is_empty() && self.is_mere_noun(at, &lines) {
                let why = format!("your profile does not say that you “{word}”");
                self.claim(at..at + 1, ClaimKind::Word, Err(why));
                continue;
            }
            if !lines.is_empty() {
                let found = self.rest_at(clause, at, &lines, &word);
                // A wish may name what the posting says, whatever the profile says of it.
                let found = match (found, of_posting) {
                    (Err(_), Some(line)) if clause.mood == Mood::Wish => Ok(posted(line)),
                    (found, _) => found,
                };
                self.claim(at..at + 1, ClaimKind::Word, found);
                continue;
            }
            let yours = self.is_talked_to(at)
                || (1..=2).any(|back| {
                    at.checked_sub(back)
                        .is_some_and(|at| self.word(at) == "your")
                });
            let found = match of_posting {
                Some(line)
                    if (addressed && !states(&word))
                        || yours
                        || self.may_be_the_postings(clause, at) =>
                {
                    Ok(posted(line))
                }
                Some(_) => Err(format!("only the posting says “{word}”")),
                None if clause.subject == Subject::Posting => {
                    Err(format!("the posting does not say “{word}”"))
                }
                None => Err(format!("your profile does not say “{word}”")),
            };
            self.claim(at..at + 1, ClaimKind::Word, found);
        }
    }

    /// "Runbookly is a tool": what is something is a name, though it ends as an adverb.
    fn is_name_like_a_manner(&self, at: usize) -> bool {
        let begins = self
            .tokens
            .get(at)
            .is_some_and(|token| token.is_first && token.is_capital);
        let word = self.word(at);
        let verb = matches!(
            self.word(at + 1),
            "is" | "was" | "has" | "keeps" | "helps" | "holds" | "groups" | "does"
        );
        let lines = self.index.person.iter().chain(&self.index.posting);
        let mut words = lines.flat_map(|line| line.words.iter());
        begins
            && verb
            && word.ends_with("ly")
            && !is_plain(word)
            && !words.any(|one| is_one_name(&[word], one))
    }

    /// "I did consolidate": a plain word for what the posting asks for.
    fn is_asked_deed(&self, clause: &Clause, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        let root = self.root(at);
        let is_it = |label: &String| {
            !label.contains(' ')
                && skill::category(label) != Some(Category::Soft)
                && super::token::root(&label.to_lowercase()) == root
        };
        matches!(before, "did" | "have" | "i've")
            && !is_core(root)
            && clause.denied_from.is_none()
            && !self.may_be_the_postings(clause, at)
            && self.lines_with(root).is_empty()
            && self.index.asked.iter().any(is_it)
    }

    /// An everyday word that the profile uses at another employer than the one named.
    fn is_placed_elsewhere(&self, clause: &Clause, at: usize) -> bool {
        let word = self.word(at);
        let lines = self.lines_with(self.root(at));
        let placed = lines
            .iter()
            .filter_map(|at| self.index.person.get(*at))
            .all(|line| line.position().is_some() && !line.is_title);
        let telling = !is_function(word) && !is_core(self.root(at)) && is_plain(word);
        telling
            && !lines.is_empty()
            && placed
            && clause.denied_from.is_none()
            && self.rest_of(clause, lines, word).is_err()
    }

    /// "talk with engineers", "explain it to buyers": whom one would meet there.
    fn is_talked_to(&self, at: usize) -> bool {
        let to = at.checked_sub(1).map_or("", |at| self.word(at));
        let verbs = (at.saturating_sub(4)..at).map(|at| self.word(at));
        let mut verbs =
            verbs.filter(|word| matches!(*word, "talk" | "listen" | "explain" | "speak"));
        matches!(to, "to" | "with") && verbs.next().is_some()
    }

    /// "taught me" claims no teaching, and whoever has skills of software may say so.
    fn is_idiom(&self, at: usize) -> bool {
        if self.is_manner_of_speaking(at) {
            return true;
        }
        match self.word(at) {
            "taught" => self.word(at + 1) == "me",
            // "I trained as a nurse": what is named behind it is traced.
            "trained" => matches!(self.word(at + 1), "as" | "at" | "in" | "well"),
            "books" => at.checked_sub(2).is_some_and(|at| self.root(at) == "clos"),
            "software" | "code" => {
                let software = |label: &String| skill::category(label) == Some(Category::Software);
                self.index.covered.iter().any(software)
            }
            _ => false,
        }
    }

    /// "Before the hospital I worked at a home": what one left is of another employer.
    fn is_left_behind(&self, at: usize) -> bool {
        let before = [2, 1].map(|back| at.checked_sub(back).map_or("", |at| self.word(at)));
        matches!(before, ["before" | "after" | "besides", "the"])
    }

    /// "While I was a student", of whoever studied.
    fn is_student(&self, at: usize) -> bool {
        let before = [2, 1].map(|back| at.checked_sub(back).map_or("", |at| self.word(at)));
        self.word(at) == "student"
            && matches!(before, ["was" | "as" | "still", "a"])
            && !self.grounds.profile.education.is_empty()
    }

    /// A part of the person's own name.
    fn is_signature(&self, at: usize) -> bool {
        let name = self.grounds.profile.name.to_lowercase();
        name.split_whitespace().any(|part| part == self.word(at))
    }
}

/// Words written with a capital that name nobody.
pub(super) fn is_form_of_address(lower: &str) -> bool {
    let day = lower.strip_suffix('s').unwrap_or(lower);
    matches!(lower, "sir" | "madam" | "mr" | "mrs" | "ms" | "cv")
        || day.ends_with("day") && is_plain(day)
}

/// Whether a word is the name itself, be it of several or of what it owns: a made-up name
/// may resemble a word of the profile.
fn is_one_name(name: &[&str], word: &str) -> bool {
    let plain = |word: &str| {
        let bare = word.trim_end_matches("'s");
        bare.strip_suffix('s').unwrap_or(bare).to_owned()
    };
    name.first().is_some_and(|name| plain(name) == plain(word))
}

fn is_pronoun(lower: &str) -> bool {
    lower == "i" || lower.starts_with("i'")
}
