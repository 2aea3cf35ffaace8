//! Who a part of a sentence speaks of, and whether it claims anything.
//!
//! In doubt it is a claim about the person.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    phrases::{
        BUT_ALSO, CLAIMS, DENIALS, FIRST, GENERAL, JOINS, LEARNS, MY_LETTER, OWN, POSTING,
        SUBJECTS, TURNS, WISHES, YOURS,
    },
    token::{Token, ends_sentence},
};

/// Whom a clause speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The person.
    Person,
    /// The employer and what it looks for.
    Posting,
}

/// What a clause does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// It says how things are.
    Claim,
    /// It says what the person wishes or likes.
    Wish,
}

/// A part of a sentence with one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Number of its sentence.
    pub(super) sentence: usize,
    pub(super) subject: Subject,
    pub(super) mood: Mood,
    /// The token from which on it denies.
    pub(super) denied_from: Option<usize>,
    /// Speaks of what is still to be learned.
    pub(super) learns: bool,
    /// Takes up what the clause before it named ("which I know well").
    pub(super) takes_up: bool,
}

/// The clauses of a text.
pub(super) fn clauses(tokens: &[Token], employer: &[String]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut start, mut sentence) = (0, 0);
    for at in 0..tokens.len() {
        let Some(token) = tokens.get(at) else { break };
        let ends = ends_sentence(&token.after) || at + 1 == tokens.len();
        if ends || parts(tokens, at, start) {
            let before = clauses.last().filter(|before| before.sentence == sentence);
            let clause = read(tokens, start..at + 1, before, employer);
            clauses.push(Clause { sentence, ..clause });
            start = at + 1;
        }
        sentence += usize::from(ends);
    }
    clauses
}

/// Whether a clause ends after the token at `at`.
fn parts(tokens: &[Token], at: usize, start: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let after = tokens.get(at).map_or("", |token| token.after.as_str());
    if after.contains([';', ':', '—', '(', ')']) || after.contains(" – ") || after.contains(" - ")
    {
        return true;
    }
    let next = word(at + 1);
    if TURNS.contains(&next) && at + 1 > start {
        return true;
    }
    let subject = |at: usize| SUBJECTS.contains(&word(at));
    let comma = after.contains(',');
    let relative = matches!(
        next,
        "which" | "something" | "where" | "who" | "all" | "both" | "things" | "what"
    );
    (JOINS.contains(&next) && subject(at + 2))
        || (comma && (subject(at + 1) || relative || next == "so"))
        || (next == "and" && subject(at + 2))
        || (comma && matches!(next, "and" | "or") && word(at + 2) == "the")
}

fn read(
    tokens: &[Token],
    range: Range<usize>,
    before: Option<&Clause>,
    employer: &[String],
) -> Clause {
    let own = tokens.get(range.clone()).unwrap_or_default();
    let words: Vec<&str> = own.iter().map(|token| token.lower.as_str()).collect();
    let joined = format!(" {} ", words.join(" "));
    let says = |phrase: &&&str| joined.contains(&format!(" {phrase} "));
    let subject = subject(&words, employer)
        .unwrap_or_else(|| before.map_or(Subject::Person, |before| before.subject));
    let wishes = WISHES.iter().any(|wish| says(&wish));
    let claims = words.iter().any(|word| CLAIMS.contains(word)) && !is_mere_wish(&joined);
    let denied = DENIALS.iter().filter(|denial| says(denial));
    let denied_at = denied
        .filter_map(|denial| joined.find(&format!(" {denial} ")))
        .min()
        .filter(|_| !BUT_ALSO.iter().any(|phrase| says(&phrase)));
    let denied_from = denied_at.map(|at| {
        let head = joined.get(..at).unwrap_or_default();
        // "French I do not speak": what is denied stands before.
        let is_whole = head
            .split_whitespace()
            .next_back()
            .is_some_and(|last| FIRST.contains(&last));
        let is_thing = denied_things(&joined, at) && !words.iter().any(|word| FIRST.contains(word));
        range.start
            + if is_whole || is_thing {
                0
            } else {
                head.split_whitespace().count()
            }
    });
    let learns = LEARNS.iter().any(|phrase| says(&phrase));
    let first = words.first().copied().unwrap_or_default();
    let speaks = words
        .iter()
        .any(|word| FIRST.contains(word) || OWN.contains(word));
    let takes_up = subject == Subject::Person
        && matches!(
            first,
            "which" | "something" | "all" | "both" | "that" | "things" | "where" | "what" | "as"
        )
        && speaks;
    Clause {
        tokens: range,
        sentence: 0,
        subject,
        mood: if wishes && !claims {
            Mood::Wish
        } else {
            Mood::Claim
        },
        denied_from,
        learns: learns && wishes && !claims,
        takes_up,
    }
}

/// "IFRS is not part of it": what is denied stands before.
fn denied_things(joined: &str, at: usize) -> bool {
    let tail = joined.get(at..).unwrap_or_default();
    [" is not ", " isn't ", " are not ", " was not "]
        .iter()
        .any(|verb| tail.starts_with(verb))
}

/// "I am applying", "I am glad to hear": the verb claims nothing.
fn is_mere_wish(joined: &str) -> bool {
    const MERE: &[&str] = &[
        " am applying ",
        " am writing ",
        " am looking for ",
        " am keen ",
        " am eager ",
        " am interested ",
        " have to ",
        " am ready ",
        " like to know ",
        " am curious ",
        " am drawn ",
        " am excited ",
        " am glad ",
        " am happy ",
        " have applied ",
    ];
    let rest = MERE
        .iter()
        .fold(joined.to_owned(), |rest, phrase| rest.replace(phrase, " "));
    !rest.split_whitespace().any(|word| CLAIMS.contains(&word))
}

/// The subject that the words of a clause name.
fn subject(words: &[&str], employer: &[String]) -> Option<Subject> {
    if words.iter().any(|word| FIRST.contains(word)) {
        return Some(Subject::Person);
    }
    let own = words.iter().enumerate().find(|(at, word)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        OWN.contains(word) && **word != "me" && **word != "us" && !MY_LETTER.contains(&next)
    });
    if own.is_some() {
        return Some(Subject::Person);
    }
    // "A late truck matters": what a thing is like, not what somebody did.
    let is_general = (words.iter().any(|word| GENERAL.contains(word))
        || words.windows(2).any(|pair| pair == ["has", "to"]))
        && !words
            .iter()
            .any(|word| *word != "years" && CLAIMS.contains(word));
    let yours = words
        .iter()
        .any(|word| YOURS.contains(word) || POSTING.contains(word));
    let first = words
        .iter()
        .find(|word| !matches!(**word, "the" | "at" | "and" | "that" | "what" | "how"));
    let names = first.is_some_and(|first| employer.iter().any(|part| part == first))
        || (!employer.is_empty()
            && words
                .windows(employer.len())
                .any(|window| window.iter().zip(employer).all(|(a, b)| a == b))
            && !words.iter().any(|word| CLAIMS.contains(word)));
    (yours || names || is_general).then_some(Subject::Posting)
}
