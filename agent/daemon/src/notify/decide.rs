//! When a channel tells of what waits: not in quiet hours, not too often, and what
//! came up together as one. A pure function of the time and of what is stored.

use agent_store::{Notice, Sending};
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::config::QuietHours;

/// How long a notice waits for others that come up with it, and for the person to
/// settle it themselves.
const SETTLE: SignedDuration = SignedDuration::from_secs(20);

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A wait longer than any we choose: the clock that set it was wrong.
const BEYOND: SignedDuration = SignedDuration::from_hours(12);

/// What a channel keeps to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) quiet: QuietHours,
    pub(super) per_hour: u16,
}

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing waits.
    Nothing,
    /// Not before this.
    Wait(Timestamp),
    /// Tell of these, by their ids, as one.
    Tell(Vec<i64>),
}

/// Decides for one channel. `tellings` are the times at which it told of something
/// within the last hour, oldest first.
pub(super) fn decide(
    now: &Zoned,
    rules: Rules,
    tellings: &[Timestamp],
    waiting: &[(Notice, Sending)],
) -> Decision {
    let at = now.timestamp();
    let mut due: Vec<&Notice> = Vec::new();
    let mut next: Option<Timestamp> = None;
    for (notice, sending) in waiting {
        let from = when(notice, sending);
        if from <= at || from.duration_since(at) > BEYOND {
            due.push(notice);
        } else {
            next = Some(next.map_or(from, |next| next.min(from)));
        }
    }
    let Some(first) = due.first() else {
        return next.map_or(Decision::Nothing, Decision::Wait);
    };
    if let Some(end) = rules.quiet.until(now) {
        return Decision::Wait(end.timestamp());
    }
    // What a clock that was ahead wrote down does not count.
    let told: Vec<Timestamp> = tellings
        .iter()
        .copied()
        .filter(|told| *told <= at && at.duration_since(*told) < HOUR)
        .collect();
    let left = usize::from(rules.per_hour).saturating_sub(told.len());
    if left == 0 {
        let free = told.first().and_then(|first| first.checked_add(HOUR).ok());
        return Decision::Wait(free.unwrap_or(at));
    }
    let mut kinds: Vec<&str> = due.iter().map(|notice| notice.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let together = kinds.len() > left;
    let ids = due
        .iter()
        .filter(|notice| together || notice.kind == first.kind)
        .map(|notice| notice.id)
        .collect();
    Decision::Tell(ids)
}

/// From when on a notice may be told. What is about to lapse does not wait for others.
fn when(notice: &Notice, sending: &Sending) -> Timestamp {
    let settled = match notice.lapses_at {
        Some(lapses) if lapses.duration_since(notice.at) <= SETTLE => notice.at,
        Some(_) | None => notice.at.checked_add(SETTLE).unwrap_or(notice.at),
    };
    settled.max(sending.not_before)
}

/// When to try again after `tries` failures: twice as long each time, up to an hour,
/// at a moment chosen by `chance` (0 to 1) so that many do not come at once.
pub(super) fn backoff(tries: u32, chance: f64) -> SignedDuration {
    let whole = 30_u64.saturating_mul(1 << tries.min(7)).min(3600);
    let half = whole as f64 / 2.0;
    SignedDuration::from_secs_f64(half + half * chance.clamp(0.0, 1.0))
}

/// Whether a notice that failed again is to be given up.
pub(super) fn is_hopeless(tries: u32, since: Timestamp, now: Timestamp) -> bool {
    tries >= 30 || now.duration_since(since) > SignedDuration::from_hours(36)
}

#[cfg(test)]
mod tests {
    use agent_store::SendingState;

    use super::*;

    fn zoned(text: &str) -> Zoned {
        text.parse::<Timestamp>()
            .unwrap()
            .in_tz("Europe/Berlin")
            .unwrap()
    }

    fn waiting(id: i64, kind: &str, at: &str, not_before: &str) -> (Notice, Sending) {
        let not_before = not_before.parse().unwrap();
        let notice = Notice {
            id,
            cause: id.to_string(),
            kind: kind.to_owned(),
            subject: String::new(),
            at: at.parse().unwrap(),
            text: String::new(),
            command: String::new(),
            lapses_at: None,
        };
        let sending = Sending {
            notice: id,
            channel: "desktop".to_owned(),
            state: SendingState::Waiting,
            tries: 0,
            not_before,
            ended_at: None,
            problem: String::new(),
        };
        (notice, sending)
    }

    #[test]
    fn a_channel_tells_what_came_up_together_at_a_time_that_suits() {
        let early = "2026-11-21T09:00:00Z";
        let now = "2026-11-21T10:00:00Z";
        let check =
            |now: &str, quiet: &str, told: &[&str], waiting: &[(Notice, Sending)], expected| {
                let rules = Rules {
                    quiet: QuietHours::parse(quiet).unwrap(),
                    per_hour: 2,
                };
                let told: Vec<Timestamp> = told.iter().map(|told| told.parse().unwrap()).collect();
                let decided = decide(&zoned(now), rules, &told, waiting);
                assert_eq!(decided, expected, "{now} {quiet} {told:?}");
            };
        let wait = |until: &str| Decision::Wait(until.parse().unwrap());
        let one = || vec![waiting(1, "inbox", early, early)];
        check(now, "off", &[], &[], Decision::Nothing);
        check(now, "off", &[], &one(), Decision::Tell(vec![1]));
        // It waits a moment for others.
        check(
            "2026-11-21T09:00:05Z",
            "off",
            &[],
            &one(),
            wait("2026-11-21T09:00:20Z"),
        );
        // Quiet, in the person's zone, until the end of it.
        check(
            now,
            "10:30-13:00",
            &[],
            &one(),
            wait("2026-11-21T12:00:00Z"),
        );
        check(now, "09:30-10:30", &[], &one(), Decision::Tell(vec![1]));
        // Of one kind as one, the kind that waits longest first.
        let three = vec![
            waiting(1, "inbox", early, early),
            waiting(2, "source", early, early),
            waiting(3, "inbox", early, early),
        ];
        check(now, "off", &[], &three, Decision::Tell(vec![1, 3]));
        // With less left than there are kinds, everything as one.
        let once = ["2026-11-21T09:30:00Z"];
        check(now, "off", &once, &three, Decision::Tell(vec![1, 2, 3]));
        let twice = ["2026-11-21T09:10:00Z", "2026-11-21T09:30:00Z"];
        check(now, "off", &twice, &one(), wait("2026-11-21T10:10:00Z"));
        let long_ago = ["2026-11-21T08:10:00Z", "2026-11-21T09:00:00Z"];
        check(now, "off", &long_ago, &one(), Decision::Tell(vec![1]));
        // Tried again later; what a wrong clock put off for a year is not.
        let later = vec![waiting(1, "inbox", early, "2026-11-21T10:05:00Z")];
        check(now, "off", &[], &later, wait("2026-11-21T10:05:00Z"));
        let ahead = vec![waiting(
            1,
            "inbox",
            "2027-11-21T10:00:00Z",
            "2027-11-21T10:00:00Z",
        )];
        let future = ["2027-11-21T09:10:00Z", "2027-11-21T09:30:00Z"];
        check(now, "off", &future, &ahead, Decision::Tell(vec![1]));
    }

    #[test]
    fn tries_come_further_and_further_apart_up_to_an_hour() {
        let seconds = |tries, chance| backoff(tries, chance).as_secs();
        assert_eq!((seconds(0, 0.0), seconds(0, 1.0)), (15, 30));
        assert_eq!((seconds(3, 0.0), seconds(3, 1.0)), (120, 240));
        assert_eq!((seconds(40, 0.0), seconds(40, 1.0)), (1800, 3600));
        let at: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let two_days = at.checked_add(SignedDuration::from_hours(48)).unwrap();
        assert!(!is_hopeless(5, at, at));
        assert!(is_hopeless(5, at, two_days));
        assert!(is_hopeless(30, at, at));
    }
}
