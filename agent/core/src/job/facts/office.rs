//! Days at the employer's place, and what narrows remote work.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence, group},
    kinds::{OfficeDays, RemoteLimit},
};
use crate::{
    job::{Region, Stated},
    text::number,
};

static BEFORE: Pattern = Pattern::any(&[
    r"\b(?P<days>\d|one|two|three|four|five|ein|zwei|drei|vier|funf|un|deux|trois|quatre|dos|tres|cuatro)(?: ?(?:-|to|bis|a|/) ?(?P<high>\d|two|three|four|five))?(?: or more|\+)?(?: full)? ?(?:days?|tagen?|tage|jours?|dias?)(?: (?P<each>a|per|each|every|pro|die|in der|par|por|a la|/) ?(?P<period>week|month|woche|monat|semaine|mois|semana|mes))?,? ?(?:\w+ )?(?:in|at|im|from|au|aux|dans|on|en|vor|sur|onsite|on-site) ?(?:the |our |an |unserem |dem |le |nos |la |nuestra )?(?:\w+ ){0,2}?(?P<where>offices?|buro|bureau\w*|site|onsite|on-site|ort|hub|oficinas?|presencial\w*|person)\b",
]);
static AFTER: Pattern = Pattern::any(&[
    r"\b(?:office|onsite|on-site|in-office|buro|bureau|vor ort|oficina|hybrid|in person)\b[^.;]{0,25}?\b(?P<days>\d|one|two|three|four|five|zwei|drei|vier|deux|trois|dos|tres)(?: ?(?:-|to|bis|a) ?(?P<high>\d|two|three|four|five))? ?(?:days?|tagen?|tage|jours?|dias?)(?: ?(?P<each>a|per|each|pro|die|in der|par|por|a la|/) ?(?P<period>week|month|woche|monat|semaine|mois|semana|mes))?",
]);
static AT_HOME: Pattern = Pattern::any(&[
    r"\b(?:from home|at home|remotely|remote days?|homeoffice|home office|home-office|teletravail|teletrabajo|wfh|vacation|leave|holidays?|urlaub|conges)\b",
]);

/// Days at the employer's place that a sentence names.
pub(super) fn days(sentence: &Sentence<'_>) -> Option<Stated<OfficeDays>> {
    let folded = sentence.folded.as_str();
    let found = BEFORE.captures(folded).or_else(|| {
        let found = AFTER.captures(folded)?;
        // "Hybrid, 2 days from home" counts the other days.
        (!AT_HOME.finds(folded)).then_some(found)
    })?;
    let least = number(group(&found, "days")?)?;
    let most = group(&found, "high").and_then(number).unwrap_or(least);
    let per_month = group(&found, "period").is_some_and(|period| period.starts_with('m'));
    let limit = if per_month { 23 } else { 5 };
    (1..=limit).contains(&most).then(|| {
        sentence.states(OfficeDays {
            days: most,
            per_month,
        })
    })
}

static NEAR: Pattern = Pattern::any(&[
    r"\b(?:within|im umkreis von|umkreis|dans un rayon de|a menos de|max\.?|maximum of) ?(?:an? |a )?(?:\d{1,3} ?(?:km|kilomet\w*|miles?|mi|minuten|minutes|min)|\d{1,2}[- ]?(?:hours?|stunden?))\b",
    r"\b(?:within|in) (?:a )?(?:reasonable |easy |daily )?commut\w+(?: distance| range| radius)?\b|\bcommutable (?:distance|to)\b|\bwithin commuting\b|\bcommuting distance\b|\bwithin driving distance\b",
    r"\bin der nahe von\b|\bproche de\b[^.;]{0,20}\bbureau|\bumkreis von\b",
]);

static EXCEPT: Pattern = Pattern::any(&[
    r"\b(?:except(?:ing)?(?: for)?|excluding|other than|ausser|ausgenommen|sauf|excepto|with the exception of)\b",
    r"\(not (?:available |eligible |open )?(?:in |for |to )?[a-z]|\b(?:not (?:available|eligible|open) (?:in|to|for)|(?:unable|not able) to (?:hire|employ|consider)|(?:cannot|can't|do not|don't|not) (?:hire|employ|currently hire|accept) )",
]);

static OF_PLACE: Pattern = Pattern::any(&[
    r"\b(?:remote\w*|located?|based|resid\w*|live|living|hire|hiring|states?|countries|anywhere|locations?|homeoffice|teletravail|teletrabajo|candidates|applicants)\b",
]);

static ZONES: [(Pattern, Region); 3] = [
    (
        Pattern::any(&[
            r"\b(?:(?:us|american|eastern|pacific|mountain|central us|east coast|west coast|north american)(?: standard)? (?:time(?: ?zones?)?|working hours|business hours|hours)|(?:est|pst|cst|edt|pdt|et|pt)(?: ?/ ?\w+)?(?: time| hours| time ?zones?| business hours| working hours)|time ?zones?:? (?:us|americas|est|pst)|utc ?-\d)\b",
        ]),
        Region::Americas,
    ),
    (
        Pattern::any(&[
            r"\b(?:(?:european|central european|uk|london|berlin|emea)(?: standard)? (?:time(?: ?zones?)?|working hours|business hours|hours)|(?:cet|cest|gmt|bst)(?: ?[+/-]+ ?\d?\w*)?(?: time| hours| time ?zones?| working hours)?|time ?zones?:? (?:cet|europe|emea|gmt))\b",
        ]),
        Region::Emea,
    ),
    (
        Pattern::any(&[
            r"\b(?:(?:apac|asian|indian|singapore|australian|sydney|tokyo|ist|jst|sgt|aest)(?: standard)? (?:time(?: ?zones?)?|working hours|business hours|hours))\b",
        ]),
        Region::Apac,
    ),
];

static WORKED_AT: Pattern = Pattern::any(&[
    r"\b(?:overlap\w*|work\w*|available|availability|align\w*|time ?zones?|zeitzone|fuseau|huso|between|within|must|required?)\b",
]);

/// What a sentence says that narrows remote work.
pub(super) fn limit(sentence: &Sentence<'_>) -> Option<Stated<RemoteLimit>> {
    let folded = sentence.folded.as_str();
    if sentence.is_given {
        return None;
    }
    if NEAR.finds(folded) {
        return Some(sentence.states(RemoteLimit::Near));
    }
    if EXCEPT.finds(folded) && OF_PLACE.finds(folded) && names_place(sentence.text) {
        return Some(sentence.states(RemoteLimit::Except));
    }
    if !WORKED_AT.finds(folded) {
        return None;
    }
    let mut zones = ZONES.iter().filter(|(words, _)| words.finds(folded));
    // One that names several leaves the choice.
    match (zones.next(), zones.next()) {
        (Some((_, of)), None) => Some(sentence.states(RemoteLimit::TimeZone { of: *of })),
        _ => None,
    }
}

/// Whether what is left out is a place: "(not CA or NY)", "except California".
fn names_place(stated: &str) -> bool {
    const MARKS: [&str; 10] = [
        "except",
        "excluding",
        "other than",
        "außer",
        "ausgenommen",
        "sauf",
        "excepto",
        "not ",
        "n't ",
        "able to hire",
    ];
    let lower = stated.to_lowercase();
    MARKS.iter().any(|mark| {
        lower.match_indices(mark).any(|(at, mark)| {
            let tail = stated.get(at + mark.len()..).unwrap_or_default();
            let words: Vec<&str> = tail.split_whitespace().take(9).collect();
            let near = words.join(" ");
            crate::normal::place::of_text(near.trim_matches(['(', ')', '.', ':']))
                .iter()
                .any(|place| place.country.is_some())
        })
    })
}
