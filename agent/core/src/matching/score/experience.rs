//! Years and level asked against years and level held.

use super::{Rated, measure, reason};
use crate::{
    job::{Job, Level},
    matching::{Evidence, EvidenceSource, Reason},
    profile::{Month, Preferences, Profile},
    skill,
    text::{self, Words},
};

/// What a sentence about a person's years says.
static CUES: Words = Words::of(
    "experience, erfahrung, expérience, experiencia, background, track record, worked,
     working, practice, berufspraxis, + years, yrs of, years of, years in, years as",
);

/// What one about the employer, a contract or an age says.
static OTHERS: Words = Words::of(
    "our company, we have been, founded, history, for over, for more than, anniversary,
     our team has, in business, since, we bring, vesting, seit, depuis, contract,
     within the last, old",
);

/// Mean of two ratings, as far as known.
///
/// Years: 100 from the years asked on, below in proportion. Level: 100 at the
/// level wanted (or held, where none is wanted), 70 a step away, 35 two steps,
/// 10 beyond. A level below the own loses as much as one above it.
pub(super) fn rate(job: &Job, profile: &Profile, prefs: &Preferences, today: Month) -> Rated {
    let held = (!profile.work.is_empty())
        .then(|| profile.years_worked(today))
        .filter(|years| *years > 0.0);
    let rated: Vec<(f64, Reason)> = [years(job, held), level(job, profile, prefs, held)]
        .into_iter()
        .flatten()
        .collect();
    if rated.is_empty() {
        let words = if held.is_none() {
            "your profile shows no years of work"
        } else {
            "the posting asks for no years and names no level"
        };
        return Rated::unknown(
            words,
            vec![Evidence::new(EvidenceSource::Posting, &job.title)],
        );
    }
    let sum: f64 = rated.iter().map(|(value, _)| value).sum();
    let count = f64::from(u8::try_from(rated.len()).unwrap_or(u8::MAX));
    Rated {
        value: Some(sum / count),
        reasons: rated.into_iter().map(|(_, reason)| reason).collect(),
    }
}

fn years(job: &Job, held: Option<f64>) -> Option<(f64, Reason)> {
    let held = held?;
    let (asked, sentence) = years_asked(&job.description)?;
    let value = (held / f64::from(asked)).min(1.0) * 100.0;
    let words = if value >= 100.0 {
        "you have the years asked for"
    } else {
        "you have fewer years than asked for"
    };
    let evidence = vec![
        Evidence::new(EvidenceSource::Posting, sentence),
        measure(format!("{held:.1} years worked, {asked} asked")),
    ];
    Some((value, reason(words, evidence)))
}

/// The years of experience a posting asks for, with the sentence: the first
/// mention that speaks of experience.
pub(super) fn years_asked(description: &str) -> Option<(u8, &str)> {
    text::sentences(description).find_map(|sentence| {
        let (_, years) = skill::year_mentions(sentence)
            .into_iter()
            .find(|(_, years)| *years <= 20)?;
        let lower = sentence.to_lowercase();
        let speaks = CUES.are_part_of(&lower) && !OTHERS.stand_in_or_plural(&lower);
        speaks.then_some((years, sentence))
    })
}

fn level(
    job: &Job,
    profile: &Profile,
    prefs: &Preferences,
    held: Option<f64>,
) -> Option<(f64, Reason)> {
    let asked = job.level.as_ref()?;
    let posting = Evidence::new(EvidenceSource::Posting, &asked.text);
    let (own, evidence) = if !prefs.levels.is_empty() {
        let names: Vec<&str> = prefs.levels.iter().map(|level| name(*level)).collect();
        (
            prefs.levels.clone(),
            Evidence::new(EvidenceSource::Preference, &names.join(", ")),
        )
    } else if let Some(level) = profile.level() {
        let title = profile
            .work
            .first()
            .map(|held| held.title.as_str())
            .or(profile.headline.as_deref());
        (
            vec![level],
            Evidence::new(EvidenceSource::Profile, title.unwrap_or_default()),
        )
    } else {
        let years = held?;
        (
            vec![level_of_years(years)],
            measure(format!("{years:.1} years worked")),
        )
    };
    let distance = own.iter().map(|own| steps(*own, asked.value)).min()?;
    let value = match distance {
        0 => 100.0,
        1 => 70.0,
        2 => 35.0,
        _ => 10.0,
    };
    let words = if distance == 0 {
        format!("the level fits: {}", name(asked.value))
    } else {
        format!("the level is {}, {distance} from yours", name(asked.value))
    };
    Some((value, reason(words, vec![posting, evidence])))
}

fn steps(a: Level, b: Level) -> u8 {
    rank(a).abs_diff(rank(b))
}

/// Place of a level in the order of levels.
fn rank(level: Level) -> u8 {
    match level {
        Level::Intern => 0,
        Level::Entry => 1,
        Level::Mid => 2,
        Level::Senior => 3,
        Level::Lead => 4,
        Level::Manager => 5,
        Level::Executive => 6,
    }
}

fn level_of_years(years: f64) -> Level {
    if years < 1.5 {
        Level::Entry
    } else if years < 6.0 {
        Level::Mid
    } else {
        Level::Senior
    }
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Intern => "intern",
        Level::Entry => "entry",
        Level::Mid => "mid",
        Level::Senior => "senior",
        Level::Lead => "lead",
        Level::Manager => "manager",
        Level::Executive => "executive",
    }
}
