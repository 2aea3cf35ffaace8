//! Labels in front of a value: "Phone: …", "Anschrift: …".
#![deny(clippy::indexing_slicing)]

/// What the value behind a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Name,
    Title,
    Location,
    Reach,
    /// Not kept: no step of the agent needs it.
    Private,
}

/// Labels in front of a value, lower case, with what the value is.
const LABELS: &[(&str, Label)] = &[
    ("name", Label::Name),
    ("nom", Label::Name),
    ("full name", Label::Name),
    ("address", Label::Location),
    ("location", Label::Location),
    ("based in", Label::Location),
    ("city", Label::Location),
    ("adresse", Label::Location),
    ("anschrift", Label::Location),
    ("wohnort", Label::Location),
    ("ort", Label::Location),
    ("lieu", Label::Location),
    ("dirección", Label::Location),
    ("phone", Label::Reach),
    ("telephone", Label::Reach),
    ("tel", Label::Reach),
    ("mobile", Label::Reach),
    ("cell", Label::Reach),
    ("telefon", Label::Reach),
    ("mobil", Label::Reach),
    ("handy", Label::Reach),
    ("téléphone", Label::Reach),
    ("tél", Label::Reach),
    ("portable", Label::Reach),
    ("teléfono", Label::Reach),
    ("email", Label::Reach),
    ("e-mail", Label::Reach),
    ("mail", Label::Reach),
    ("courriel", Label::Reach),
    ("web", Label::Reach),
    ("website", Label::Reach),
    ("homepage", Label::Reach),
    ("portfolio", Label::Reach),
    ("blog", Label::Reach),
    ("code", Label::Reach),
    ("linkedin", Label::Reach),
    ("github", Label::Reach),
    ("gitlab", Label::Reach),
    ("xing", Label::Reach),
    ("phone number", Label::Reach),
    ("telephone number", Label::Reach),
    ("mobile phone", Label::Reach),
    ("telefonnummer", Label::Reach),
    ("mobiltelefon", Label::Reach),
    ("móvil", Label::Reach),
    ("telefono", Label::Reach),
    ("email address", Label::Reach),
    ("e-mail address", Label::Reach),
    ("mail address", Label::Reach),
    ("e-mail-adresse", Label::Reach),
    ("adresse électronique", Label::Reach),
    ("adresse e-mail", Label::Reach),
    ("adresse mail", Label::Reach),
    ("correo electrónico", Label::Reach),
    ("correo", Label::Reach),
    ("site web", Label::Reach),
    ("site internet", Label::Reach),
    ("sitio web", Label::Reach),
    ("web site", Label::Reach),
    ("webseite", Label::Reach),
    ("url", Label::Reach),
    ("fax", Label::Reach),
    ("skype", Label::Reach),
    ("full address", Label::Location),
    ("home address", Label::Location),
    ("residence", Label::Location),
    ("place of residence", Label::Location),
    ("domicile", Label::Location),
    ("ville", Label::Location),
    ("lieu de résidence", Label::Location),
    ("ciudad", Label::Location),
    ("domicilio", Label::Location),
    ("residencia", Label::Location),
    ("direccion", Label::Location),
    ("standort", Label::Location),
    ("wohnhaft in", Label::Location),
    ("nombre", Label::Name),
    ("vor- und nachname", Label::Name),
    ("nom et prénom", Label::Name),
    ("nom complet", Label::Name),
    ("nombre completo", Label::Name),
    ("nombre y apellidos", Label::Name),
    ("beruf", Label::Title),
    ("position", Label::Title),
    ("job title", Label::Title),
    ("profession", Label::Title),
    ("current position", Label::Title),
    ("poste", Label::Title),
    ("puesto", Label::Title),
    ("born", Label::Private),
    ("gender", Label::Private),
    ("sex", Label::Private),
    ("geschlecht", Label::Private),
    ("place of birth", Label::Private),
    ("nationalität", Label::Private),
    ("fecha de nacimiento", Label::Private),
    ("nacionalidad", Label::Private),
    ("lieu de naissance", Label::Private),
    ("née le", Label::Private),
    ("né le", Label::Private),
    ("driving licence", Label::Private),
    ("driving license", Label::Private),
    ("führerschein", Label::Private),
    ("permis de conduire", Label::Private),
    ("carnet de conducir", Label::Private),
    ("date of birth", Label::Private),
    ("nationality", Label::Private),
    ("marital status", Label::Private),
    ("geburtsdatum", Label::Private),
    ("geboren", Label::Private),
    ("geburtsort", Label::Private),
    ("staatsangehörigkeit", Label::Private),
    ("familienstand", Label::Private),
    ("nationalité", Label::Private),
    ("date de naissance", Label::Private),
];

/// A label in front of `part` and the value behind it.
pub(super) fn labelled(part: &str) -> (Option<Label>, &str) {
    let Some((label, value)) = part.split_once(':') else {
        // "Tel. +49 …", "Mobil 0170 …"
        let word = part.split(' ').next().unwrap_or_default();
        let known = label_of(word).filter(|label| *label == Label::Reach);
        return match known {
            Some(label) => (
                Some(label),
                part.get(word.len()..).unwrap_or_default().trim(),
            ),
            None => (None, part),
        };
    };
    match label_of(label) {
        Some(label) => (Some(label), value.trim()),
        None => (None, part),
    }
}

pub(super) fn label_of(label: &str) -> Option<Label> {
    let label = label.trim().trim_end_matches('.').to_lowercase();
    LABELS
        .iter()
        .find(|(name, _)| *name == label)
        .map(|(_, label)| *label)
}
