//! Years of experience that a sentence asks for.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use crate::text::{Words, number};

static YEARS: Words = Words::of(
    "year, years, yrs, yr, jahr, jahre, jahren, jährige, jähriger, an, ans, année, années, años,
     anos, anni, jaar",
);

/// Words between a number and its years: "3 to 5 years", "3 or more years",
/// "5 volle Jahre".
static BETWEEN: Words = Words::of("to, bis, à, a, or, more, oder, mehr, plus, full, volle");

/// Years asked for the term at `at`: the mention before it, else the one after
/// it in the same clause.
pub(super) fn of(sentence: &str, at: Range<usize>) -> Option<u8> {
    let mentions = mentions(sentence);
    let before = mentions
        .iter()
        .rev()
        .find(|(position, _)| *position <= at.start);
    let clause_end = {
        let tail = sentence.get(at.end..).unwrap_or_default();
        at.end + tail.find([',', ';']).unwrap_or(tail.len())
    };
    let after = mentions
        .iter()
        .find(|(position, _)| *position >= at.end && *position < clause_end);
    before.or(after).map(|(_, years)| *years)
}

/// Numbers of years in `sentence` with their positions in bytes; of a range the
/// lower number. Numbers over 30 are ages of companies, not of experience.
pub(crate) fn mentions(sentence: &str) -> Vec<(usize, u8)> {
    let mut mentions = Vec::new();
    let mut recent: Vec<(usize, u8)> = Vec::new();
    let mut gap = 0;
    let mut just_mentioned = false;
    let pieces = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty());
    for piece in pieces {
        let position = piece.as_ptr() as usize - sentence.as_ptr() as usize;
        // "20 years ago" tells a story.
        if just_mentioned && piece.eq_ignore_ascii_case("ago") {
            mentions.pop();
        }
        just_mentioned = false;
        if let Some(number) = number(piece) {
            recent.push((position, number));
            gap = 0;
            continue;
        }
        // Without a number before it no other word matters.
        if recent.is_empty() {
            continue;
        }
        let lower = piece.to_lowercase();
        if YEARS.has(&lower) {
            if let Some(first) = recent.first() {
                mentions.push(*first);
                just_mentioned = true;
            }
            recent.clear();
        } else {
            gap += 1;
            if gap > 2 || !BETWEEN.has(&lower) {
                recent.clear();
            }
        }
    }
    mentions.retain(|(_, years)| (1..=30).contains(years));
    mentions
}
