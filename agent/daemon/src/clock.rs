//! The only place that asks the time.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use agent_core::profile::Month;
use jiff::{SignedDuration, Timestamp, Zoned, tz::TimeZone};
use tokio::sync::watch;

/// How far the clock is set off, in microseconds: 0 but in a program that makes
/// simulated days of it.
static SHIFT: AtomicI64 = AtomicI64::new(0);

/// All it was ever set forward.
static PASSED: AtomicU64 = AtomicU64::new(0);

/// Raised when it is set.
static SET: LazyLock<watch::Sender<()>> = LazyLock::new(|| watch::Sender::new(()));

static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

/// This instant.
pub(crate) fn now() -> Timestamp {
    let real = Timestamp::now();
    let shift = SignedDuration::from_micros(SHIFT.load(Ordering::Relaxed));
    real.checked_add(shift).unwrap_or(real)
}

/// This instant in the person's time zone, for daily schedules.
pub(crate) fn local() -> Zoned {
    now().to_zoned(TimeZone::system())
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

/// How long the daemon has been awake. It only ever grows, whatever is done to the clock.
pub(crate) fn awake() -> Duration {
    STARTED.elapsed() + Duration::from_micros(PASSED.load(Ordering::Relaxed))
}

/// Waits for `period`; sooner when the clock is set by [`set_off_by`].
pub(crate) async fn tick(period: Duration) {
    let mut set = SET.subscribe();
    tokio::select! {
        () = tokio::time::sleep(period) => {}
        // The sender is never dropped.
        _ = set.changed() => {}
    }
}

/// Sets this process' clock off, forward or back, for programs that simulate days.
/// `agentd` itself never calls it, and nothing outside the process can.
#[doc(hidden)]
pub fn set_off_by(shift: SignedDuration) {
    let micros = i64::try_from(shift.as_micros()).unwrap_or(i64::MAX);
    let before = SHIFT.swap(micros, Ordering::Relaxed);
    if let Ok(forward) = u64::try_from(micros.saturating_sub(before)) {
        PASSED.fetch_add(forward, Ordering::Relaxed);
    }
    SET.send_replace(());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_clock_set_back_wakes_who_waits_and_takes_nothing_from_the_time_awake() {
        let (real, awake_before) = (Timestamp::now(), awake());
        set_off_by(SignedDuration::from_hours(8));
        assert!(now().duration_since(real) >= SignedDuration::from_hours(8));
        let waiting = tokio::spawn(tick(Duration::from_secs(3600)));
        while SET.receiver_count() == 0 {
            tokio::task::yield_now().await;
        }
        set_off_by(SignedDuration::ZERO);
        waiting.await.unwrap();
        assert!(now().duration_since(real) < SignedDuration::from_hours(8));
        assert!(awake() >= awake_before + Duration::from_secs(8 * 3600));
    }
}
