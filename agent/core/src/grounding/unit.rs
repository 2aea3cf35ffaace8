//! What a number is a number of: units, how often, and whether it rose or fell.
#![deny(clippy::indexing_slicing)]

use super::{clause::Clause, ground::Line, number::Number, reading::Reading};

/// Units by their names, the first as the others are compared.
const UNITS: &[&[&str]] = &[
    &["ms", "millisecond", "milliseconds"],
    &["second", "seconds", "sec", "secs"],
    &["minute", "minutes", "min", "mins"],
    &["hour", "hours", "h", "hrs"],
    &["day", "days"],
    &["week", "weeks"],
    &["month", "months"],
    &["year", "years", "decade", "decades"],
    &["%", "percent", "per cent", "percentage"],
    &["kg", "kilogram", "kilograms", "kilo", "kilos"],
    &["gram", "grams"],
    &["tonne", "tonnes", "ton", "tons"],
    &["km", "kilometre", "kilometres"],
    &["metre", "metres"],
    &["euro", "euros", "eur", "€"],
    &["dollar", "dollars", "usd", "$"],
    &["pound", "pounds", "gbp", "£"],
    &["krone", "kroner", "krona", "nok", "sek", "dkk"],
    &["franc", "francs", "chf"],
];
/// How often something is done or counted.
const PERIODS: &[&[&str]] = &[
    &["hour", "hourly"],
    &["day", "daily", "nightly", "night"],
    &["week", "weekly"],
    &["month", "monthly"],
    &["quarter", "quarterly"],
    &["year", "yearly", "annual", "annually", "annum"],
];
const UP: &[&str] = &[
    "rose",
    "risen",
    "rise",
    "rises",
    "increase",
    "increased",
    "increases",
    "climbed",
    "climb",
    "grew",
    "grown",
    "raised",
    "raise",
    "lifted",
    "gained",
    "jumped",
    "up",
    "improved",
    "doubled",
    "tripled",
    "more",
    "increasing",
    "raising",
    "raises",
    "growing",
    "grow",
    "grows",
    "rising",
    "climbing",
    "lifting",
    "boosted",
    "boosting",
    "expanded",
    "expanding",
    "doubling",
    "tripling",
    "gaining",
    "lengthened",
    "lengthening",
    "soared",
    "surged",
];
const DOWN: &[&str] = &[
    "fell",
    "fallen",
    "fall",
    "dropped",
    "drop",
    "decreased",
    "decrease",
    "sank",
    "sunk",
    "cut",
    "lowered",
    "reduced",
    "shrank",
    "shortened",
    "down",
    "fewer",
    "less",
    "halved",
    "reducing",
    "reduce",
    "reduces",
    "reduction",
    "cutting",
    "lowering",
    "lower",
    "lowers",
    "shortening",
    "shorten",
    "falling",
    "dropping",
    "decreasing",
    "decreases",
    "shrinking",
    "shrink",
    "sinking",
    "slashed",
    "slashing",
    "trimmed",
    "trimming",
    "declined",
    "declining",
    "diminished",
    "diminishing",
    "halving",
];

/// The unit that a word names.
pub(super) fn unit_of(word: &str) -> Option<&'static str> {
    named(UNITS, word)
}

/// What a unit measures, and how much of it one is.
pub(super) fn factor(unit: &str) -> Option<(&'static str, f64)> {
    Some(match unit {
        "second" => ("time", 1.0),
        "minute" => ("time", 60.0),
        "hour" => ("time", 3600.0),
        "month" => ("months", 1.0),
        "year" => ("months", 12.0),
        "gram" => ("weight", 1.0),
        "kg" => ("weight", 1e3),
        "tonne" => ("weight", 1e6),
        "metre" => ("length", 1.0),
        "km" => ("length", 1e3),
        _ => return None,
    })
}

fn named(table: &[&[&'static str]], word: &str) -> Option<&'static str> {
    let row = table.iter().find(|row| row.contains(&word))?;
    row.first().copied()
}

fn has(line: &Line, table: &[&[&'static str]], name: &str) -> bool {
    line.words
        .iter()
        .any(|word| named(table, word) == Some(name))
}

impl Reading<'_> {
    /// The unit right behind a number.
    pub(super) fn unit_behind(&self, number: Number) -> Option<&'static str> {
        let last = self.word(number.to.saturating_sub(1));
        let sign = last.ends_with('%').then_some("%");
        let behind =
            [number.to, number.to + 1]
                .into_iter()
                .take(if is_of_kind(self.word(number.to)) {
                    2
                } else {
                    1
                });
        let before = number.from.checked_sub(1).map_or("", |at| self.word(at));
        sign.or_else(|| behind.into_iter().find_map(|at| unit_of(self.word(at))))
            .or_else(|| unit_of(before).filter(|unit| is_currency(unit)))
    }

    /// Whether a line counts in the unit that stands behind a number, and as often.
    pub(super) fn fits_units(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let unit = self.unit_behind(number);
        let same_unit = unit.is_none_or(|unit| {
            has(line, UNITS, unit)
                || (unit == "%" && line.text.contains('%'))
                || line.text.contains(sign_of(unit))
                || (unit == "ms" && line.words.iter().any(|word| word.ends_with("ms")))
        });
        let stated = PERIODS.iter().filter_map(|row| row.first());
        let mut line_periods = stated.filter(|period| has(line, PERIODS, period));
        let often = self.period_of(clause, number);
        let same_period = often.is_none_or(|often| {
            let mut of_line = line_periods.clone();
            // "35 in 2025" is no rate, whatever the letter makes of it.
            let dated = line
                .numbers
                .iter()
                .any(|one| (1990.0..2100.0).contains(one));
            of_line.any(|period| *period == often) || (line_periods.next().is_none() && !dated)
        });
        let same_rate = often
            .is_none_or(|often| rate_of(line, number.value).is_none_or(|stated| stated == often));
        same_unit && same_period && same_rate
    }

    /// "every month", "a week", "annually", behind a number.
    fn period_of(&self, clause: &Clause, number: Number) -> Option<&'static str> {
        const EACH: &[&str] = &["a", "an", "per", "every", "each"];
        let behind = number.to..clause.tokens.end.min(number.to + 8);
        behind.into_iter().find_map(|at| {
            let period = named(PERIODS, self.word(at))?;
            let each = at
                .checked_sub(1)
                .is_some_and(|at| EACH.contains(&self.word(at)));
            let alone = self.word(at).ends_with("ly");
            (each || alone).then_some(period)
        })
    }

    /// "rose from 9 to 4", where the profile says it the other way round.
    pub(super) fn turns_round(&self, clause: &Clause, number: Number, line: &Line) -> bool {
        let inside = self.numbers.iter();
        let is_year = |one: &Number| (1950.0..2100.0).contains(&one.value);
        let inside: Vec<&Number> = inside
            .filter(|one| clause.tokens.contains(&one.from) && !is_year(one))
            .collect();
        let before = |at: usize, words: &[&str]| {
            at.checked_sub(1)
                .is_some_and(|at| words.contains(&self.word(at)))
        };
        let from = inside.iter().find(|one| before(one.from, &["from"]));
        let to = inside.iter().find(|one| {
            // "up to five" bounds a number and leads to none.
            let bounds = one.from >= 2 && self.word(one.from - 2) == "up";
            before(one.from, &["to", "into"]) && from.is_some() && !bounds
        });
        let place = |value: f64| {
            line.numbers
                .iter()
                .position(|stated| super::number::same(*stated, value))
        };
        if let (Some(from), Some(to)) = (from, to)
            && let (Some(first), Some(last)) = (place(from.value), place(to.value))
            && first > last
        {
            return true;
        }
        // "60% more" says the way behind the number.
        let behind = self.difference_way(clause, number).flatten();
        let said = behind
            .map(|less| !less)
            .or_else(|| self.way_of(clause, number));
        let stated = way(line.words.iter().map(String::as_str), &line.numbers);
        matches!((said, stated), (Some(a), Some(b)) if a != b)
    }

    /// Whether the clause says of a number that it went up.
    fn way_of(&self, clause: &Clause, number: Number) -> Option<bool> {
        let near = clause.tokens.start.max(number.from.saturating_sub(8))
            ..clause.tokens.end.min(number.to + 3);
        let words: Vec<&str> = near.map(|at| self.word(at)).collect();
        let up = words.iter().any(|word| is_up(word));
        let down = words.iter().any(|word| DOWN.contains(word));
        let about = |words: &[&str]| words.windows(2).any(|pair| pair == ["up", "to"]);
        match (up && !about(&words), down) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// The period by which a line itself counts a number: "40 events a day in hourly runs"
/// counts by the day.
fn rate_of(line: &Line, value: f64) -> Option<&'static str> {
    const FAR: usize = 8;
    let read = super::token::tokens(&line.text);
    let stated = super::number::numbers(&read);
    let one = stated
        .iter()
        .find(|one| super::number::same(one.value, value))?;
    let next = stated
        .iter()
        .map(|other| other.from)
        .find(|at| *at >= one.to);
    let to = next.unwrap_or(read.len()).min(one.to + FAR);
    let near = read.get(one.to..to).unwrap_or_default();
    near.windows(2).find_map(|pair| match pair {
        [each, period] if matches!(each.lower.as_str(), "a" | "per" | "every" | "each") => {
            named(PERIODS, &period.lower)
        }
        _ => None,
    })
}

/// Whether a word says which way something went.
pub(super) fn is_way(word: &str) -> bool {
    UP.contains(&word) || DOWN.contains(&word)
}

fn is_up(word: &str) -> bool {
    UP.contains(&word) && word != "more" && word != "improved"
}

/// Whether a line says itself that something fell by a number: "reducing alerts by 60%".
pub(super) fn fell_by(line: &Line, value: f64) -> bool {
    let read = super::token::tokens(&line.text);
    let stated = super::number::numbers(&read);
    let by = |one: &super::number::Number| {
        let before = one.from.checked_sub(1).and_then(|at| read.get(at));
        before.is_some_and(|token| token.lower == "by")
    };
    way(line.words.iter().map(String::as_str), &line.numbers) == Some(false)
        && stated
            .iter()
            .any(|one| super::number::same(one.value, value) && by(one))
}

/// The way that a line goes, by its words or else by its numbers.
fn way<'a>(words: impl Iterator<Item = &'a str>, numbers: &[f64]) -> Option<bool> {
    let words: Vec<&str> = words.collect();
    let up = words.iter().any(|word| is_up(word));
    let down = words.iter().any(|word| DOWN.contains(word));
    let pair = words.windows(2).any(|pair| pair == ["up", "to"]);
    match (up && !pair, down, numbers) {
        (true, false, _) => Some(true),
        (false, true, _) => Some(false),
        (false, false, [first, last]) if words.contains(&"from") => Some(first < last),
        _ => None,
    }
}

/// "nine working days", "40 full hours".
fn is_of_kind(word: &str) -> bool {
    matches!(
        word,
        "working"
            | "full"
            | "whole"
            | "more"
            | "calendar"
            | "business"
            | "million"
            | "danish"
            | "norwegian"
            | "swedish"
    )
}

fn is_currency(unit: &str) -> bool {
    matches!(unit, "euro" | "dollar" | "pound" | "krone" | "franc")
}

fn sign_of(unit: &str) -> &'static str {
    match unit {
        "euro" => "€",
        "dollar" => "$",
        "pound" => "£",
        _ => "\u{0}",
    }
}
