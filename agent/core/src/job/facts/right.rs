//! Rights to work a posting asks for, and help with them.
#![deny(clippy::indexing_slicing)]

mod country;

use super::{
    fold::{Pattern, Sentence},
    kinds::{RightKind, WorkRight},
};
use crate::job::Stated;

/// The employer does not help.
static REFUSES: Pattern = Pattern::any(&[
    r"\bno\b[^.;]{0,40}\b(?:visas?|sponsorships?|sponsoring|h-?1b)\b",
    r"\b(?:not|unable|cannot|can't|won't|unfortunately|don't|doesn't|isn't|aren't|neither|nor)\b[^.;]{0,60}\b(?:sponsor\w*|visas?|h-?1b)\b",
    r"\b(?:without|no need (?:for|of))\b[^.;]{0,40}\bsponsorship",
    r"\bsponsorship\b[^.;]{0,40}\b(?:not|unavailable|cannot|no|none)\b|\bsponsorship\b[^.;]{0,30}n't\b",
    r"\bkeine?[nr]?\b[^.;]{0,40}\b(?:visum|visa\w*|visums?\w*|visasponsoring|sponsoring)\b",
    r"\b(?:visum|visa)[a-z-]*\b[^.;]{0,40}\b(?:nicht|keine?)\b",
    r"\b(?:pas|aucun\w*|sans)\b[^.;]{0,40}\b(?:visas?|parrainage|sponsoris\w+|sponsoring)\b",
    r"\b(?:no|sin|tampoco)\b[^.;]{0,40}\b(?:visados?|visas?|patrocin\w+)\b",
]);

/// Refuses some and helps others.
static SOME: Pattern = Pattern::any(&[
    r"\b(?:not|n't|cannot|can't|aren't)\b[^.;]{0,60}\b(?:sponsor\w*|visas?)\b[^.;]{0,40}\b(?:every|all|each|guarantee\w*)\b",
    r"\b(?:not|n't|cannot|can't)\b[^.;]{0,20}\bguarantee\w*\b[^.;]{0,40}\b(?:sponsor\w*|visas?)\b",
    r"\b(?:may|might|case[- ]by[- ]case|certain|exceptional\w*|potentially|where possible|in some cases|limited)\b[^.;]{0,60}\b(?:sponsor\w*|visas?)\b",
    r"\b(?:sponsor\w*|visas?)\b[^.;]{0,60}\b(?:may be|might|case[- ]by[- ]case|certain|exceptional\w*|potentially|(?:can|may|will|would) be considered|where possible|in some cases|select)\b",
]);

/// The employer helps.
static HELPS: Pattern = Pattern::any(&[
    r"\b(?:we|will|can|do|happy to|able to|also|and|company)\b[^.;]{0,40}\b(?:sponsor|offer|provide|support|assist|help|cover|arrange|handle)(?:s|ing)?\b[^.;]{0,45}\b(?:visas?|sponsorship|work permits?|immigration)\b",
    r"\b(?:we|will|do|can|happy to|able to) (?:also |gladly )?sponsor\b",
    r"\bvisa (?:and relocation |& relocation )?(?:sponsorship|support|assistance)\b[^.;]{0,25}\b(?:available|offered|provided|possible|included)\b",
    r"\b(?:visa )?sponsorship\b ?(?:is |:|-)? ?(?:yes|available|offered|provided|possible)\b",
    r"^(?:\W*)(?:(?:relocation|visa|full|immigration)(?: package| support| assistance)?(?:,| and| &| /|/)? ?){1,3}(?:sponsorship|support|assistance|help)?\W*$",
    r"^\W*(?:help|support|assistance|hilfe|unterstutzung|ayuda|aide) (?:with|bei|for|con|pour|beim|a)\b[^.;]{0,30}\b(?:visas?|visum|immigration|visados?)\b",
    r"\b(?:unterstutz|helfen|hilfe|begleit)\w*\b[^.;]{0,60}\b(?:visum|visa\w*|visums\w*|arbeitserlaubnis|aufenthaltstitel)\b",
    r"\b(?:visum|visa|visums)[a-z-]*\b[^.;]{0,30}\b(?:unterstutz\w*|hilfe)\b|\bvisums?unterstutzung\b|\bvisa-?unterstutzung\b",
    r"\b(?:accompagn\w*|aidons|prise en charge|prenons en charge|parrain\w*|sponsoris\w+)\b[^.;]{0,50}\b(?:visas?|permis de travail|titre de sejour)\b",
    r"\b(?:ofrecemos|patrocin\w+|ayud\w+|apoy\w+|gestion\w+|tramit\w+)\b[^.;]{0,50}\b(?:visados?|visas?|permiso de trabajo)\b",
]);

/// The employer helps those who have no permit yet.
static HELPS_WITHOUT: Pattern = Pattern::any(&[
    r"\b(?:without|do not|don't|not yet|need)\b[^.;]{0,40}\b(?:permit|visa)\b[^.;]{0,40}\bwe\b[^.;]{0,30}\b(?:support|help|assist|sponsor)\w*",
    r"\b(?:noch kein\w*|ohne)\b[^.;]{0,40}\b(?:visum|arbeitserlaubnis)\b[^.;]{0,40}\b(?:unterstutz|helfen)\w*",
]);

/// A right to work is asked for.
static DEMANDS: Pattern = Pattern::any(&[
    r"\b(?:authori[sz]\w*|eligible|eligibility|right|rights|entitled|permission|permitted|legally able|allowed)\b[^.;]{0,25}\bto (?:legally |lawfully )?(?:live and |reside and )?work\b",
    r"\bwork(?:ing)? (?:authori[sz]ation|permits?|rights|visa|eligibility)\b|\bright[- ]to[- ]work\b",
    r"\barbeitserlaubnis|\barbeitsgenehmigung|\baufenthalts(?:titel|genehmigung|erlaubnis)",
    r"\bpermis de travail\b|\bautorisation de travail\w*|\btitre de sejour\b|\bdroit de travailler\b|\bautorise\w* a travailler\b",
    r"\bpermiso de trabajo\b|\bautorizacion (?:de|para) trabaj\w+|\bderecho a trabajar\b",
    r"\b(?:green card|permanent residen\w+)\b",
    r"\blive and work in\b",
]);

/// Not a right to work but a way of working, or a right nobody needs.
static NO_DEMAND: Pattern = Pattern::any(&[
    r"\bto (?:legally )?work (?:from|remotely|at home|flexibl\w*|on|with|part|full|overtime|independently|alongside|together)\b",
    r"\bno\b[^.;]{0,12}\bwork (?:permit|visa|authori[sz]ation)s? (?:is |are )?(?:needed|required|necessary)",
    r"\b(?:do not|don't|not) (?:need|require) (?:an? |any )?(?:valid )?(?:work (?:permit|visa|authori[sz]ation))",
    r"\b(?:arbeitserlaubnis|visum)\w* (?:ist |wird )?(?:nicht|kein\w*) (?:notig|erforderlich|notwendig|benotigt)",
    r"\bwithout discriminat|\bregardless of\b",
]);

/// People of a country or union.
static CITIZENS: Pattern = Pattern::any(&[
    r"\b(?:us|usa|american|united states|eu|eea|european(?: union)?|uk|british|german|swiss|canadian|australian|french|irish|dutch|austrian|italian|spanish|indian|singapore|japanese|new zealand)(?:[/,]| or| and)?(?:[ /](?:or |and )?(?:us|eu|eea|uk|ch|swiss|canadian|british|national|efta))* ?-?(?:citizens?(?:hip)?|nationals?|nationality|passports?|persons?)\b",
    r"\bcitizens?(?:hip)? (?:of|in) (?:the )?(?:us|usa|united states|eu|eea|european union|uk|united kingdom|germany|switzerland|canada|australia|france|a nato)\b",
    r"\b(?:citizenship|nationality)\b[^.;]{0,20}\b(?:required|requirement|mandatory|must)\b|\b(?:must|require\w*|proof of)\b[^.;]{0,30}\bcitizenship\b",
    r"\b(?:deutsche\w*|eu-?|schweizer\w*|osterreichische\w*) ?-?(?:staatsangehorig\w*|staatsburger\w*|burger\w*)",
    r"\bnationalite (?:francaise|europeenne|suisse)\b|\bressortissante?s? (?:de l'|d'un |de l |europeen|francais)",
    r"\bnacionalidad (?:espanola|europea)\b",
]);

/// Where nobody is refused, or nothing is asked.
static NOT_ASKED: Pattern = Pattern::any(&[
    r"\b(?:regardless|without regard|irrespective|discriminat\w*|equal opportunity|protected|ethnic\w*|race|religion|gender|marital|veterans?|ancestry|inclusive|diversity|unabhangig|herkunft|geschlecht|religion|sans distinction|independientemente)\b",
]);

/// A permit does as well as a citizenship.
static OR_PERMIT: Pattern = Pattern::any(&[
    r"\b(?:or|and|oder|ou|o|bzw\.?)\b[^.;]{0,60}\b(?:permits?|visas?|green card|permanent residen\w+|right to work|authori[sz]\w+|residen\w+|settled|arbeitserlaubnis|arbeitsgenehmigung|aufenthalt\w*|titre de sejour|permis|permiso|autorizacion)\b",
    r"\b(?:permits?|visas?|green card|right to work|arbeitserlaubnis|aufenthalt\w*|permis|permiso)\b[^.;]{0,40}\b(?:or|oder|ou|o)\b",
]);

static CLEARANCE: Pattern = Pattern::any(&[
    r"\b(?:security|secret|ts/sci|top secret|sc|dv|nato|baseline|federal|dod|doe|public trust|government|active)\b[^.;]{0,25}\bclearances?\b",
    r"\bts/sci\b|\bclearances? (?:is |are )?(?:required|level)\b|\b(?:require\w*|obtain|hold|maintain)\b[^.;]{0,25}\bclearances?\b",
    r"\b(?:sc|dv) (?:cleared|vetting)\b|\bsecurity vetting\b",
    r"\bsicherheitsuberpruf\w*|\bhabilitations? (?:secret|confidentiel|defense|de securite)|\bhabilitable\b",
    r"\bhabilitacion de seguridad\b",
]);

/// Not of people, or not asked.
static NO_CLEARANCE: Pattern = Pattern::any(&[
    r"\b(?:customs|medical|dental|discount|inventory|background)\b[^.;]{0,20}\bclearance",
    r"\b(?:no|not|without)\b[^.;]{0,30}\bclearances?\b[^.;]{0,20}(?:required|needed|necessary)?|\bclearances?\b[^.;]{0,20}\b(?:not (?:required|needed|necessary))\b",
    r"\b(?:plus|preferred|nice[- ]to[- ]have|desirable|desired|bonus|advantage\w*|von vorteil|un plus)\b",
]);

/// Said of those who apply from a country.
static FROM_THERE: Pattern = Pattern::any(&[
    r"\b(?:for|if) (?:all )?(?:us|uk|eu|american|british|german|canadian)?[ -]?(?:based )?(?:applicants?|candidates?|those|you(?:'re| are)?|people|hires)(?: who are)?(?: currently)? (?:applying (?:from|in|for)|based in|located in|residing in|living in|from|in) ",
    r"\bfor (?:us|uk|eu|canadian)[- ]based (?:applicants?|candidates?|hires|roles?|positions?)\b",
]);

/// What a sentence says of the right to work.
pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Vec<Stated<WorkRight>> {
    let folded = without_conditions(&sentence.folded);
    let folded = folded.as_str();
    // Questions stand in forms that were pasted in, and ask nothing of a reader.
    if folded.ends_with('?') || NOT_ASKED.finds(folded) {
        return Vec::new();
    }
    let mut kinds = Vec::new();
    let refuses = REFUSES.finds(folded);
    if refuses && SOME.finds(folded) || (SOME.finds(folded) && HELPS.finds(folded)) {
        kinds.push(RightKind::MaySponsor);
    } else if refuses {
        kinds.push(RightKind::NotSponsored);
    } else if HELPS.finds(folded) || HELPS_WITHOUT.finds(&sentence.folded) {
        kinds.push(RightKind::Sponsored);
    }
    let helps = kinds.contains(&RightKind::Sponsored);
    let is_citizen = CITIZENS.finds(folded);
    if is_citizen && !OR_PERMIT.finds(folded) && !NO_CLEARANCE.finds(folded) {
        kinds.push(RightKind::Citizenship);
    } else if !helps && (is_citizen || DEMANDS.finds(folded)) && !NO_DEMAND.finds(folded) {
        kinds.push(RightKind::Required);
    }
    if CLEARANCE.finds(folded) && !NO_CLEARANCE.finds(folded) && !sentence.is_welcome {
        kinds.push(RightKind::Clearance);
    }
    if kinds.is_empty() {
        return Vec::new();
    }
    let countries = country::named(sentence.text, folded);
    let only_from_there = FROM_THERE.finds(folded) && !countries.is_empty();
    kinds
        .into_iter()
        .map(|kind| {
            sentence.states(WorkRight {
                kind,
                countries: countries.clone(),
                only_from_there,
            })
        })
        .collect()
}

/// "If you do not live in Germany, we sponsor your visa" refuses nothing.
fn without_conditions(folded: &str) -> String {
    static CONDITION: Pattern = Pattern::any(&[
        r"\b(?:if|should|in case) you(?:'re| are| do| should)? ?(?:not|don't|need|require|currently)\b[^,.;]*,",
        r"\b(?:whether or not|ob|si vous n')\b[^,.;]*,",
    ]);
    match CONDITION.place(folded) {
        Some(place) => {
            let head = folded.get(..place.start).unwrap_or_default();
            let tail = folded.get(place.end..).unwrap_or_default();
            format!("{head}{tail}")
        }
        None => folded.to_owned(),
    }
}
