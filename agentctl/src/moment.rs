//! How points in time are written for a person.

use agent_api::Timestamp;
use jiff::tz::TimeZone;

/// The present moment and the zone that times are shown in.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    /// The present.
    pub(crate) now: jiff::Timestamp,
    /// Zone of the person.
    pub(crate) zone: TimeZone,
}

impl Clock {
    /// Reads the clock and zone of this machine.
    pub(crate) fn of_machine() -> Self {
        Self {
            now: jiff::Timestamp::now(),
            zone: TimeZone::system(),
        }
    }

    /// Writes a time to the minute; empty for none.
    pub(crate) fn time(&self, time: Option<&Timestamp>) -> String {
        self.format(time, "%Y-%m-%d %H:%M")
    }

    /// Writes a time to the second; empty for none.
    pub(crate) fn precise(&self, time: Option<&Timestamp>) -> String {
        self.format(time, "%Y-%m-%d %H:%M:%S")
    }

    /// Writes a time and how far it is from now; empty for none.
    pub(crate) fn relative(&self, time: Option<&Timestamp>) -> String {
        let Some(point) = point(time) else {
            return String::new();
        };
        let seconds = point.duration_since(self.now).as_secs();
        let far = span(seconds.unsigned_abs());
        let text = self.time(time);
        match seconds {
            -59..=0 => format!("{text} (just now)"),
            ..=-60 => format!("{text} ({far} ago)"),
            1.. => format!("{text} (in {far})"),
        }
    }

    fn format(&self, time: Option<&Timestamp>, format: &str) -> String {
        point(time).map_or_else(String::new, |point| {
            point
                .to_zoned(self.zone.clone())
                .strftime(format)
                .to_string()
        })
    }
}

fn point(time: Option<&Timestamp>) -> Option<jiff::Timestamp> {
    let time = time?;
    jiff::Timestamp::new(time.seconds, time.nanos).ok()
}

fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..36_000 => match seconds % 3600 / 60 {
            0 => format!("{} h", seconds / 3600),
            minutes => format!("{} h {minutes} min", seconds / 3600),
        },
        36_000..172_800 => format!("{} h", (seconds + 1800) / 3600),
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_say_when_and_how_long_ago() {
        let clock = Clock {
            now: "2026-03-02T10:00:00Z".parse().unwrap(),
            zone: TimeZone::fixed(jiff::tz::offset(1)),
        };
        for (time, expected) in [
            ("2026-03-02T09:59:30Z", "2026-03-02 10:59 (just now)"),
            ("2026-03-02T09:15:00Z", "2026-03-02 10:15 (45 min ago)"),
            ("2026-03-01T10:00:00Z", "2026-03-01 11:00 (24 h ago)"),
            ("2026-02-20T10:00:00Z", "2026-02-20 11:00 (10 days ago)"),
            ("2026-03-02T11:48:40Z", "2026-03-02 12:48 (in 1 h 48 min)"),
            ("2026-03-03T07:40:00Z", "2026-03-03 08:40 (in 22 h)"),
            ("2026-03-02T16:00:00Z", "2026-03-02 17:00 (in 6 h)"),
        ] {
            let point: jiff::Timestamp = time.parse().unwrap();
            let time = Timestamp {
                seconds: point.as_second(),
                nanos: 0,
            };
            assert_eq!(clock.relative(Some(&time)), expected);
        }
        assert_eq!(clock.relative(None), "");
    }
}
