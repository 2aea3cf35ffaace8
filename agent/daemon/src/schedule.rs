//! When the daemon syncs by itself.

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, civil::Time};
use serde::{Deserialize, Deserializer};

/// A rhythm: off, every so many hours, or once a day at a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// Only when asked.
    Off,
    /// This many hours after the last sync, 1 to 168.
    Every(u8),
    /// Every day at this time in the person's zone.
    Daily(Time),
}

impl Default for Schedule {
    fn default() -> Self {
        Self::Daily(Time::constant(7, 30, 0, 0))
    }
}

/// A text that is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is no schedule: write `off`, `hourly`, `every 6h` or `daily 07:30`")]
pub struct ScheduleError {
    /// The text as given.
    pub given: String,
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let wrong = || ScheduleError {
            given: text.chars().take(60).collect(),
        };
        let lower = text.trim().to_lowercase();
        match lower.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["off"] => Ok(Self::Off),
            ["hourly"] => Ok(Self::Every(1)),
            ["daily"] => Ok(Self::default()),
            ["every", hours] => match hours.trim_end_matches('h').parse() {
                Ok(hours @ 1..=168) => Ok(Self::Every(hours)),
                _ => Err(wrong()),
            },
            ["daily", time] => Time::strptime("%H:%M", time)
                .map(Self::Daily)
                .map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Every(1) => f.write_str("hourly"),
            Self::Every(hours) => write!(f, "every {hours}h"),
            Self::Daily(time) => write!(f, "daily {}", time.strftime("%H:%M")),
        }
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl Schedule {
    /// When the next run is due, given the last one and `since`, the moment
    /// from which a daemon that never ran counts. A run that was missed while
    /// the machine slept is due once, at once, however many were missed.
    pub fn next(self, last: Option<Timestamp>, since: &Zoned) -> Option<Timestamp> {
        match self {
            Self::Off => None,
            Self::Every(hours) => {
                let from = last.unwrap_or(since.timestamp());
                from.checked_add(SignedDuration::from_hours(hours.into()))
                    .ok()
            }
            Self::Daily(time) => {
                let from = last.map_or_else(
                    || since.clone(),
                    |at| at.to_zoned(since.time_zone().clone()),
                );
                let today = from
                    .date()
                    .to_datetime(time)
                    .to_zoned(since.time_zone().clone())
                    .ok()?;
                let due = if today > from {
                    today
                } else {
                    today.checked_add(1.day()).ok()?
                };
                Some(due.timestamp())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_read_back_as_written() {
        for text in ["off", "hourly", "every 6h", "daily 07:30", "daily 23:05"] {
            assert_eq!(text.parse::<Schedule>().unwrap().to_string(), text);
        }
        assert_eq!("Daily".parse(), Ok(Schedule::default()));
        for text in [
            "",
            "never",
            "every 0h",
            "every 200h",
            "daily 25:00",
            "daily 7",
            "every h",
        ] {
            assert!(text.parse::<Schedule>().is_err(), "{text}");
        }
    }

    fn due(schedule: &str, last: Option<&str>, now: &str) -> Option<String> {
        let now: Zoned = now.parse().unwrap();
        let last = last.map(|at| at.parse::<Zoned>().unwrap().timestamp());
        let next = schedule.parse::<Schedule>().unwrap().next(last, &now)?;
        Some(
            next.to_zoned(now.time_zone().clone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string(),
        )
    }

    #[test]
    fn the_next_run_follows_the_last() {
        let now = "2026-11-21T10:00:00[Europe/Berlin]";
        for (schedule, last, expected) in [
            ("off", None, None),
            ("daily 07:30", None, Some("2026-11-22 07:30")),
            ("daily 12:00", None, Some("2026-11-21 12:00")),
            (
                "daily 07:30",
                Some("2026-11-21T07:30:05[Europe/Berlin]"),
                Some("2026-11-22 07:30"),
            ),
            // The machine slept for a week: due in the past, so at once, and only once.
            (
                "daily 07:30",
                Some("2026-11-14T07:31:00[Europe/Berlin]"),
                Some("2026-11-15 07:30"),
            ),
            (
                "every 6h",
                Some("2026-11-21T09:00:00[Europe/Berlin]"),
                Some("2026-11-21 15:00"),
            ),
        ] {
            assert_eq!(
                due(schedule, last, now).as_deref(),
                expected,
                "{schedule} {last:?}"
            );
        }
    }

    #[test]
    fn a_daily_time_that_the_clock_change_skips_still_comes() {
        let next = due("daily 02:30", None, "2026-03-28T12:00:00[Europe/Berlin]");
        assert_eq!(next.as_deref(), Some("2026-03-29 03:30"));
    }
}
