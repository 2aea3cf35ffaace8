//! Names of languages in seven languages, folded.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashMap, sync::LazyLock};

/// Code and names. Names of fewer than four letters are words of their own.
const NAMES: &[(&str, &str)] = &[
    (
        "en",
        "english englisch englische englischer englischen anglais anglaise ingles inglese engels",
    ),
    (
        "de",
        "german deutsch deutsche deutscher deutschen allemand allemande aleman tedesco duits germanophone",
    ),
    (
        "fr",
        "french franzosisch franzosische franzosischer franzosischen francais francaise frances francese frans francophone",
    ),
    (
        "es",
        "spanish spanisch spanische spanischer spanischen espanol espagnol castellano spagnolo spaans castilian",
    ),
    (
        "it",
        "italian italienisch italienische italienischen italiano italien italiaans",
    ),
    (
        "nl",
        "dutch niederlandisch niederlandische nederlands neerlandais neerlandes flemish hollandisch",
    ),
    (
        "pt",
        "portuguese portugiesisch portugues portugais portoghese",
    ),
    ("pl", "polish polnisch polski polonais polaco"),
    ("cs", "czech tschechisch cestina tcheque checo"),
    ("sk", "slovak slowakisch"),
    ("sl", "slovenian slovene slowenisch"),
    ("hr", "croatian kroatisch"),
    ("sr", "serbian serbisch"),
    ("bg", "bulgarian bulgarisch"),
    ("sv", "swedish schwedisch svenska suedois sueco"),
    ("da", "danish danisch dansk danois danes"),
    ("no", "norwegian norwegisch norsk norvegien"),
    ("fi", "finnish finnisch suomi finnois"),
    ("et", "estonian"),
    ("lv", "latvian"),
    ("lt", "lithuanian"),
    ("ja", "japanese japanisch japonais japones"),
    ("zh", "chinese mandarin cantonese chinesisch chinois chino"),
    ("ko", "korean koreanisch coreen coreano"),
    ("ru", "russian russisch russe ruso"),
    ("uk", "ukrainian ukrainisch"),
    ("tr", "turkish turkisch turkce"),
    ("ar", "arabic arabisch arabe"),
    ("he", "hebrew hebraisch hebreu"),
    ("hi", "hindi"),
    ("th", "thai"),
    ("vi", "vietnamese"),
    ("id", "bahasa indonesian"),
    ("ro", "romanian rumanisch roumain"),
    ("hu", "hungarian ungarisch hongrois"),
    ("el", "greek griechisch"),
    ("ca", "catalan katalanisch"),
];

/// What stands behind a language in a compound.
const TAILS: &[&str] = &[
    "kenntnisse",
    "kenntnissen",
    "sprachkenntnisse",
    "sprachkenntnissen",
    "sprachig",
    "sprachige",
    "sprachiger",
    "sprachigen",
    "sprachiges",
    "muttersprachler",
    "niveau",
];

/// Every name.
pub(in crate::job::facts) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| names.split(' '))
}

/// Code of the language that the folded `word` names, alone or in a compound.
pub(super) fn code(word: &str) -> Option<&'static str> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        NAMES
            .iter()
            .flat_map(|(code, names)| names.split(' ').map(|name| (name, *code)))
            .collect()
    });
    let known = |word: &str| BY_NAME.get(word).copied();
    known(word).or_else(|| {
        TAILS
            .iter()
            .find_map(|tail| known(word.strip_suffix(tail)?))
    })
}
