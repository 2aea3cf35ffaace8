//! The words of a title that tell professions apart.
#![deny(clippy::indexing_slicing)]

/// Words of a title that tell professions apart, each once, folded and weighted.
pub(super) fn tokens(title: &str) -> Vec<(String, f64)> {
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
