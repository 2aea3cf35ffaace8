//! Title against titles held and wanted.

use super::{Rated, Signals, along, measure, reason};
use crate::{
    job::Job,
    matching::{Evidence, EvidenceSource},
    profile::{Preferences, Profile},
};

/// Cosine of two titles to 0–100. Short titles of unlike professions lie about
/// 0.2 to 0.45 in static word vectors, those of one field 0.5 to 0.7, the same
/// title in other words above 0.75.
const COSINE: &[(f64, f64)] = &[
    (0.20, 0.0),
    (0.40, 8.0),
    (0.50, 25.0),
    (0.60, 48.0),
    (0.70, 70.0),
    (0.80, 88.0),
    (0.92, 100.0),
];

/// A title held in the past counts this much beside titles wanted.
const PAST: f64 = 0.85;

/// How many past titles are compared.
const POSITIONS: usize = 6;

/// The nearer of vectors `v` and words `w` counts most:
/// `value = 0.65·max(v, w) + 0.35·min(v, w)`; without vectors, `w` alone.
///
/// Words are compared after folding spellings and translations of professions
/// together, as the weighted share of common words in both titles. What a past
/// title matches is multiplied by 0.85 when the person names roles wanted.
pub(super) fn rate(job: &Job, profile: &Profile, prefs: &Preferences, signals: &Signals) -> Rated {
    let wanted = prefs.roles.iter().map(|role| Own {
        title: role,
        source: EvidenceSource::Preference,
        factor: 1.0,
    });
    let past_factor = if prefs.roles.is_empty() { 1.0 } else { PAST };
    let past = profile
        .work
        .iter()
        .take(POSITIONS)
        .map(|held| held.title.as_str())
        .chain(profile.headline.as_deref());
    let past = past.map(|title| Own {
        title,
        source: EvidenceSource::Profile,
        factor: past_factor,
    });
    let own: Vec<Own<'_>> = wanted
        .chain(past)
        .filter(|own| !own.title.trim().is_empty())
        .collect();
    let asked = tokens(&job.title);
    let by_words = own
        .iter()
        .map(|own| {
            (
                own.factor * 100.0 * overlap(&asked, &tokens(own.title)),
                own,
            )
        })
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let by_vector = signals
        .title
        .as_ref()
        .filter(|(cosine, _)| cosine.is_finite())
        .map(|(cosine, nearest)| {
            let known = own.iter().find(|own| own.title == nearest);
            let source = known.map_or(EvidenceSource::Profile, |own| own.source);
            (
                known.map_or(1.0, |own| own.factor) * along(COSINE, *cosine),
                *cosine,
                nearest,
                source,
            )
        });
    let posting = Evidence::new(EvidenceSource::Posting, &job.title);
    let mut reasons = Vec::new();
    if let Some((words, own)) = by_words.filter(|(words, _)| *words > 0.0) {
        reasons.push(reason(
            format!("the title shares words with \u{201c}{}\u{201d}", own.title),
            vec![
                posting.clone(),
                Evidence::new(own.source, own.title),
                measure(format!("{words:.0}% of the words")),
            ],
        ));
    }
    if let Some((_, cosine, nearest, source)) = by_vector {
        reasons.push(reason(
            format!("the title is nearest in meaning to \u{201c}{nearest}\u{201d}"),
            vec![
                posting.clone(),
                Evidence::new(source, nearest),
                measure(format!("similarity {cosine:.2}")),
            ],
        ));
    }
    let value = match (
        by_words.map(|(words, _)| words),
        by_vector.map(|(value, ..)| value),
    ) {
        (Some(words), Some(vector)) => 0.65 * words.max(vector) + 0.35 * words.min(vector),
        (Some(words), None) => words,
        (None, Some(vector)) => vector,
        (None, None) => {
            return Rated::unknown(
                "you named no role, and your profile no title",
                vec![posting],
            );
        }
    };
    if reasons.is_empty() {
        reasons.push(reason(
            "the title shares no word with a title of yours",
            vec![posting, measure("0% of the words")],
        ));
    }
    Rated {
        value: Some(value),
        reasons,
    }
}

/// A title wanted or held.
struct Own<'a> {
    title: &'a str,
    source: EvidenceSource,
    factor: f64,
}

/// Weighted share of common words: twice the common weight over the sum of both.
fn overlap(a: &[(String, f64)], b: &[(String, f64)]) -> f64 {
    let weight = |tokens: &[(String, f64)]| tokens.iter().map(|(_, weight)| weight).sum::<f64>();
    let common: f64 = a
        .iter()
        .filter(|(token, _)| b.iter().any(|(other, _)| other == token))
        .map(|(_, weight)| weight)
        .sum();
    let all = weight(a) + weight(b);
    if all > 0.0 { 2.0 * common / all } else { 0.0 }
}

/// Words of a title that tell professions apart, each once, folded and weighted.
fn tokens(title: &str) -> Vec<(String, f64)> {
    let lower = title
        .to_lowercase()
        .replace("back-end", "backend")
        .replace("back end", "backend")
        .replace("front-end", "frontend")
        .replace("front end", "frontend")
        .replace("full-stack", "fullstack")
        .replace("full stack", "fullstack")
        .replace("site reliability", "sre");
    // A title says its profession before the first dash, bracket or comma.
    let core = lower
        .find([',', '(', '|', '–', '—', '/'])
        .into_iter()
        .chain(lower.find(" - "))
        .min()
        .unwrap_or(lower.len());
    let mut tokens: Vec<(String, f64)> = Vec::new();
    let pieces = lower
        .split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#')
        .filter(|piece| !piece.is_empty());
    for piece in pieces {
        let behind = piece.as_ptr() as usize - lower.as_ptr() as usize >= core;
        for token in fold(piece) {
            if is_empty_word(token) || tokens.iter().any(|(known, _)| known == token) {
                continue;
            }
            let weight = if is_common(token) { 0.5 } else { 1.0 };
            tokens.push((token.to_owned(), if behind { weight * 0.5 } else { weight }));
        }
    }
    tokens
}

/// The words a word of a title stands for: one spelling per profession in four
/// languages, and the parts of German compounds.
fn fold(word: &str) -> Vec<&str> {
    const SAME: &[(&[&str], &[&str])] = &[
        (
            &["engineer"],
            &[
                "developer",
                "programmer",
                "entwickler",
                "entwicklerin",
                "développeur",
                "développeuse",
                "ingenieur",
                "ingenieurin",
                "ingénieur",
                "ingénieure",
                "desarrollador",
                "ingeniero",
                "engineering",
                "dev",
                "swe",
            ],
        ),
        (
            &["software", "engineer"],
            &[
                "softwareentwickler",
                "softwareentwicklerin",
                "softwareingenieur",
            ],
        ),
        (
            &["nurse"],
            &[
                "nursing",
                "rn",
                "krankenpfleger",
                "krankenschwester",
                "pflegefachkraft",
                "pflegefachfrau",
                "pflegefachmann",
                "pflegekraft",
                "infirmier",
                "infirmière",
                "enfermera",
                "enfermero",
                "gesundheits",
                "krankenpflegerin",
                "pflegefachperson",
            ],
        ),
        (
            &["teacher"],
            &[
                "lehrer",
                "lehrerin",
                "lehrkraft",
                "enseignant",
                "enseignante",
                "professeur",
                "profesor",
                "profesora",
                "tutor",
                "educator",
            ],
        ),
        (
            &["accountant"],
            &[
                "accounting",
                "buchhalter",
                "buchhalterin",
                "finanzbuchhalter",
                "finanzbuchhalterin",
                "bilanzbuchhalter",
                "bilanzbuchhalterin",
                "comptable",
                "contable",
                "bookkeeper",
                "buchhaltung",
            ],
        ),
        (
            &["warehouse"],
            &[
                "lager",
                "lagerist",
                "lageristin",
                "lagermitarbeiter",
                "lagermitarbeiterin",
                "lagerlogistik",
                "magasinier",
                "magasinière",
                "cariste",
                "logistik",
                "logistics",
                "fachlagerist",
                "lagerhelfer",
                "kommissionierer",
                "picker",
                "almacén",
            ],
        ),
        (
            &["sales"],
            &[
                "vertrieb",
                "vertriebsmitarbeiter",
                "commercial",
                "commerciale",
                "ventas",
                "verkäufer",
                "verkäuferin",
                "verkauf",
                "vendeur",
                "vendeuse",
                "seller",
            ],
        ),
        (
            &["designer"],
            &[
                "gestalter",
                "gestalterin",
                "graphiste",
                "grafiker",
                "grafikerin",
                "grafikdesigner",
                "grafikdesignerin",
                "diseñador",
                "diseñadora",
                "design",
            ],
        ),
        (
            &["analyst"],
            &["analyste", "analystin", "analista", "analytics"],
        ),
        (
            &["scientist"],
            &["wissenschaftler", "scientifique", "science"],
        ),
        (
            &["driver"],
            &["fahrer", "fahrerin", "chauffeur", "conductor"],
        ),
        (
            &["electrician"],
            &[
                "elektriker",
                "elektrikerin",
                "elektroniker",
                "électricien",
                "électricienne",
                "electricista",
            ],
        ),
        (
            &["cook"],
            &[
                "koch",
                "köchin",
                "chef",
                "cuisinier",
                "cuisinière",
                "cocinero",
            ],
        ),
        (
            &["recruiter"],
            &["recruiting", "recruteur", "recruteuse", "recruitment"],
        ),
        (
            &["hr"],
            &[
                "personal",
                "personalreferent",
                "personalreferentin",
                "people",
                "rh",
            ],
        ),
        (
            &["consultant"],
            &[
                "berater",
                "beraterin",
                "consulting",
                "conseiller",
                "conseillère",
            ],
        ),
        (
            &["assistant"],
            &["assistenz", "assistent", "assistentin", "assistante"],
        ),
        (
            &["manager"],
            &["managerin", "management", "gestionnaire", "gerente"],
        ),
        (
            &["project"],
            &["projekt", "projet", "proyecto", "projektmanager"],
        ),
        (
            &["product"],
            &["produkt", "produit", "producto", "produktmanager"],
        ),
        (
            &["technician"],
            &[
                "techniker",
                "technikerin",
                "technicien",
                "technicienne",
                "técnico",
            ],
        ),
        (
            &["mechanic"],
            &[
                "mechaniker",
                "mechanikerin",
                "mécanicien",
                "kfz",
                "mechatroniker",
            ],
        ),
        (&["go"], &["golang"]),
        (&["kubernetes"], &["k8s"]),
        (
            &["caregiver"],
            &[
                "carer",
                "betreuer",
                "betreuerin",
                "altenpfleger",
                "altenpflegerin",
                "pflegehelfer",
                "soignant",
                "soignante",
            ],
        ),
        (
            &["specialist"],
            &["spezialist", "spezialistin", "spécialiste", "especialista"],
        ),
        (&["marketing"], &["marketer"]),
        (&["customer"], &["kunden", "client", "kundenservice"]),
        (&["operator"], &["bediener", "maschinenführer", "opérateur"]),
        (
            &["clerk"],
            &[
                "sachbearbeiter",
                "sachbearbeiterin",
                "kaufmann",
                "kauffrau",
                "kaufleute",
            ],
        ),
    ];
    SAME.iter()
        .find(|(_, words)| words.contains(&word))
        .map_or_else(|| vec![word], |(to, _)| to.to_vec())
}

/// Words shared by many professions.
fn is_common(token: &str) -> bool {
    matches!(
        token,
        "engineer"
            | "manager"
            | "specialist"
            | "analyst"
            | "consultant"
            | "assistant"
            | "associate"
            | "coordinator"
            | "technician"
            | "operator"
            | "officer"
            | "representative"
            | "clerk"
            | "expert"
            | "agent"
            | "advisor"
            | "administrator"
            | "worker"
            | "scientist"
            | "designer"
            | "executive"
            | "customer"
            | "service"
            | "services"
            | "support"
            | "data"
            | "software"
            | "business"
            | "operations"
            | "project"
            | "product"
    )
}

/// Words that say nothing about the profession.
fn is_empty_word(token: &str) -> bool {
    matches!(
        token,
        "senior"
            | "sr"
            | "junior"
            | "jr"
            | "lead"
            | "principal"
            | "staff"
            | "head"
            | "of"
            | "intern"
            | "internship"
            | "werkstudent"
            | "praktikum"
            | "m"
            | "w"
            | "d"
            | "f"
            | "x"
            | "h"
            | "i"
            | "ii"
            | "iii"
            | "iv"
            | "and"
            | "und"
            | "et"
            | "the"
            | "a"
            | "an"
            | "for"
            | "für"
            | "in"
            | "im"
            | "de"
            | "la"
            | "le"
            | "du"
            | "der"
            | "die"
            | "das"
            | "mit"
            | "with"
            | "to"
            | "all"
            | "genders"
            | "mwd"
            | "gn"
            | "remote"
            | "hybrid"
            | "fulltime"
            | "full"
            | "part"
            | "time"
            | "vollzeit"
            | "teilzeit"
            | "mid"
            | "level"
            | "entry"
            | "graduate"
            | "trainee"
            | "e"
            | "en"
            | "our"
            | "team"
            | "emea"
            | "apac"
            | "americas"
            | "worldwide"
            | "berlin"
            | "germany"
            | "london"
            | "home"
            | "based"
            | "als"
            | "zur"
            | "zum"
            | "on"
            | "at"
    )
}
