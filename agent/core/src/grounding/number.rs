//! Numbers in figures and in words.
#![deny(clippy::indexing_slicing)]

use super::token::Token;

/// A number of a text, with the tokens that write it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// First token.
    pub(super) from: usize,
    /// The token after the last.
    pub(super) to: usize,
}

/// The numbers that `tokens` write. "one" and "second" are words, unless they are part
/// of a greater number.
pub(super) fn numbers(tokens: &[Token]) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found = read(tokens, at);
        match found {
            Some(number) => {
                at = number.to.max(at + 1);
                numbers.push(number);
            }
            None => at += 1,
        }
    }
    numbers
}

/// The number that begins at token `from`.
fn read(tokens: &[Token], from: usize) -> Option<Number> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let spaced = |at: usize| {
        let after = tokens.get(at).map_or("", |token| token.after.as_str());
        matches!(after, " " | "-" | "\u{a0}" | "‑")
    };
    let scaled = |value: f64, to: usize| {
        let (mut value, mut to) = (value, to);
        if [word(to), word(to + 1), word(to + 2)] == ["and", "a", "half"] {
            // "two and a half"
            value += 0.5;
            to += 3;
        }
        while spaced(to - 1)
            && let Some(scale) = scale(word(to))
        {
            value *= scale;
            to += 1;
        }
        Some(Number { value, from, to })
    };
    let first = word(from);
    if let Some(value) = figures(first) {
        return scaled(value, from + 1);
    }
    let next = word(from + 1);
    match first {
        "a" | "an" if spaced(from) => {
            let scale = scale(next)?;
            return scaled(scale, from + 2);
        }
        "half" if next == "a" && scale(word(from + 2)).is_some() => {
            return scaled(scale(word(from + 2))? / 2.0, from + 3);
        }
        "half" if tokens.get(from).is_some_and(|token| token.after == "-") => return None,
        "half" => return scaled(0.5, from + 1),
        "dozens" | "hundreds" | "thousands" | "millions" | "scores" => {
            return scaled(scale(first)?, from + 1);
        }
        "dozen" | "hundred" | "thousand" | "million" | "billion" => {
            return scaled(scale(first)?, from + 1);
        }
        "twice" | "double" | "doubled" | "doubling" | "twofold" => {
            return scaled(2.0, from + 1);
        }
        "triple" | "tripled" | "tripling" | "threefold" | "thrice" => return scaled(3.0, from + 1),
        "quadrupled" | "quadruple" | "fourfold" => return scaled(4.0, from + 1),
        "tenfold" => return scaled(10.0, from + 1),
        "third" | "quarter" | "thirds" | "quarters" => {
            let before = from.checked_sub(1).map_or("", word);
            let part = if first.starts_with("third") { 3.0 } else { 4.0 };
            // "a third analyst" is one of three.
            let goes_on = spaced(from)
                && !matches!(
                    word(from + 1),
                    "of" | "in"
                        | "to"
                        | "and"
                        | "within"
                        | "after"
                        | "less"
                        | "more"
                        | "at"
                        | "while"
                        | "on"
                );
            let is_part =
                matches!(before, "a" | "one" | "two" | "three") && (before != "a" || !goes_on);
            return if is_part {
                scaled(1.0 / part, from + 1)
            } else {
                None
            };
        }
        _ => {}
    }
    let mut value = tens(first).or_else(|| small(first))?;
    let mut to = from + 1;
    if tens(first).is_some()
        && spaced(from)
        && let Some(ones) = small(next).filter(|ones| *ones < 10.0)
    {
        value += ones;
        to += 1;
    }
    let halved = [word(to), word(to + 1), word(to + 2)] == ["and", "a", "half"];
    if first == "one" && !halved && (to != from + 1 || scale(word(to)).is_none()) {
        // "one of", "one day": no count, unless it says of what there is one.
        return None;
    }
    let mut number = scaled(value, to)?;
    // "two hundred and fifty"
    if number.to > to && number.value >= 100.0 {
        let and = usize::from(word(number.to) == "and");
        let rest = read_small(&word, number.to + and);
        if let Some((more, end)) = rest {
            number.value += more;
            number.to = end;
        }
    }
    Some(number)
}

fn read_small<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<(f64, usize)> {
    match (tens(word(at)), small(word(at))) {
        (Some(tens), _) => match small(word(at + 1)).filter(|ones| *ones < 10.0) {
            Some(ones) => Some((tens + ones, at + 2)),
            None => Some((tens, at + 1)),
        },
        (None, Some(ones)) => Some((ones, at + 1)),
        (None, None) => None,
    }
}

/// The number that figures write, with what hangs on them: "1,200", "40%", "80k", "3x".
pub(super) fn figures(word: &str) -> Option<f64> {
    let end = word
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .map_or(word.len(), |(at, _)| at);
    let (digits, tail) = word.split_at_checked(end)?;
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let scale = match tail {
        "" | "%" | "x" | "th" | "st" | "nd" | "rd" | "s" | "h" | "+" => 1.0,
        "k" => 1e3,
        "m" | "mn" => 1e6,
        "bn" | "b" => 1e9,
        _ => return None,
    };
    // A comma or point before exactly three digits parts thousands.
    let parted = digits.split([',', '.']).skip(1);
    let thousands =
        digits.contains(',') && parted.clone().all(|part| part.len() == 3) || parted.count() > 1;
    let plain: String = match thousands {
        true => digits.chars().filter(char::is_ascii_digit).collect(),
        false => digits.replace(',', "."),
    };
    plain
        .trim_end_matches('.')
        .parse::<f64>()
        .ok()
        .map(|value| value * scale)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" | "dozens" => 12.0,
        "score" | "scores" => 20.0,
        "hundred" | "hundreds" => 100.0,
        "thousand" | "thousands" => 1e3,
        "million" | "millions" => 1e6,
        "billion" | "billions" => 1e9,
        _ => return None,
    })
}

fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let at = WORDS.iter().position(|known| *known == word)?;
    u8::try_from(at + 1).ok().map(f64::from)
}

fn tens(word: &str) -> Option<f64> {
    const WORDS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let at = WORDS.iter().position(|known| *known == word)?;
    u8::try_from((at + 2) * 10).ok().map(f64::from)
}

/// Whether two numbers are the same one.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6 * a.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, *};

    #[test]
    fn numbers_are_read_in_figures_and_words() {
        for (text, expected) in [
            ("a team of 12", &[12.0][..]),
            ("a team of twelve people", &[12.0]),
            (
                "1,200 suppliers and 1.2 million rows",
                &[1200.0, 1_200_000.0],
            ),
            (
                "twenty-five nodes, two hundred and fifty shops",
                &[25.0, 250.0],
            ),
            ("from 40 to 9 minutes", &[40.0, 9.0]),
            ("by 40% or 12.5 percent", &[40.0, 12.5]),
            (
                "a dozen services, half a million users, half of it",
                &[12.0, 500_000.0, 0.5],
            ),
            ("hundreds of shops", &[100.0]),
            ("one and a half years", &[1.5]),
            ("80k EUR, €3m", &[80_000.0, 3_000_000.0]),
            ("by a third, two thirds", &[1.0 / 3.0, 2.0, 1.0 / 3.0]),
            ("doubled revenue", &[2.0]),
            ("one of us, one day, S3 and K8s", &[]),
            ("a third-party tool", &[]),
        ] {
            let read: Vec<f64> = numbers(&tokens(text)).iter().map(|one| one.value).collect();
            let alike = read.len() == expected.len()
                && read.iter().zip(expected).all(|(a, b)| same(*a, *b));
            assert!(alike, "{text}: {read:?}");
        }
    }
}
