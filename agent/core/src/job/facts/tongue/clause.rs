//! A sentence about languages, cut where what it says of one ends.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{super::fold::Pattern, names};

/// A part of a sentence.
pub(super) struct Clause<'a> {
    /// Folded.
    pub(super) text: &'a str,
    /// Codes of the languages it names.
    pub(super) languages: Vec<&'static str>,
    /// Number of the part of the sentence between "but" and semicolons.
    pub(super) group: usize,
    /// Whether "or" stands between it and the clause before.
    pub(super) is_choice: bool,
}

impl Clause<'_> {
    pub(super) fn codes(&self) -> impl Iterator<Item = String> {
        self.languages.iter().map(|code| (*code).to_owned())
    }
}

/// Between what is said of one language and what is said of another.
const HARD: &[&str] = &[
    "; ",
    " but ",
    " aber ",
    " mais ",
    " pero ",
    " while ",
    " whereas ",
    " however ",
    " | ",
    ". ",
    " (but ",
    " jedoch ",
];
/// Between the languages of a list.
const SOFT: &[&str] = &[
    ", ",
    " and ",
    " und ",
    " et ",
    " y ",
    " & ",
    " + ",
    " sowie ",
    " plus ",
    " as well as ",
    " with ",
    " mit ",
    " avec ",
    " con ",
];
/// Between languages of which one will do.
const CHOICE: &[&str] = &[
    " and/or ",
    " und/oder ",
    " et/ou ",
    " or ",
    " oder ",
    " ou ",
    " o ",
    "/",
    " / ",
];

/// After the name of a language: something of a people or a country.
static MARKETS: Pattern = Pattern::any(&[
    r"^(?:[- ](?:speaking|language|sprachige[nr]?))?[ -](?:(?:and|or|und|oder|et|/|&) [a-z]+ )?(?:(?:speaking|local|consumer|enterprise|financial|business|capital|domestic|labou?r|public) )?(?:markets?|customers?|clients?|law|gaap|tax|compan(?:y|ies)|teams?|offices?|citizens?|governments?|startups?|banks?|banking|markt|recht|accounting|subsidiar\w+|entit\w+|economy|unternehmen|gesellschaft|commercial|authorities|teachers?|lehrer\w*|unterricht|regulations?|labou?r|national\w*|healthcare|users?|employees|colleagues|coworkers|tutors?|lessons?|class(?:es)?|courses?|speaking countr\w+|countr\w+|audiences?|literature|heritage|culture|standards?|version|website|content|translations?|texts?|ladder|multinational|group|brand|cuisine|restaurant|kunden\w*|raum|branche|region\w*|territory|schools?|kurse?n?|sprachkurse?|cours|clases|marche|clientele|mercado)\b",
    r"^kurse?\b|^unterricht|^lehrer|^[- ]?(?:sprach)?kurs",
]);

/// Before the name of a language that is not the one spoken of.
static BESIDE: Pattern = Pattern::any(&[
    r"\b(?:other than|besides|apart from|in addition to|ausser|neben|outre|autre que|ademas del?) (?:\w+ )?$",
]);

/// Clauses of the sentence that is `folded` from `stated`.
pub(super) fn clauses<'a>(stated: &str, folded: &'a str) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    for (group, (start, part)) in split(folded, 0, HARD).into_iter().enumerate() {
        for (start, item) in split(part, start, SOFT) {
            for (option, (start, text)) in split(item, start, CHOICE).into_iter().enumerate() {
                clauses.push(Clause {
                    text,
                    languages: languages(stated, folded, start..start + text.len()),
                    group,
                    is_choice: option > 0,
                });
            }
        }
    }
    spread_choice(&mut clauses);
    clauses
}

/// "German, French or Spanish": the commas before "or" part choices too.
fn spread_choice(clauses: &mut [Clause<'_>]) {
    for at in (2..clauses.len()).rev() {
        let (head, tail) = clauses.split_at_mut(at);
        let (Some(before), Some(this)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        // A clause that is the bare name of a language is an item of the list.
        let is_bare = before.languages.len() == 1 && before.text.trim().split(' ').count() == 1;
        if this.is_choice && this.group == before.group && is_bare {
            before.is_choice = true;
        }
    }
}

/// The parts of `text` between `marks`, each with where it starts, where `text`
/// starts at `start`. What stands in brackets belongs to the word before them.
fn split<'a>(text: &'a str, start: usize, marks: &[&str]) -> Vec<(usize, &'a str)> {
    let mut parts = Vec::new();
    let (mut open, mut from) = (0, 0);
    let next = |from: usize| {
        let rest = text.get(from..)?;
        marks
            .iter()
            .filter_map(|mark| Some((from + rest.find(mark)?, mark.len())))
            .min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
    };
    while let Some((at, length)) = next(from) {
        from = at + length;
        let head = text.get(open..at).unwrap_or_default();
        if head.matches('(').count() <= head.matches(')').count() {
            parts.push((start + open, head));
            open = from;
        }
    }
    parts.push((start + open, text.get(open..).unwrap_or_default()));
    parts
}

/// Codes of the languages named at `place`, without those of markets and peoples.
fn languages(stated: &str, folded: &str, place: Range<usize>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    let mut from = place.start;
    let text = folded.get(place).unwrap_or_default();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let end = from + word.len();
        from = end + 1;
        let Some(code) = (word.len() > 3).then(|| names::code(word)).flatten() else {
            continue;
        };
        // What follows decides whether "German" is a language, also past the clause.
        let after = folded.get(end..).unwrap_or_default();
        let before = folded.get(..end - word.len()).unwrap_or_default();
        let is_left_out = BESIDE.finds(before);
        let is_verb = word == "polish" && !stated.contains("Polish");
        if !is_verb && !is_left_out && !MARKETS.finds(after) && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}
