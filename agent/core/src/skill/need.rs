//! How strongly a sentence asks for what it names, and for how many years.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::Need;
use crate::text::number;

/// Headings and words that make what they govern optional.
const OPTIONAL: &[&str] = &[
    "nice to have",
    "nice-to-have",
    "nice to haves",
    "a plus",
    "is a bonus",
    "bonus",
    "bonus points",
    "preferred",
    "preferably",
    "ideally",
    "desirable",
    "desired",
    "advantage",
    "advantageous",
    "optional",
    "not required",
    "not essential",
    "not mandatory",
    "would be great",
    "good to have",
    "extra credit",
    "beneficial",
    "pluses",
    "von vorteil",
    "wünschenswert",
    "idealerweise",
    "gerne auch",
    "ein plus",
    "pluspunkt",
    "bonuspunkte",
    "optimalerweise",
    "vorteilhaft",
    "kein muss",
    "un plus",
    "un atout",
    "atouts",
    "serait apprécié",
    "apprécié",
    "appréciée",
    "souhaité",
    "souhaitée",
    "idéalement",
    "de préférence",
    "deseable",
    "se valorará",
    "se valora",
    "idealmente",
];

/// Words that make what they govern required.
const REQUIRED: &[&str] = &[
    "must have",
    "must-have",
    "must",
    "required",
    "requires",
    "require",
    "essential",
    "mandatory",
    "necessary",
    "need to have",
    "you have",
    "you bring",
    "proven",
    "strong experience",
    "solid experience",
    "prerequisite",
    "minimum",
    "at least",
    "zwingend",
    "erforderlich",
    "vorausgesetzt",
    "voraussetzung",
    "unbedingt",
    "notwendig",
    "setzen wir voraus",
    "du bringst",
    "sie bringen",
    "mindestens",
    "du hast",
    "sie haben",
    "verfügst über",
    "verfügen über",
    "indispensable",
    "exigé",
    "exigée",
    "requis",
    "requise",
    "impératif",
    "obligatoire",
    "vous avez",
    "vous maîtrisez",
    "vous disposez",
    "imprescindible",
    "requerido",
    "requisito",
];

/// Headings of what is asked of the person.
const ASKED_HEADINGS: &[&str] = &[
    "requirement",
    "must have",
    "must-have",
    "qualification",
    "what you bring",
    "what you'll bring",
    "what you will bring",
    "what you need",
    "what you'll need",
    "you have",
    "you bring",
    "who you are",
    "about you",
    "your profile",
    "skills and experience",
    "experience and skills",
    "required",
    "looking for",
    "minimum",
    "what we require",
    "what we expect",
    "we require",
    "essential",
    "your background",
    "background includes",
    "your skills",
    "key skills",
    "you should have",
    "dein profil",
    "ihr profil",
    "dein background",
    "anforderung",
    "das bringst du mit",
    "bringst du mit",
    "bringen sie mit",
    "was du mitbringst",
    "was sie mitbringen",
    "voraussetzung",
    "qualifikation",
    "das zeichnet",
    "damit überzeug",
    "wir erwarten",
    "wir wünschen",
    "du hast",
    "profil recherché",
    "votre profil",
    "ton profil",
    "compétences",
    "prérequis",
    "profil",
    "qualités requises",
    "requisitos",
    "tu perfil",
    "perfil",
    "qué buscamos",
];

/// Headings of what the employer gives or says of itself in law.
const GIVEN_HEADINGS: &[&str] = &[
    "benefit",
    "perks",
    "we offer",
    "what we offer",
    "offers",
    "offer you",
    "what you get",
    "what you'll get",
    "what's in it for you",
    "our offer",
    "compensation",
    "equal opportunity",
    "equal employment",
    "why join",
    "why work",
    "life at",
    "salary",
    "diversity",
    "wir bieten",
    "das bieten wir",
    "unser angebot",
    "was wir bieten",
    "was wir dir bieten",
    "deine vorteile",
    "ihre vorteile",
    "benefits",
    "freu dich",
    "darauf kannst du dich freuen",
    "nous offrons",
    "nous proposons",
    "ce que nous offrons",
    "avantages",
    "pourquoi nous rejoindre",
    "qué ofrecemos",
    "ofrecemos",
    "beneficios",
    "how to apply",
    "bewerbungsprozess",
];

/// What the heading above a sentence says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Plain,
    Asked,
    Welcome,
    Given,
}

/// Follows the headings through a text.
#[derive(Debug, Default)]
pub(super) struct Reader {
    section: Option<Section>,
}

impl Reader {
    /// The section `sentence` stands in; `None` for one whose skills do not count.
    pub(super) fn section(&mut self, sentence: &str) -> Option<Section> {
        if let Some(section) = heading(sentence) {
            self.section = Some(section);
        }
        let section = self.section.unwrap_or(Section::Plain);
        (section != Section::Given).then_some(section)
    }
}

/// The section that `sentence` opens, if it is a heading.
fn heading(sentence: &str) -> Option<Section> {
    let item = sentence.starts_with(['-', '•', '*', '·', '–', '▪']);
    if item || sentence.chars().count() > 70 || sentence.ends_with(['.', ',', ';']) {
        return None;
    }
    let words = sentence.split_whitespace().count();
    let lower = sentence.to_lowercase().replace('’', "'");
    let names = |list: &[&str]| list.iter().any(|known| has_words(&lower, known));
    let marked = sentence.ends_with(':') || sentence.ends_with('?');
    if words > 9 || (words > 6 && !marked) {
        return None;
    }
    if names(OPTIONAL) {
        return Some(Section::Welcome);
    }
    if names(GIVEN_HEADINGS) {
        return Some(Section::Given);
    }
    if ASKED_HEADINGS.iter().any(|known| lower.contains(known)) {
        return Some(Section::Asked);
    }
    // Any other short line with a colon, or in capitals, opens a new part.
    let shouted = words <= 6
        && sentence.chars().any(char::is_alphabetic)
        && !sentence.chars().any(char::is_lowercase);
    let titled =
        words <= 5 && sentence.chars().next().is_some_and(char::is_uppercase) && is_part(&lower);
    (marked || shouted || titled).then_some(Section::Plain)
}

/// Whether a heading without a mark opens another known part of a posting.
fn is_part(lower: &str) -> bool {
    const PARTS: &[&str] = &[
        "about",
        "responsibilities",
        "your tasks",
        "your role",
        "the role",
        "your mission",
        "what you'll do",
        "what you will do",
        "duties",
        "day to day",
        "aufgaben",
        "deine rolle",
        "über uns",
        "das machst du",
        "vos missions",
        "missions",
        "le poste",
        "à propos",
        "funciones",
        "responsabilidades",
        "tus tareas",
        "core duties",
        "job description",
        "what you do",
        "stelle",
    ];
    PARTS.iter().any(|part| has_words(lower, part))
}

/// Whether `words` stands in `text` as whole words, or their plural.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let mut after = text.get(at + words.len()..).unwrap_or_default().chars();
        let next = after.next().filter(|c| *c != 's').or_else(|| after.next());
        !before.is_some_and(char::is_alphanumeric) && !next.is_some_and(char::is_alphanumeric)
    })
}

/// Need of the term at `at` in `sentence`. Where a sentence has marks of both
/// kinds, the clause the term stands in decides.
pub(super) fn of(section: Section, sentence: &str, at: Range<usize>) -> Need {
    let (optional, required) = marks(sentence);
    let by_section = match section {
        Section::Asked => Need::Required,
        Section::Welcome => Need::Optional,
        Section::Plain | Section::Given => Need::Named,
    };
    match (optional, required) {
        (false, false) => by_section,
        (false, true) if section == Section::Welcome => Need::Optional,
        (false, true) => Need::Required,
        // "Rust, Go (a plus)": the mark in brackets governs the word before it.
        (true, _) => match marks(clause(sentence, at)) {
            (true, _) => Need::Optional,
            (false, true) => Need::Required,
            (false, false) if required => Need::Required,
            (false, false) if has_governed_tail(sentence) => by_section,
            (false, false) => Need::Optional,
        },
    }
}

fn marks(text: &str) -> (bool, bool) {
    let mut lower = text.to_lowercase().replace('’', "'");
    let optional = OPTIONAL.iter().any(|mark| has_words(&lower, mark));
    for negated in [
        "not required",
        "not essential",
        "not mandatory",
        "kein muss",
        "preferred but not required",
    ] {
        lower = lower.replace(negated, "");
    }
    (
        optional,
        REQUIRED.iter().any(|mark| has_words(&lower, mark)),
    )
}

/// Whether the optional mark stands in brackets, so that it governs only them
/// and the word before.
fn has_governed_tail(sentence: &str) -> bool {
    sentence
        .split('(')
        .skip(1)
        .any(|tail| tail.split(')').next().is_some_and(|inside| marks(inside).0))
}

/// The part of `sentence` around `at` between commas, semicolons and "but".
fn clause(sentence: &str, at: Range<usize>) -> &str {
    let cut = [
        ",", ";", " but ", " aber ", " mais ", "(", ")", " – ", " sowie ",
    ];
    let head = sentence.get(..at.start).unwrap_or_default();
    let start = cut
        .iter()
        .filter_map(|cut| head.rfind(cut).map(|found| found + cut.len()))
        .max()
        .unwrap_or(0);
    let tail = sentence.get(at.end..).unwrap_or_default();
    let end = cut
        .iter()
        .filter_map(|cut| tail.find(cut))
        .min()
        .unwrap_or(tail.len());
    sentence.get(start..at.end + end).unwrap_or(sentence)
}

/// Years asked for the term at `at`: the mention before it, else the one after
/// it in the same clause.
pub(super) fn years(sentence: &str, at: Range<usize>) -> Option<u8> {
    let mentions = year_mentions(sentence);
    let before = mentions
        .iter()
        .rev()
        .find(|(position, _)| *position <= at.start);
    let clause_end = {
        let tail = sentence.get(at.end..).unwrap_or_default();
        at.end + tail.find([',', ';']).unwrap_or(tail.len())
    };
    let after = mentions
        .iter()
        .find(|(position, _)| *position >= at.end && *position < clause_end);
    before.or(after).map(|(_, years)| *years)
}

/// Numbers of years in `sentence` with their positions in bytes; of a range the
/// lower number. Numbers over 30 are ages of companies, not of experience.
pub(crate) fn year_mentions(sentence: &str) -> Vec<(usize, u8)> {
    let mut mentions = Vec::new();
    let mut recent: Vec<(usize, u8)> = Vec::new();
    let mut gap = 0;
    let pieces = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty());
    for piece in pieces {
        let position = piece.as_ptr() as usize - sentence.as_ptr() as usize;
        if let Some(number) = number(piece) {
            recent.push((position, number));
            gap = 0;
        } else if is_year_word(piece) {
            if let Some(first) = recent.first() {
                mentions.push(*first);
            }
            recent.clear();
        } else {
            // "3 to 5 years", "3 or more years", "5 volle Jahre".
            gap += 1;
            if gap > 2
                || !matches!(
                    piece.to_lowercase().as_str(),
                    "to" | "bis"
                        | "à"
                        | "a"
                        | "or"
                        | "more"
                        | "oder"
                        | "mehr"
                        | "plus"
                        | "full"
                        | "volle"
                )
            {
                recent.clear();
            }
        }
    }
    mentions.retain(|(_, years)| (1..=30).contains(years));
    mentions
}

fn is_year_word(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "year"
            | "years"
            | "yrs"
            | "yr"
            | "jahr"
            | "jahre"
            | "jahren"
            | "jährige"
            | "jähriger"
            | "an"
            | "ans"
            | "année"
            | "années"
            | "años"
            | "anos"
            | "anni"
            | "jaar"
    )
}
