//! Where a sentence says one must live to work remotely.
#![deny(clippy::indexing_slicing)]

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    job::{Place, Region},
    normal::place,
    text::Words,
};

/// Where a sentence demands that one lives: what follows these words.
const DEMANDED: &str = r"(?xi)
    \b(?: (?:must|should|need\sto|have\sto|required\sto|requires\syou\sto|you\swill|you'll|candidates?|applicants?|employees|open\sonly\sto|only\sopen\sto|only\saccept|only\sconsider)
        \b[^.;]{0,60}? \b(?:reside|live|be\sbased|be\slocated|residing|living|based|located|resident|residents|domiciled) \s (?:in|within|of)
      | (?:is|be)\sbased\sremotely\s(?:in|within|across)
      | wohnsitz\s(?:ist\s)?in | (?:mit|einen)\s(?:festen\s)?wohnsitz\sin
      | r[ée]sider\sen | r[ée]sidant\sen
      | residir\sen | residencia\sen
    )\s* (?P<where>[^.;:]{2,80})";

/// Where a sentence says remote work is done, in passing.
const NAMED: &str = r"(?xi)
    \b(?: remote(?:ly)? \s? (?:from\s(?:anywhere\s)?)? (?:with)?(?:in|within|across|from) (?:\s any\s\w+ \s in)?
      | (?:work|working)\sfrom\sanywhere\s(?:in|within)
      | remote\s?\( | remote\s[-–—]\s | remote:
    )\s* (?P<where>[^.;:]{2,80})";

/// Words of which every such sentence has one.
static HINTS: Words = Words::of(
    "remote, reside, live, based, located, resident, wohnsitz, anywhere, résid, residir, living",
);

static SCOPES: LazyLock<Option<[Regex; 2]>> =
    LazyLock::new(|| Some([Regex::new(DEMANDED).ok()?, Regex::new(NAMED).ok()?]));

/// Where one must live, as a sentence has it.
pub(super) enum Scope {
    /// Said of the person: stricter than anything else.
    Demanded(Vec<Place>),
    /// Said of the work in passing.
    Named(Vec<Place>),
}

/// The countries and regions in which `sentence` says one must live.
pub(super) fn of_sentence(sentence: &str) -> Option<Scope> {
    let lower = sentence.to_lowercase();
    if !HINTS.are_part_of(&lower) || lower.contains("not remote") {
        return None;
    }
    // "U.S." would end the clause at its points.
    let sentence = sentence
        .replace("U.S.A.", "USA")
        .replace("U.S.", "US")
        .replace("E.U.", "EU")
        .replace("U.K.", "UK");
    let [demanded, named] = SCOPES.as_ref()?;
    let places = |pattern: &Regex| {
        let found = pattern.captures(&sentence)?;
        // A place stands at the start of what follows, not somewhere behind.
        let near: Vec<&str> = found
            .name("where")?
            .as_str()
            .split_whitespace()
            .take(8)
            .collect();
        let places: Vec<Place> = place::of_text(&near.join(" "))
            .into_iter()
            .filter(|place| {
                place.country.is_some()
                    || place
                        .region
                        .is_some_and(|region| region != Region::Worldwide)
            })
            .collect();
        (!places.is_empty()).then_some(places)
    };
    places(demanded)
        .map(Scope::Demanded)
        .or_else(|| places(named).map(Scope::Named))
}
