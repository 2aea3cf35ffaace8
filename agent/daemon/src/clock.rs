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

/// The present month in the person's time zone: positions still held run to here.
pub(crate) fn this_month() -> Month {
    let today = local();
    Month {
        year: today.year(),
        month: today.month(),
    }
}
