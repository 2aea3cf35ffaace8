//! `baseSalary`: a MonetaryAmount with a number or a QuantitativeValue, a bare
//! number beside `salaryCurrency`, or words.

use serde_json::Value;

use super::value::{amount, line, number, plain, property, values};
use crate::Pay;

pub(super) fn of(posting: &Value) -> Option<Pay> {
    values(posting, "baseSalary")
        .iter()
        .find_map(|stated| one(posting, stated))
}

fn one(posting: &Value, stated: &Value) -> Option<Pay> {
    // The amount stands in `value`, or its parts beside the currency.
    let quantity = values(stated, "value").first().unwrap_or(stated);
    let currency = [quantity, stated]
        .into_iter()
        .find_map(|at| line(at, "currency").or_else(|| line(at, "unitCode")))
        .or_else(|| line(posting, "salaryCurrency"));
    let period = [quantity, stated]
        .into_iter()
        .find_map(|at| line(at, "unitText"));
    let exact = amount(quantity).or_else(|| number(quantity, "value"));
    let pick = |name| {
        number(quantity, name)
            .or_else(|| number(stated, name))
            .or(exact)
    };
    let (min, max) = (pick("minValue"), pick("maxValue"));
    let words = || {
        let text = match quantity {
            Value::String(_) => plain(quantity),
            _ => property(quantity, "value").and_then(plain),
        };
        text.filter(|text| text.chars().any(|c| c.is_ascii_digit() && c != '0'))
    };
    let text = match (min, max) {
        (None, None) => Some(words()?),
        (_, _) => None,
    };
    Some(Pay {
        text,
        min,
        max,
        currency,
        period,
    })
}
