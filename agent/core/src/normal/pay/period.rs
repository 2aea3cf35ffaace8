//! The time an amount is paid for, as words say it.
#![deny(clippy::indexing_slicing)]

use crate::{
    job::PayPeriod,
    text::{Words, number},
};

/// What words say of the time an amount is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A period.
    Period(PayPeriod),
    /// Parts of a year's pay ("sur treize mois", "× 13"): the amount may be that
    /// of the year or that of one part.
    Parts,
    /// Nothing.
    Nothing,
}

impl Named {
    /// This, or `other` where this says nothing.
    pub(super) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Period(_) | Self::Parts => self,
            Self::Nothing => other(),
        }
    }
}

/// The words of one period.
struct Unit {
    period: PayPeriod,
    /// Nouns in the singular: the period, unless they count time.
    one: Words,
    /// Nouns in the plural, which only count time.
    many: Words,
    /// Words that always mean the period.
    always: Words,
}

/// From short to long.
static UNITS: [Unit; 5] = [
    Unit {
        period: PayPeriod::Hour,
        one: Words::of("hour, hr, hrs, h, stunde, std, heure, hora, uur, ora, godz, godzinę, hod"),
        many: Words::of("hours, stunden, heures, horas, uren, ore"),
        always: Words::of("hourly, stundenlohn, godzinowo"),
    },
    Unit {
        period: PayPeriod::Day,
        one: Words::of("day, tag, jour, día, dag, dzień, giorno"),
        many: Words::of("days, tage, tagen, jours, días, dagen, giorni"),
        always: Words::of("daily, täglich, tagessatz, tjm, manntag"),
    },
    Unit {
        period: PayPeriod::Week,
        one: Words::of("week, woche, semaine, semana, settimana"),
        many: Words::of("weeks, wochen, semaines, semanas, weken, settimane"),
        always: Words::of("weekly, wöchentlich, hebdomadaire, hebdomadaires"),
    },
    Unit {
        period: PayPeriod::Month,
        one: Words::of(
            "month, monat, mois, mes, mês, maand, mese, mo, mth, monatsgehalt, miesiąc, mies,
             měsíc",
        ),
        many: Words::of(
            "months, monate, monaten, meses, maanden, mesi, monatsgehälter, monatsgehältern,
             monatslöhne, monatslöhnen, gehälter, gehältern, mensualités, pagas, mensilità",
        ),
        always: Words::of(
            "monthly, monatlich, mtl, mensuel, mensuelle, mensuels, mensual, mensuales, mensile,
             mensili, miesięcznie, měsíčně",
        ),
    },
    Unit {
        period: PayPeriod::Year,
        one: Words::of("year, annum, yr, pa, jahr, an, año, ano, jaar, anno, rok"),
        many: Words::of("years, yrs, jahre, jahren, ans, années, años, anos, jaren, anni"),
        always: Words::of(
            "yearly, annual, annually, jährlich, jahresgehalt, bruttojahresgehalt, jahresbrutto,
             annuel, annuelle, annuels, annuelles, anual, anuales, annuo, annui, annua, rocznie,
             ročně",
        ),
    },
];

/// Singular nouns that mean something else too, and so need a mark before them:
/// "/h", "par an".
static MARKED: Words = Words::of("an, h, mo, mes, ano, ora");

/// Words that mark them.
static MARKS: Words = Words::of("par, per, por, al, all, ao, le, il");

/// Words that say "for each".
static EACH: Words = Words::of("a, an, per, pro, par, por, je, jede, each, every, die, der");

/// How many words may stand between counted time and the longer period it is
/// counted in: "two days in the office per week".
const REACH: usize = 4;

/// A year's pay comes in so many parts, where it comes in parts.
const PARTS: std::ops::RangeInclusive<u8> = 12..=16;

/// What `words` say, the first period they name.
///
/// A period that counts time is not one of pay: "21 hours a week", "a four-day
/// week", "30 Stunden pro Woche", "10 years".
pub(super) fn named(words: &str) -> Named {
    let lower = words
        .to_lowercase()
        .replace("p.a.", " pa ")
        .replace("p. a.", " pa ");
    let tokens = tokens(&lower);
    let mut found = Named::Nothing;
    // How many words ago time was counted.
    let mut counted: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        counted = counted.map(|ago| ago + 1).filter(|ago| *ago <= REACH);
        if token.is_number() {
            counted = None;
            if token.is_factor() && number(token.text).is_some_and(|parts| PARTS.contains(&parts)) {
                found = Named::Parts;
            }
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let Some((unit, form)) = read(token, before) else {
            continue;
        };
        let count = before.and_then(|before| number(before.text));
        match form {
            // "37.5 hours weekly".
            Form::Always if counted == Some(1) => continue,
            Form::Always => return Named::Period(unit.period),
            Form::One if counted.is_some() => continue,
            Form::One | Form::Many => {}
        }
        let is_counted = match form {
            Form::Many => true,
            Form::One | Form::Always => {
                count.is_some_and(|count| count > 1)
                    || before.is_some_and(Token::is_long_number)
                    || is_each_of_longer(tokens.get(at + 1..).unwrap_or_default())
            }
        };
        if !is_counted {
            return Named::Period(unit.period);
        }
        if unit.period == PayPeriod::Month && count.is_some_and(|count| PARTS.contains(&count)) {
            found = Named::Parts;
        } else {
            counted = Some(0);
        }
    }
    found
}

/// How a word of a period is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    One,
    Many,
    Always,
}

/// The period that `token` is a word of.
fn read(token: &Token<'_>, before: Option<&Token<'_>>) -> Option<(&'static Unit, Form)> {
    UNITS.iter().find_map(|unit| {
        let form = if unit.one.has(token.text) {
            Form::One
        } else if unit.many.has(token.text) {
            Form::Many
        } else if unit.always.has(token.text) {
            Form::Always
        } else {
            return None;
        };
        let means_it = form != Form::One
            || !MARKED.has(token.text)
            || token.head.trim_end().ends_with(['/', '\'', '’'])
            || before.is_some_and(|before| {
                MARKS.has(before.text) || number(before.text).is_some_and(|count| count > 1)
            });
        means_it.then_some((unit, form))
    })
}

/// Whether the words after a noun go on "a week", "per Woche".
fn is_each_of_longer(after: &[Token<'_>]) -> bool {
    let [each, longer, ..] = after else {
        return false;
    };
    let is_noun = |unit: &Unit| unit.one.has(longer.text) && unit.period != PayPeriod::Hour;
    EACH.has(each.text) && UNITS.iter().any(is_noun)
}

/// A run of letters or of digits.
struct Token<'a> {
    text: &'a str,
    /// All that stands before it.
    head: &'a str,
    /// All that stands after it.
    tail: &'a str,
}

impl Token<'_> {
    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// "130 hours a month", but not the end of "50 000 an hour".
    fn is_long_number(&self) -> bool {
        self.is_number() && self.text.len() == 3 && !self.text.starts_with('0')
    }

    /// "× 13", "13 x".
    fn is_factor(&self) -> bool {
        const TIMES: [char; 3] = ['×', 'x', '*'];
        let (head, tail) = (self.head.trim_end(), self.tail.trim_start());
        let [before, after] = [head.strip_suffix(TIMES), tail.strip_prefix(TIMES)];
        before.is_some_and(|head| !head.ends_with(char::is_alphabetic))
            || after.is_some_and(|tail| !tail.starts_with(char::is_alphabetic))
    }
}

fn tokens(lower: &str) -> Vec<Token<'_>> {
    #[derive(PartialEq, Eq, Clone, Copy)]
    enum Kind {
        Letters,
        Digits,
        Gap,
    }
    let kind = |c: char| {
        if c.is_ascii_digit() {
            Kind::Digits
        } else if c.is_alphanumeric() {
            Kind::Letters
        } else {
            Kind::Gap
        }
    };
    let mut tokens = Vec::new();
    let (mut start, mut open) = (0, Kind::Gap);
    for (at, next) in lower
        .char_indices()
        .map(|(at, c)| (at, kind(c)))
        .chain([(lower.len(), Kind::Gap)])
    {
        if next == open {
            continue;
        }
        if open != Kind::Gap {
            tokens.push(Token {
                text: lower.get(start..at).unwrap_or_default(),
                head: lower.get(..start).unwrap_or_default(),
                tail: lower.get(at..).unwrap_or_default(),
            });
        }
        (start, open) = (at, next);
    }
    tokens
}
