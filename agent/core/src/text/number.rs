//! Numbers below a hundred, in digits or in words.

/// The longest number that is written out, in bytes.
const LONGEST: usize = 10;

/// The number that `word` writes: at most two digits, or a word for it.
pub(crate) fn number(word: &str) -> Option<u8> {
    if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    if word.len() > LONGEST {
        return None;
    }
    named(&word.to_lowercase())
}

/// Numbers that postings write out in English, German, French and Spanish. "once"
/// is left out: in English it is no number.
fn named(lower: &str) -> Option<u8> {
    Some(match lower {
        "one" => 1,
        "two" | "zwei" | "deux" | "dos" => 2,
        "three" | "drei" | "trois" | "tres" => 3,
        "four" | "vier" | "quatre" | "cuatro" => 4,
        "five" | "fünf" | "cinq" | "cinco" => 5,
        "six" | "sechs" | "seis" => 6,
        "seven" | "sieben" | "sept" | "siete" => 7,
        "eight" | "acht" | "huit" | "ocho" => 8,
        "nine" | "neun" | "neuf" | "nueve" => 9,
        "ten" | "zehn" | "dix" | "diez" => 10,
        "eleven" | "elf" | "onze" => 11,
        "twelve" | "zwölf" | "douze" | "doce" => 12,
        "thirteen" | "dreizehn" | "treize" | "trece" => 13,
        "fourteen" | "vierzehn" | "quatorze" | "catorce" => 14,
        "fifteen" | "fünfzehn" | "quinze" | "quince" => 15,
        "sixteen" | "sechzehn" | "seize" => 16,
        "twenty" | "zwanzig" | "vingt" | "veinte" => 20,
        "thirty" | "dreißig" | "dreissig" | "trente" | "treinta" => 30,
        _ => return None,
    })
}
