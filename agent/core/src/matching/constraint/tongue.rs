//! The language constraint.

use super::{Decision, Outcome, decide as decided, limits::Limits, unset};
use crate::{
    job::{
        Job, Stated,
        facts::{Fluency, LanguageAsked, Need},
    },
    matching::{Evidence, EvidenceSource, Person},
};

/// Language of the posting and the languages it demands, against those of the
/// person.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let limits = &person.limits;
    if limits.spoken.is_empty() {
        return decided(
            Outcome::Pass,
            "neither your wishes nor your profile name languages",
            || unset("languages"),
        );
    }
    let asked = &job.facts.languages;
    let of_need = |need: Need| asked.iter().filter(move |asked| asked.value.need == need);
    let quoted = move |asked: &'a Stated<LanguageAsked>| {
        move || {
            vec![
                Evidence::new(EvidenceSource::Posting, &asked.text),
                limits.languages(),
            ]
        }
    };
    let not_needed = |code: &str| {
        of_need(Need::NotNeeded).any(|asked| asked.value.any_of.iter().any(|other| other == code))
    };
    let missing = |asked: &&Stated<LanguageAsked>| !speaks_any(limits, &asked.value);
    let lacking: Vec<&'a Stated<LanguageAsked>> = of_need(Need::Required).filter(missing).collect();
    if let Some(asked) = lacking
        .iter()
        .find(|asked| !asked.value.any_of.iter().any(|code| not_needed(code)))
    {
        let names = names(&asked.value.any_of);
        return decided(
            Outcome::Fail,
            format!("the work asks for {names}, which is none of your languages"),
            quoted(asked),
        );
    }
    if let Some(asked) = lacking.first() {
        let names = names(&asked.value.any_of);
        return decided(
            Outcome::Ask,
            format!("the posting asks for {names} and also says it is not needed"),
            quoted(asked),
        );
    }
    let weakest = of_need(Need::Required)
        .filter_map(|asked| Some((shortfall(limits, &asked.value)?, asked)))
        .max_by_key(|(steps, _)| *steps);
    if let Some((steps, asked)) = weakest {
        let names = names(&asked.value.any_of);
        let (outcome, words) = if steps >= 2 {
            (Outcome::Fail, "at a level well above yours")
        } else {
            (Outcome::Ask, "at a level above the one your profile says")
        };
        return decided(
            outcome,
            format!("the work asks for {names} {words}"),
            quoted(asked),
        );
    }
    of_posting(job, limits, not_needed)
}

/// By the language the posting is written in.
fn of_posting<'a>(
    job: &'a Job,
    limits: &'a Limits,
    not_needed: impl Fn(&str) -> bool,
) -> Decision<'a> {
    let evidence = move || {
        vec![
            Evidence::new(EvidenceSource::Posting, &job.title),
            limits.languages(),
        ]
    };
    let Some(code) = job.language.as_deref() else {
        return decided(
            Outcome::Ask,
            "the language of the work is not clear from the posting",
            evidence,
        );
    };
    let name = name(code);
    if limits.spoken.iter().any(|spoken| spoken.code == code) {
        decided(
            Outcome::Pass,
            format!("the posting is in {name}, and asks for no language you lack"),
            evidence,
        )
    } else if not_needed(code) {
        decided(
            Outcome::Ask,
            format!("the posting is in {name}, and says that {name} is not needed"),
            evidence,
        )
    } else {
        decided(
            Outcome::Fail,
            format!("the posting is in {name}, which is none of your languages"),
            evidence,
        )
    }
}

fn speaks_any(limits: &Limits, asked: &LanguageAsked) -> bool {
    limits
        .spoken
        .iter()
        .any(|spoken| asked.any_of.contains(&spoken.code))
}

/// By how many levels the person's best language of those asked falls short;
/// `None` when it does not, or a level is not known.
fn shortfall(limits: &Limits, asked: &LanguageAsked) -> Option<u8> {
    let wanted = rank(asked.level?);
    let spoken = limits
        .spoken
        .iter()
        .filter(|spoken| asked.any_of.contains(&spoken.code));
    let mut least: Option<u8> = None;
    for spoken in spoken {
        let short = wanted.saturating_sub(rank(spoken.level?));
        least = Some(least.map_or(short, |least| least.min(short)));
    }
    least.filter(|short| *short > 0)
}

/// Place of a level in the order of levels. Who has mastered a language is as
/// good as a native speaker of it.
const fn rank(level: Fluency) -> u8 {
    match level {
        Fluency::A1 => 1,
        Fluency::A2 => 2,
        Fluency::B1 => 3,
        Fluency::B2 => 4,
        Fluency::C1 => 5,
        Fluency::C2 | Fluency::Native => 6,
    }
}

fn names(codes: &[String]) -> String {
    let names: Vec<&str> = codes.iter().map(|code| name(code)).collect();
    names.join(" or ")
}

/// English name of a language.
fn name(code: &str) -> &str {
    match code {
        "ar" => "Arabic",
        "cs" => "Czech",
        "da" => "Danish",
        "de" => "German",
        "el" => "Greek",
        "en" => "English",
        "es" => "Spanish",
        "fi" => "Finnish",
        "fr" => "French",
        "he" => "Hebrew",
        "hu" => "Hungarian",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "nl" => "Dutch",
        "no" => "Norwegian",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ro" => "Romanian",
        "ru" => "Russian",
        "sv" => "Swedish",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "zh" => "Chinese",
        other => other,
    }
}
