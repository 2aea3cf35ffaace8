//! The pay-floor constraint.

use super::{Decision, Outcome, decide as decided, unset};
use crate::{
    job::{
        Job, Pay, PayPeriod,
        facts::{Contract, PayTerm},
    },
    matching::{Evidence, EvidenceSource, Person},
    profile::Money,
};

/// Hours of a full week, by which [`PayPeriod::per_year`] counts.
const FULL_WEEK: f64 = 40.0;
/// Fewer hours than these are part time.
const NEARLY_FULL: f64 = 35.0;

/// The pay of the job against the least the person would take.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let Some(floor) = &person.prefs.pay_floor else {
        return decided(Outcome::Pass, "you set no pay floor", || unset("pay-floor"));
    };
    let wished = move || {
        let period = period_name(floor.period);
        let wish = format!("{} {} per {period}", floor.amount, floor.currency);
        Evidence::new(EvidenceSource::Preference, &wish)
    };
    let Some(pay) = &job.pay else {
        return decided(Outcome::Ask, "the posting states no pay", move || {
            vec![wished()]
        });
    };
    let evidence = move || vec![Evidence::new(EvidenceSource::Posting, &pay.text), wished()];
    let Some(top) = pay.max.or(pay.min) else {
        return decided(Outcome::Ask, "the posting states no amount", evidence);
    };
    match &pay.currency {
        Some(currency) if *currency == floor.currency => {}
        Some(currency) => {
            let text = format!("the pay is in {currency}, your floor in {}", floor.currency);
            return decided(Outcome::Ask, text, evidence);
        }
        None => {
            return decided(
                Outcome::Ask,
                "the posting does not say in which currency it pays",
                evidence,
            );
        }
    }
    let week = Week::of(job);
    let wanted = floor.amount * floor.period.per_year();
    let offered = top * pay.period.per_year() * week.share(pay, floor);
    let rests_on = |term: PayTerm| {
        job.facts
            .pay_terms
            .iter()
            .any(|stated| stated.value == term)
    };
    if offered < wanted && pay.max.is_none() {
        return decided(
            Outcome::Ask,
            "the pay starts below your floor and has no stated top",
            evidence,
        );
    }
    if offered < wanted {
        return decided(
            Outcome::Fail,
            "even the top of the pay is below your floor",
            evidence,
        );
    }
    if rests_on(PayTerm::OnTarget) {
        return decided(
            Outcome::Ask,
            "the pay reaches your floor only with targets met",
            evidence,
        );
    }
    if week.is_doubtful(pay, floor, rests_on(PayTerm::FullTimeEquivalent)) {
        return decided(
            Outcome::Ask,
            "the work is part time, and the posting does not say for how many hours the pay is",
            evidence,
        );
    }
    decided(Outcome::Pass, "the pay reaches your floor", evidence)
}

/// How much of a week is worked.
#[derive(Debug, Clone, Copy)]
enum Week {
    Full,
    /// So many hours.
    Hours(f64),
    /// Part time without a number.
    Part,
}

impl Week {
    fn of(job: &Job) -> Self {
        let hours = job.facts.hours.as_ref().map(|stated| stated.value.max);
        let offers = |kind: Contract| job.facts.contracts.iter().any(|one| one.value == kind);
        match hours {
            Some(hours) if hours < NEARLY_FULL => Self::Hours(hours),
            Some(_) => Self::Full,
            None if offers(Contract::PartTime) && !offers(Contract::FullTime) => Self::Part,
            None => Self::Full,
        }
    }

    /// What an amount for time worked comes to beside that of a full week.
    fn share(self, pay: &Pay, floor: &Money) -> f64 {
        match self {
            Self::Hours(hours) if is_short(pay.period) && !is_short(floor.period) => {
                hours / FULL_WEEK
            }
            Self::Full | Self::Hours(_) | Self::Part => 1.0,
        }
    }

    /// Whether it is not clear that `pay` and `floor` are for the same time.
    fn is_doubtful(self, pay: &Pay, floor: &Money, is_of_full_time: bool) -> bool {
        match self {
            Self::Full => false,
            Self::Hours(_) => is_of_full_time || (!is_short(pay.period) && is_short(floor.period)),
            Self::Part => is_of_full_time || is_short(pay.period) != is_short(floor.period),
        }
    }
}

/// Whether a period is paid by the time worked in it.
const fn is_short(period: PayPeriod) -> bool {
    match period {
        PayPeriod::Hour | PayPeriod::Day => true,
        PayPeriod::Week | PayPeriod::Month | PayPeriod::Year => false,
    }
}

const fn period_name(period: PayPeriod) -> &'static str {
    match period {
        PayPeriod::Hour => "hour",
        PayPeriod::Day => "day",
        PayPeriod::Week => "week",
        PayPeriod::Month => "month",
        PayPeriod::Year => "year",
    }
}
