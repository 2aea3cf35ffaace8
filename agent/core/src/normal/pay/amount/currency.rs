//! Marks and codes of currencies.
#![deny(clippy::indexing_slicing)]

/// Currency marks and codes, longer ones before their own beginnings.
const MARKS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("CAD$", "CAD"),
    ("C$", "CAD"),
    ("AU$", "AUD"),
    ("AUD$", "AUD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
    ("S$", "SGD"),
    ("HK$", "HKD"),
    ("R$", "BRL"),
    ("USD$", "USD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₪", "ILS"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("SFr.", "CHF"),
    ("Fr.", "CHF"),
    ("CHF", "CHF"),
    ("TEUR", "EUR"),
    ("EUROS", "EUR"),
    ("EURO", "EUR"),
    ("EUR", "EUR"),
    ("USD", "USD"),
    ("GBP", "GBP"),
    ("CAD", "CAD"),
    ("AUD", "AUD"),
    ("NZD", "NZD"),
    ("SGD", "SGD"),
    ("HKD", "HKD"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("CZK", "CZK"),
    ("INR", "INR"),
    ("JPY", "JPY"),
    ("BRL", "BRL"),
    ("MXN", "MXN"),
    ("ILS", "ILS"),
    ("ZAR", "ZAR"),
    ("AED", "AED"),
    ("HUF", "HUF"),
    ("RON", "RON"),
    ("DOLLARS", "USD"),
    ("POUNDS", "GBP"),
    ("T€", "EUR"),
];

/// ISO 4217 code of a stated currency: a code, a sign or a name.
pub(in crate::normal::pay) fn code_of(stated: &str) -> Option<String> {
    let stated = stated.trim();
    let upper = stated.to_uppercase();
    let known = MARKS
        .iter()
        .find(|(mark, _)| mark.to_uppercase() == upper)
        .map(|(_, code)| (*code).to_owned());
    let is_code = upper.len() == 3 && upper.bytes().all(|byte| byte.is_ascii_uppercase());
    known.or(is_code.then_some(upper))
}

/// A currency mark at the end of `text`: where it starts, and its code.
pub(super) fn mark_before(text: &str) -> Option<(usize, &'static str)> {
    let text = text.strip_suffix(' ').unwrap_or(text);
    MARKS.iter().find_map(|(mark, code)| {
        let start = text.len().checked_sub(mark.len())?;
        if !text.get(start..)?.eq_ignore_ascii_case(mark) {
            return None;
        }
        let before = text.get(..start)?.chars().next_back();
        let letters = mark.starts_with(|c: char| c.is_alphabetic());
        (!letters || !before.is_some_and(char::is_alphanumeric)).then_some((start, *code))
    })
}

/// A currency mark at the start of `text`: its length, and its code.
pub(super) fn mark_after(text: &str) -> Option<(usize, &'static str)> {
    let kroner = ("kr", "SEK");
    MARKS.iter().chain([&kroner]).find_map(|(mark, code)| {
        if !text.get(..mark.len())?.eq_ignore_ascii_case(mark) {
            return None;
        }
        let mut length = mark.len();
        let mut after = text.get(length..)?.chars();
        let next = after.next();
        let letters = mark.ends_with(|c: char| c.is_alphabetic());
        if letters && next == Some('s') && !after.next().is_some_and(char::is_alphanumeric) {
            length += 1;
        } else if letters && next.is_some_and(char::is_alphanumeric) {
            return None;
        }
        Some((length, *code))
    })
}
