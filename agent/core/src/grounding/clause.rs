//! Who a part of a sentence speaks of, and whether it claims anything.
//!
//! In doubt it is a claim about the person.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    mood::{denied_things, is_about_it, is_at_home, is_conditional, is_mere_wish, learned_at},
    phrases::{
        BUT_ALSO, CLAIMS, DENIALS, FIRST, GENERAL, JOINS, LEARNS, MY_LETTER, NEGATIONS, OWN,
        POSTING, SUBJECTS, TURNS, VERBS_ANEW, WISHES, YOURS,
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
    /// The token from which on it names what is still to be learned.
    pub(super) learned_from: Option<usize>,
    /// Takes up what the clause before it named ("which I know well").
    pub(super) takes_up: bool,
    /// Speaks of a thing and not of what the person did or has ("free parking made me
    /// smile").
    pub(super) about_it: bool,
    /// "Dear hiring team": it addresses somebody and claims nothing.
    pub(super) greets: bool,
}

/// The clauses of a text.
pub(super) fn clauses(tokens: &[Token], employer: &[String]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut start, mut sentence) = (0, 0);
    for at in 0..tokens.len() {
        let Some(token) = tokens.get(at) else { break };
        let ends = ends_sentence(&token.after) || at + 1 == tokens.len();
        let greets = greets(tokens, start, at);
        let is_whole = greets && token.after.contains([',', ':']) || ends;
        if is_whole || !greets && parts(tokens, at, start, employer) {
            let before = clauses.last().filter(|before| before.sentence == sentence);
            let clause = read(tokens, start..at + 1, before, employer);
            // "What I do not bring: knowledge of the market."
            let listed = before.filter(|before| {
                let opens = start.checked_sub(1).and_then(|at| tokens.get(at));
                before.denied_from.is_some()
                    && opens.is_some_and(|token| token.after.contains(':'))
                    && !clause.tokens.clone().any(|at| {
                        tokens
                            .get(at)
                            .is_some_and(|token| FIRST.contains(&token.lower.as_str()))
                    })
            });
            let denied_from = clause.denied_from.or(listed.map(|_| start));
            // "You would get somebody who knows Lua": that is the person too.
            let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
            let of_offered = matches!(word(start), "who" | "that" | "whose")
                && before.is_some_and(|before| {
                    let words: Vec<&str> = before.tokens.clone().map(word).collect();
                    is_offer(&words)
                });
            let claimed = Clause {
                subject: Subject::Person,
                mood: Mood::Claim,
                about_it: false,
                ..clause.clone()
            };
            let clause = if of_offered { claimed } else { clause };
            clauses.push(Clause {
                sentence,
                greets,
                denied_from,
                ..clause
            });
            start = at + 1;
        }
        sentence += usize::from(ends);
    }
    clauses
}

/// Whether the tokens from `start` to `at` address somebody, as the first of a letter do.
fn greets(tokens: &[Token], start: usize, at: usize) -> bool {
    const LONGEST: usize = 9;
    let is_line = start == 0
        || tokens
            .get(start - 1)
            .is_some_and(|token| token.after.contains('\n'));
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let begins = matches!(
        (word(start), word(start + 1)),
        ("dear" | "hello" | "hi" | "hey", _)
            | ("good", "morning" | "day" | "evening" | "afternoon")
    ) || (start == 0 && word(0) == "to");
    let speaks = (start..=at).any(|at| FIRST.contains(&word(at)) || word(at) == "my");
    is_line && begins && !speaks && at - start < LONGEST
}

/// Whether a clause ends after the token at `at`.
fn parts(tokens: &[Token], at: usize, start: usize, employer: &[String]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let after = tokens.get(at).map_or("", |token| token.after.as_str());
    if after.contains([';', ':', '—', '(', ')']) || after.contains(" – ") || after.contains(" - ")
    {
        return true;
    }
    let next = word(at + 1);
    let turns = TURNS.contains(&next) && (next != "still" || after.contains(','));
    // "I have not yet used it" goes on.
    let not_yet = next == "yet" && (word(at) == "not" || word(at).ends_with("n't"));
    if turns && !not_yet && at + 1 > start {
        return true;
    }
    // "…, before that a tutor"
    if matches!(word(at), "before" | "after") && next == "that" {
        return false;
    }
    if next == "before" && word(at + 2) == "that" && at + 1 > start {
        return true;
    }
    let subject = |at: usize| SUBJECTS.contains(&word(at));
    let comma = after.contains(',');
    let relative = matches!(
        next,
        "which" | "something" | "where" | "who" | "all" | "both" | "things" | "what"
    );
    // "I read that Meadowlark is used in 220 surgeries": what follows is the employer's.
    let names = employer.first().is_some_and(|first| first == word(at + 2));
    // "…, and life support is the course I would like": another thing is spoken of.
    let anew = (at + 2..at + 12).take_while(|at| {
        let closed = at
            .checked_sub(1)
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| token.after.contains([',', '.', ';']));
        !closed && !FIRST.contains(&word(*at))
    });
    let mut anew = anew.map(word);
    let is_anew = comma
        && next == "and"
        && anew.any(|word| matches!(word, "is" | "are" | "was" | "were" | "would" | "will"));
    let conditional = |at: usize| matches!(word(at), "would" | "could" | "will" | "might");
    // "…, and in your role I would do the same": what is done ends before it.
    let is_then = comma
        && next == "and"
        && matches!(word(at + 2), "in" | "at" | "with" | "there")
        && (at + 3..at + 8).any(|at| word(at) == "i" && conditional(at + 1))
        && !(at + 3..at + 8).any(|at| {
            let after = tokens.get(at).map_or("", |token| token.after.as_str());
            after.contains(['.', ';', '!', '?'])
        });
    // "as I live in York, the train would do": the reason ends at the comma.
    let reasons = (start..at)
        .any(|at| matches!(word(at), "as" | "since" | "because") && FIRST.contains(&word(at + 1)));
    let is_reasoned = comma
        && reasons
        && matches!(next, "the" | "a" | "an")
        && (at + 2..at + 9)
            .take_while(|at| !FIRST.contains(&word(*at)))
            .any(conditional);
    is_then
        || is_reasoned
        || (JOINS.contains(&next) && (subject(at + 2) || names))
        || is_anew
        // "I live in Leeds and the office is in York"
        || (next == "and" && word(at + 2) == "the" && matches!(word(at + 4), "is" | "are"))
        || (comma && (subject(at + 1) || relative || matches!(next, "so" | "while" | "whereas")))
        || (next == "and" && (subject(at + 2) || VERBS_ANEW.contains(&word(at + 2))))
        || (comma
            && matches!(next, "and" | "or")
            && (word(at + 2) == "the" || (next == "and" && word(at + 2).ends_with("ing"))))
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
    let wishes = WISHES.iter().any(|wish| says(&wish)) || is_conditional(&words);
    let at_home = is_at_home(&words, &joined);
    let claims =
        at_home || words.iter().any(|word| CLAIMS.contains(word)) && !is_mere_wish(&joined);
    let denied = DENIALS.iter().filter(|denial| says(denial));
    let denials = denied.filter_map(|denial| joined.find(&format!(" {denial} ")));
    let denied_at = denials.min().filter(|_| {
        let denies_nothing = BUT_ALSO.iter().any(|phrase| says(&phrase));
        // "There is nothing I have not used": twice denied is claimed.
        let none = words
            .iter()
            .position(|word| matches!(*word, "no" | "nothing" | "nobody" | "none" | "hardly"));
        let twice = none.is_some_and(|none| {
            let mut rest = words.iter().skip(none + 1);
            rest.any(|word| NEGATIONS.contains(word) && !matches!(*word, "no" | "none" | "nothing"))
        });
        !denies_nothing && !twice && !at_home
    });
    let denied_from = denied_at.map(|at| {
        let head = joined.get(..at).unwrap_or_default();
        // "French I do not speak": what is denied stands before.
        let is_whole = head
            .split_whitespace()
            .next_back()
            .is_some_and(|last| FIRST.contains(&last));
        let is_thing = denied_things(&joined)
            && (!words.iter().any(|word| FIRST.contains(word))
                || is_mere_wish(&joined)
                || joined.contains(" something i ")
                || joined.contains(" not things i ")
                || joined.contains(" is nil ")
                || joined.contains(" limited to none "));
        range.start
            + if is_whole || is_thing {
                // "I use it when Figma is not enough" denies what stands behind "when".
                let head: Vec<&str> = head.split_whitespace().collect();
                let speaks = head.first().is_some_and(|first| FIRST.contains(first));
                let opens = |word: &&str| matches!(*word, "when" | "if" | "where" | "because");
                head.iter()
                    .rposition(opens)
                    .filter(|_| speaks)
                    .unwrap_or_default()
            } else {
                head.split_whitespace().count()
            }
    });
    let learned_from = learned_at(&words).map(|at| range.start + at);
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
        mood: if wishes && !claims && !is_offer(&words) {
            Mood::Wish
        } else {
            Mood::Claim
        },
        denied_from,
        learns: learns && wishes && !claims,
        learned_from,
        takes_up,
        about_it: is_about_it(&words, &joined) && !is_offer(&words),
        greets: false,
    }
}

/// The subject that the words of a clause name.
fn subject(words: &[&str], employer: &[String]) -> Option<Subject> {
    if words.iter().any(|word| FIRST.contains(word)) {
        return Some(Subject::Person);
    }
    // "You would get somebody with a trade": that is the person.
    if is_offer(words) {
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

/// "You would get somebody …": who writes is offered.
fn is_offer(words: &[&str]) -> bool {
    let gets = words.windows(2).any(|pair| {
        matches!(
            pair,
            [
                "get" | "gain" | "find" | "hire",
                "somebody" | "someone" | "a" | "an"
            ]
        )
    });
    let who = ["somebody", "someone", "person", "colleague", "me"];
    gets && words.iter().any(|word| who.contains(word))
}
