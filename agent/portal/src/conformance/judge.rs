//! Judges postings: what a reader of them relies on.

use agent_core::job::{Posting, StatedPay};
use agent_core::normal::date;
use agent_core::text;

use super::report::{Kind, Report};
use super::{Line, fill, markup};
use crate::host::Board;

/// The largest amount of pay that is believed, in any currency and period.
const PAY: f64 = 1e12;

/// Words that programs write where a value is missing.
const NOTHING: &[&str] = &["null", "none", "undefined", "nan", "invalid date", "n/a"];

/// Reads the postings as the host does and takes down what is wrong with them.
pub(super) fn postings(plugin: &str, board: &Board, postings: &[Posting], report: &mut Report) {
    let mut lines = Vec::with_capacity(postings.len());
    for posting in postings {
        let id = &posting.external_id;
        let line = match Line::of(plugin, board, posting) {
            Ok(line) => line,
            Err(error) => {
                report.find(
                    Kind::Posting,
                    format!("the host does not take {id}: {error}"),
                );
                continue;
            }
        };
        for (field, value) in line.texts() {
            if let Some(found) = markup::in_text(value) {
                report.markup_leaks += 1;
                let found = text::quote(found, 80);
                report.find(Kind::Markup, format!("{found} is left in {field} of {id}"));
            } else if NOTHING.contains(&value.to_ascii_lowercase().as_str()) {
                let what = format!("{field} of {id} is the word {value:?}; leave it out");
                report.find(Kind::Posting, what);
            }
        }
        for (field, stated) in [
            ("posted_at", &posting.posted_at),
            ("closes_at", &posting.closes_at),
        ] {
            if let Some(stated) = stated
                && !is_date_or_words(stated)
            {
                let what = format!("{field} of {id} is {:?}", text::quote(stated, 40));
                report.find(Kind::Date, what);
            }
        }
        if let Some(why) = posting.pay.as_ref().and_then(wrong_pay) {
            report.find(Kind::Pay, format!("the pay of {id} {why}"));
        }
        lines.push(line);
    }
    report.fill = fill::rates(&lines);
    report.postings = lines;
}

/// Whether a stated date is one, or words such as "Posted Today": what is made of
/// digits like a date has to be a day of the calendar.
fn is_date_or_words(stated: &str) -> bool {
    let stated = stated.trim();
    let looks_like_one = stated.starts_with(|c: char| c.is_ascii_digit())
        && !stated.contains(char::is_alphabetic)
        || stated.len() > 9
            && stated.bytes().take(4).all(|byte| byte.is_ascii_digit())
            && stated.as_bytes().get(4) == Some(&b'-');
    // "09/11/2026" may be two days; it is the portal's way to say it.
    let slashed = stated.matches('/').count() == 2;
    !stated.is_empty() && (!looks_like_one || slashed || date::of_text(stated).is_some())
}

/// What is wrong with stated pay.
fn wrong_pay(pay: &StatedPay) -> Option<&'static str> {
    let StatedPay {
        text,
        min,
        max,
        currency,
        period: _,
    } = pay;
    let bounds: Vec<f64> = [*min, *max].into_iter().flatten().collect();
    if bounds
        .iter()
        .any(|bound| !bound.is_finite() || *bound < 0.0 || *bound > PAY)
    {
        return Some("has a bound that is no amount of money");
    }
    let says = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    if !says(text) && bounds.iter().all(|bound| *bound == 0.0) {
        return Some("states neither words nor an amount; leave it out");
    }
    if currency.as_ref().is_some_and(|currency| {
        currency.chars().count() > 40 || currency.chars().all(|c| c.is_ascii_digit())
    }) {
        return Some("has a currency that is none");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_or_words() {
        for (stated, expected) in [
            ("2026-09-11T08:00:00Z", true),
            ("2026-09-11", true),
            ("1790000000123", true),
            ("Sep 11, 2026", true),
            ("Posted 30+ Days Ago", true),
            ("3 days ago", true),
            ("09/11/2026", true),
            ("2026-13-45", false),
            ("2026-02-31T08:00:00Z", false),
            ("17", false),
            ("0", false),
            ("", false),
        ] {
            assert_eq!(is_date_or_words(stated), expected, "{stated:?}");
        }
    }

    #[test]
    fn pay_has_words_or_an_amount() {
        let pay = |text: &str, min: Option<f64>, currency: &str| StatedPay {
            text: Some(text.to_owned()),
            min,
            max: None,
            currency: Some(currency.to_owned()),
            period: None,
        };
        for (pay, fine) in [
            (pay("80k", None, "EUR"), true),
            (pay("", Some(80_000.0), "$"), true),
            (pay("", Some(0.0), "EUR"), false),
            (pay("", None, "EUR"), false),
            (pay("80k", Some(f64::NAN), "EUR"), false),
            (pay("80k", Some(-1.0), "EUR"), false),
            (pay("80k", Some(1.0), "80"), false),
        ] {
            assert_eq!(wrong_pay(&pay).is_none(), fine, "{pay:?}");
        }
    }
}
