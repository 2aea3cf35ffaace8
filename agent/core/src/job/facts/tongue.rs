//! Languages a posting asks for.
#![deny(clippy::indexing_slicing)]

mod clause;
mod level;
mod names;

pub(super) use self::names::names;

use self::clause::Clause;
use super::{
    fold::{Pattern, Sentence, fold},
    kinds::{Fluency, LanguageAsked, Need},
};
use crate::job::Stated;

/// Words that make a clause about a language a demand.
static DEMANDS: Pattern = Pattern::any(&[
    r"\b(?:fluen|proficien|native|requir|excellent|business[- ]level|speak|command of|mother[- ]tongue|bilingual|mastery)\w*",
    r"\b(?:must|knowledge|written|verbal|spoken|oral|language skills|communication skills|conversational|working knowledge|level|strong|good|very good|intermediate|advanced|mandatory|essential|[abc][12])\b",
    r"\b(?:verhandlungssicher|fliess?end|muttersprach|sicher|beherrsch|zwingend|erforderlich|notwendig|notig|vorausgesetzt|voraussetzung)\w*",
    r"\b(?:sehr gute[rsnm]?|gute[rsnm]?|wort und schrift|kenntnisse|sprichst|sprechen|sprachniveau)\b|kenntnisse(?:n)?\b|\w+sprachig\w*",
    r"\b(?:courant|couramment|bilingue|maitris\w+|langue maternelle|parle[rz]?|lu, ecrit|oral|niveau|exigee?s?|requise?s?|indispensable|obligatoire|anglais professionnel|bon(?:ne)?)\b",
    r"\b(?:languages?|sprachen|langues?|idiomas?) ?:",
    r"\b(?:fluid[oa]|nativ[oa]|dominio|nivel|alto|avanzado|hablado|imprescindible|requerid[oa]|obligatorio|hablar|conversacion)\b",
]);

/// Words that make it a wish.
static WISHES: Pattern = Pattern::any(&[
    r"\b(?:(?:a|big|huge|strong|definite|real|clear) (?:plus|bonus|advantage|asset|benefit)|plus|nice[- ]to[- ]haves?|bonus|prefer\w*|advantage\w*|ideally|desirable|desired|optional|beneficial|asset|helpful|welcome|appreciated|great to have|good to have|merit|meritorious)\b",
    r"\b(?:von vorteil|vorteilhaft|wunschenswert|idealerweise|gern[e]? auch|ein plus|hilfreich|willkommen|gern gesehen|optimalerweise)\b",
    r"\b(?:atouts?|appreciee?s?|souhaitee?s?|un plus|serait un|deseable|se valora\w*|valorable|valorad[oa]|idealmente|idealement)\b",
    r"\b(?:another|other|additional|further|any other|second) (?:european |foreign |asian )?languages?\b|\b(?:or|and) (?:another|other)\b|weitere[n]? (?:fremd)?sprachen",
]);

/// Words that say it need not be there.
static NOT_NEEDED: Pattern = Pattern::any(&[
    r"\b(?:not|isn't|aren't|never)\b[^.;]{0,25}\b(?:required|needed|necessary|mandatory|essential|expected|a must|a requirement|obligatory|need|require)\b",
    r"\b(?:do not|don't|doesn't|no) (?:need|have to|require|needed|required)\b",
    r"\bno\b[^.;]{0,30}\b(?:required|needed|necessary|needed|skills|knowledge|language)\b",
    r"\bwithout\b[^.;]{0,25}\b(?:knowledge|skills|speaking|knowing)\b|\bnot need\b",
    r"\b(?:kein muss|kein zwang|nicht (?:zwingend |unbedingt )?(?:erforderlich|notwendig|notig|vorausgesetzt|benotigt|muss)|kein\w* [a-z]*kenntnisse|ohne [a-z]*kenntnisse)\b",
    r"\b(?:pas|aucun\w*|sans)\b[^.;]{0,30}\b(?:requise?s?|necessaires?|exigee?s?|obligatoires?|besoin|indispensables?)\b",
    r"\b(?:no|sin)\b[^.;]{0,30}\b(?:necesari[oa]|requier\w+|requerid[oa]|imprescindible|obligatori[oa]|hace falta)\b",
]);

/// In a title, words for who speaks a language.
static SPEAKERS: Pattern = Pattern::any(&[
    r"\b(?:speaking|speakers?|fluent|native|bilingual|francophone|germanophone|anglophone|hispanohablante)\b|sprachig|sprechend|\bparlant\b|\bmuttersprach",
    r"\b(?:with|mit|avec|con|inkl) [a-z]+(?:kenntnisse\w*)?\b",
]);

/// In brackets, languages that are not named: "(other languages a plus)".
static OTHERS: Pattern = Pattern::any(&[
    r" ?\([^()]*\b(?:other|additional|further|weitere|andere|autres?|otros?) (?:foreign |european )?(?:languages?|sprachen|fremdsprachen|langues|idiomas)\b[^()]*\)",
]);

/// What makes a demand one for some of the applicants.
static FOR_SOME: Pattern = Pattern::any(&[
    r"\bdepending on\b|\bmay be (?:a |an )?(?:\w+ )?(?:required|requirement|needed)\b|\bje nach\b|\bselon (?:le|la|les)\b|\bsegun (?:el|la)\b",
]);

/// The languages a sentence speaks of, as demands, wishes or things not needed.
pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Vec<Stated<LanguageAsked>> {
    let folded = sentence
        .folded
        .replace("not only ", "")
        .replace("nicht nur ", "");
    let folded = match OTHERS.place(&folded) {
        Some(place) => {
            let head = folded.get(..place.start).unwrap_or_default();
            format!("{head}{}", folded.get(place.end..).unwrap_or_default())
        }
        None => folded,
    };
    let is_for_some = FOR_SOME.finds(&folded);
    let clauses = clause::clauses(sentence.text, &folded);
    let needs: Vec<Option<Need>> = clauses.iter().map(|clause| need(clause)).collect();
    let mut found: Vec<Stated<LanguageAsked>> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        if clause.languages.is_empty() {
            continue;
        }
        let Some(said) = inherited(&clauses, &needs, at) else {
            continue;
        };
        let need = match said {
            Need::Required if is_for_some => Need::Welcome,
            Need::Required if sentence.is_welcome && !says_must(&folded) => Need::Welcome,
            Need::Required | Need::Welcome | Need::NotNeeded => said,
        };
        let level = level::of(clause.text).or_else(|| {
            // "Fluent in English and German": one level for both.
            let before = (0..at).rev().filter_map(|at| Some((clauses.get(at)?, at)));
            before
                .take_while(|(earlier, _)| earlier.group == clause.group)
                .take_while(|(_, at)| inherited(&clauses, &needs, *at) == Some(said))
                .find_map(|(earlier, _)| level::of(earlier.text))
        });
        let is_choice = clause.is_choice
            && found
                .last()
                .is_some_and(|last| last.value.need == need && at > 0);
        for (place, code) in clause.codes().enumerate() {
            match found.last_mut() {
                Some(last) if is_choice && place == 0 => last.value.any_of.push(code),
                _ => found.push(sentence.states(LanguageAsked {
                    any_of: vec![code],
                    level,
                    need,
                })),
            }
        }
    }
    found
}

/// The level that the words of a CV name ("C1", "native", "fließend").
pub fn fluency(words: &str) -> Option<Fluency> {
    level::of(&fold(words))
}

/// "Dedicated Services Engineer, Portuguese speaking", "(German Speaker)".
pub(super) fn of_title(title: &Sentence<'_>) -> Option<Stated<LanguageAsked>> {
    if !SPEAKERS.finds(&title.folded) {
        return None;
    }
    let clauses = clause::clauses(title.text, &title.folded);
    let any_of: Vec<String> = clauses.iter().flat_map(Clause::codes).collect();
    (!any_of.is_empty()).then(|| {
        title.states(LanguageAsked {
            any_of,
            level: level::of(&title.folded),
            need: Need::Required,
        })
    })
}

fn says_must(folded: &str) -> bool {
    static MUST: Pattern = Pattern::any(&[
        r"\b(?:must|mandatory|required|zwingend|erforderlich|indispensable|imprescindible)\b",
    ]);
    MUST.finds(folded)
}

fn need(clause: &Clause<'_>) -> Option<Need> {
    if NOT_NEEDED.finds(clause.text) {
        Some(Need::NotNeeded)
    } else if WISHES.finds(clause.text) {
        Some(Need::Welcome)
    } else {
        DEMANDS.finds(clause.text).then_some(Need::Required)
    }
}

/// The need of the clause at `at`: its own, that of the choice it is part of, that
/// of the clause before it, or, at the beginning of a list, that of the next one.
fn inherited(clauses: &[Clause<'_>], needs: &[Option<Need>], at: usize) -> Option<Need> {
    let group = clauses.get(at)?.group;
    let same = |other: &usize| {
        clauses
            .get(*other)
            .is_some_and(|clause| clause.group == group)
    };
    let of = |other: usize| needs.get(other).copied().flatten();
    // "Norwegian or Danish is a plus": the last of a choice speaks for all.
    let of_choice = || {
        let behind = clauses.iter().enumerate().skip(at + 1);
        let mut choice = behind.take_while(|(_, clause)| clause.is_choice);
        choice.find_map(|(other, _)| of(other))
    };
    of(at)
        .or_else(of_choice)
        .or_else(|| (0..at).rev().filter(same).find_map(of))
        .or_else(|| (at + 1..clauses.len()).filter(same).find_map(of))
}
