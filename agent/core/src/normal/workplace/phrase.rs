//! Words for remote, hybrid and on-site work.
#![deny(clippy::indexing_slicing)]

use std::sync::LazyLock;

use regex::RegexSet;

use crate::{job::WorkplaceKind, text::Words};

static NOT_REMOTE: Words =
    Words::of("no remote, not remote, non remote, kein homeoffice, nicht remote");

/// Products and tasks that have the words in their names.
static PRODUCTS: Words = Words::of(
    "hybrid cloud, hybrid vehicle, hybrid vehicles, hybrid it, remote sensing, remote support,
     remote control, remote monitoring, remote access, remote hands",
);

static HYBRID_FIELD: Words = Words::of(
    "hybrid, hybride, hybrides, híbrido, híbrida, teilweise remote, homeoffice möglich,
     home office möglich, remote möglich, remote optional, remote possible, partially remote,
     télétravail partiel, flexible workplace",
);

static REMOTE_FIELD: Words = Words::of(
    "remote, home based, homebased, work from home, wfh, homeoffice, home office, télétravail,
     teletrabajo, telecommute, remoto, smart working, anywhere",
);

static ON_SITE_FIELD: Words = Words::of(
    "on site, onsite, in office, in person, vor ort, sur site, presencial, office based, präsenz",
);

/// The kind that a short text says: a field, a location or a title.
pub(super) fn of_field(text: &str) -> Option<WorkplaceKind> {
    let lower = fold(text);
    if NOT_REMOTE.stand_in(&lower) {
        return Some(WorkplaceKind::OnSite);
    }
    let is_product = PRODUCTS.stand_in(&lower);
    if HYBRID_FIELD.stand_in(&lower) && !is_product {
        return Some(WorkplaceKind::Hybrid);
    }
    if REMOTE_FIELD.stand_in(&lower) && !is_product {
        return Some(WorkplaceKind::Remote);
    }
    ON_SITE_FIELD
        .stand_in(&lower)
        .then_some(WorkplaceKind::OnSite)
}

/// Lower case, with hyphens and underscores as spaces.
fn fold(text: &str) -> String {
    text.to_lowercase()
        .replace(['-', '_', '‑'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Sentences that say the work is not remote.
const DENIALS: &[&str] = &[
    r"\b(?:is|are) not (?:a |an )?(?:fully |100% )?remote\b",
    r"\bno(?:t)? (?:(?:eligible|available|open|suitable|possible)(?: for| to)? )?(?:fully )?remote(?: work| position| role| option|\b)",
    r"\bremote (?:work |working )?(?:is|are|cannot|will) ?(?:not|no|never)\b",
    r"\bcannot (?:be (?:done|performed) |work )?remote",
    r"\bkein(?:e)? (?:remote|homeoffice|home office)",
    r"\b(?:homeoffice|home office|remote) (?:ist )?(?:leider )?nicht (?:möglich|vorgesehen)",
    r"\bpas de télétravail\b",
    r"\bsin teletrabajo\b",
    r"\bnon remote\b",
];

/// Sentences that say the work is hybrid.
const HYBRID: &[&str] = &[
    r"\bhybrid (?:role|position|job|work|working|model|schedule|setup|set up|workplace|environment|arrangement|remote|basis|office|policy|approach|opportunity|team|way)",
    r"\b(?:is|be|this is a|are|work|working|location:?|workplace:?) (?:a )?hybrid\b(?: \(| with|,|\.|$| in\b)",
    r"\b(?:mode|travail|modèle) hybride\b",
    r"\bhybride(?:s|n|m)? (?:arbeit|arbeiten|arbeitsmodell|modell|zusammenarbeit)",
    r"\b(?:\d|one|two|three|four|zwei|drei|deux|trois) (?:days?|tage?|jours?)(?: (?:a|per|each|pro|die|par) (?:week|woche|semaine))? (?:in|at|im|from|au|dans|on) (?:the |our |an |unserem )?(?:\w+ )?(?:office|büro|bureau|site|home|homeoffice|hub)",
    r"\b(?:\d|one|two|three|four|zwei|drei|deux|trois) (?:days?|tage?|jours?) (?:of |de |per week |pro woche )?(?:homeoffice|home office|remote|télétravail|mobil)",
    r"\btélétravail (?:partiel|possible|\d)",
    r"\b(?:teilweise|partly|partially|anteilig) (?:remote|homeoffice|im homeoffice|home office)",
    r"\b(?:mobiles arbeiten|homeoffice|home office) (?:ist )?(?:möglich|nach absprache|anteilig)",
    r"\bmöglichkeit (?:zum|zu|von|für) (?:homeoffice|home office|mobilem arbeiten|mobiles arbeiten|remote)",
    r"\bpresencial y (?:remoto|teletrabajo)\b",
];

/// Sentences that say the work is remote.
const REMOTE: &[&str] = &[
    r"\b(?:fully|100 ?%|completely|entirely|permanently|full) (?:remote|distributed|home based)\b",
    r"\b(?:this|the) (?:role|position|job|opportunity|is a) (?:is |will be |can be )?(?:a |an |fully )*(?:remote|home based)\b",
    r"\b(?:remote|home based) (?:role|position|job|opportunity|contract|only|first (?:company|team|culture|organi[sz]ation))",
    r"\bremote (?:with|within|in|from|across) \p{L}",
    r"\bwork(?:ing)? (?:remotely|from anywhere|from home)(?: from| in| within| anywhere|,|\.|$| full)",
    r"\b(?:location|arbeitsort|workplace|ort|lieu)\s?:? (?:fully )?(?:remote|home based)\b",
    r"\bglobally remote\b|\bremote globally\b",
    r"\b(?:vollständig|komplett|zu 100 ?%|ausschließlich) (?:remote|im homeoffice|homeoffice|von zuhause)",
    r"\b(?:100 ?%|full|total|complet) (?:télétravail|homeoffice|home office|remoto|teletrabajo)",
    r"\btélétravail (?:complet|total|à 100 ?%|intégral)",
];

/// Sentences that say the work is done at the employer's place.
const ON_SITE: &[&str] = &[
    r"\b(?:on site|onsite|in office|in person) (?:role|position|job|work|working|presence|attendance|opportunity|only|environment|\d days)",
    r"\b(?:is|be|work|working|fully|100%) (?:a |an |fully |primarily |100% )*(?:on site|onsite|in office|in person|office based)\b",
    r"\b(?:five|5) days (?:a|per) week (?:in|at|on) (?:the |our )?(?:office|site)",
    r"\b(?:arbeit|arbeiten|tätigkeit|präsenz|einsatz) (?:direkt )?vor ort\b|\bvor ort (?:in|arbeiten|tätig|präsenz)\b",
    r"\b(?:poste|travail|présence|présentiel) (?:100% )?sur site\b|\bsur site à\b|\ben présentiel\b",
    r"\b(?:modalidad|trabajo|puesto) (?:100% )?presencial\b",
];

static KINDS: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(DENIALS.iter().chain(HYBRID).chain(REMOTE).chain(ON_SITE)).ok());

/// Words of which every sentence in the tables has one: looked for first,
/// because most sentences have none.
static HINTS: Words = Words::of(
    "remote, hybrid, office, onsite, on site, person, vor ort, sur site, télétravail, présentiel,
     presencial, home, büro, bureau, zuhause, distributed, mobil, anywhere, site, teletrabajo,
     hub, remoto",
);

/// Which of the tables `sentence` is in.
struct Says {
    denial: bool,
    hybrid: bool,
    remote: bool,
    on_site: bool,
}

fn says(sentence: &str) -> Option<Says> {
    let lower = fold(sentence);
    if !HINTS.are_part_of(&lower) {
        return None;
    }
    let found = KINDS.as_ref()?.matches(&lower);
    let any = |from: usize, count: usize| (from..from + count).any(|at| found.matched(at));
    let (denials, hybrid, remote) = (DENIALS.len(), HYBRID.len(), REMOTE.len());
    Some(Says {
        denial: any(0, denials),
        hybrid: any(denials, hybrid),
        remote: any(denials + hybrid, remote),
        on_site: any(denials + hybrid + remote, ON_SITE.len()),
    })
}

/// Whether `sentence` says that the work is not remote.
pub(super) fn denies_remote(sentence: &str) -> bool {
    says(sentence).is_some_and(|says| says.denial && !says.hybrid)
}

/// The kind that a sentence of a description plainly says.
pub(super) fn of_sentence(sentence: &str) -> Option<WorkplaceKind> {
    let says = says(sentence)?;
    if says.hybrid {
        Some(WorkplaceKind::Hybrid)
    } else if says.denial {
        Some(WorkplaceKind::OnSite)
    } else if says.remote {
        Some(WorkplaceKind::Remote)
    } else {
        says.on_site.then_some(WorkplaceKind::OnSite)
    }
}
