//! Names: employers, places, skills, and remote work.

use super::super::{Remote, Sentence, sentence::Word};
use crate::{job::Place, normal::place, skill};

const REMOTE: &[&str] = &[
    "remote",
    "remotely",
    "from home",
    "home office",
    "anywhere",
    "wfh",
];
const NOT_REMOTE: &[&str] = &["not remote", "no remote", "non remote", "nothing remote"];

/// How remote work counts.
pub(super) fn remote(sentence: &Sentence, no_places: bool) -> Remote {
    if !sentence.says_any(REMOTE) || sentence.says_any(NOT_REMOTE) {
        return Remote::Unsaid;
    }
    let or = [
        "or remote",
        "remote or",
        "or remotely",
        "remotely or",
        "or anywhere",
    ];
    if !no_places && sentence.says_any(&or) {
        Remote::Also
    } else {
        Remote::Only
    }
}

/// The followed employers that are named, and names after "at" that are none.
pub(super) fn companies(
    sentence: &Sentence,
    followed: &super::Followed,
) -> (Vec<String>, Vec<String>) {
    let named = |name: &&String| sentence.says(name);
    let known: Vec<String> = followed.companies.iter().filter(named).cloned().collect();
    let mut strangers = Vec::new();
    for pair in sentence.words.windows(2) {
        let [at, name] = pair else { continue };
        let is_known = known.iter().any(|known| {
            known
                .split_whitespace()
                .any(|part| part.eq_ignore_ascii_case(&name.text))
        });
        if at.is(&["at"])
            && name.is_capital()
            && name.number.is_none()
            && !is_known
            && known_place(&name.text).is_none()
            && !strangers.contains(&name.text)
        {
            strangers.push(name.text.clone());
        }
    }
    (known, strangers)
}

/// The places that are named, as they are written.
pub(super) fn places(sentence: &Sentence, companies: &[String]) -> Vec<String> {
    let words = &sentence.words;
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let place = place_at(words, at).filter(|(name, _)| {
            let of_company = |company: &String| {
                company
                    .split_whitespace()
                    .any(|part| name.eq_ignore_ascii_case(part))
            };
            !companies.iter().any(of_company)
        });
        let Some((name, length)) = place else {
            at += 1;
            continue;
        };
        if !found.contains(&name) {
            found.push(name);
        }
        at += length;
    }
    found
}

const BEFORE_PLACES: &[&str] = &["in", "near", "around", "from", "within", "to"];

/// A place that begins here, and how many words it has. One in small letters is
/// believed behind a word that places follow.
fn place_at(words: &[Word], at: usize) -> Option<(String, usize)> {
    let mut before = words.iter().take(at).rev();
    let mut previous = before.next();
    if previous.is_some_and(|word| word.is(&["the"])) {
        previous = before.next();
    }
    let led = previous.is_some_and(|word| word.is(BEFORE_PLACES));
    let first = words.get(at)?;
    let begins = led || (first.is_capital() && at > 0);
    if !begins
        || first.number.is_some()
        || first.is(&["remote", "remotely", "the", "us"]) && first.text != "US"
    {
        return None;
    }
    for length in 1..=3 {
        let parts = words.get(at..at + length)?;
        if parts.iter().skip(1).any(|word| word.after_mark) {
            return None;
        }
        let name: Vec<&str> = parts.iter().map(|word| word.text.as_str()).collect();
        let name = name.join(" ");
        if known_place(&name).is_some() && (led || skill::find(&name).is_empty()) {
            return Some((name, length));
        }
    }
    None
}

/// The one place of this name, if the tables know it.
fn known_place(name: &str) -> Option<Place> {
    let mut places = place::of_text(name).into_iter();
    let (first, second) = (places.next()?, places.next());
    let known = first.city.is_some() || first.country.is_some() || first.region.is_some();
    (known && second.is_none()).then_some(first)
}

/// Words after which skills stand.
const WITH: &[&str] = &[
    "with",
    "using",
    "requiring",
    "asking",
    "knowing",
    "involving",
];

/// The skills after a "with".
pub(super) fn skills(sentence: &Sentence) -> Vec<String> {
    let Some(at) = sentence.words.iter().position(|word| word.is(WITH)) else {
        return Vec::new();
    };
    let rest: Vec<&str> = sentence
        .words
        .iter()
        .skip(at + 1)
        .map(|word| word.text.as_str())
        .collect();
    skill::find(&rest.join(" "))
        .into_iter()
        .map(|found| found.skill)
        .take(4)
        .collect()
}
