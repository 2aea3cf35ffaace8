//! Names of months, and words around dates.

/// Names of months in German, English, French and Spanish, in full and as
/// commonly shortened, lower case.
pub(super) const MONTHS: [&[&str]; 12] = [
    &[
        "january", "januar", "jänner", "janvier", "enero", "janv", "jan", "ene",
    ],
    &[
        "february", "februar", "feber", "février", "fevrier", "febrero", "févr", "febr", "fév",
        "fev", "feb",
    ],
    &[
        "march", "märz", "maerz", "mars", "marzo", "mär", "mrz", "mar",
    ],
    &["april", "avril", "abril", "apr", "avr", "abr"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio", "jun"],
    &["july", "juli", "juillet", "julio", "juil", "jul"],
    &["august", "août", "aout", "agosto", "aug", "ago"],
    &["september", "septembre", "septiembre", "sept", "sep"],
    &["october", "oktober", "octobre", "octubre", "oct", "okt"],
    &["november", "novembre", "noviembre", "nov"],
    &[
        "december",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dec",
        "dez",
        "déc",
        "dic",
    ],
];
/// Words in front of the date from which something holds.
pub(super) const SINCE: [&str; 6] = ["since", "seit", "ab", "depuis", "desde", "from"];
/// Words between the two dates of a range.
pub(super) const UNTIL: [&str; 8] = ["to", "until", "till", "bis", "à", "au", "hasta", "a"];
/// Words for today.
pub(super) const TODAY: [&str; 17] = [
    "present",
    "now",
    "today",
    "current",
    "currently",
    "ongoing",
    "date",
    "heute",
    "jetzt",
    "aktuell",
    "laufend",
    "dato",
    "présent",
    "actuel",
    "actualidad",
    "presente",
    "hoy",
];
/// What stands for today in two words.
pub(super) const TODAY_PAIRS: [[&str; 2]; 2] = [["ce", "jour"], ["en", "cours"]];
