//! Spoken languages: their names in several languages, and how a CV lists them.
#![deny(clippy::indexing_slicing)]

use crate::profile::LanguageSkill;

/// Names of languages in English, German, French, Spanish and themselves, lower
/// case, by ISO 639-1 code.
const NAMES: &[(&str, &[&str])] = &[
    ("af", &["afrikaans"]),
    ("am", &["amharic", "amharisch", "amharique"]),
    ("ar", &["arabic", "arabisch", "arabe", "árabe"]),
    ("az", &["azerbaijani", "aserbaidschanisch", "azéri"]),
    ("be", &["belarusian", "belarussisch", "biélorusse"]),
    ("bg", &["bulgarian", "bulgarisch", "bulgare", "búlgaro"]),
    ("bn", &["bengali", "bengalisch"]),
    ("bs", &["bosnian", "bosnisch", "bosniaque"]),
    (
        "ca",
        &[
            "catalan",
            "katalanisch",
            "catalán",
            "català",
            "valencian",
            "valenciano",
        ],
    ),
    (
        "cs",
        &["czech", "tschechisch", "tchèque", "checo", "čeština"],
    ),
    ("cy", &["welsh", "walisisch", "gallois"]),
    ("da", &["danish", "dänisch", "danois", "danés", "dansk"]),
    (
        "de",
        &[
            "german",
            "deutsch",
            "allemand",
            "alemán",
            "swiss german",
            "schweizerdeutsch",
        ],
    ),
    ("el", &["greek", "griechisch", "grec", "griego"]),
    (
        "en",
        &["english", "englisch", "anglais", "inglés", "ingles"],
    ),
    (
        "es",
        &[
            "spanish",
            "spanisch",
            "espagnol",
            "español",
            "castellano",
            "castilian",
        ],
    ),
    ("et", &["estonian", "estnisch", "estonien"]),
    ("eu", &["basque", "baskisch", "euskera"]),
    ("fa", &["persian", "farsi", "persisch", "dari", "persan"]),
    ("fi", &["finnish", "finnisch", "finnois", "suomi"]),
    (
        "fr",
        &[
            "french",
            "französisch",
            "franzoesisch",
            "français",
            "francais",
            "francés",
        ],
    ),
    ("ga", &["irish", "irisch", "irlandais", "gaeilge"]),
    ("gl", &["galician", "galicisch", "gallego", "galego"]),
    ("gu", &["gujarati"]),
    ("he", &["hebrew", "hebräisch", "hébreu", "hebreo"]),
    ("hi", &["hindi"]),
    ("hr", &["croatian", "kroatisch", "croate"]),
    (
        "hu",
        &["hungarian", "ungarisch", "hongrois", "húngaro", "magyar"],
    ),
    ("hy", &["armenian", "armenisch", "arménien"]),
    ("id", &["indonesian", "indonesisch", "indonésien"]),
    ("is", &["icelandic", "isländisch", "islandais"]),
    ("it", &["italian", "italienisch", "italien", "italiano"]),
    ("ja", &["japanese", "japanisch", "japonais", "japonés"]),
    ("ka", &["georgian", "georgisch", "géorgien"]),
    ("kk", &["kazakh", "kasachisch"]),
    ("ko", &["korean", "koreanisch", "coréen", "coreano"]),
    ("ku", &["kurdish", "kurdisch", "kurde", "kurmanji"]),
    (
        "la",
        &[
            "latin",
            "latein",
            "latinum",
            "großes latinum",
            "kleines latinum",
        ],
    ),
    ("lb", &["luxembourgish", "luxemburgisch", "luxembourgeois"]),
    ("lt", &["lithuanian", "litauisch", "lituanien"]),
    ("lv", &["latvian", "lettisch", "letton"]),
    ("mk", &["macedonian", "mazedonisch", "macédonien"]),
    ("ml", &["malayalam"]),
    ("mr", &["marathi"]),
    ("ms", &["malay", "malaiisch", "malais"]),
    ("mt", &["maltese", "maltesisch", "maltais"]),
    ("ne", &["nepali", "nepalesisch", "népalais"]),
    (
        "nl",
        &[
            "dutch",
            "niederländisch",
            "holländisch",
            "néerlandais",
            "neerlandés",
            "nederlands",
            "flemish",
        ],
    ),
    (
        "no",
        &["norwegian", "norwegisch", "norvégien", "noruego", "norsk"],
    ),
    ("pa", &["punjabi"]),
    (
        "pl",
        &["polish", "polnisch", "polonais", "polaco", "polski"],
    ),
    ("ps", &["pashto", "paschtu"]),
    (
        "pt",
        &[
            "portuguese",
            "portugiesisch",
            "portugais",
            "portugués",
            "português",
        ],
    ),
    (
        "ro",
        &["romanian", "rumänisch", "roumain", "rumano", "română"],
    ),
    ("ru", &["russian", "russisch", "russe", "ruso"]),
    ("si", &["sinhala", "singhalesisch"]),
    ("sk", &["slovak", "slowakisch", "slovaque"]),
    ("sl", &["slovenian", "slovene", "slowenisch", "slovène"]),
    ("so", &["somali"]),
    ("sq", &["albanian", "albanisch", "albanais"]),
    ("sr", &["serbian", "serbisch", "serbe"]),
    (
        "sv",
        &["swedish", "schwedisch", "suédois", "sueco", "svenska"],
    ),
    ("sw", &["swahili", "suaheli", "kiswahili"]),
    ("ta", &["tamil"]),
    ("te", &["telugu"]),
    ("th", &["thai", "thailändisch", "thaï"]),
    ("ti", &["tigrinya"]),
    ("tl", &["tagalog", "filipino"]),
    ("tr", &["turkish", "türkisch", "turc", "turco", "türkçe"]),
    ("uk", &["ukrainian", "ukrainisch", "ukrainien", "ucraniano"]),
    ("ur", &["urdu"]),
    ("uz", &["uzbek", "usbekisch"]),
    ("vi", &["vietnamese", "vietnamesisch", "vietnamien"]),
    ("yo", &["yoruba"]),
    (
        "zh",
        &[
            "chinese",
            "chinesisch",
            "chinois",
            "chino",
            "mandarin",
            "mandarin chinese",
            "cantonese",
        ],
    ),
    ("zu", &["zulu"]),
];

/// Words that say how well a language is known, lower case.
const LEVELS: &[&str] = &[
    "native",
    "mother tongue",
    "first language",
    "fluent",
    "bilingual",
    "proficient",
    "proficiency",
    "professional",
    "full professional",
    "business",
    "advanced",
    "intermediate",
    "conversational",
    "working",
    "limited",
    "basic",
    "basics",
    "beginner",
    "elementary",
    "good",
    "very good",
    "reading",
    "spoken",
    "muttersprache",
    "muttersprachlich",
    "fließend",
    "fliessend",
    "verhandlungssicher",
    "sehr gut",
    "gut",
    "gute",
    "grundkenntnisse",
    "schulkenntnisse",
    "konversationssicher",
    "basiskenntnisse",
    "kenntnisse",
    "langue maternelle",
    "maternelle",
    "courant",
    "bilingue",
    "notions",
    "intermédiaire",
    "avancé",
    "débutant",
    "scolaire",
    "technique",
    "bon",
    "nativo",
    "nativa",
    "fluido",
    "avanzado",
    "intermedio",
    "básico",
    "lengua materna",
];

/// The most bytes that can name a language and a level.
const LONGEST_PIECE: usize = 200;

/// ISO 639-1 code of a language by its name.
pub(in crate::profile) fn code_of(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(code, _)| *code)
}

/// An ISO 639-1 code given as such ("en", "en-GB"), in lower case.
pub(in crate::profile) fn known_code(code: &str) -> Option<String> {
    let code = code
        .trim()
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    NAMES
        .iter()
        .any(|(known, _)| *known == code)
        .then_some(code)
}

/// All names `code_of` knows.
pub(in crate::profile) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| names.iter().copied())
}

/// What one line of a list of languages says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) languages: Vec<LanguageSkill>,
    /// Pieces that name no known language.
    pub(super) unknown: Vec<String>,
}

/// Reads "English (C1) · Spanish – native, French: B2".
pub(super) fn of_line(text: &str, line: Option<u32>) -> Listed {
    let mut listed = Listed::default();
    for piece in pieces(text) {
        if let Some((code, fluency)) = of_piece(piece) {
            listed.languages.push(LanguageSkill {
                code: code.to_owned(),
                fluency,
                line,
            });
        } else if is_level(piece)
            && let Some(last) = listed.languages.last_mut()
        {
            // "English, fluent", "English C1, business fluent"
            last.fluency = Some(match last.fluency.take() {
                Some(fluency) => format!("{fluency}, {piece}"),
                None => piece.to_owned(),
            });
        } else {
            listed.unknown.push(piece.to_owned());
        }
    }
    listed
}

/// Cuts at separators outside brackets.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '·' | '•' if depth == 0 => {
                pieces.push(text.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces
        .into_iter()
        .map(str::trim)
        .filter(|piece| piece.chars().any(char::is_alphanumeric))
        .collect()
}

/// A language and how well it is known: the longest name in front wins.
fn of_piece(piece: &str) -> Option<(&'static str, Option<String>)> {
    let piece = piece.trim().trim_end_matches('.');
    if piece.len() > LONGEST_PIECE {
        return None;
    }
    let ends: Vec<usize> = piece
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, _)| at)
        .chain([piece.len()])
        .collect();
    let (code, rest) = ends.into_iter().rev().find_map(|end| {
        let (name, rest) = piece.split_at_checked(end)?;
        Some((code_of(name)?, rest))
    })?;
    let rest = rest.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '=' | '/')
    });
    let rest = match rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) if !inner.contains(['(', ')']) => inner,
        _ => rest,
    };
    Some((code, (!rest.is_empty()).then(|| rest.to_owned())))
}

fn is_level(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    let first = piece.split([' ', '/', '-', '(']).next().unwrap_or_default();
    let common = matches!(
        first.trim_end_matches('+'),
        "a1" | "a2" | "b1" | "b2" | "c1" | "c2"
    );
    common || LEVELS.iter().any(|level| piece.starts_with(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<&str>)], unknown: &[&str]) {
        let listed = of_line(text, Some(3));
        let got: Vec<_> = listed
            .languages
            .iter()
            .map(|language| (language.code.as_str(), language.fluency.as_deref()))
            .collect();
        assert_eq!(got, expected, "{text}");
        assert_eq!(listed.unknown, unknown, "{text}");
        assert!(
            listed
                .languages
                .iter()
                .all(|language| language.line == Some(3))
        );
    }

    #[test]
    fn lists_of_languages_are_read() {
        check("English (C1+)", &[("en", Some("C1+"))], &[]);
        check(
            "English (Native) · Spanish (C1)",
            &[("en", Some("Native")), ("es", Some("C1"))],
            &[],
        );
        check(
            "Deutsch: Muttersprache, Englisch: C1",
            &[("de", Some("Muttersprache")), ("en", Some("C1"))],
            &[],
        );
        check(
            "English, fluent, B2 certificate",
            &[("en", Some("fluent, B2 certificate"))],
            &[],
        );
        check(
            "Français – langue maternelle",
            &[("fr", Some("langue maternelle"))],
            &[],
        );
        check(
            "Mandarin Chinese B1; Swiss German",
            &[("zh", Some("B1")), ("de", None)],
            &[],
        );
        check(
            "Klingon (fluent), Dutch",
            &[("nl", None)],
            &["Klingon (fluent)"],
        );
        check(
            "German (B2, reading C1)",
            &[("de", Some("B2, reading C1"))],
            &[],
        );
        check("", &[], &[]);
    }

    #[test]
    fn every_name_stands_for_one_language() {
        let mut seen = std::collections::BTreeMap::new();
        for (code, names) in NAMES {
            for name in *names {
                assert_eq!(seen.insert(*name, *code), None, "{name} twice");
                assert_eq!(code_of(&format!(" {name} ")), Some(*code), "{name}");
            }
        }
    }
}
