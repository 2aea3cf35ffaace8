//! Kinds of contract.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence, fold},
    kinds::Contract,
};
use crate::job::Stated;

/// Words of a field that portals keep for the contract.
static FIELD: [(Pattern, Contract); 9] = [
    (
        Pattern::any(&[
            r"full[-_ ]?time|vollzeit|temps[- ]plein|temps complet|jornada completa|tiempo completo|a tiempo pleno|voltijd|fulltime",
        ]),
        Contract::FullTime,
    ),
    (
        Pattern::any(&[
            r"part[-_ ]?time|teilzeit|temps[- ]partiel|jornada parcial|media jornada|tiempo parcial|deeltijd|minijob|mini-job|per[- ]diem",
        ]),
        Contract::PartTime,
    ),
    (
        Pattern::any(&[
            r"\bpermanent\b|\bunbefristet|festanstellung|\bcdi\b|indefinid|\bregular\b|tempo indeterminato|vast\b|unlimited",
        ]),
        Contract::Permanent,
    ),
    (
        Pattern::any(&[
            r"\btemporary\b|\btemp\b|fixed[- ]?term|\bbefristet|\bcdd\b|\binterim|\btemporal\b|seasonal|saison|zeitarbeit|tempo determinato|limited term|term contract|elternzeitvertretung|maternity cover",
        ]),
        Contract::Temporary,
    ),
    (
        Pattern::any(&[
            r"freelanc|contractor|\bcontract\b|\bcontract[-_ ](?:to|role|position)|independent|freiberuf|selbststandig|\bautonomo\b|\b1099\b|\bb2b\b|prestataire|freie mitarbeit",
        ]),
        Contract::Freelance,
    ),
    (
        Pattern::any(&[
            r"\bintern(?:ship)?s?\b|praktik|\bstage\b|\bstagiaire|practicas|becari[oa]|tirocinio|\bstagiair|co-op\b|trainee(?:ship)? program",
        ]),
        Contract::Internship,
    ),
    (
        Pattern::any(&[
            r"apprentic|\bausbildung\b|auszubildende|\bazubi|alternan|apprenti|duales studium|aprendiz",
        ]),
        Contract::Apprenticeship,
    ),
    (
        Pattern::any(&[r"werkstudent|working student|student assistant|studentische|job etudiant"]),
        Contract::Student,
    ),
    (
        Pattern::any(&[r"volunteer|ehrenamt|benevol|voluntari|unpaid"]),
        Contract::Volunteer,
    ),
];

/// In a title, words that say it beyond doubt.
static TITLE: [(Pattern, Contract); 9] = [
    (
        Pattern::any(&[r"\bfull[- ]time\b|\bvollzeit\b|\btemps plein\b|\bjornada completa\b"]),
        Contract::FullTime,
    ),
    (
        Pattern::any(&[
            r"\bpart[- ]time\b|\bteilzeit\b|\btemps partiel\b|\bmedia jornada\b|\bjornada parcial\b|\bminijob\b|\b[2-8]0 ?%",
        ]),
        Contract::PartTime,
    ),
    (
        Pattern::any(&[r"\bunbefristet\w*|\bfestanstellung\b|\bcdi\b|\bindefinido\b"]),
        Contract::Permanent,
    ),
    (
        Pattern::any(&[
            r"\b(?:fixed[- ]term|maternity cover|parental leave cover|\d{1,2}[- ]months? (?:contract|ftc)|ftc|temporary|temp|seasonal|cdd|interim)\b|\bbefristet\w*|elternzeitvertretung|\((?:\d{1,2} (?:months?|monate))\)",
        ]),
        Contract::Temporary,
    ),
    (
        Pattern::any(&[
            r"\bfreelanc\w*|\bfreiberuf\w*|\((?:contract|contractor|1099|b2b)\)|[-,|] ?contract(?:or)?$|\bindependent contractor\b|\bautonomo\b|\bfreelance\b",
        ]),
        Contract::Freelance,
    ),
    (
        Pattern::any(&[
            r"\bintern(?:ship)?s?\b|\bpraktik(?:um|ant\w*)\b|\bstage\b|\bstagiaire\b|\bpracticas\b|\bbecari[oa]\b|\bpflichtpraktikum\b",
        ]),
        Contract::Internship,
    ),
    (
        Pattern::any(&[
            r"\bapprentice(?:ship)?s?\b|\bausbildung\b|\bauszubildende\w*|\bazubi\w*|\balternance\b|\balternant\w*|\bapprenti\w*|\bduales studium\b",
        ]),
        Contract::Apprenticeship,
    ),
    (
        Pattern::any(&[r"\bwerkstudent\w*|\bworking student\b|\bstudentische\w*"]),
        Contract::Student,
    ),
    (
        Pattern::any(&[r"\bvolunteer(?:s|ing)?\b(?: role| position|\)|$)|\behrenamt\w*"]),
        Contract::Volunteer,
    ),
];

/// Sentences of prose that speak of the contract of this position.
static PROSE: [(Pattern, Contract); 6] = [
    (
        Pattern::any(&[
            r"\bfull[- ]time\b[ ,]*(?:\w+ )?(?:role|position|job|opportunity|contract|basis|employment|permanent|work schedule|schedule)\b|\b(?:this is|position is|role is|job type:?|employment type:?|contract type:?|type:) (?:a )?full[- ]time\b",
            r"\b(?:in|als) vollzeit\b|\bvollzeit (?:\(|oder|/|ab|mit)|\bvollzeitstelle\b|\b(?:a|poste a|contrat a|en) temps (?:plein|complet)\b|\bjornada completa\b",
        ]),
        Contract::FullTime,
    ),
    (
        Pattern::any(&[
            r"\bpart[- ]time\b[ ,]*(?:\w+ )?(?:role|position|job|opportunity|contract|basis|employment)\b|\b(?:this is|position is|role is|job type:?|employment type:?|type:) (?:a )?part[- ]time\b",
            r"\b(?:in|oder|auch in) teilzeit\b|\bteilzeit (?:ist |auch )?moglich|\bteilzeitstelle\b|\b(?:a|poste a|contrat a|en) temps partiel\b|\bjornada parcial\b|\bmedia jornada\b|\bminijob\b",
        ]),
        Contract::PartTime,
    ),
    (
        Pattern::any(&[
            r"\bpermanent (?:role|position|contract|employment|job|full[- ]time|basis|opportunity)\b|\b(?:full[- ]time|job type),? permanent\b",
            r"\bunbefristete\w* |\bunbefristet\b|\bfestanstellung\b|\bcontrat (?:a duree indeterminee|en cdi|: cdi)|\bcdi\b|\bcontrato indefinido\b|\bindefinido\b",
        ]),
        Contract::Permanent,
    ),
    (
        Pattern::any(&[
            r"\b(?:fixed[- ]term|temporary|seasonal) (?:role|position|contract|employment|job|basis|assignment|appointment)\b|\b\d{1,2}[- ]months? (?:fixed[- ]term|contract|ftc|assignment|temporary)\b|\bthis is a temporary\b",
            r"\bbefristet(?:e[rsnm]?)?\b|\bcontrat (?:a duree determinee|en cdd)|\bcdd\b|\bcontrato temporal\b|\bzunachst befristet\b",
        ]),
        Contract::Temporary,
    ),
    (
        Pattern::any(&[
            r"\b(?:this is an?|as an?|engaged as an?) (?:\w+ )?(?:independent contractor|freelance|freelancer|contractor|contract) ?(?:role|position|basis|opportunity)?\b|\b(?:freelance|contractor|contract) (?:role|position|basis|assignment)\b|\b(?:1099|corp-to-corp|c2c|b2b contract)\b",
            r"\bauf freiberuflicher basis\b|\bfreie mitarbeit\b|\ben freelance\b|\bcomo autonomo\b|\bregimen de autonomos\b",
        ]),
        Contract::Freelance,
    ),
    (
        Pattern::any(&[
            r"\bthis (?:is an? )?(?:\w+ )?internship\b|\b(?:paid|unpaid|summer|\d{1,2}[- ](?:month|week)s?) internship\b|\bpflichtpraktikum\b|\bstage de \d|\bstage de fin d'etudes\b|\bcontrato en practicas\b",
        ]),
        Contract::Internship,
    ),
];

/// Prose that speaks of other people's contracts, or of none.
static OTHERS: Pattern = Pattern::any(&[
    r"\b(?:benefits?|eligible|employees|insurance|vendors?|contractors and|manage|managing|negotiat\w*|equivalent|experience|years|not a|nicht|no es|n'est pas)\b",
]);

/// Kinds of contract, those of a portal's field before those of the title, and
/// both before prose, each for itself: hours of a week, and form.
pub(super) fn of(
    field: Option<&str>,
    title: &Sentence<'_>,
    sentences: &[&Sentence<'_>],
) -> Vec<Stated<Contract>> {
    let mut found: Vec<Stated<Contract>> = Vec::new();
    if let Some(field) = field {
        let folded = fold(field);
        let stated = kinds(&FIELD, &folded);
        add(
            &mut found,
            stated.map(|value| Stated {
                value,
                text: field.to_owned(),
            }),
        );
    }
    add(
        &mut found,
        kinds(&TITLE, &title.folded).map(|kind| title.states(kind)),
    );
    let prose = sentences
        .iter()
        .filter(|sentence| !OTHERS.finds(&sentence.folded))
        .flat_map(|sentence| kinds(&PROSE, &sentence.folded).map(|kind| sentence.states(kind)));
    add(&mut found, prose);
    found
}

fn kinds<'a>(
    table: &'a [(Pattern, Contract)],
    folded: &'a str,
) -> impl Iterator<Item = Contract> + 'a {
    table
        .iter()
        .filter(move |(words, kind)| {
            // "unbefristet" holds "befristet", "contract" is part of most forms.
            words.finds(folded) && !(*kind == Contract::Freelance && is_of_employment(folded))
        })
        .map(|(_, kind)| *kind)
}

/// "Fixed-term contract", "permanent contract": employment, and no contractor's.
fn is_of_employment(folded: &str) -> bool {
    static EMPLOYED: Pattern = Pattern::any(&[
        r"\b(?:fixed[- ]?term|permanent|temporary|employment|limited|zero[- ]hours?|training|apprenticeship) contract\b|\b\d{1,2}[- ]months? contract\b|\bcontract type\b",
    ]);
    EMPLOYED.finds(folded)
}

/// Adds what `more` says of what is not said yet: hours of a week, or form.
fn add(found: &mut Vec<Stated<Contract>>, more: impl Iterator<Item = Stated<Contract>>) {
    let said = |of_time: bool| {
        found
            .iter()
            .any(|known| known.value.is_of_time() == of_time)
    };
    let (time, form) = (said(true), said(false));
    for stated in more {
        let is_said = if stated.value.is_of_time() {
            time
        } else {
            form
        };
        let is_known = found.iter().any(|known| known.value == stated.value);
        if !is_said && !is_known {
            found.push(stated);
        }
    }
}
