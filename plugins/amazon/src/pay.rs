//! Pay as Amazon states it: a line per place at the end of a text, as in
//! "USA, WA, Seattle - 168,100.00 - 227,400.00 USD annually".

use portal_sdk::{Pay, html};

/// A line of pay.
#[derive(Debug, PartialEq)]
struct Line {
    min: f64,
    max: f64,
    currency: String,
    period: String,
}

/// The pay in the texts of a posting: all its lines, and the range they span
/// where they are in one currency and per one period.
pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Pay> {
    let mut stated: Vec<String> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for text in texts {
        for words in html::plain(text).lines() {
            if let Some(line) = line(words)
                && !stated.iter().any(|known| known == words)
            {
                stated.push(words.to_owned());
                lines.push(line);
            }
        }
    }
    let (first, rest) = lines.split_first()?;
    let alike = |line: &Line| line.currency == first.currency && line.period == first.period;
    let alike = rest.iter().all(alike);
    let span = alike.then(|| {
        rest.iter()
            .fold((first.min, first.max), |(min, max), line| {
                (min.min(line.min), max.max(line.max))
            })
    });
    Some(Pay {
        text: Some(stated.join("; ")),
        min: span.map(|(min, _)| min),
        max: span.map(|(_, max)| max),
        currency: alike.then(|| first.currency.clone()),
        period: alike.then(|| first.period.clone()),
    })
}

fn line(words: &str) -> Option<Line> {
    let mut words = words.split_whitespace().rev();
    let period = words.next()?.trim_end_matches('.');
    let currency = words.next()?;
    let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    if !is_code
        || !matches!(
            period,
            "annually" | "hourly" | "monthly" | "weekly" | "daily"
        )
    {
        return None;
    }
    let max = amount(words.next()?)?;
    let is_dash = |word: &str| matches!(word, "-" | "–" | "—");
    if !words.next().is_some_and(is_dash) {
        return None;
    }
    // One amount has the place before the dash, where a range has its lower end.
    let min = words.next().and_then(amount).unwrap_or(max);
    (min <= max).then(|| Line {
        min,
        max,
        currency: currency.to_owned(),
        period: period.to_owned(),
    })
}

fn amount(word: &str) -> Option<f64> {
    let digits = word.replace(',', "");
    let amount: f64 = digits.parse().ok()?;
    (digits.starts_with(|c: char| c.is_ascii_digit()) && amount.is_finite() && amount > 0.0)
        .then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<(f64, f64, &str, &str)>) {
        let found = line(words);
        let found = found
            .as_ref()
            .map(|l| (l.min, l.max, l.currency.as_str(), l.period.as_str()));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn a_line_of_pay_is_told_from_others() {
        check(
            "USA, WA, Seattle - 168,100.00 - 227,400.00 USD annually",
            Some((168_100.0, 227_400.0, "USD", "annually")),
        );
        check(
            "USA, ,  - 20.00 - 25.50 USD hourly",
            Some((20.0, 25.5, "USD", "hourly")),
        );
        check(
            "CAN, ON, Toronto - 30.25 CAD hourly",
            Some((30.25, 30.25, "CAD", "hourly")),
        );
        for words in [
            "- 5+ years of experience",
            "USA, WA, Seattle - 227,400.00 - 168,100.00 USD annually",
            "168,100.00 USD annually",
            "a - b USD annually",
            "USD annually",
            "",
        ] {
            check(words, None);
        }
    }

    #[test]
    fn several_places_are_spanned() {
        let text = "Good.<br/><br/>USA, CA, X - 100.00 - 200.00 USD annually<br/>USA, WA, Y - 90.00 - 150.00 USD annually";
        let pay = of(["other", text, text]).unwrap();
        assert_eq!((pay.min, pay.max), (Some(90.0), Some(200.0)));
        assert_eq!(pay.currency.as_deref(), Some("USD"));
        assert_eq!(
            pay.text.as_deref(),
            Some(
                "USA, CA, X - 100.00 - 200.00 USD annually; USA, WA, Y - 90.00 - 150.00 USD annually"
            )
        );
        let mixed = "A - 1.00 - 2.00 USD hourly<br/>B - 3.00 - 4.00 CAD hourly";
        let pay = of([mixed]).unwrap();
        assert_eq!((pay.min, pay.max, pay.currency), (None, None, None));
        assert!(of(["no pay"]).is_none());
    }
}
