//! Numbers below a hundred, in digits or in words.

/// Numbers that postings write out in English, German, French and Spanish. "once"
/// is left out: in English it is no number.
const NAMED: &[(u8, &str)] = &[
    (1, "one"),
    (2, "two zwei deux dos"),
    (3, "three drei trois tres"),
    (4, "four vier quatre cuatro"),
    (5, "five fünf cinq cinco"),
    (6, "six sechs seis"),
    (7, "seven sieben sept siete"),
    (8, "eight acht huit ocho"),
    (9, "nine neun neuf nueve"),
    (10, "ten zehn dix diez"),
    (11, "eleven elf onze"),
    (12, "twelve zwölf douze doce"),
    (13, "thirteen dreizehn treize trece"),
    (14, "fourteen vierzehn quatorze catorce"),
    (15, "fifteen fünfzehn quinze quince"),
    (16, "sixteen sechzehn seize"),
    (20, "twenty zwanzig vingt veinte"),
    (30, "thirty dreißig dreissig trente treinta"),
];

/// The number that `word` writes: at most two digits, or a word for it.
pub(crate) fn number(word: &str) -> Option<u8> {
    if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    let lower = word.to_lowercase();
    NAMED
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == lower))
        .map(|(number, _)| *number)
}
