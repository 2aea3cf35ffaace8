//! Amounts of pay as people type them.
#![deny(clippy::indexing_slicing)]

use super::{
    PreferenceError, codes,
    values::{nearest, wrong},
};
use crate::{job::PayPeriod, profile::Money};

/// Reads "80000 EUR/year", "80k EUR", "€80,000", "25.50 EUR per hour".
pub(super) fn money(key: &'static str, value: &str) -> Result<Money, PreferenceError> {
    let no = |nearest| {
        wrong(
            key,
            value,
            "it is an amount with a currency, such as \"80000 EUR/year\" or \"80k EUR\"",
            nearest,
        )
    };
    let lower = value
        .to_lowercase()
        .replace('€', " eur ")
        .replace('£', " gbp ")
        .replace("us$", " usd ")
        .replace('$', " usd ");
    let mut number = String::new();
    let (mut currency, mut period) = (None, None);
    for word in spaced(&lower).split_whitespace() {
        match word {
            "/" | "per" | "pro" | "a" | "an" | "p" | "." => {}
            "k" if !number.is_empty() && !number.ends_with('k') => number.push('k'),
            _ if word.starts_with(|c: char| c.is_ascii_digit()) && !number.ends_with('k') => {
                number.push_str(word)
            }
            _ if period.is_none() && period_of(word).is_some() => period = period_of(word),
            _ if currency.is_none()
                && codes::CURRENCIES.contains(&word.to_uppercase().as_str()) =>
            {
                currency = Some(word.to_uppercase());
            }
            _ => {
                let currencies = codes::CURRENCIES.iter().copied();
                let periods = PERIODS.iter().map(|(name, _)| *name);
                return Err(no(nearest(word, currencies.chain(periods))));
            }
        }
    }
    let amount = amount(&number)
        .filter(|amount| *amount > 0.0 && *amount < 1e9)
        .ok_or_else(|| no(None))?;
    Ok(Money {
        amount,
        currency: currency.ok_or_else(|| no(None))?,
        period: period.unwrap_or(PayPeriod::Year),
    })
}

/// `text` with spaces between digits, letters and slashes.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let class = |c: char| {
        (
            c.is_ascii_digit() || matches!(c, '.' | ',' | '\''),
            c.is_alphabetic(),
        )
    };
    let mut last = None;
    for c in text.chars() {
        if last.is_some_and(|last| class(last) != class(c)) {
            out.push(' ');
        }
        out.push(c);
        last = Some(c);
    }
    out
}

const PERIODS: &[(&str, PayPeriod)] = &[
    ("year", PayPeriod::Year),
    ("yr", PayPeriod::Year),
    ("annum", PayPeriod::Year),
    ("jahr", PayPeriod::Year),
    ("month", PayPeriod::Month),
    ("monat", PayPeriod::Month),
    ("week", PayPeriod::Week),
    ("woche", PayPeriod::Week),
    ("day", PayPeriod::Day),
    ("tag", PayPeriod::Day),
    ("hour", PayPeriod::Hour),
    ("hr", PayPeriod::Hour),
    ("h", PayPeriod::Hour),
    ("stunde", PayPeriod::Hour),
];

fn period_of(word: &str) -> Option<PayPeriod> {
    PERIODS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, period)| *period)
}

/// "80000", "80k", "80,000", "80.000", "25.50": a mark before exactly three
/// digits parts thousands, the last mark before one or two digits parts cents.
fn amount(number: &str) -> Option<f64> {
    let (number, factor) = match number.strip_suffix('k') {
        Some(thousands) => (thousands, 1000.0),
        None => (number, 1.0),
    };
    let mut groups: Vec<&str> = number.split(['.', ',', '\'']).collect();
    let cents = match groups.last() {
        Some(last) if groups.len() > 1 && (1..=2).contains(&last.len()) => groups.pop(),
        _ => None,
    };
    let (first, thousands) = groups.split_first()?;
    if first.is_empty()
        || thousands.iter().any(|group| group.len() != 3)
        || !thousands.is_empty() && first.len() > 3
    {
        return None;
    }
    let whole = groups.concat();
    let value: f64 = format!("{whole}.{}", cents.unwrap_or("0")).parse().ok()?;
    Some(value * factor)
}

pub(super) fn show_money(money: &Money) -> String {
    let period = match money.period {
        PayPeriod::Hour => "hour",
        PayPeriod::Day => "day",
        PayPeriod::Week => "week",
        PayPeriod::Month => "month",
        PayPeriod::Year => "year",
    };
    let Money {
        amount, currency, ..
    } = money;
    let amount = if amount.fract() == 0.0 {
        format!("{amount:.0}")
    } else {
        format!("{amount:.2}")
    };
    format!("{amount} {currency}/{period}")
}
