//! What the size of an amount tells of the time it is paid for.

use super::period::Named;
use crate::job::PayPeriod;

/// The period `amount` is paid for, where words say `named`: theirs if the
/// amount is not too small for it, the one its size tells if it is too large.
pub(super) fn settle(amount: f64, currency: Option<&str>, named: Named) -> Option<PayPeriod> {
    let tells = || by_size(amount).filter(|period| amount < bounds(*period, currency).1);
    match named {
        Named::Period(period) => {
            let (low, high) = bounds(period, currency);
            if amount < low {
                None
            } else if amount < high {
                Some(period)
            } else {
                tells()
            }
        }
        Named::Parts => tells().or_else(|| {
            let (low, high) = bounds(PayPeriod::Month, currency);
            (low..high).contains(&amount).then_some(PayPeriod::Month)
        }),
        Named::Nothing => tells(),
    }
}

/// Least that somebody is paid for a period, and the amount nobody is paid.
fn bounds(period: PayPeriod, currency: Option<&str>) -> (f64, f64) {
    // Where one unit buys a meal and not a button.
    let is_large = matches!(
        currency,
        Some("EUR" | "USD" | "GBP" | "CHF" | "CAD" | "AUD" | "NZD" | "SGD")
    );
    match period {
        PayPeriod::Hour => (3.0, 2_000.0),
        PayPeriod::Day => (30.0, 20_000.0),
        PayPeriod::Week => (100.0, if is_large { 10_000.0 } else { 60_000.0 }),
        PayPeriod::Month => (300.0, if is_large { 30_000.0 } else { 400_000.0 }),
        PayPeriod::Year => (5_000.0, 20_000_000.0),
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
