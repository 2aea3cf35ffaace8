//! The only place that asks the time.

use agent_core::profile::Month;
use jiff::{Timestamp, Zoned};

/// This instant.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// This instant in the person's time zone, for daily schedules.
pub(crate) fn local() -> Zoned {
    Zoned::now()
}

/// The beginning of the day so many days ago, in the person's time zone.
pub(crate) fn days_ago(days: u32) -> Zoned {
    let today = local();
    let then = today.checked_sub(jiff::Span::new().days(days));
    let day = then.and_then(|then| then.start_of_day());
    day.unwrap_or(today)
}

/// The present month in the person's time zone: positions still held run to here.
pub(crate) fn this_month() -> Month {
    let today = local();
    Month {
        year: today.year(),
        month: today.month(),
    }
}
