//! Pay against the floor wanted.

use super::{Notes, Rated, along, measure, reason};
use crate::{
    job::Job,
    matching::{Evidence, EvidenceSource, Person},
};

/// Ratio of the middle of the pay to the floor, to 0–100.
const RATIO: &[(f64, f64)] = &[(0.7, 0.0), (1.0, 60.0), (1.5, 100.0)];

/// Rates the middle of the stated pay against the floor, both for a year.
///
/// Unknown without pay or floor, or with different currencies: no exchange rate
/// is assumed.
pub(super) fn rate(job: &Job, person: &Person, notes: Notes) -> Rated {
    let Some(floor) = &person.prefs.pay_floor else {
        return Rated::unknown(notes, "you set no pay floor", || vec![measure("no floor")]);
    };
    let wish = || {
        Evidence::new(
            EvidenceSource::Preference,
            &format!("{} {}", floor.amount, floor.currency),
        )
    };
    let Some(pay) = &job.pay else {
        return Rated::unknown(notes, "the posting states no pay", || vec![wish()]);
    };
    let posting = || Evidence::new(EvidenceSource::Posting, &pay.text);
    let same = pay.currency.as_deref() == Some(floor.currency.as_str());
    let middle = match (pay.min, pay.max) {
        (Some(min), Some(max)) => Some(f64::midpoint(min, max)),
        (bound, None) | (None, bound) => bound,
    };
    let wanted = floor.amount * floor.period.per_year();
    let Some(middle) = middle.filter(|_| same && wanted > 0.0) else {
        return Rated::unknown(notes, "the pay cannot be compared with your floor", || {
            vec![posting(), wish()]
        });
    };
    let offered = middle * pay.period.per_year();
    let ratio = offered / wanted;
    Rated {
        value: Some(along(RATIO, ratio)),
        reasons: notes.of(|| {
            let text = if ratio >= 1.0 {
                "the pay is above your floor"
            } else {
                "the middle of the pay is below your floor"
            };
            let number = measure(format!(
                "{offered:.0} {} a year, {:.0}% of your floor",
                floor.currency,
                ratio * 100.0
            ));
            vec![reason(text, vec![posting(), wish(), number])]
        }),
    }
}
