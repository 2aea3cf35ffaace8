//! Names: employers, places, skills, and remote work.

use super::{
    super::{Remote, Sentence, sentence::Word},
    role,
};
use crate::{job::Place, normal::place, skill};

/// "Anywhere" by itself is any place, not work from home.
const REMOTE: &[&str] = &[
    "remote",
    "remotely",
    "from home",
    "home office",
    "work from anywhere",
    "working from anywhere",
    "work anywhere",
    "wfh",
    "homeoffice",
    "von zu hause",
    "von zuhause",
];
const NOT_REMOTE: &[&str] = &[
    "not remote",
    "no remote",
    "non remote",
    "nothing remote",
    "nicht remote",
    "kein homeoffice",
];

/// How remote work counts.
pub(super) fn remote(sentence: &Sentence, no_places: bool) -> Remote {
    if !sentence.says_any(REMOTE) || sentence.says_any(NOT_REMOTE) {
        return Remote::Unsaid;
    }
    let beside = |words: &&'static str| {
        ["or", "oder"].iter().any(|or| {
            sentence.says(&format!("{or} {words}")) || sentence.says(&format!("{words} {or}"))
        })
    };
    if !no_places && REMOTE.iter().any(beside) {
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

const BEFORE_PLACES: &[&str] = &["in", "near", "around", "from", "within", "to", "nach"];

const NO_PLACE: &[&str] = &[
    "remote",
    "remotely",
    "the",
    "us",
    "home",
    "anywhere",
    "somewhere",
    "everywhere",
    "me",
    "my",
    "it",
    "be",
    "do",
    "this",
    "that",
    "your",
];
/// Words that no name of a place goes on with: "nurse in Munich" is none.
const NOT_WITHIN: &[&str] = &[
    "in", "near", "around", "from", "within", "to", "nach", "at", "with", "and", "or", "und",
    "oder", "als", "as", "for", "für",
];

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
        || role::openings(first).is_some()
        || first.is(NO_PLACE) && first.text != "US"
    {
        return None;
    }
    for length in 1..=3 {
        let parts = words.get(at..at + length)?;
        let ends = |word: &Word| word.after_mark || word.is(NOT_WITHIN);
        if parts.iter().skip(1).any(ends) {
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
    "mit",
];

/// Whether a word leads to a name or is one of remote work.
pub(super) fn knows(word: &str) -> bool {
    BEFORE_PLACES.contains(&word)
        || WITH.contains(&word)
        || ["remote", "remotely", "wfh", "homeoffice"].contains(&word)
}

/// Endings by which a word says that a skill is at the heart of the work.
const HEART: &[&str] = &[
    "-heavy",
    "-based",
    "-focused",
    "-focussed",
    "-centric",
    "-oriented",
    "-first",
    "-only",
    "-related",
];

/// The word before such an ending, if it has one: "go" of "go-heavy".
pub(super) fn at_heart(word: &str) -> Option<&str> {
    HEART.iter().find_map(|ending| word.strip_suffix(ending))
}

/// The skill of the lexicon that a word by itself names.
pub(super) fn known_skill(word: &str) -> Option<&'static str> {
    skill::named(word).filter(|label| skill::is_of_lexicon(label))
}

/// The skills that are named: after a "with", and in words such as "Go-heavy".
pub(super) fn skills(sentence: &Sentence) -> Vec<String> {
    let hearts = sentence.words.iter().filter_map(|word| at_heart(&word.low));
    let mut all: Vec<String> = hearts.filter_map(known_skill).map(str::to_owned).collect();
    all.extend(after_with(sentence));
    let mut seen = Vec::new();
    all.retain(|skill| {
        let is_new = !seen.contains(skill);
        seen.push(skill.clone());
        is_new
    });
    all.truncate(4);
    all
}

fn after_with(sentence: &Sentence) -> Vec<String> {
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
        .collect()
}
