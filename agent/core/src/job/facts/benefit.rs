//! What an employer gives beside pay.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence, fold},
    kinds::Benefit,
};
use crate::job::Stated;

static KINDS: [(Pattern, Benefit); 13] = [
    (
        Pattern::any(&[
            r"\b(?:health|medical|dental|vision)(?:care)?(?:,| and|/|&| )[^.;]{0,30}\b(?:insurance|coverage|plans?|benefits|cover|care)\b|\bhealth ?care plan|\bkrankenversicherung|\bmutuelle\b|\bseguro (?:medico|de salud)|\bprivate health",
        ]),
        Benefit::Health,
    ),
    (
        Pattern::any(&[
            r"\b(?:pension|401\(?k\)?|retirement (?:plan|savings)|rrsp)\b|\baltersv\w*|\bplan de (?:retraite|pensiones)|\bepargne retraite",
        ]),
        Benefit::Pension,
    ),
    (
        Pattern::any(&[
            r"\b(?:equity|stock options?|share options?|rsus?|espp|bspce)\b|\baktienoption\w*|\bbeteiligungsprogramm\w*|\bacciones\b",
        ]),
        Benefit::Equity,
    ),
    (
        Pattern::any(&[
            r"\b(?:annual|performance|yearly|discretionary|quarterly) bonus\w*|\bbonus (?:plan|scheme|program)|\bprofit[- ]shar\w*|\bbonuszahlung\w*|\bgewinnbeteiligung|\binteressement\b|\bparticipation aux benefices|\bprime annuelle",
        ]),
        Benefit::Bonus,
    ),
    (
        Pattern::any(&[
            r"\b(?:\d{2} (?:\w+ )?days?(?: of)?|unlimited|generous|flexible|paid) (?:\w+ )?(?:vacation|holidays?|pto|annual leave|time off|leave)\b|\b\d{2} tage?n? (?:\w+ )?urlaub|\burlaubstage\b|\bpaid time off\b|\brtt\b|\bdias de vacaciones\b|\bconges payes\b",
        ]),
        Benefit::Leave,
    ),
    (
        Pattern::any(&[
            r"\b(?:parental|maternity|paternity|family) leave\b|\belternzeit\b|\bconge parental\b|\bpermiso (?:parental|de paternidad)",
        ]),
        Benefit::ParentalLeave,
    ),
    (
        Pattern::any(&[
            r"\b(?:learning|training|education|development|conference) (?:and development )?(?:budget|allowance|stipend|opportunities)\b|\bweiterbildung\w*|\bformation continue\b|\btuition\b|\bformacion continua\b",
        ]),
        Benefit::Learning,
    ),
    (
        Pattern::any(&[
            r"\brelocation (?:package|support|assistance|bonus|help|benefits?)\b|\bumzugs\w*|\baide au demenagement\b|\bayuda (?:de|para la) reubicacion",
        ]),
        Benefit::Relocation,
    ),
    (
        Pattern::any(&[
            r"\bjob-?ticket\b|\bdeutschland-?ticket\b|\bjob-?rad\b|\bfirmenwagen\b|\bdienstwagen\b|\bcompany car\b|\bcommuter (?:benefits?|allowance)\b|\btransport (?:allowance|subsidy)\b|\bpass navigo\b|\bbahncard\b",
        ]),
        Benefit::Travel,
    ),
    (
        Pattern::any(&[
            r"\b(?:free|catered|subsidi[sz]ed|daily) (?:lunch\w*|meals?|food|breakfast)\b|\btickets? restaurants?\b|\btickets? restaurante\b|\bkantine\b|\bessenszuschuss\b|\bmeal vouchers?\b",
        ]),
        Benefit::Meals,
    ),
    (
        Pattern::any(&[
            r"\b(?:gym|wellness|wellbeing|fitness|urban sports)\b[^.;]{0,25}\b(?:membership|allowance|stipend|budget|club|program\w*|benefits?|studio)\b|\bwellpass\b|\begym\b|\burban sports\b",
        ]),
        Benefit::Wellness,
    ),
    (
        Pattern::any(&[r"\bchild-?care\b|\bkinderbetreuung\b|\bkita\w*|\bcreche\b|\bguarderia\b"]),
        Benefit::Childcare,
    ),
    (
        Pattern::any(&[
            r"\bflexible (?:working )?(?:hours|schedule|arbeitszeit\w*)\b|\bgleitzeit\b|\bflextime\b|\bhorario flexible\b|\bhoraires flexibles\b|\bflexitime\b",
        ]),
        Benefit::FlexibleHours,
    ),
];

/// Words of giving, outside a part that is about benefits.
static GIVES: Pattern = Pattern::any(&[
    r"\b(?:we offer|we provide|you (?:will )?(?:get|receive|enjoy|have access)|benefits|perks|includ\w+|package|wir bieten|du bekommst|sie erhalten|dich erwart\w+|nous (?:offrons|proposons)|ofrecemos|avantages|beneficios|eligible for)\b",
]);

/// Adds the benefits a sentence names to `found`, each kind once.
pub(super) fn add(found: &mut Vec<Stated<Benefit>>, sentence: &Sentence<'_>) {
    let folded = sentence.folded.as_str();
    if sentence.is_given || GIVES.finds(folded) || folded.len() < 60 {
        put(found, folded, sentence.text);
    }
}

/// Adds what a portal lists as a benefit.
pub(super) fn add_listed(found: &mut Vec<Stated<Benefit>>, listed: &str) {
    put(found, &fold(listed), listed);
}

fn put(found: &mut Vec<Stated<Benefit>>, folded: &str, text: &str) {
    for (words, kind) in &KINDS {
        if words.finds(folded) && !found.iter().any(|known| known.value == *kind) {
            found.push(Stated {
                value: *kind,
                text: crate::text::quote(text, 200),
            });
        }
    }
}
