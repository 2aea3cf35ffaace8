//! Finds the terms of the lexicon in a text.
#![deny(clippy::indexing_slicing)]

use super::{
    context,
    lexicon::{Lexicon, Term, fold},
};

/// A skill at a place of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) skill: usize,
}

/// A term as written, before ambiguity is settled.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    hit: Hit,
    ambiguous: bool,
}

/// The skills in `text`, in its order; of overlapping ones the leftmost, of
/// those the longest.
pub(super) fn hits(lexicon: &Lexicon, text: &str) -> Vec<Hit> {
    let Some(automaton) = &lexicon.automaton else {
        return Vec::new();
    };
    let folded = fold(text);
    let mut candidates: Vec<Candidate> = Vec::new();
    for found in automaton.find_overlapping_iter(&folded) {
        let (start, end) = (found.start(), found.end());
        let Some(plural) = bounded(text, start, end) else {
            continue;
        };
        let written = text.get(start..end).unwrap_or_default();
        let terms = lexicon
            .terms
            .get(found.pattern().as_usize())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let accepted = |term: &&Term| term.exact.is_none_or(|exact| exact == written);
        // A firm reading wins over one that needs context.
        if let Some(term) = terms
            .iter()
            .filter(accepted)
            .min_by_key(|term| term.ambiguous)
        {
            if plural && (term.exact.is_some() || end - start < 4) {
                continue;
            }
            let hit = Hit {
                start,
                end,
                skill: term.skill,
            };
            candidates.push(Candidate {
                hit,
                ambiguous: term.ambiguous,
            });
        }
    }
    candidates.sort_by_key(|candidate| (candidate.hit.start, std::cmp::Reverse(candidate.hit.end)));
    let mut reached = 0;
    candidates.retain(|candidate| {
        let free = candidate.hit.start >= reached;
        if free {
            reached = candidate.hit.end;
        }
        free
    });
    settle(lexicon, text, &candidates)
}

/// Leaves out the ambiguous terms whose surroundings do not speak of skills.
fn settle(lexicon: &Lexicon, text: &str, candidates: &[Candidate]) -> Vec<Hit> {
    let firm: Vec<Hit> = candidates
        .iter()
        .filter(|found| !found.ambiguous)
        .map(|found| found.hit)
        .collect();
    let technical = firm
        .iter()
        .filter(|hit| {
            lexicon
                .skills
                .get(hit.skill)
                .is_some_and(|skill| context::is_technical(skill.category))
        })
        .count();
    candidates
        .iter()
        .filter(|found| {
            let Some(skill) = lexicon.skills.get(found.hit.skill) else {
                return false;
            };
            if !found.ambiguous {
                return true;
            }
            let near = firm
                .iter()
                .any(|hit| context::are_listed_together(text, *hit, found.hit));
            let technical = context::is_technical(skill.category) && technical >= 2;
            context::speaks_of_skill(text, found.hit, near, technical)
        })
        .map(|found| found.hit)
        .collect()
}

/// Whether `start..end` is a whole word, and if so whether a plural `s` follows it.
pub(super) fn bounded(text: &str, start: usize, end: usize) -> Option<bool> {
    let word = text.get(start..end)?;
    let mut before = text.get(..start)?.chars().rev();
    let mut after = text.get(end..)?.chars();
    let single = word.chars().count() == 1;
    let starts_in_word = word.chars().next().is_some_and(char::is_alphanumeric);
    match before.next() {
        Some(c) if starts_in_word && (c.is_alphanumeric() || matches!(c, '_' | '@' | '#')) => {
            return None;
        }
        // The end of an address, "ada@example.net", is not ".NET".
        Some(c) if !starts_in_word && c.is_alphanumeric() => return None,
        // "A/R", "A&R": an abbreviation of single letters.
        Some('/' | '&') if single && follows_single_letter(before.clone()) => return None,
        Some('.') if before.next().is_some_and(char::is_alphanumeric) => return None,
        _ => {}
    }
    let ends_in_word = word.chars().next_back().is_some_and(char::is_alphanumeric);
    match after.next() {
        Some('s') if ends_in_word && !after.next().is_some_and(char::is_alphanumeric) => Some(true),
        Some(c) if ends_in_word && (c.is_alphanumeric() || c == '_') => None,
        Some('+' | '#') if single => None,
        _ => Some(false),
    }
}

/// Whether the text read backwards starts with a word of one letter.
fn follows_single_letter(mut before: impl Iterator<Item = char>) -> bool {
    before.next().is_some_and(char::is_alphabetic)
        && !before.next().is_some_and(char::is_alphanumeric)
}
