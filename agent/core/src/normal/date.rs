//! Dates as portals state them.
#![deny(clippy::indexing_slicing)]

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The day `text` states: RFC 3339, epoch seconds or milliseconds, `2024-08-05
/// 08:38:01 UTC`, `Sep 11, 2026`. Relative words ("Posted Today") give `None`:
/// a stated text has no clock.
///
/// A time with an offset gives the day at that offset; an epoch the day in UTC.
/// `09/11/2026` gives `None` unless one of the numbers can only be a day.
pub fn of_text(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(text);
    }
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    of_year_first(&parts)
        .or_else(|| of_named_month(&parts))
        .or_else(|| of_numbers(text, &parts))
}

/// Epoch milliseconds, epoch seconds or `yyyymmdd`, told apart by length.
fn of_digits(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok()?;
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    match text.len() {
        12..=14 => Timestamp::from_millisecond(number).ok().map(day),
        9..=10 => Timestamp::from_second(number).ok().map(day),
        8 => date(number / 10_000, number / 100 % 100, number % 100),
        _ => None,
    }
    .filter(|day| (1990..2100).contains(&day.year()))
}

/// `2026-09-11…`, `2026/09/11`, `2026-09-11T08:38:01Z`.
fn of_year_first(parts: &[&str]) -> Option<Date> {
    let [year, month, rest, ..] = parts else {
        return None;
    };
    let day = rest.split(['T', 't']).next()?;
    if year.len() != 4 {
        return None;
    }
    date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `Sep 11, 2026`, `11. September 2026`, `Fri, 11 Sep 2026 08:00:00 GMT`.
fn of_named_month(parts: &[&str]) -> Option<Date> {
    let at = parts.iter().position(|part| month_named(part).is_some())?;
    let month = month_named(parts.get(at)?)?;
    let number = |at: usize| parts.get(at).and_then(|part| ordinal(part));
    let before = at.checked_sub(1).and_then(number);
    // Spanish puts words between: "11 de septiembre de 2026".
    let before = before.or_else(|| {
        at.checked_sub(2)
            .filter(|_| parts.get(at - 1) == Some(&"de"))
            .and_then(number)
    });
    let after = number(at + 1).or_else(|| number(at + 2));
    match (before, after) {
        (Some(day), Some(year)) if year > 31 => date(year, month, day),
        (_, Some(day)) => date(number(at + 2)?, month, day),
        _ => None,
    }
}

/// `11.09.2026`, and `13/09/2026` or `09/13/2026` where only one reading is a date.
fn of_numbers(text: &str, parts: &[&str]) -> Option<Date> {
    let [first, second, year, ..] = parts else {
        return None;
    };
    let (first, second): (i64, i64) = (first.parse().ok()?, second.parse().ok()?);
    if year.len() != 4 {
        return None;
    }
    let year = year.parse().ok()?;
    let (day_first, month_first) = (date(year, second, first), date(year, first, second));
    if text.contains('.') || first == second {
        return day_first;
    }
    day_first.xor(month_first)
}

/// A day or year as written: `11`, `11th`, `2026`.
fn ordinal(part: &str) -> Option<i64> {
    let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
    (!digits.is_empty() && digits.len() <= 4)
        .then(|| digits.parse().ok())
        .flatten()
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1990..2100).contains(&year) {
        return None;
    }
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Number of a month named in English, German, French or Spanish.
fn month_named(word: &str) -> Option<i64> {
    const MONTHS: [&[&str]; 12] = [
        &[
            "jan", "january", "januar", "jänner", "janvier", "janv", "enero", "ene",
        ],
        &["feb", "february", "februar", "février", "févr", "febrero"],
        &["mar", "march", "märz", "mrz", "mär", "mars", "marzo"],
        &["apr", "april", "avril", "avr", "abril", "abr"],
        &["may", "mai", "mayo"],
        &["jun", "june", "juni", "juin", "junio"],
        &["jul", "july", "juli", "juillet", "juil", "julio"],
        &["aug", "august", "août", "agosto", "ago"],
        &["sep", "sept", "september", "septembre", "septiembre"],
        &["oct", "october", "okt", "oktober", "octobre", "octubre"],
        &["nov", "november", "novembre", "noviembre"],
        &[
            "dec",
            "december",
            "dez",
            "dezember",
            "décembre",
            "déc",
            "diciembre",
            "dic",
        ],
    ];
    let word = word.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|names| names.contains(&word.as_str()))?;
    i64::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_day_is_read() {
        for (given, expected) in [
            ("2026-07-16T11:55:32-04:00", Some("2026-07-16")),
            ("2026-07-16T23:55:32Z", Some("2026-07-16")),
            ("2024-08-05 08:38:01 UTC", Some("2024-08-05")),
            ("2024-08-05", Some("2024-08-05")),
            ("2024/08/05", Some("2024-08-05")),
            ("20240805", Some("2024-08-05")),
            ("1553186035299", Some("2019-03-21")),
            ("1700000000", Some("2023-11-14")),
            ("Sep 11, 2026", Some("2026-09-11")),
            ("September 11th, 2026", Some("2026-09-11")),
            ("11 Sep 2026", Some("2026-09-11")),
            ("Fri, 11 Sep 2026 08:00:00 GMT", Some("2026-09-11")),
            ("11. März 2026", Some("2026-03-11")),
            ("1er août 2026", Some("2026-08-01")),
            ("11 de septiembre de 2026", Some("2026-09-11")),
            ("11.09.2026", Some("2026-09-11")),
            ("13/09/2026", Some("2026-09-13")),
            ("09/13/2026", Some("2026-09-13")),
            ("09/11/2026", None),
            ("Posted Today", None),
            ("Posted 3 Days Ago", None),
            ("30+ days ago", None),
            ("2026-13-45", None),
            ("31 Feb 2026", None),
            ("May", None),
            ("", None),
            ("99999999999999999999", None),
            ("éé-ää-öö", None),
        ] {
            assert_eq!(
                of_text(given).map(|day| day.to_string()).as_deref(),
                expected,
                "{given:?}"
            );
        }
    }
}
