//! Pay from numbers or prose.
#![deny(clippy::indexing_slicing)]

mod amount;
mod period;
mod sentence;
mod size;

use self::{period::Named, sentence::Context};
use crate::{
    job::{Pay, Place, StatedPay},
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
            .and_then(|text| sentence::pay(text, Context::PayField))
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
    let currency = stated
        .currency
        .as_deref()
        .and_then(|stated| amount::code_of(&text::line(stated)))
        .or_else(|| read.as_ref().and_then(|pay| pay.currency.clone()));
    let named = period::named(&period_words)
        .or_else(|| words.as_deref().map_or(Named::Nothing, period::named));
    let period = size::settle(max.or(min)?, currency.as_deref(), named)?;
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
/// funding, budgets, bonuses) are not pay.
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
            && let Some(pay) = sentence::pay(sentence, context)
        {
            return Some(pay);
        }
        titled = sentence.len() < 60 && sentence::says_pay(&sentence.to_lowercase());
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

#[cfg(test)]
mod tests;
