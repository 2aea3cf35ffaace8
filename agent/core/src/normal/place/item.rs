//! The stretches of a stated location, and what each names.
#![deny(clippy::indexing_slicing)]

use super::table::{self, Named, key};
use crate::{job::Region, text::Words};

/// Longest name in the table, in words.
const MAX_WORDS: usize = 5;

/// Words between two places.
static JOINING: Words = Words::of("or, and, oder, und, ou, et, o, y");

/// Words of locations that name no place.
static NOISE: Words = Words::of(
    "remote, hybrid, home, based, homebased, office, onsite, on, site, only, in, within,
     from, the, area, metro, metropolitan, greater, region, any, location, locations,
     multiple, various, flexible, work, working, fully, friendly, possible, optional, first,
     at, of, homeoffice, télétravail, bundesweit, deutschlandweit, mobil, standort, raum,
     bei, near, hq, headquarters, city, state, province, all, a, option, preferred, timezone,
     timezones, time, zone, zones, countries, country, eligible, open, to, distributed,
     virtual, nationwide, other, more, county, 100, full, or, part",
);

/// A stretch of a stated location.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: What,
    /// Something parts it from the item before, and what.
    pub(super) joint: Joint,
}

/// What a stretch names.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// A city by its kept name, and its country.
    City(&'static str, &'static str),
    /// A country by its code.
    Country(&'static str),
    /// A state or province, by the code of its country.
    State(&'static str),
    /// A region wider than a country.
    Region(Region),
    /// Words about how the work is done, not where.
    Noise,
    /// Words that are not in the table.
    Unknown,
}

/// What stands between two stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// A space, comma, bracket or dash: the next may say more of the same place.
    Soft,
    /// "or", "and", a slash or a semicolon: another place begins.
    Hard,
}

/// A word of a stated location, in bytes.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    joint: Joint,
    /// No comma, bracket or dash stands between it and the word before.
    same_phrase: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let mut gap_from = 0;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let inside = c.is_alphanumeric() || matches!(c, '.' | '\'' | '’');
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let gap = text.get(gap_from..from).unwrap_or_default();
                words.push(Word {
                    start: from,
                    end: at,
                    joint: if gap.contains(['/', ';', '|', '•', '·', '&', '+']) {
                        Joint::Hard
                    } else {
                        Joint::Soft
                    },
                    same_phrase: gap == " " || gap == "-",
                });
                start = None;
                gap_from = at;
            }
            _ => {}
        }
    }
    words
}

/// Recognises the stretches of `text`, the longest known name first.
pub(super) fn items(text: &str) -> Vec<Item> {
    let words = words(text);
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    let mut joint = Joint::Soft;
    while let Some(word) = words.get(at) {
        if word.joint == Joint::Hard {
            joint = Joint::Hard;
        }
        let found = (1..=MAX_WORDS.min(words.len() - at))
            .rev()
            .find_map(|count| Some((count, recognise(text, words.get(at..at + count)?, &items)?)));
        let single = text.get(word.start..word.end).unwrap_or_default();
        let (count, what) = match found {
            Some(found) => found,
            None if is_joining(single) => {
                joint = Joint::Hard;
                at += 1;
                continue;
            }
            None if is_noise(single) => (1, What::Noise),
            None => (1, What::Unknown),
        };
        let end = words.get(at + count - 1).map_or(word.end, |last| last.end);
        match items.last_mut() {
            Some(last)
                if matches!((last.what, what), (What::Unknown, What::Unknown))
                    && word.same_phrase
                    && joint == Joint::Soft =>
            {
                last.end = end;
            }
            _ => items.push(Item {
                start: word.start,
                end,
                what,
                joint,
            }),
        }
        joint = Joint::Soft;
        at += count;
    }
    items
}

/// What the words together name.
fn recognise(text: &str, words: &[Word], items: &[Item]) -> Option<What> {
    let before = items.last();
    let city_before = country_of_city(items);
    let (first, last) = (words.first()?, words.last()?);
    let written = text.get(first.start..last.end)?;
    let table = table::built_in();
    let alone = before.is_none() && first.start == 0 && last.end == text.len();
    let is_code = written.len() <= 3 && written.chars().all(|c| c.is_ascii_uppercase());
    let named = table.named(&key(written));
    // "us" and "la" are words unless written as codes.
    let is_short_word = written.len() <= 3 && !written.chars().any(|c| c.is_uppercase());
    if is_short_word && !alone {
        return None;
    }
    let unknown_before = matches!(before.map(|item| item.what), Some(What::Unknown));
    if is_code && (city_before.is_some() || unknown_before) {
        // After a city of that country, a code is a state of it.
        let state = table.state(written);
        let country = table.country(written);
        return match (state, country, city_before) {
            (Some(state), _, Some(city)) if state == city => Some(What::State(state)),
            (_, Some(country), Some(city)) if country == city => Some(What::Country(country)),
            (Some(state), _, _) => Some(What::State(state)),
            (None, Some(country), _) => Some(What::Country(country)),
            (None, None, _) => named.first().map(|named| what(*named)),
        };
    }
    if let [only] = named {
        return Some(what(*only));
    }
    if !named.is_empty() {
        return choose(named, before).map(what);
    }
    let is_country_code = written.len() == 2 && (is_code || alone) && written.is_ascii();
    if is_country_code {
        let code = written.to_ascii_uppercase();
        let state = table.state(&code);
        let country = table.country(&code);
        return match (country, state) {
            (Some(country), _) if alone => Some(What::Country(country)),
            (Some(country), None) => Some(What::Country(country)),
            // After its country a code is a state: "US-CA-San Francisco".
            (_, Some(state)) if matches!(before.map(|item| item.what), Some(What::Country(country)) if country == state) => {
                Some(What::State(state))
            }
            (None, Some(state)) => Some(What::State(state)),
            // "Remote, CA" may be either.
            _ => None,
        };
    }
    None
}

/// Country of the city at the end of `items`, also where an unknown state stands
/// behind it ("Bengaluru, KA, IN").
fn country_of_city(items: &[Item]) -> Option<&'static str> {
    let last = items.iter().rev().find(|item| match item.what {
        What::Unknown => item.joint == Joint::Hard,
        What::City(..) | What::Country(_) | What::State(_) | What::Region(_) | What::Noise => true,
    })?;
    if let What::City(_, country) = last.what {
        Some(country)
    } else {
        None
    }
}

/// Of several meanings the one that fits the place before it, else the city,
/// else the country.
fn choose(named: &[Named], before: Option<&Item>) -> Option<Named> {
    let country = match before.map(|item| item.what) {
        Some(What::City(_, country) | What::Country(country)) => Some(country),
        Some(What::Unknown) => Some("US"),
        Some(What::State(_) | What::Region(_) | What::Noise) | None => None,
    };
    let fits = |named: &&Named| match named {
        Named::City(_, of) | Named::State(of) => Some(*of) == country,
        Named::Country(code) => Some(*code) == country,
        Named::Region(_) => false,
    };
    named
        .iter()
        .find(fits)
        .or_else(|| named.iter().find(|named| matches!(named, Named::City(..))))
        .or_else(|| {
            named
                .iter()
                .find(|named| matches!(named, Named::Country(_)))
        })
        .or_else(|| named.first())
        .copied()
}

fn what(named: Named) -> What {
    match named {
        Named::City(name, country) => What::City(name, country),
        Named::Country(code) => What::Country(code),
        Named::State(country) => What::State(country),
        Named::Region(region) => What::Region(region),
    }
}

fn is_joining(word: &str) -> bool {
    JOINING.has(word) || matches!(word, "OR" | "AND" | "Or" | "And")
}

/// Whether a word of a location names no place.
fn is_noise(word: &str) -> bool {
    let lower = word.trim_matches('.').to_lowercase();
    NOISE.has(&lower) || lower.bytes().all(|byte| byte.is_ascii_digit())
}
