//! Pay from numbers or prose.
#![deny(clippy::indexing_slicing)]

mod amount;

use self::amount::{Amount, Range};
use crate::{
    job::{Pay, PayPeriod, Place, StatedPay},
    text,
};

/// Pay from what the portal states in its own fields.
///
/// Numbers go before words. Without a period the size of the numbers decides,
/// and where it does not there is no pay.
pub fn of_stated(stated: &StatedPay) -> Option<Pay> {
    let words = stated
        .text
        .as_deref()
        .map(text::line)
        .filter(|text| !text.is_empty());
    let from_text = || {
        words
            .as_deref()
            .and_then(|text| in_sentence(text, Context::PayField))
    };
    let usable = |bound: Option<f64>| bound.filter(|bound| bound.is_finite() && *bound > 0.0);
    let (min, max) = (usable(stated.min), usable(stated.max));
    let (min, max) = match (min, max) {
        (None, None) => return from_text(),
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        bounds => bounds,
    };
    let period_words = stated.period.as_deref().map(text::line).unwrap_or_default();
    let read = from_text();
    let period = period_in(&period_words)
        .or_else(|| words.as_deref().and_then(period_in))
        .or_else(|| by_size(max.or(min)?))?;
    let currency = stated
        .currency
        .as_deref()
        .and_then(|stated| amount::currency(&text::line(stated)))
        .or_else(|| read.as_ref().and_then(|pay| pay.currency.clone()));
    let text = words.unwrap_or_else(|| {
        let bounds = [min, max]
            .into_iter()
            .flatten()
            .map(|bound| bound.to_string())
            .collect::<Vec<_>>()
            .join(" - ");
        let currency = stated
            .currency
            .as_deref()
            .map(text::line)
            .unwrap_or_default();
        text::line(&format!("{bounds} {currency} {period_words}"))
    });
    Some(Pay {
        min,
        max,
        currency,
        period,
        text: text::quote(&text, 200),
    })
}

/// Pay from the sentences of a description ("$60,000 - $97,000/year").
///
/// The first sentence that states pay counts. Amounts of other money (revenue,
/// funding, budgets, bonuses) are not pay: a single amount needs a word of pay
/// or a period, a range needs those or the size of a year's pay.
pub fn of_text(text: &str) -> Option<Pay> {
    let mut titled = false;
    for sentence in text::sentences(text) {
        // "Salary" alone on a line speaks of the next one.
        let context = if titled {
            Context::PayField
        } else {
            Context::Prose
        };
        if sentence.bytes().any(|byte| byte.is_ascii_digit())
            && let Some(pay) = in_sentence(sentence, context)
        {
            return Some(pay);
        }
        titled = sentence.len() < 60 && has_any(&sentence.to_lowercase(), PAY_WORDS);
    }
    None
}

/// `pay` with a bare dollar read as the dollar of the country all `places` are in.
pub fn in_dollars_of(pay: Pay, places: &[Place]) -> Pay {
    let bare = pay.currency.as_deref() == Some("USD")
        && !pay.text.contains("US")
        && pay.text.contains('$');
    let country = places.first().and_then(|place| place.country.as_deref());
    let same = places
        .iter()
        .all(|place| place.country.as_deref() == country);
    let dollar = match country {
        Some("CA") => "CAD",
        Some("AU") => "AUD",
        Some("NZ") => "NZD",
        Some("SG") => "SGD",
        Some("HK") => "HKD",
        _ => return pay,
    };
    if bare && same {
        Pay {
            currency: Some(dollar.to_owned()),
            ..pay
        }
    } else {
        pay
    }
}

/// What is known of a text before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// It is said to be about pay.
    PayField,
    /// It may be about anything.
    Prose,
}

const PAY_WORDS: &[&str] = &[
    "salary",
    "salaries",
    "compensation",
    "pay",
    "paid",
    "wage",
    "wages",
    "base",
    "ote",
    "remuneration",
    "earn",
    "earnings",
    "rate",
    "hiring range",
    "package",
    "stipend of",
    "gehalt",
    "gehaltsspanne",
    "jahresgehalt",
    "bruttojahresgehalt",
    "monatsgehalt",
    "vergütung",
    "lohn",
    "stundenlohn",
    "brutto",
    "verdienst",
    "tagessatz",
    "einstiegsgehalt",
    "mindestgehalt",
    "rémunération",
    "salaire",
    "brut",
    "fixe",
    "tjm",
    "salario",
    "sueldo",
    "retribución",
    "bruto",
    "salaris",
    "retribuzione",
];

/// Money that is not the pay of the position.
const OTHER_MONEY: &[&str] = &[
    "revenue",
    "arr",
    "funding",
    "raised",
    "series",
    "valuation",
    "budget",
    "budgets",
    "bonus",
    "sign-on",
    "signing",
    "stipend",
    "allowance",
    "reimbursement",
    "401",
    "401k",
    "users",
    "customers",
    "assets",
    "sales of",
    "turnover",
    "umsatz",
    "referral",
    "contribution",
    "grant",
    "equity worth",
    "per diem",
    "coverage",
    "discount",
    "voucher",
    "gutschein",
    "zuschuss",
    "prämie",
    "prime",
    "chiffre",
    "donated",
    "savings",
    "portfolio",
    "deals",
    "contracts",
    "quota",
    "portfolios",
    "investment",
    "relocation",
    "learning",
    "training",
    "wellness",
    "weiterbildungsbudget",
    "fine",
    "fee",
    "market",
];

fn has_any(lower: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower.get(..at).and_then(|head| head.chars().next_back());
            let after = lower
                .get(at + word.len()..)
                .and_then(|tail| tail.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

fn in_sentence(sentence: &str, context: Context) -> Option<Pay> {
    let ranges = amount::ranges(sentence);
    let lower = sentence.to_lowercase();
    let says_pay = context == Context::PayField || has_any(&lower, PAY_WORDS);
    ranges
        .iter()
        .find_map(|range| accept(sentence, range, says_pay, context))
}

/// The pay that `range` of `sentence` states, if it is pay at all.
fn accept(sentence: &str, range: &Range, says_pay: bool, context: Context) -> Option<Pay> {
    if range.low.is_millions || range.high.as_ref().is_some_and(|high| high.is_millions) {
        return None;
    }
    // What an amount is for stands close to it: after it up to the next
    // punctuation, or right before it.
    let after = sentence.get(range.end..).unwrap_or_default();
    let near = after
        .split([',', ';', '.', '(', '+', '•'])
        .next()
        .unwrap_or_default();
    let near = text::quote(near, 45).to_lowercase();
    let before = sentence.get(..range.start).unwrap_or_default();
    let head: String = before
        .chars()
        .rev()
        .take(40)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let head = head
        .rsplit([',', ';', '.', '(', '+'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let near_pay = has_any(&head, PAY_WORDS) || has_any(&near, PAY_WORDS);
    if (has_any(&near, OTHER_MONEY) || has_any(&head, OTHER_MONEY)) && !near_pay {
        return None;
    }
    let period_here = period_in(&text::quote(after, 40)).or_else(|| period_in(sentence));
    let (min, max) = range.bounds();
    let top = max.or(min)?;
    let is_range = range.high.is_some();
    let has_currency = range.currency.is_some();
    let annual_size = (12_000.0..2_000_000.0).contains(&top);
    let stated = match (says_pay, period_here) {
        (true, _) => has_currency || context == Context::PayField,
        (false, Some(_)) => has_currency,
        (false, None) => has_currency && is_range && annual_size,
    };
    if !stated || !is_plausible(top, period_here) {
        return None;
    }
    let period = period_here
        .filter(|period| is_plausible(top, Some(*period)))
        .or_else(|| by_size(top))?;
    Some(Pay {
        min,
        max,
        currency: range.currency.clone(),
        period,
        text: text::quote(sentence, 200),
    })
}

/// Whether somebody is paid `amount` per period, in any currency in use.
fn is_plausible(amount: f64, period: Option<PayPeriod>) -> bool {
    match period {
        Some(PayPeriod::Hour) => (3.0..2_000.0).contains(&amount),
        Some(PayPeriod::Day) => (30.0..20_000.0).contains(&amount),
        Some(PayPeriod::Week) => (100.0..60_000.0).contains(&amount),
        Some(PayPeriod::Month) => (300.0..400_000.0).contains(&amount),
        Some(PayPeriod::Year) => (5_000.0..20_000_000.0).contains(&amount),
        None => by_size(amount).is_some(),
    }
}

/// The period that alone fits the size of an amount.
fn by_size(amount: f64) -> Option<PayPeriod> {
    if amount >= 12_000.0 {
        Some(PayPeriod::Year)
    } else if (7.0..150.0).contains(&amount) {
        Some(PayPeriod::Hour)
    } else {
        None
    }
}

/// The period that words name, the first one in the text.
fn period_in(words: &str) -> Option<PayPeriod> {
    const NAMES: &[(PayPeriod, &[&str])] = &[
        (
            PayPeriod::Year,
            &[
                "year",
                "yearly",
                "annual",
                "annually",
                "annum",
                "yr",
                "pa",
                "jahr",
                "jährlich",
                "jahresgehalt",
                "bruttojahresgehalt",
                "an",
                "annuel",
                "annuelle",
                "annuels",
                "año",
                "anual",
                "anuales",
                "jaar",
                "anno",
                "jahresbrutto",
            ],
        ),
        (
            PayPeriod::Hour,
            &[
                "hour",
                "hourly",
                "hr",
                "hrs",
                "h",
                "stunde",
                "std",
                "stundenlohn",
                "heure",
                "hora",
                "uur",
                "ora",
            ],
        ),
        (
            PayPeriod::Day,
            &[
                "day",
                "daily",
                "tag",
                "tagessatz",
                "jour",
                "día",
                "tjm",
                "dag",
                "manntag",
            ],
        ),
        (
            PayPeriod::Week,
            &[
                "week",
                "weekly",
                "woche",
                "wöchentlich",
                "semaine",
                "semana",
            ],
        ),
        (
            PayPeriod::Month,
            &[
                "month",
                "monthly",
                "monat",
                "monatlich",
                "mtl",
                "mois",
                "mensuel",
                "mensuelle",
                "mes",
                "mensual",
                "maand",
                "monatsgehalt",
                "mese",
                "mo",
            ],
        ),
    ];
    let lower = words
        .to_lowercase()
        .replace("p.a.", " pa ")
        .replace("p. a.", " pa ");
    let mut before = "";
    let pieces = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty());
    for piece in pieces {
        // "4 days a week", "40 hours per week" and "10 years" count time, not pay.
        let counted = before.bytes().all(|byte| byte.is_ascii_digit())
            && !before.is_empty()
            && before.len() < 3;
        let period = NAMES
            .iter()
            .find(|(_, names)| names.contains(&piece))
            .map(|(period, _)| *period);
        let article = matches!(piece, "an" | "h" | "mo" | "pa") && !is_marked(&lower, piece);
        if let Some(period) = period
            && !article
            && !(counted
                && matches!(period, PayPeriod::Hour | PayPeriod::Day | PayPeriod::Year)
                && before != "000")
        {
            return Some(period);
        }
        before = piece;
    }
    None
}

/// Whether a short word that may mean something else is marked as a period:
/// "/h", "par an", " pa ".
fn is_marked(lower: &str, word: &str) -> bool {
    ["/", "/ ", "par ", "per ", "l'"].iter().any(|mark| {
        lower
            .match_indices(&format!("{mark}{word}"))
            .any(|(at, found)| {
                !lower
                    .get(at + found.len()..)
                    .and_then(|tail| tail.chars().next())
                    .is_some_and(char::is_alphanumeric)
            })
    }) || word == "pa"
}

impl Range {
    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        let low = self.low.value;
        match &self.high {
            Some(Amount { value, .. }) => (Some(low.min(*value)), Some(low.max(*value))),
            None if self.is_upper => (None, Some(low)),
            None if self.is_lower => (Some(low), None),
            None => (Some(low), Some(low)),
        }
    }
}

#[cfg(test)]
mod tests;
