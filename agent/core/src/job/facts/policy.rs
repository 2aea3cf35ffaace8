//! What an employer forbids in an application.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence},
    kinds::Policy,
};
use crate::job::Stated;

static NO_AI: Pattern = Pattern::any(&[
    r"\b(?:no|not|n't|without|refrain|avoid|prohibit\w*|forbid\w*|disqualif\w*|reject\w*|discourage\w*|instead of|rather than|kein\w*|nicht|ohne|verzichte\w*|pas|sans|ni|sin|evit\w+)\b[^.;]{0,70}\b(?:ai|a\.i|ki|ia|chatgpt|llms?|gpt|claude|copilot|generative ai|artificial intelligence|language models?|kunstliche\w* intelligenz|intelligence artificielle|inteligencia artificial)\b",
    r"\b(?:ai|ki|ia|chatgpt|llms?|gpt|generative ai|artificial intelligence|ai-generated|ki-generierte?|language models?|kunstliche\w* intelligenz|intelligence artificielle|inteligencia artificial)\b[^.;]{0,60}\b(?:not (?:be )?(?:allowed|permitted|accepted|considered|used|acceptable)|prohibited|forbidden|rejected|disqualif\w*|discarded|untersagt|nicht (?:erlaubt|gestattet|zulassig|berucksichtigt|erwunscht)|interdite?s?|proscrite?s?|pas (?:acceptee?s?|autorisee?s?)|prohibid[oa]s?|descartad\w+|no (?:se )?(?:acepta\w*|permit\w*|admit\w*))\b",
]);

/// The application, and not the work.
static APPLICATION: Pattern = Pattern::any(&[
    r"\b(?:apply|applying|applications?|applicants?|candidates?|cover letters?|(?:our|these|screening|application) questions|questions below|interviews?|resumes?|cvs?|take[- ]home|assessments?|bewerb\w*|anschreiben|lebenslauf|motivationsschreiben|candidatures?|lettres?|entretiens?|candidaturas?|carta|entrevistas?|solicitud\w*|postul\w+)\b",
]);

/// What the employer says of its own use, or asks of the work.
static OF_THE_WORK: Pattern = Pattern::any(&[
    r"\b(?:we|our (?:team|company|recruiters|hiring team)|recruiters) (?:do not|don't|never|will not|won't|may|might|also|currently)? ?(?:use|rely|let|screen|make)\b",
    r"\b(?:experience|knowledge|background|expertise|familiarity|erfahrung|experiencia|kenntnisse|skills)\b[^.;]{0,40}\b(?:not|no|nicht|kein\w*|pas|required|needed|necessary|plus)\b",
    r"\b(?:no|not|without)\b[^.;]{0,20}\b(?:experience|knowledge|background|expertise)\b",
    r"\bnot only\b|\bmake (?:a )?decisions?\b|\bdecisions? (?:is|are)\b|\bautomated decision",
]);

static NO_AUTOMATION: Pattern = Pattern::any(&[
    r"\b(?:no|not|n't|reject\w*|ignored?|discard\w*|prohibit\w*|forbid\w*|blocked|disqualif\w*|refrain|kein\w*|nicht|untersagt|pas|sans|interdit\w*|refus\w*|prohib\w*|descart\w*)\b[^.;]{0,60}\b(?:automated|automatic|automatically|auto-?appl\w*|bots?|scripts?|scripted|mass|bulk|automatisiert\w*|automatisch\w*|automatise\w*|automatique\w*|automatizad\w*|automatic[oa]s?)\b[^.;]{0,30}\b(?:appl\w+|submi\w+|bewerb\w*|candidature\w*|candidatura\w*|solicitud\w*|postul\w*|tools?)\b",
    r"\b(?:automated|automatically|auto-?appl\w*|auto-submitted|bots?|scripts?|scripted|mass|bulk|automatisiert\w*|automatise\w*|automatizad\w*)\b[^.;]{0,60}\b(?:will (?:be|not)|are (?:not|rejected|discarded|prohibited|ignored)|is (?:not|prohibited)|not (?:accepted|considered|allowed|permitted)|werden (?:nicht|aussortiert|abgelehnt|ignoriert)|ne (?:sont|seront) pas|seront (?:rejetees|ignorees|ecartees)|no (?:se|seran|son)|seran (?:descartadas|rechazadas|ignoradas)|interdit\w*|prohibid\w*)\b",
]);

static NO_AUTOMATION_BEHIND: Pattern = Pattern::any(&[
    r"\b(?:no|not|kein\w*|pas|aucune?|prohibid\w*)\b[^.;]{0,30}\b(?:applications?|bewerbungen|candidatures?|candidaturas?|solicitudes)\b[^.;]{0,15}\b(?:automated|automatisiert\w*|automatisee?s?|automatizadas?)\b",
]);

static OWN_WORDS: Pattern = Pattern::any(&[
    r"\b(?:your|ihren|deinen) own (?:words|voice|writing)\b|\b(?:eigenen|deinen|ihren) (?:eigenen )?worten\b|\b(?:vos|tes) propres mots\b|\b(?:propias palabras)\b|\bwritten by (?:you|yourself|a human)\b|\bselbst (?:geschrieben|verfasst)\w*\b",
]);

/// What a sentence forbids in an application.
pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Vec<Stated<Policy>> {
    let folded = sentence.folded.as_str();
    let is_of_application = APPLICATION.finds(folded) && !OF_THE_WORK.finds(folded);
    let mut found = Vec::new();
    if is_of_application && NO_AI.finds(folded) {
        found.push(Policy::NoAi);
    }
    if is_of_application && (NO_AUTOMATION.finds(folded) || NO_AUTOMATION_BEHIND.finds(folded)) {
        found.push(Policy::NoAutomation);
    }
    if OWN_WORDS.finds(folded) {
        found.push(Policy::OwnWords);
    }
    found
        .into_iter()
        .map(|policy| sentence.states(policy))
        .collect()
}
