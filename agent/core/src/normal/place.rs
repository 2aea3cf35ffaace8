//! Places: city, country, region.
#![deny(clippy::indexing_slicing)]

mod region;
mod table;

pub use region::{codes, contains};

use self::table::{Named, key};
use crate::{job::Place, text};

/// Longest stated location that is read, in characters.
const MAX_CHARS: usize = 300;

/// Longest name in the table, in words.
const MAX_WORDS: usize = 5;

/// The places one stated location names ("Berlin or Munich, Germany" names two).
///
/// A location that only says "remote" names none. One that names nothing known
/// is kept as a place with its words alone. A code after a city is read as its
/// state where the city is in that country ("San Jose, CA" is in California,
/// "Toronto, CA" in Canada).
pub fn of_text(text: &str) -> Vec<Place> {
    let stated = text::quote(text, MAX_CHARS);
    let items = items(&stated);
    let mut places = assemble(&stated, &items);
    if places.is_empty() && items.iter().any(|item| matches!(item.what, What::Unknown)) {
        places.push(Place {
            text: stated.clone(),
            ..Place::default()
        });
    }
    if let [only] = places.as_mut_slice() {
        only.text = stated;
    }
    places
}

/// English name of the country with this ISO 3166-1 alpha-2 code, if the table has it.
pub fn country_name(code: &str) -> Option<&'static str> {
    table::built_in().country_name(code)
}

/// A stretch of a stated location.
#[derive(Debug, Clone, Copy)]
struct Item {
    start: usize,
    end: usize,
    what: What,
    /// Something parts it from the item before, and what.
    joint: Joint,
}

#[derive(Debug, Clone, Copy)]
enum What {
    City(&'static str, &'static str),
    Country(&'static str),
    State(&'static str),
    Region(crate::job::Region),
    /// Words about how the work is done, not where.
    Noise,
    Unknown,
}

/// What stands between two stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
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
fn items(text: &str) -> Vec<Item> {
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
            .find_map(|count| {
                Some((
                    count,
                    recognise(text, words.get(at..at + count)?, items.last())?,
                ))
            });
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
fn recognise(text: &str, words: &[Word], before: Option<&Item>) -> Option<What> {
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
    let city_before = match before.map(|item| item.what) {
        Some(What::City(_, country)) => Some(country),
        _ => None,
    };
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
        return Some(what(choose(named, before)));
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

/// Of several meanings the one that fits the place before it, else the city,
/// else the country.
fn choose(named: &[Named], before: Option<&Item>) -> Named {
    let country = match before.map(|item| item.what) {
        Some(What::City(_, country) | What::Country(country)) => Some(country),
        Some(What::Unknown) => Some("US"),
        _ => None,
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
        .unwrap_or(Named::Region(crate::job::Region::Worldwide))
}

fn what(named: Named) -> What {
    match named {
        Named::City(name, country) => What::City(name, country),
        Named::Country(code) => What::Country(code),
        Named::State(country) => What::State(country),
        Named::Region(region) => What::Region(region),
    }
}

/// Puts stretches together to places: a city with the state and country after
/// it, or with the country before it.
fn assemble(text: &str, items: &[Item]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut open = false;
    let mut unknown: Option<&Item> = None;
    for item in items {
        let words = text
            .get(item.start..item.end)
            .unwrap_or_default()
            .to_owned();
        let soft = item.joint == Joint::Soft;
        let continues = soft && open;
        let last = places.last_mut();
        match item.what {
            What::Noise => continue,
            What::Unknown => {
                unknown = Some(item);
                continue;
            }
            What::City(name, country) => match last {
                // "Germany, Berlin" and "US-CA-San Jose" say the country first.
                Some(place)
                    if continues
                        && place.city.is_none()
                        && place.country.as_deref() == Some(country) =>
                {
                    place.city = Some(name.to_owned());
                    place.text = format!("{}, {words}", place.text);
                }
                _ => places.push(Place {
                    text: words,
                    city: Some(name.to_owned()),
                    country: Some(country.to_owned()),
                    region: None,
                }),
            },
            What::State(country) | What::Country(country) => match (last, unknown) {
                (Some(place), None) if continues && place.city.is_some() => {
                    // What follows a city corrects it: "Vienna, VA" is not in Austria.
                    if place.country.as_deref() != Some(country) {
                        place.city = Some(place.text.clone());
                    }
                    place.text = format!("{}, {words}", place.text);
                    place.country = Some(country.to_owned());
                }
                (Some(place), None)
                    if continues
                        && place.country.as_deref() == Some(country)
                        && matches!(item.what, What::State(_)) =>
                {
                    place.text = format!("{}, {words}", place.text);
                }
                (_, Some(name)) if soft && is_name(text, name) => {
                    let name = text
                        .get(name.start..name.end)
                        .unwrap_or_default()
                        .to_owned();
                    places.push(Place {
                        text: format!("{name}, {words}"),
                        city: Some(name),
                        country: Some(country.to_owned()),
                        region: None,
                    });
                }
                _ => places.push(Place {
                    text: words,
                    country: Some(country.to_owned()),
                    ..Place::default()
                }),
            },
            What::Region(region) => {
                if !(continues && last.is_some_and(|place| place.city.is_some())) {
                    places.push(Place {
                        text: words,
                        region: Some(region),
                        ..Place::default()
                    });
                }
            }
        }
        unknown = None;
        open = true;
    }
    places
}

/// Whether unknown words look like the name of a town.
fn is_name(text: &str, item: &Item) -> bool {
    let words = text.get(item.start..item.end).unwrap_or_default();
    words.chars().next().is_some_and(char::is_uppercase)
        && words.split(' ').count() <= 3
        && words.chars().count() >= 3
}

fn is_joining(word: &str) -> bool {
    matches!(
        word,
        "or" | "and" | "oder" | "und" | "ou" | "et" | "o" | "y" | "OR" | "AND" | "Or" | "And"
    )
}

/// Words of locations that name no place.
fn is_noise(word: &str) -> bool {
    const NOISE: &[&str] = &[
        "remote",
        "hybrid",
        "home",
        "based",
        "homebased",
        "office",
        "onsite",
        "on",
        "site",
        "only",
        "in",
        "within",
        "from",
        "the",
        "area",
        "metro",
        "metropolitan",
        "greater",
        "region",
        "any",
        "location",
        "locations",
        "multiple",
        "various",
        "flexible",
        "work",
        "working",
        "fully",
        "friendly",
        "possible",
        "optional",
        "first",
        "at",
        "of",
        "homeoffice",
        "télétravail",
        "bundesweit",
        "deutschlandweit",
        "mobil",
        "standort",
        "raum",
        "bei",
        "near",
        "hq",
        "headquarters",
        "city",
        "state",
        "province",
        "all",
        "a",
        "option",
        "preferred",
        "timezone",
        "timezones",
        "time",
        "zone",
        "zones",
        "countries",
        "country",
        "eligible",
        "open",
        "to",
        "distributed",
        "virtual",
        "nationwide",
        "other",
        "more",
        "county",
        "100",
        "full",
        "or",
        "part",
    ];
    let lower = word.trim_matches('.').to_lowercase();
    NOISE.contains(&lower.as_str()) || lower.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
