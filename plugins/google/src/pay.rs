//! Pay as Google states it: a line per country in the description, as in
//! "US: $174000 - $252000 (USD) + 15% bonus target + equity + benefits".

use portal_sdk::{Pay, html};

/// The pay in a description: all its lines, and the numbers where there is one.
pub(crate) fn of(description: &str) -> Option<Pay> {
    let plain = html::plain(description);
    let mut found: Vec<(&str, Range)> = Vec::new();
    for words in plain.lines() {
        if let Some(range) = range(words)
            && !found.iter().any(|(known, _)| *known == words)
        {
            found.push((words, range));
        }
    }
    let only = match found.as_slice() {
        [] => return None,
        [(_, only)] => Some(only.clone()),
        [_, _, ..] => None,
    };
    let lines: Vec<&str> = found.iter().map(|(words, _)| *words).collect();
    Some(Pay {
        text: Some(lines.join("; ")),
        min: only.as_ref().map(|range| range.min),
        max: only.as_ref().map(|range| range.max),
        currency: only.map(|range| range.currency),
        period: None,
    })
}

#[derive(Debug, Clone, PartialEq)]
struct Range {
    min: f64,
    max: f64,
    currency: String,
}

fn range(words: &str) -> Option<Range> {
    let (before, after) = words.split_once('(')?;
    let (currency, _) = after.split_once(')')?;
    let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    let (from, to) = before.rsplit_once(['-', '–'])?;
    let min = amount(from.split_whitespace().next_back()?)?;
    let max = amount(to.trim())?;
    (is_code && min <= max).then(|| Range {
        min,
        max,
        currency: currency.to_owned(),
    })
}

/// "$174000", "€60,000", "CHF140000".
fn amount(word: &str) -> Option<f64> {
    let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
    let sign = word.len() - digits.len();
    let amount: f64 = digits.replace(',', "").parse().ok()?;
    (sign <= 4 && amount.is_finite() && amount > 0.0).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<(f64, f64, &str)>) {
        let found = range(words);
        let found = found.as_ref().map(|r| (r.min, r.max, r.currency.as_str()));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn a_line_of_pay_is_told_from_others() {
        check(
            "US: $174000 - $252000 (USD) + 15% bonus target + equity + benefits",
            Some((174_000.0, 252_000.0, "USD")),
        );
        check(
            "Switzerland: CHF140,000 – CHF150,000 (CHF)",
            Some((140_000.0, 150_000.0, "CHF")),
        );
        for words in [
            "Management (SIEM) solutions",
            "2 - 3 years of (USD",
            "from - to (USD)",
            "US: $252000 - $174000 (USD)",
            "a team of 5 - 10 (max)",
            "",
        ] {
            check(words, None);
        }
    }

    #[test]
    fn numbers_are_given_where_there_is_one_country() {
        let one = of("<p>Hi</p>US: $100 - $200 (USD) + equity<br>US: $100 - $200 (USD) + equity")
            .unwrap();
        assert_eq!(
            (one.min, one.max, one.currency.as_deref()),
            (Some(100.0), Some(200.0), Some("USD"))
        );
        let two = of("Canada: $80 - $90 (CAD)<br>US: $100 - $200 (USD)").unwrap();
        assert_eq!(
            two.text.as_deref(),
            Some("Canada: $80 - $90 (CAD); US: $100 - $200 (USD)")
        );
        assert_eq!((two.min, two.currency), (None, None));
        assert!(of("<p>Hi</p>").is_none());
    }
}
