//! Amounts of money in prose.
#![deny(clippy::indexing_slicing)]

mod currency;

use std::sync::LazyLock;

use regex::Regex;

pub(super) use self::currency::code_of;
use self::currency::{mark_after, mark_before};
use crate::text::Words;

/// An amount as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    /// Written in millions or more: never somebody's pay.
    pub(super) is_millions: bool,
}

/// One amount, or two that bound a range.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    pub(super) low: Amount,
    pub(super) high: Option<Amount>,
    /// ISO 4217 code.
    pub(super) currency: Option<String>,
    /// "up to".
    pub(super) is_upper: bool,
    /// "from", or a plus behind.
    pub(super) is_lower: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Range {
    /// The least and the most, where they are said.
    pub(super) fn bounds(&self) -> (Option<f64>, Option<f64>) {
        let low = self.low.value;
        match &self.high {
            Some(Amount { value, .. }) => (Some(low.min(*value)), Some(low.max(*value))),
            None if self.is_upper => (None, Some(low)),
            None if self.is_lower => (Some(low), None),
            None => (Some(low), Some(low)),
        }
    }
}

/// Words between the bounds of a range.
const BETWEEN: &[&str] = &[
    "-", "–", "—", "−", "‑", "~", "to", "bis", "à", "a", "and", "und", "et", "y", "bis zu",
    "up to", "- bis",
];

/// Periods that may stand behind the first of two amounts.
static PERIODS: Words = Words::of(
    "per year, per hour, per annum, per month, per week, per day, an hour, a year, a month, a week,
     a day, /year, /yr, /hour, /hr, /h, /month, /week, /day, pro jahr, pro stunde, pro monat,
     par an, gross, brutto, p.a., annually",
);

/// Words before an amount that is the most.
static UPPER: Words = Words::of("up to, bis zu, bis, jusqu'à, jusqu’à, hasta, maximum, max., max");

/// Words before an amount that is the least.
static LOWER: Words = Words::of(
    "from, starting at, start at, ab, at least, minimum, min., mindestens, à partir de, dès,
     desde, von",
);

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\d{1,3}(?:[.,'’ ]\d{3})+\b(?:[.,]\d{1,2}\b)?|\d+(?:[.,]\d{1,2}\b)?").ok()
});

/// An amount with what clings to it.
struct Found {
    amount: Amount,
    thousands: bool,
    currency: Option<&'static str>,
    /// "$" alone, which may be the dollar of any country.
    is_bare_dollar: bool,
    start: usize,
    end: usize,
}

/// The amounts of `sentence`, those joined by a dash or "to" as one range.
pub(super) fn ranges(sentence: &str) -> Vec<Range> {
    let mut found = Vec::new();
    if let Some(number) = NUMBER.as_ref() {
        // A sentence with more numbers than this is a table, not pay.
        found.extend(number.find_iter(sentence).take(40).filter_map(|number| {
            let end = decimals_before_k(sentence, number.end());
            read(sentence, number.start(), end)
        }));
    }
    let mut ranges = Vec::new();
    let mut rest = found.into_iter().peekable();
    while let Some(mut low) = rest.next() {
        let joined = |next: &Found| sentence.get(low.end..next.start).is_some_and(is_between);
        let high = rest.next_if(joined);
        if let Some(high) = &high
            && high.thousands
            && !low.thousands
            && low.amount.value < 1000.0
        {
            // "$152-190K"
            low.amount.value *= 1000.0;
        }
        let end = high.as_ref().map_or(low.end, |high| high.end);
        let named = |found: &&Found| found.currency.is_some() && !found.is_bare_dollar;
        let both = || [Some(&low), high.as_ref()].into_iter().flatten();
        let currency = both()
            .find(named)
            .or_else(|| both().find(|found| found.currency.is_some()))
            .and_then(|found| found.currency)
            .map(str::to_owned);
        let head = sentence
            .get(..low.start)
            .unwrap_or_default()
            .trim_end()
            .to_lowercase();
        let tail = sentence.get(end..).unwrap_or_default().trim_start();
        let ends = |words: &Words| words.iter().any(|word| head.ends_with(word));
        ranges.push(Range {
            low: low.amount,
            high: high.map(|high| high.amount),
            currency,
            is_upper: ends(&UPPER),
            is_lower: tail.starts_with('+') || ends(&LOWER),
            start: low.start,
            end,
        });
    }
    ranges
}

/// The amount whose digits stand at `start..end`, with its marks.
fn read(sentence: &str, start: usize, end: usize) -> Option<Found> {
    let before = sentence.get(..start)?;
    let glued = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || c == '.');
    let (mut from, mut currency) = (start, None);
    if let Some((mark, code)) = mark_before(before) {
        from = mark;
        currency = Some(code);
    } else if glued {
        return None;
    }
    let mut value = value(sentence.get(start..end)?)?;
    let mut rest = sentence.get(end..)?;
    for dash in [",-", ".-", ",–", ".–", ",—"] {
        // "2.500,- €"; a dash before digits is a range instead.
        if let Some(tail) = rest.strip_prefix(dash)
            && !tail.trim_start().starts_with(|c: char| c.is_ascii_digit())
        {
            rest = tail;
        }
    }
    let mut thousands = currency == Some("EUR") && before.trim_end().ends_with("TEUR");
    let mut is_millions = false;
    let spaced = rest.strip_prefix(' ').unwrap_or(rest);
    let word: String = spaced.chars().take_while(|c| c.is_alphabetic()).collect();
    match word.to_lowercase().as_str() {
        "k" | "tsd" | "thousand" | "keur" | "kchf" => {
            thousands = true;
            rest = spaced
                .get(1..)
                .filter(|_| word.len() > 3 && word.starts_with(['k', 'K']))
                .unwrap_or_else(|| spaced.get(word.len()..).unwrap_or_default());
        }
        "m" | "mn" | "mm" | "mio" | "mrd" | "million" | "millions" | "millionen" | "b" | "bn"
        | "billion" | "milliarden" | "crore" | "lakh" => {
            is_millions = true;
            rest = spaced.get(word.len()..).unwrap_or_default();
        }
        "teur" => {
            thousands = true;
            currency = Some("EUR");
            rest = spaced.get(word.len()..).unwrap_or_default();
        }
        // "500px", "3D": a number glued to other letters is no amount.
        _ if !word.is_empty() && spaced.len() == rest.len() && mark_after(rest).is_none() => {
            return None;
        }
        _ => {}
    }
    if thousands {
        value *= 1000.0;
    }
    let mut is_bare_dollar = sentence.get(from..start)?.trim_end() == "$";
    let tail = rest.trim_start_matches(['.', ' ']);
    if let Some((length, code)) = mark_after(tail) {
        currency = currency.filter(|_| !is_bare_dollar).or(Some(code));
        is_bare_dollar = false;
        rest = tail.get(length..).unwrap_or_default();
    } else if is_bare_dollar
        && let Some(inside) = tail.strip_prefix('(')
        && let Some((length, code)) = mark_after(inside)
        && let Some(behind) = inside.get(length..).and_then(|tail| tail.strip_prefix(')'))
    {
        // "$98,000 (CAD)".
        currency = Some(code);
        is_bare_dollar = false;
        rest = behind;
    }
    if sentence
        .get(sentence.len() - rest.len()..)?
        .starts_with('%')
    {
        return None;
    }
    let end = sentence.len() - rest.len();
    Some(Found {
        amount: Amount { value, is_millions },
        thousands,
        currency,
        is_bare_dollar,
        start: from,
        end,
    })
}

/// The end of the number that ends at `end`, with the decimals that a "k"
/// follows at once: "102.8K".
fn decimals_before_k(sentence: &str, end: usize) -> usize {
    let tail = sentence.get(end..).unwrap_or_default();
    let Some(decimals) = tail.strip_prefix(['.', ',']) else {
        return end;
    };
    let digits = decimals.bytes().take_while(u8::is_ascii_digit).count();
    let behind = decimals.get(digits..).unwrap_or_default();
    if (1..3).contains(&digits) && behind.starts_with(['k', 'K']) {
        end + 1 + digits
    } else {
        end
    }
}

/// The number that digits with separators write. The last separator is a
/// decimal point if one or two digits follow it.
fn value(written: &str) -> Option<f64> {
    let decimals = written
        .rfind(['.', ','])
        .filter(|at| written.len() - at - 1 < 3);
    let (whole, fraction) = match decimals {
        Some(at) => (written.get(..at)?, written.get(at + 1..)?),
        None => (written, ""),
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    if digits.len() > 12 {
        return None;
    }
    format!("{digits}.{fraction}0").parse().ok()
}

/// Whether only a joint of a range, and perhaps a period, stands between two amounts.
fn is_between(text: &str) -> bool {
    let mut words = text.trim().to_lowercase();
    for period in PERIODS.iter() {
        if let Some(rest) = words.strip_prefix(period) {
            words = rest.trim().to_owned();
        }
    }
    BETWEEN.contains(&words.as_str())
}
