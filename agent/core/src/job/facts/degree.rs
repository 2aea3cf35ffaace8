//! Degrees a posting asks for.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence, fold},
    kinds::{DegreeAsked, DegreeLevel, Need},
};
use crate::job::Stated;

/// Words of the levels, from the lowest.
static LEVELS: [(Pattern, DegreeLevel); 5] = [
    (
        Pattern::any(&[
            r"\b(?:high school (?:diploma|degree|education)|ged|abitur|gcses?|secondary (?:school|education)|mittlere reife|baccalaureat|bachillerato)\b",
        ]),
        DegreeLevel::School,
    ),
    (
        Pattern::any(&[
            r"\b(?:abgeschlossene\w*|erfolgreiche\w*)\b[^.;]{0,60}(?:ausbildung|lehre)\b|\bberufsausbildung\b|\bausbildung (?:als|zum|zur)\b",
            r"\bassociate'?s? degree\b|\bbac ?\+ ?2\b|\b(?:bts|dut|iut)\b|\bformacion profesional\b|\bciclo formativo\b|\bapprenticeship in\b|\btrade school\b",
        ]),
        DegreeLevel::Vocational,
    ),
    (
        Pattern::any(&[
            r"\bbachelor'?s?\b|\bb\.? ?sc\b|\bb\.?s\.?(?: |/)(?:in|degree|or|m\.?s)|\bb\.a\.|\bba/bs\b",
            r"\bbac ?\+ ?[34]\b|\blicence (?:en|pro|professionnelle)\b|\blicenciatura\b|\bgrado (?:en|universitario)\b",
        ]),
        DegreeLevel::Bachelor,
    ),
    (
        Pattern::any(&[
            r"\bmaster'?s\b(?: degree| in| level| or|,|\.|$)|\bmaster (?:of (?:science|arts|business|engineering|laws)|degree|in |abschluss|studium|oder|ou |universitario)|\bm\.? ?sc\b|\bmba\b|\bm\.s\.|\bbac ?\+ ?5\b|\bdiplome d'ingenieur\b|\becole d'ingenieurs?\b|\bdiplom(?:-|studi|ingenieur|abschluss|\b)|\bgraduate degree\b|\badvanced degree\b|\bstaatsexamen\b",
        ]),
        DegreeLevel::Master,
    ),
    (
        Pattern::any(&[
            r"\bph\.? ?d\b|\bdoctora(?:te|l|do)\b|\bdoctorat\b|\bpromotion in\b|\bpromoviert\w*",
        ]),
        DegreeLevel::Doctor,
    ),
];

/// A degree without a name counts as a bachelor's.
static UNNAMED: Pattern = Pattern::any(&[
    r"\b(?:university|college|undergraduate|academic|technical|engineering|relevant|four-year|4-year) degree\b|\bdegrees? (?:in|from|or equivalent|qualified|educated)\b|\bdegree-level\b",
    r"\bhochschulabschluss\b|\b(?:hochschul|fachhochschul|universitats)?studium\b[^.;]{0,40}\b(?:abgeschlossen|der|im|in|mit|oder)\b|\b(?:abgeschlossenes|erfolgreiches|technisches|wirtschaftswissenschaftliches)\b[^.;]{0,50}studium\b|\bakademischer abschluss\b|\bstudienabschluss\b",
    r"\btitulacion\b|\btitulo universitario\b|\btitulado\w*\b|\bformation superieure\b|\bdiplome (?:universitaire|superieur|en|de niveau)\b|\bestudios universitarios\b",
]);

static OR_EQUIVALENT: Pattern = Pattern::any(&[
    r"\bequivalent\b|\b(?:or|and/or|oder|ou|o)\b[^.;]{0,50}\b(?:comparable|similar|vergleichbar\w*|gleichwertig\w*|experience|erfahrung\w*|berufserfahrung|equivalente?s?|experiencia|experience|qualifikation\w*|kenntnisse|practical)\b",
    r"\bvergleichbare\w* (?:qualifikation|ausbildung|abschluss|erfahrung|kenntnisse)|\bquereinsteiger\w*|\bin lieu of\b|\bcombination of\b",
]);

static NOT_NEEDED: Pattern = Pattern::any(&[
    r"\b(?:no|not|n't|never|without)\b[^.;]{0,40}\b(?:degrees?|diploma|university|bachelor\w*|college)\b",
    r"\b(?:degrees?|diploma|studium|abschluss|diplome|titulo|titulacion)\b[^.;]{0,30}\b(?:not (?:required|needed|necessary|essential|a must)|kein muss|nicht (?:erforderlich|notwendig|notig|zwingend)|pas (?:requis|exige|necessaire|obligatoire)|no (?:es )?(?:necesari[oa]|requerid[oa]|imprescindible))\b",
    r"\b(?:kein\w*|ohne|sin|sans)\b[^.;]{0,20}\b(?:studium|abschluss|hochschulabschluss|titulo|titulacion|diplome)\b",
]);

static WISHED: Pattern = Pattern::any(&[
    r"\b(?:plus|nice[- ]to[- ]have|preferred|preferably|preferable|desirable|desired|ideally|bonus|advantage\w*|asset|helpful|beneficial|von vorteil|wunschenswert|idealerweise|gerne|vorzugsweise|atout|souhait\w+|idealement|apprecie\w*|deseable|valorable|se valora\w*)\b",
]);

/// A wish for a subject, beside a degree that is asked for.
static SUBJECT: Pattern = Pattern::any(&[
    r"\b(?:preferably|ideally|preferred|idealerweise|vorzugsweise|de preference|preferiblemente) (?:in|within|with|from|im|en|a|an|computer|science|electrical|engineering)\b",
]);

static MUST: Pattern = Pattern::any(&[
    r"\b(?:required|must|mandatory|erforderlich|zwingend|exigee?|obligatoire|imprescindible)\b",
]);

/// Where a degree is no demand: given, studied towards, or of another meaning.
static OTHER: Pattern = Pattern::any(&[
    r"\b(?:high|large|some|certain|greater|varying|any|360|reasonable) degrees?\b|\bdegrees? of\b|\b(?:reimburs\w*|tuition|sponsor\w*|assistance|subsid\w*|wir bieten|we offer|our team|founded by|professors?)\b|\bdegrees? (?:celsius|fahrenheit)\b",
    r"\b(?:enrolled|pursuing|currently (?:studying|completing|enrolled|working)|immatrikuliert|eingeschrieben\w*|studierend\w*|student\w*)\b",
]);

/// The highest degree that the words of a CV name ("M.Sc. Physics").
pub fn level_of(words: &str) -> Option<DegreeLevel> {
    let folded = fold(words);
    let named = |(words, level): &(Pattern, DegreeLevel)| words.finds(&folded).then_some(*level);
    let by_words = || {
        // What stands alone in a CV is too short to be read in prose.
        let short: &[(&str, DegreeLevel)] = &[
            ("phd", DegreeLevel::Doctor),
            ("dr", DegreeLevel::Doctor),
            ("doctor", DegreeLevel::Doctor),
            ("doctorat", DegreeLevel::Doctor),
            ("master", DegreeLevel::Master),
            ("msc", DegreeLevel::Master),
            ("ma", DegreeLevel::Master),
            ("meng", DegreeLevel::Master),
            ("ms", DegreeLevel::Master),
            ("magister", DegreeLevel::Master),
            ("bachelor", DegreeLevel::Bachelor),
            ("bsc", DegreeLevel::Bachelor),
            ("ba", DegreeLevel::Bachelor),
            ("bs", DegreeLevel::Bachelor),
            ("beng", DegreeLevel::Bachelor),
            ("licence", DegreeLevel::Bachelor),
            ("grado", DegreeLevel::Bachelor),
            ("degree", DegreeLevel::Bachelor),
            ("studium", DegreeLevel::Bachelor),
            ("ausbildung", DegreeLevel::Vocational),
            ("apprenticeship", DegreeLevel::Vocational),
        ];
        let plain = folded.replace('.', "");
        let mut tokens = plain.split(|c: char| !c.is_ascii_alphanumeric());
        tokens.find_map(|token| short.iter().find(|(word, _)| *word == token))
    };
    LEVELS
        .iter()
        .rev()
        .find_map(named)
        .or_else(|| by_words().map(|(_, level)| *level))
}

/// The degree a sentence asks for: the lowest it names.
pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<DegreeAsked>> {
    let folded = sentence.folded.as_str();
    if sentence.is_given || OTHER.finds(folded) {
        return None;
    }
    let level = LEVELS
        .iter()
        .find(|(words, _)| words.finds(folded))
        .map(|(_, level)| *level)
        .or_else(|| UNNAMED.finds(folded).then_some(DegreeLevel::Bachelor))?;
    let need = if NOT_NEEDED.finds(folded) {
        Need::NotNeeded
    } else if is_wished(sentence) {
        Need::Welcome
    } else {
        Need::Required
    };
    Some(sentence.states(DegreeAsked {
        level,
        or_equivalent: OR_EQUIVALENT.finds(folded),
        need,
    }))
}

fn is_wished(sentence: &Sentence<'_>) -> bool {
    let folded = sentence.folded.as_str();
    if MUST.finds(folded) {
        return false;
    }
    let place = SUBJECT.place(folded).unwrap_or(folded.len()..folded.len());
    let around = [folded.get(..place.start), folded.get(place.end..)];
    sentence.is_welcome || around.into_iter().flatten().any(|part| WISHED.finds(part))
}

/// What the posting asks for in the end: the least that any demand names.
pub(super) fn settle(found: Vec<Stated<DegreeAsked>>) -> Option<Stated<DegreeAsked>> {
    let rank = |stated: &Stated<DegreeAsked>| {
        let need = match stated.value.need {
            Need::NotNeeded => 0,
            Need::Required => 1,
            Need::Welcome => 2,
        };
        (need, !stated.value.or_equivalent, stated.value.level)
    };
    found.into_iter().min_by_key(rank)
}
