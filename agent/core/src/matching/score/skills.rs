//! Skills asked against skills held.

use super::{Asked, Kind, Notes, Rated, Signals, along, measure, reason};
use crate::{
    matching::{
        Evidence, EvidenceSource, Person, Reason,
        near::{self, Why},
    },
    skill::Need,
};

/// Cosine of description and profile to 0–100, set by postings measured with
/// the built-in vectors: those of other professions lie at 0.3 to 0.5, those of
/// the own at 0.65 to 0.9.
const TEXT: &[(f64, f64)] = &[
    (0.35, 0.0),
    (0.50, 20.0),
    (0.60, 45.0),
    (0.70, 70.0),
    (0.85, 100.0),
];

/// Value assumed beside few skills when there is no text to compare.
const NEUTRAL: f64 = 40.0;

/// Weight of asked skills at which coverage and text count the same.
const HALF: f64 = 1.5;

/// What a skill counts that only the tagger finds: whether it does may hang on the words
/// before it, and no score is to hang on those.
const TAGGED: f64 = 1.0 / 3.0;

/// How many names a reason lists.
const LISTED: usize = 5;

/// Coverage `c = Σ weight(held) / Σ weight(asked)`, where a required skill
/// weighs 1, one named 0.6 and one optional 0.3, personal traits a fifth of that, and
/// what the lexicon lacks a third. A skill near one held counts 0.35 of its weight. With the weight `w` of all asked skills, `value = k·100·c + (1−k)·text`
/// where `k = w / (w + 1.5)`: the fewer skills a posting names, the more the
/// likeness of the texts counts.
pub(super) fn rate(person: &Person, signals: &Signals<'_>, notes: Notes) -> Rated {
    let text = signals.text.filter(|cosine| cosine.is_finite());
    if person.held.is_empty() && text.is_none() {
        return Rated::unknown(notes, "no skills were found in your profile", || {
            vec![measure("0 skills held")]
        });
    }
    let asked = distinct(person, signals.asked);
    let (mut total, mut covered) = (0.0, 0.0);
    for asked in &asked {
        let weight = weight(asked);
        total += weight;
        covered += weight * credit(person, asked);
    }
    if total <= 0.0 {
        let Some(cosine) = text else {
            return Rated::unknown(notes, "the posting names no skills", || {
                vec![measure("0 skills asked")]
            });
        };
        return Rated {
            value: Some(along(TEXT, cosine)),
            reasons: notes.of(|| {
                vec![reason(
                    "the posting names no skills; its text was compared with your profile",
                    vec![measure(format!("similarity {cosine:.2}"))],
                )]
            }),
        };
    }
    let coverage = covered / total;
    let trust = total / (total + HALF);
    let beside = text.map_or(NEUTRAL, |cosine| along(TEXT, cosine));
    Rated {
        value: Some(trust * 100.0 * coverage + (1.0 - trust) * beside),
        reasons: notes.of(|| reasons(person, asked, total, coverage, text)),
    }
}

fn reasons(
    person: &Person,
    asked: Vec<Asked<'_>>,
    total: f64,
    coverage: f64,
    text: Option<f64>,
) -> Vec<Reason> {
    let numbers = match text {
        Some(cosine) => format!(
            "{:.0}% of weight {total:.1}, text similarity {cosine:.2}",
            coverage * 100.0
        ),
        None => format!("{:.0}% of weight {total:.1}", coverage * 100.0),
    };
    let count = asked.len();
    let (have, lack): (Vec<Asked<'_>>, Vec<Asked<'_>>) =
        asked.into_iter().partition(|asked| person.has(asked));
    let (close, lack): (Vec<Asked<'_>>, Vec<Asked<'_>>) = lack
        .into_iter()
        .partition(|asked| person.near.contains_key(asked.skill));
    let (have, lack) = (weightiest_first(have), weightiest_first(lack));
    let mut evidence = vec![measure(numbers)];
    evidence.extend(quotes(&have, person));
    let mut reasons = vec![reason(counted(&have, count), evidence)];
    if !close.is_empty() {
        reasons.push(beside_held(person, &weightiest_first(close)));
    }
    if !lack.is_empty() {
        reasons.push(reason(
            format!("not found in your profile: {}", listed(&lack)),
            quotes(&lack, person),
        ));
    }
    reasons
}

/// "near what you have: MySQL (PostgreSQL, both SQL)".
fn beside_held(person: &Person, close: &[Asked<'_>]) -> Reason {
    let named = close.iter().take(LISTED).filter_map(|asked| {
        let near = person.near.get(asked.skill)?;
        let why = match &near.why {
            Why::Wider => format!("a kind of {}", near.held),
            Why::Both(wider) => format!("{}, both {wider}", near.held),
            Why::Alike(cosine) => format!("{}, similarity {cosine:.2}", near.held),
        };
        Some(format!("{} ({why})", asked.skill))
    });
    let named: Vec<String> = named.collect();
    let number = format!("each counts {:.0}% of its weight", near::CREDIT * 100.0);
    let mut evidence = quotes(close, person);
    evidence.push(measure(number));
    reason(
        format!("near what you have: {}", named.join(", ")),
        evidence,
    )
}

/// How much of a skill the person has, 0 to 1.
fn credit(person: &Person, asked: &Asked<'_>) -> f64 {
    if person.has(asked) {
        1.0
    } else if person.near.contains_key(asked.skill) {
        near::CREDIT
    } else {
        0.0
    }
}

/// Each listed skill once, with its strongest need. What the tagger found beside them
/// says too little to be scored, but where the person has it.
fn distinct<'a>(person: &Person, asked: &[Asked<'a>]) -> Vec<Asked<'a>> {
    let mut distinct: Vec<Asked<'a>> = Vec::with_capacity(asked.len());
    let known = asked
        .iter()
        .filter(|found| found.kind != Kind::Unlisted || person.has(found));
    for found in known {
        match distinct.iter_mut().find(|known| known.skill == found.skill) {
            Some(known) if found.need > known.need => *known = *found,
            Some(_) => {}
            None => distinct.push(*found),
        }
    }
    distinct
}

fn weight(asked: &Asked<'_>) -> f64 {
    let need = match asked.need {
        Need::Required => 1.0,
        Need::Named => 0.6,
        Need::Optional => 0.3,
    };
    match asked.kind {
        Kind::Trait => need * 0.2,
        Kind::Tagged | Kind::Unlisted => need * TAGGED,
        Kind::Work => need,
    }
}

fn weightiest_first(mut skills: Vec<Asked<'_>>) -> Vec<Asked<'_>> {
    skills.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    skills
}

/// "you have Rust and Kafka: 2 of 6 skills asked for".
fn counted(have: &[Asked<'_>], asked: usize) -> String {
    match (have.len(), asked) {
        (0, 1) => "the one skill asked for was not found in your profile".to_owned(),
        (0, _) => format!("none of the {asked} skills asked for was found in your profile"),
        (1, 1) => format!("you have {}: the one skill asked for", listed(have)),
        (2, 2) => format!("you have {}: both skills asked for", listed(have)),
        (held, _) if held == asked => {
            format!("you have {}: all {asked} skills asked for", listed(have))
        }
        (held, _) => format!(
            "you have {}: {held} of {asked} skills asked for",
            listed(have)
        ),
    }
}

/// The first names, and how many more there are.
fn listed(skills: &[Asked<'_>]) -> String {
    let mut names: Vec<String> = skills
        .iter()
        .take(LISTED)
        .map(|found| found.skill.to_owned())
        .collect();
    if skills.len() > LISTED {
        names.push(format!("{} more", skills.len() - LISTED));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

/// The sentences that ask for the first skills, and the line of the profile
/// that shows the first of all.
fn quotes(skills: &[Asked<'_>], person: &Person) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    for found in skills.iter().take(3) {
        let quote = Evidence::new(EvidenceSource::Posting, found.evidence);
        if !evidence.contains(&quote) {
            evidence.push(quote);
        }
    }
    let first = skills.first().map(|first| first.skill);
    let shown = person
        .held
        .iter()
        .find(|held| Some(held.skill.as_str()) == first);
    evidence.extend(shown.map(|held| Evidence::new(EvidenceSource::Profile, &held.evidence)));
    evidence
}
