//! Language of a text, by its most frequent small words.
#![deny(clippy::indexing_slicing)]

/// Small words that are frequent in their language and rare or absent in the
/// others. Words shared by two languages count for both and decide nothing.
const WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "and", "of", "to", "you", "with", "for", "our", "we", "are", "your", "will",
            "is", "that", "this", "have", "from", "be", "as", "or",
        ],
    ),
    (
        "de",
        &[
            "und", "der", "die", "das", "mit", "für", "wir", "sie", "ist", "ein", "eine", "dich",
            "deine", "ihre", "von", "zu", "im", "auf", "bei", "oder", "unser", "dein", "nicht",
            "sowie", "als",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "et", "des", "vous", "nous", "pour", "avec", "dans", "une", "du",
            "est", "votre", "nos", "notre", "sur", "au", "aux", "ou",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "y", "para", "con", "una", "por", "del", "que", "nuestro",
            "nuestra", "somos", "su", "tu", "como", "más", "en", "se", "la",
        ],
    ),
    (
        "it",
        &[
            "il", "e", "di", "che", "per", "con", "della", "del", "una", "gli", "nel", "sono",
            "nostro", "nostra", "alla", "dei", "delle", "più", "anche", "la",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "en", "voor", "je", "wij", "met", "zijn", "naar", "onze", "ons",
            "bij", "ook", "jij", "jouw", "niet", "deze", "aan", "te",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "e", "para", "com", "uma", "não", "nós", "você", "nossa", "nosso", "dos",
            "das", "em", "da", "do", "por", "mais", "são", "ao",
        ],
    ),
];

/// How many words of a text are looked at.
const SAMPLE: usize = 1500;

/// How many words of one line of several are looked at.
const LINE: usize = 30;

/// ISO 639-1 code of the language of `text`, if one of seven plainly leads.
pub fn of_text(text: &str) -> Option<&'static str> {
    let mut counts = [0_u32; WORDS.len()];
    // One long line among many counts as one of them.
    let most = match text.lines().filter(|line| !line.is_empty()).count() {
        0..5 => SAMPLE,
        _ => LINE,
    };
    let words = text.lines().flat_map(|line| {
        line.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(most)
    });
    for word in words.take(SAMPLE) {
        let word = word.to_lowercase();
        for (count, (_, known)) in counts.iter_mut().zip(WORDS) {
            *count += u32::from(known.contains(&word.as_str()));
        }
    }
    let mut ranked: Vec<(u32, &'static str)> = counts
        .into_iter()
        .zip(WORDS.iter().map(|(code, _)| *code))
        .collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match ranked.as_slice() {
        [(first, code), (second, _), ..] if *first >= 3 && *first * 2 >= *second * 3 => Some(code),
        _ => None,
    }
}

/// ISO 639-1 code of a language as portals state it: `en`, `de-DE`, `fra`,
/// `German`, `Deutsch`.
pub(crate) fn of_name(name: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &[&str])] = &[
        (
            "en",
            &[
                "eng",
                "english",
                "englisch",
                "englische",
                "anglais",
                "inglés",
                "ingles",
                "inglese",
                "engels",
                "inglês",
            ],
        ),
        (
            "de",
            &[
                "deu", "ger", "german", "deutsch", "deutsche", "allemand", "alemán", "aleman",
                "tedesco", "duits", "alemão",
            ],
        ),
        (
            "fr",
            &[
                "fra",
                "fre",
                "french",
                "französisch",
                "français",
                "francais",
                "francés",
                "frances",
                "francese",
                "frans",
            ],
        ),
        (
            "es",
            &[
                "spa",
                "spanish",
                "spanisch",
                "español",
                "espagnol",
                "castellano",
                "spagnolo",
                "spaans",
                "espanhol",
            ],
        ),
        (
            "it",
            &[
                "ita",
                "italian",
                "italienisch",
                "italiano",
                "italien",
                "italiaans",
            ],
        ),
        (
            "nl",
            &[
                "nld",
                "dut",
                "dutch",
                "niederländisch",
                "nederlands",
                "néerlandais",
                "neerlandés",
                "flemish",
            ],
        ),
        (
            "pt",
            &[
                "por",
                "portuguese",
                "portugiesisch",
                "português",
                "portugais",
                "portugués",
            ],
        ),
        ("pl", &["pol", "polish", "polnisch", "polski", "polonais"]),
        ("cs", &["ces", "cze", "czech", "tschechisch", "čeština"]),
        (
            "sv",
            &["swe", "swedish", "schwedisch", "svenska", "suédois"],
        ),
        ("da", &["dan", "danish", "dänisch", "dansk", "danois"]),
        ("no", &["nor", "norwegian", "norwegisch", "norsk"]),
        ("fi", &["fin", "finnish", "finnisch", "suomi"]),
        (
            "ja",
            &["jpn", "japanese", "japanisch", "japonais", "日本語"],
        ),
        (
            "zh",
            &[
                "zho",
                "chi",
                "chinese",
                "mandarin",
                "chinesisch",
                "chinois",
                "中文",
            ],
        ),
        ("ko", &["kor", "korean", "koreanisch", "coréen"]),
        ("ru", &["rus", "russian", "russisch", "russe"]),
        ("uk", &["ukr", "ukrainian", "ukrainisch"]),
        ("tr", &["tur", "turkish", "türkisch", "türkçe", "turc"]),
        ("ar", &["ara", "arabic", "arabisch", "arabe"]),
        ("he", &["heb", "hebrew", "hebräisch"]),
        ("hi", &["hin", "hindi"]),
        ("ro", &["ron", "rum", "romanian", "rumänisch", "roumain"]),
        ("hu", &["hun", "hungarian", "ungarisch"]),
        ("el", &["ell", "gre", "greek", "griechisch", "grec"]),
    ];
    let name = name.trim().to_lowercase();
    let base = name
        .split(['-', '_', ' ', ',', '('])
        .next()
        .unwrap_or_default();
    NAMES
        .iter()
        .find(|(code, names)| *code == base || names.contains(&base))
        .map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_its_language() {
        for (given, expected) in [
            (
                "We are looking for an engineer to join our team and you will work with the best.",
                Some("en"),
            ),
            (
                "Wir suchen für unser Team eine Pflegefachkraft, die mit Herz bei der Arbeit ist.",
                Some("de"),
            ),
            (
                "Nous recherchons pour notre équipe une infirmière. Vous travaillez avec les patients.",
                Some("fr"),
            ),
            (
                "Buscamos una persona para el equipo de ventas con experiencia en las tiendas del sur.",
                Some("es"),
            ),
            (
                "Cerchiamo una persona che ami il contatto con gli altri, per il nostro team di Milano.",
                Some("it"),
            ),
            (
                "Wij zoeken een collega voor het team; je werkt met onze klanten en bij ons op kantoor.",
                Some("nl"),
            ),
            (
                "Procuramos uma pessoa para o nosso time em São Paulo, com experiência e mais; você cresce com nós.",
                Some("pt"),
            ),
            ("Python Rust SQL", None),
            ("", None),
        ] {
            assert_eq!(of_text(given), expected, "{given}");
        }
    }

    #[test]
    fn a_stated_language_is_known_by_code_or_name() {
        for (given, expected) in [
            ("en", Some("en")),
            ("de-DE", Some("de")),
            ("fr_FR", Some("fr")),
            ("German", Some("de")),
            ("DEU", Some("de")),
            ("klingon", None),
            ("", None),
        ] {
            assert_eq!(of_name(given), expected, "{given}");
        }
    }
}
