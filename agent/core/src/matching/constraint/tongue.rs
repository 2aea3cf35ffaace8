//! The language constraint.

use super::{Decision, Outcome, decision, unset};
use crate::{
    job::{Job, language},
    matching::{Evidence, EvidenceSource},
    profile::{Preferences, Profile},
    text::{self, Words},
};

/// Beginnings of words that make a sentence about a language a demand.
static DEMANDS: Words = Words::of(
    "fluent, fluency, proficien, native, required, excellent, business level, business-level,
     speak, speaking, speaker, command of, mother tongue, good knowledge, verhandlungssicher,
     fließend, fliessend, muttersprach, sehr gute, sicher in, courant, couramment, bilingue,
     maîtrise, maitrise, langue maternelle, fluido, nativo, dominio, written and spoken,
     in wort und schrift, spoken and written",
);

/// Whole words that do.
static DEMAND_WORDS: Words = Words::of("must, gute, a1, a2, b1, b2, c1, c2");

/// Words that make it a wish.
static WISHES: Words = Words::of(
    "plus, nice to have, nice-to-have, bonus, preferred, advantage, advantageous, ideally, desirable, optional,
     not required, not necessary, von vorteil, wünschenswert, idealerweise, atout, apprécié, appréciée,
     souhaité, souhaitée, deseable, se valora, or another, other language, additional language,
     another language, any other",
);

/// In a title, beginnings and ends of words for who speaks a language.
static SPEAKERS: Words =
    Words::of("speaking, speaker, sprachig, sprechend, francophone, germanophone");

/// After the name of a language: something of a people or a country.
static MARKETS: Words = Words::of(
    "market, markets, customers, clients, customer, law, gaap, tax, company, companies, team,
     office, citizen, government, startup, bank, markt, recht, accounting, subsidiary, entity,
     economy, unternehmen, gesellschaft, commercial, authorities, teacher, lehrer, unterricht,
     regulations, labor, labour, national, healthcare",
);

/// Language of the posting and the languages its sentences demand, against
/// those of the person.
pub(super) fn decide(job: &Job, profile: &Profile, prefs: &Preferences) -> Decision {
    let (spoken, source) = if prefs.languages.is_empty() {
        (
            profile
                .languages
                .iter()
                .map(|known| known.code.clone())
                .collect::<Vec<_>>(),
            EvidenceSource::Profile,
        )
    } else {
        (prefs.languages.clone(), EvidenceSource::Preference)
    };
    if spoken.is_empty() {
        return decision(
            Outcome::Pass,
            "neither your wishes nor your profile name languages",
            unset("languages"),
        );
    }
    let own = Evidence::new(source, &spoken.join(", "));
    let speaks = |code: &str| spoken.iter().any(|known| known == code);
    for sentence in text::sentences(&job.description) {
        let demanded = demanded(sentence);
        if let Some(missing) = demanded.iter().find(|code| !speaks(code)) {
            // "German or English" is met by either.
            if offers_choice(sentence) && demanded.iter().any(|code| speaks(code)) {
                continue;
            }
            let text = format!(
                "the work asks for {}, which is none of your languages",
                name(missing)
            );
            return decision(
                Outcome::Fail,
                text,
                vec![Evidence::new(EvidenceSource::Posting, sentence), own],
            );
        }
    }
    let title = demanded_by_title(&job.title);
    if let Some(missing) = title.iter().find(|code| !speaks(code)) {
        let text = format!(
            "the work asks for {}, which is none of your languages",
            name(missing)
        );
        return decision(
            Outcome::Fail,
            text,
            vec![Evidence::new(EvidenceSource::Posting, &job.title), own],
        );
    }
    let first = text::sentences(&job.description)
        .find(|sentence| sentence.chars().count() > 30)
        .unwrap_or(&job.title);
    match job.language.as_deref() {
        Some(code) if speaks(code) => decision(
            Outcome::Pass,
            format!(
                "the posting is in {}, and asks for no language you lack",
                name(code)
            ),
            vec![Evidence::new(EvidenceSource::Posting, first), own],
        ),
        Some(code) => decision(
            Outcome::Fail,
            format!(
                "the posting is in {}, which is none of your languages",
                name(code)
            ),
            vec![Evidence::new(EvidenceSource::Posting, first), own],
        ),
        None => decision(
            Outcome::Ask,
            "the language of the work is not clear from the posting",
            vec![own],
        ),
    }
}

/// Codes of the languages that `sentence` demands.
fn demanded(sentence: &str) -> Vec<&'static str> {
    let lower = sentence.to_lowercase();
    let named = named(&lower);
    if named.is_empty() {
        return Vec::new();
    }
    let demands = DEMANDS.begin_in(&lower)
        || DEMAND_WORDS.stand_in(&lower)
        // Also behind a language: "Deutschkenntnisse".
        || lower.contains("kenntnisse");
    // The name of a people, a market or a company's home is no demand.
    if !demands || (WISHES.stand_in_or_plural(&lower) && !lower.contains(';')) {
        Vec::new()
    } else {
        named
    }
}

/// "Dedicated Services Engineer, Portuguese speaking", "(German Speaker)".
fn demanded_by_title(title: &str) -> Vec<&'static str> {
    let lower = title.to_lowercase();
    if SPEAKERS.are_part_of(&lower) {
        named(&lower)
    } else {
        Vec::new()
    }
}

/// Codes of the languages named in a lower-cased text, next to a word that
/// makes them languages and not markets.
fn named(lower: &str) -> Vec<&'static str> {
    let mut codes = Vec::new();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        let word = word
            .strip_suffix("kenntnisse")
            .or_else(|| word.strip_suffix("kenntnissen"))
            .or_else(|| word.strip_suffix("sprachig"))
            .unwrap_or(word);
        let word = match word {
            "deutschsprachig" | "deutsch" | "deutscher" | "deutschen" => "deutsch",
            "englisch" | "englischer" | "englischen" => "englisch",
            "französisch" | "französischer" | "franzö" => "französisch",
            other => other,
        };
        // Codes of two letters are words in other languages.
        if word.chars().count() < 4 {
            continue;
        }
        let next = words.get(at + 1).copied().unwrap_or_default();
        if MARKETS.has(next) {
            continue;
        }
        codes.extend(language::of_name(word));
    }
    codes.dedup();
    codes
}

fn offers_choice(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    [" or ", " oder ", " ou ", " o ", "/", "either", "one of"]
        .iter()
        .any(|word| lower.contains(word))
}

/// English name of a language.
fn name(code: &str) -> &str {
    match code {
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "it" => "Italian",
        "nl" => "Dutch",
        "pt" => "Portuguese",
        "pl" => "Polish",
        "ja" => "Japanese",
        "zh" => "Chinese",
        "ko" => "Korean",
        "ru" => "Russian",
        other => other,
    }
}
