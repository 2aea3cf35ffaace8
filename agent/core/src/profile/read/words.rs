//! Words that tell titles, employers, schools and degrees apart.
#![deny(clippy::indexing_slicing)]

/// Parts of words that stand in titles held, lower case. Stems, for the many
/// endings and compounds of German and French.
const TITLE_STEMS: &[&str] = &[
    // English
    "engineer",
    "developer",
    "manager",
    "nurse",
    "teacher",
    "accountant",
    "analyst",
    "consultant",
    "assistant",
    "director",
    "architect",
    "designer",
    "officer",
    "specialist",
    "administrator",
    "technician",
    "scientist",
    "researcher",
    "lecturer",
    "professor",
    "coordinator",
    "supervisor",
    "trainer",
    "tutor",
    "trainee",
    "apprentice",
    "clerk",
    "founder",
    "programmer",
    "recruiter",
    "representative",
    "auditor",
    "controller",
    "bookkeeper",
    "midwife",
    "physician",
    "doctor",
    "therapist",
    "pharmacist",
    "carer",
    "caregiver",
    "driver",
    "electrician",
    "plumber",
    "mechanic",
    "waiter",
    "waitress",
    "barista",
    "cashier",
    "editor",
    "writer",
    "journalist",
    "translator",
    "lawyer",
    "paralegal",
    "secretary",
    "receptionist",
    "internship",
    "volunteer",
    "paramedic",
    "planner",
    "buyer",
    "operator",
    "instructor",
    "head of",
    "member of technical staff",
    "team lead",
    "tech lead",
    // German
    "entwickler",
    "ingenieur",
    "leiter",
    "leitung",
    "lehrer",
    "lehrkraft",
    "pfleger",
    "schwester",
    "pflegefach",
    "buchhalter",
    "berater",
    "referent",
    "sachbearbeit",
    "kauffrau",
    "kaufmann",
    "mitarbeit",
    "assistent",
    "praktik",
    "werkstudent",
    "auszubild",
    "techniker",
    "mechaniker",
    "elektriker",
    "erzieher",
    "ärztin",
    "therapeut",
    "dozent",
    "geschäftsführ",
    "vertreter",
    "verkäufer",
    "fahrer",
    "steuerfach",
    "bilanz",
    "referendar",
    "ausbilder",
    "meister",
    "administratorin",
    "redakteur",
    "hebamme",
    "verwaltungsangestellt",
    "fachkraft",
    "fachangestellt",
    // French
    "développeu",
    "ingénieur",
    "responsable",
    "infirmi",
    "comptable",
    "professeur",
    "enseignant",
    "chargé",
    "technicien",
    "directeur",
    "directrice",
    "stagiaire",
    "alternant",
    "vendeu",
    "conseill",
    "chef de",
    "gestionnaire",
    "aide-soignant",
    "formateur",
    "formatrice",
    "coordinat",
    "adjoint",
    "analyste",
    // Spanish
    "ingenier",
    "desarrollador",
    "profesor",
    "maestr",
    "enfermer",
    "contable",
    "gerente",
    "técnic",
    "becari",
];
/// Whole words that stand in titles held, lower case.
const TITLE_WORDS: &[&str] = &[
    "intern",
    "lead",
    "head",
    "chef",
    "cook",
    "koch",
    "köchin",
    "arzt",
    "azubi",
    "cto",
    "ceo",
    "cfo",
    "coo",
    "vp",
    "sre",
    "principal",
    "executive",
    "associate",
    "partner",
    "freelancer",
    "freelance",
    "self-employed",
    "selbständig",
    "selbstständig",
    "freiberuflich",
    "indépendant",
    "owner",
    "inhaber",
    "scrum",
    "dba",
    "hca",
    "sales",
];
/// Parts of words that stand in names of employers and schools, lower case.
const ORGANISATION_STEMS: &[&str] = &[
    "hospital",
    "klinik",
    "krankenhaus",
    "clinic",
    "hôpital",
    "hopital",
    "schule",
    "school",
    "gymnasium",
    "college",
    "universit",
    "universidad",
    "institut",
    "stiftung",
    "foundation",
    "technolog",
    "agentur",
    "ministeri",
    "academ",
    "akademie",
    "lycée",
    "collège",
    "école",
    "kanzlei",
    "genossenschaft",
    "gesellschaft",
    "werke",
    "sparkasse",
    "pflegeheim",
    "seniorenheim",
    "altenheim",
    "polytechni",
    "conservatoire",
    "politécnica",
    "zentrum",
    "centre",
    "center",
];
/// Whole words that stand in names of employers and schools, lower case.
const ORGANISATION_WORDS: &[&str] = &[
    "gmbh",
    "ag",
    "se",
    "kg",
    "kgaa",
    "ohg",
    "ug",
    "mbh",
    "ggmbh",
    "ltd",
    "limited",
    "inc",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "company",
    "co",
    "sa",
    "sas",
    "sarl",
    "eurl",
    "bv",
    "nv",
    "ab",
    "oy",
    "srl",
    "spa",
    "e.v",
    "ev",
    "group",
    "gruppe",
    "groupe",
    "holding",
    "holdings",
    "bank",
    "trust",
    "nhs",
    "labs",
    "systems",
    "solutions",
    "studio",
    "studios",
    "agency",
    "verlag",
    "council",
    "services",
    "partners",
    "consulting",
    "praxis",
    "retail",
    "logistics",
    "logistik",
    "media",
    "networks",
    "industries",
    "insurance",
    "versicherung",
    "charity",
    "stadt",
    "landratsamt",
    "chu",
    "tu",
    "fh",
    "kita",
    "care",
    "home",
    "surgery",
    "mairie",
    "cabinet",
    "analytics",
];
/// Endings of names of firms that may follow a comma.
const FIRM_ENDINGS: &[&str] = &[
    "inc", "inc.", "ltd", "ltd.", "llc", "gmbh", "ag", "plc", "co", "co.", "s.a.", "sa",
];
/// Parts of words that stand in degrees, lower case.
const DEGREE_STEMS: &[&str] = &[
    "bachelor",
    "master",
    "diplom",
    "staatsexamen",
    "abitur",
    "baccalauréat",
    "degree",
    "doctor",
    "promotion",
    "ausbildung",
    "magister",
    "lizentiat",
    "licence",
    "licenciatura",
    "matura",
    "a-level",
    "a level",
    "gcse",
    "certificate",
    "fachhochschulreife",
    "realschulabschluss",
    "referendariat",
    "vorbereitungsdienst",
    "umschulung",
    "apprenticeship",
    "studium",
    "brevet",
    "grado",
    "maîtrise",
    "doctorat",
    "nursing",
    "mittlere reife",
    "studies",
];
/// Whole words that stand in degrees, lower case, points left out.
const DEGREE_WORDS: &[&str] = &[
    "bsc", "msc", "ba", "ma", "beng", "meng", "bs", "ms", "mba", "phd", "md", "llb", "llm", "pgce",
    "bed", "med", "mag", "dut", "bts", "bac", "deug", "cap", "bep", "btec", "hnd", "mphil",
    "dphil", "dipl", "ing", "mres", "bts", "dea",
];

/// Whether `text` holds a word of a title.
pub(super) fn is_title(text: &str) -> bool {
    holds(text, TITLE_STEMS, TITLE_WORDS)
}

/// Whether `text` holds a word of an employer's or school's name.
pub(super) fn is_organisation(text: &str) -> bool {
    holds(text, ORGANISATION_STEMS, ORGANISATION_WORDS)
}

/// Whether `text` holds a word of a degree.
pub(super) fn is_degree(text: &str) -> bool {
    let bare = text.to_lowercase().replace('.', "");
    holds(&bare, DEGREE_STEMS, DEGREE_WORDS)
}

/// Whether `text` is a place and nothing else, or says where work was done.
pub(super) fn is_place(text: &str) -> bool {
    let lower = text.trim_matches(['(', ')', ' ']).to_lowercase();
    if matches!(
        lower.as_str(),
        "remote" | "hybrid" | "on-site" | "onsite" | "homeoffice" | "home office" | "télétravail"
    ) {
        return true;
    }
    if lower.is_empty()
        || text.split(' ').count() > 5
        || is_title(text)
        || is_organisation(text)
        || is_degree(text)
    {
        return false;
    }
    let places = crate::normal::place::of_text(text);
    !places.is_empty()
        && places
            .iter()
            .all(|place| place.city.is_some() || place.country.is_some())
}

/// An employer's name without the place behind it: "Acme GmbH, Berlin", but
/// not the ending of "Acme, Inc.".
pub(super) fn without_place(name: &str) -> String {
    let Some((first, rest)) = name.split_once(", ") else {
        return name.trim().to_owned();
    };
    let next = rest.split([',', ' ']).next().unwrap_or_default();
    if FIRM_ENDINGS.contains(&next.to_lowercase().as_str()) {
        format!("{first}, {next}")
    } else {
        first.trim().to_owned()
    }
}

fn holds(text: &str, stems: &[&str], words: &[&str]) -> bool {
    let text = text.to_lowercase();
    let word = |word: &str| words.contains(&word.trim_matches('.'));
    stems.iter().any(|stem| text.contains(stem))
        || text
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
            .any(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_organisations_are_told_apart() {
        for (text, title, organisation) in [
            ("Senior Backend Engineer", true, false),
            ("Acme GmbH", false, true),
            ("Grundschullehrerin", true, false),
            ("Kantonsspital", false, false),
            ("Universitätsklinikum Köln", false, true),
            ("Infirmière diplômée d'État", true, false),
            ("CTO", true, false),
            ("Tactor", false, false),
        ] {
            assert_eq!(
                (is_title(text), is_organisation(text)),
                (title, organisation),
                "{text}"
            );
        }
        for (text, expected) in [
            ("B.Sc. Informatik", true),
            ("PhD", true),
            ("Physics", false),
            ("2. Staatsexamen", true),
        ] {
            assert_eq!(is_degree(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_behind_an_employer_is_cut() {
        for (name, expected) in [
            ("Acme GmbH, Berlin", "Acme GmbH"),
            ("Acme, Inc., Boston", "Acme, Inc."),
            ("Acme", "Acme"),
        ] {
            assert_eq!(without_place(name), expected);
        }
    }
}
