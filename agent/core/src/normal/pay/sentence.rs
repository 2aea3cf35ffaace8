//! Pay that a sentence states.
#![deny(clippy::indexing_slicing)]

use super::{
    amount::{self, Range},
    period::{self, Named},
    size,
};
use crate::{
    job::Pay,
    text::{self, Words},
};

/// What is known of a text before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// It is said to be about pay.
    PayField,
    /// It may be about anything.
    Prose,
}

/// Words for pay.
static PAY_WORDS: Words = Words::of(
    "salary, salaries, compensation, pay, paid, wage, wages, base, ote, remuneration, earn,
     earnings, rate, hiring range, package, stipend of, gehalt, gehaltsspanne, jahresgehalt,
     bruttojahresgehalt, monatsgehalt, vergütung, lohn, stundenlohn, brutto, verdienst,
     tagessatz, einstiegsgehalt, mindestgehalt, rémunération, salaire, brut, fixe, tjm, salario,
     sueldo, retribución, bruto, salaris, retribuzione",
);

/// Money that is not the pay of the position.
static OTHER_MONEY: Words = Words::of(
    "revenue, arr, funding, raised, series, valuation, budget, budgets, bonus, sign-on, signing,
     stipend, allowance, reimbursement, 401, 401k, users, customers, assets, sales of, turnover,
     umsatz, referral, contribution, grant, equity worth, per diem, coverage, discount, voucher,
     gutschein, zuschuss, prämie, prime, chiffre, donated, savings, portfolio, deals, contracts,
     quota, portfolios, investment, relocation, learning, training, wellness,
     weiterbildungsbudget, fine, fee, market",
);

/// What something costs, whatever words of pay stand beside it.
static PRICE: Words = Words::of(
    "per seat, per user, per customer, per employee, per head, per unit, pricing, price, prices,
     charge, charging",
);

/// Whether the lower-cased `text` speaks of pay.
pub(super) fn says_pay(text: &str) -> bool {
    PAY_WORDS.stand_in(text)
}

/// The first pay that `sentence` states.
///
/// Amounts of other money are not pay: a single amount needs a word of pay or a
/// period, a range needs those or the size of a year's pay.
pub(super) fn pay(sentence: &str, context: Context) -> Option<Pay> {
    let says_pay = context == Context::PayField || says_pay(&sentence.to_lowercase());
    amount::ranges(sentence)
        .iter()
        .find_map(|range| accept(sentence, range, says_pay, context))
}

/// The pay that `range` of `sentence` states, if it is pay at all.
fn accept(sentence: &str, range: &Range, says_pay: bool, context: Context) -> Option<Pay> {
    if range.low.is_millions || range.high.as_ref().is_some_and(|high| high.is_millions) {
        return None;
    }
    let (head, tail) = around(sentence, range);
    if PRICE.stand_in(&head) || PRICE.stand_in(&tail) {
        return None;
    }
    let near_pay = PAY_WORDS.stand_in(&head) || PAY_WORDS.stand_in(&tail);
    if (OTHER_MONEY.stand_in(&head) || OTHER_MONEY.stand_in(&tail)) && !near_pay {
        return None;
    }
    let after = sentence.get(range.end..).unwrap_or_default();
    let named = period::named(&text::quote(after, 40)).or_else(|| period::named(sentence));
    let (min, max) = range.bounds();
    let top = max.or(min)?;
    let has_currency = range.currency.is_some();
    let stated = match (says_pay, named) {
        (true, _) => has_currency || context == Context::PayField,
        (false, Named::Period(_)) => has_currency,
        (false, Named::Parts | Named::Nothing) => {
            has_currency && range.high.is_some() && (12_000.0..2_000_000.0).contains(&top)
        }
    };
    if !stated {
        return None;
    }
    Some(Pay {
        min,
        max,
        currency: range.currency.clone(),
        period: size::settle(top, range.currency.as_deref(), named)?,
        text: text::quote(sentence, 200),
    })
}

/// The words that may say what an amount is for, lower-cased: those right
/// before it and those after it, up to the next punctuation.
fn around(sentence: &str, range: &Range) -> (String, String) {
    let before = sentence.get(..range.start).unwrap_or_default();
    let from = before.char_indices().nth_back(39).map_or(0, |(at, _)| at);
    let head = before
        .get(from..)
        .unwrap_or_default()
        .rsplit([',', ';', '.', '(', '+'])
        .next()
        .unwrap_or_default();
    let after = sentence.get(range.end..).unwrap_or_default();
    let tail = after
        .trim_start_matches('+')
        .split([',', ';', '.', '(', '+', '•'])
        .next()
        .unwrap_or_default();
    (head.to_lowercase(), text::quote(tail, 45).to_lowercase())
}
