//! Names of spoken languages and their codes.
#![deny(clippy::indexing_slicing)]

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

/// ISO 639-1 code of a language by its name.
pub(crate) fn code_of(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(code, _)| *code)
}

/// English name of a language, with a capital; the code itself where it is not known.
pub(crate) fn english_name(code: &str) -> String {
    let known = NAMES.iter().find(|(known, _)| *known == code);
    let name = known.and_then(|(_, names)| names.first()).unwrap_or(&code);
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// ISO 639-1 code of a language by its name or by a code ("en", "en-GB").
pub(in crate::profile) fn code_of_any(given: &str) -> Option<&'static str> {
    code_of(given).or_else(|| known_code(given))
}

fn known_code(given: &str) -> Option<&'static str> {
    let code = given
        .trim()
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    NAMES
        .iter()
        .map(|(known, _)| *known)
        .find(|known| *known == code)
}

/// All names `code_of` knows.
pub(in crate::profile) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| names.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

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
