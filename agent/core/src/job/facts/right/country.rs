//! Countries a sentence about the right to work speaks of.
#![deny(clippy::indexing_slicing)]

use std::sync::LazyLock;

use regex::Regex;

use super::super::fold::Pattern;
use crate::{job::Place, normal::place};

/// Where one must be allowed to work: what follows "to work in", "citizen of".
static WHERE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:in|within|for|of|für|en|au|aux|de)\s+(?:the\s+|der\s+|die\s+|den\s+|la\s+|le\s+|l['’])?(?P<where>[^.,;:()]{2,50})").ok()
});

/// Before "citizen", "work permit": of what country. Folded.
const PEOPLES: &[(&[&str], &str)] = &[
    (&["american", "united states"], "US"),
    (&["uk", "british"], "GB"),
    (&["german", "deutsche", "deutscher", "deutschen"], "DE"),
    (&["swiss", "schweizer"], "CH"),
    (&["canadian"], "CA"),
    (&["australian"], "AU"),
    (&["new zealand"], "NZ"),
    (&["french", "francaise"], "FR"),
    (&["irish"], "IE"),
    (&["dutch"], "NL"),
    (&["austrian", "osterreichische"], "AT"),
    (&["italian"], "IT"),
    (&["spanish", "espanola"], "ES"),
    (&["indian"], "IN"),
    (&["singapore"], "SG"),
    (&["japanese"], "JP"),
];

static UNION: Pattern = Pattern::any(&[
    r"\b(?:eu|eea|european union|union europeenne|europaischen? union|union europea|europeenne|europea|ewr)\b|\beu-",
]);

/// Codes of the countries, any of which will do.
pub(super) fn named(stated: &str, folded: &str) -> Vec<String> {
    let stated = stated
        .replace("U.S.A.", "USA")
        .replace("U.S.", "US")
        .replace("U.K.", "UK")
        .replace("E.U.", "EU");
    let mut codes: Vec<String> = Vec::new();
    for found in WHERE
        .iter()
        .flat_map(|pattern| pattern.captures_iter(&stated))
    {
        let Some(words) = found.name("where") else {
            continue;
        };
        let near: Vec<&str> = words.as_str().split_whitespace().take(5).collect();
        codes.extend(of_places(&place::of_text(&near.join(" "))));
    }
    // In small letters it is a pronoun.
    if stated
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "US" || word == "USA")
    {
        codes.push("US".to_owned());
    }
    for (words, code) in PEOPLES {
        if words.iter().any(|word| stands_in(folded, word)) {
            codes.push((*code).to_owned());
        }
    }
    if UNION.finds(folded) {
        codes.push("EU".to_owned());
    }
    let mut kept: Vec<String> = Vec::new();
    for code in codes {
        if !kept.contains(&code) {
            kept.push(code);
        }
    }
    kept
}

/// Codes of the countries of `places`; those of a region only where the region
/// is one of law.
fn of_places(places: &[Place]) -> Vec<String> {
    let codes = places.iter().flat_map(Place::law_codes);
    codes.map(str::to_owned).collect()
}

/// Whether `word` stands in `text` as a whole word.
fn stands_in(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
