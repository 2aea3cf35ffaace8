//! What is remembered of one registrable domain, and what follows from it: when it
//! may be asked next. Instants, which no change of the clock moves, hold while the
//! daemon runs; times of day are for what is kept.

use std::time::Duration;

use agent_core::manners::DomainManners;
use jiff::Timestamp;
use tokio::time::Instant;

use super::manners::{BreakerTimes, Manners};
use super::retry_after::LONGEST;

/// The present, by both clocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) instant: Instant,
    pub(super) time: Timestamp,
}

/// What a request showed of its domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It answers.
    Well,
    /// It says what it allows, which is no sign that its pages are well.
    Speaks,
    /// It asks to wait.
    Asks(Duration),
    /// It does not answer, or with a fault of its own.
    Failed(String),
    /// It wants to see a person.
    Challenged(String),
    /// Nothing is known of it: what went wrong was no fault of its.
    Nothing,
}

/// Why a domain is not asked at present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// It failed too often.
    Failing {
        times: u32,
        cause: String,
        left: Duration,
    },
    /// It showed a challenge.
    Challenged { cause: String },
}

/// What is remembered of a domain.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    asked: Option<Instant>,
    pace: Duration,
    not_before: Option<Instant>,
    failures: u32,
    open_until: Option<Instant>,
    open_for: Duration,
    cause: Option<String>,
    challenged: bool,
}

impl Standing {
    /// When it may be asked at the earliest, chance aside; `None` for at once.
    /// A gap kept from before counts until a robots.txt says another.
    pub(super) fn earliest(&self, pace: Duration) -> Option<Instant> {
        let paced = self.asked.map(|asked| asked + pace.max(self.pace));
        paced.max(self.not_before)
    }

    /// Whether it is left alone for its failures.
    pub(super) fn held(&self, now: Instant) -> Result<(), Held> {
        let Some(until) = self.open_until.filter(|until| *until > now) else {
            return Ok(());
        };
        let cause = self.cause.clone().unwrap_or_default();
        Err(if self.challenged {
            Held::Challenged { cause }
        } else {
            Held::Failing {
                times: self.failures,
                cause,
                left: until.duration_since(now),
            }
        })
    }

    /// A request is about to leave. Where it is a probe, it is the only one for
    /// the time to come, also when nothing is heard of it again.
    pub(super) fn begin(&mut self, now: Instant, pace: Duration) {
        self.asked = Some(now);
        self.pace = pace;
        if self.open_until.is_some() {
            self.open_until = Some(now + self.open_for);
        }
    }

    /// A request has ended.
    pub(super) fn end(&mut self, now: Instant, verdict: Verdict, breaker: Option<BreakerTimes>) {
        self.asked = Some(now);
        match verdict {
            Verdict::Nothing => {}
            // The page it was asked for is the probe.
            Verdict::Speaks => self.open_until = self.open_until.map(|_| now),
            Verdict::Well => {
                self.failures = 0;
                self.open_until = None;
                self.open_for = Duration::ZERO;
                self.cause = None;
                self.challenged = false;
            }
            Verdict::Asks(wait) => {
                let until = now + wait;
                self.not_before = self.not_before.max(Some(until));
            }
            Verdict::Failed(cause) => {
                self.failures = self.failures.saturating_add(1);
                if let Some(times) = breaker
                    && (self.open_until.is_some() || self.failures >= times.failures)
                {
                    self.open(now, times, cause);
                }
            }
            Verdict::Challenged(cause) => {
                if let Some(times) = breaker {
                    self.challenged = true;
                    self.open(now, times, cause);
                }
            }
        }
    }

    /// Whether forgetting it would lose nothing.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.failures == 0
            && self.open_until.is_none()
            && self.earliest(Duration::ZERO).is_none_or(|then| then <= now)
    }

    fn open(&mut self, now: Instant, times: BreakerTimes, cause: String) {
        let next = match self.open_until {
            Some(_) => (self.open_for * 2).min(times.longest),
            None => times.open,
        };
        self.open_for = next;
        self.open_until = Some(now + next);
        self.cause = Some(cause);
    }

    /// What has to survive a restart.
    pub(super) fn kept(&self, now: Now) -> DomainManners {
        let time = |at: Instant| match at.checked_duration_since(now.instant) {
            Some(ahead) => now.time.checked_add(ahead).unwrap_or(now.time),
            None => {
                let ago = now.instant.duration_since(at);
                now.time.checked_sub(ago).unwrap_or(now.time)
            }
        };
        DomainManners {
            asked: self.asked.map(time),
            pace: self.pace,
            not_before: self.not_before.map(time),
            failures: self.failures,
            open_until: self.open_until.map(time),
            open_for: self.open_for,
            cause: self.cause.clone(),
            challenged: self.challenged,
        }
    }

    /// What was kept, as of now. A clock that was set back since makes no wait
    /// longer than it can be.
    pub(super) fn recalled(kept: DomainManners, now: Now, manners: &Manners) -> Self {
        let ahead = |time: Timestamp, most: Duration| {
            let left = Duration::try_from(time.duration_since(now.time)).ok();
            left.map(|left| now.instant + left.min(most))
        };
        let longest = manners.breaker.map_or(LONGEST, |times| times.longest);
        let asked = kept.asked.map(|time| {
            let ago = Duration::try_from(now.time.duration_since(time)).unwrap_or_default();
            now.instant.checked_sub(ago).unwrap_or(now.instant)
        });
        Self {
            asked,
            pace: kept.pace.min(manners.longest_delay.max(manners.gap)),
            not_before: kept.not_before.and_then(|time| ahead(time, LONGEST)),
            failures: kept.failures,
            // One whose time is over is still to be probed, not to be trusted.
            open_until: kept
                .open_until
                .map(|time| ahead(time, longest).unwrap_or(now.instant)),
            open_for: kept.open_for.min(longest),
            cause: kept.cause,
            challenged: kept.challenged,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: BreakerTimes = BreakerTimes {
        failures: 3,
        open: Duration::from_secs(100),
        longest: Duration::from_secs(350),
    };

    fn failed() -> Verdict {
        Verdict::Failed("status 500".to_owned())
    }

    /// Seconds a domain is left alone for after these verdicts, at one a second.
    fn left(verdicts: &[Verdict]) -> Option<u64> {
        let mut now = Instant::now();
        let mut standing = Standing::default();
        for verdict in verdicts {
            // Where it is left alone, the probe comes when it may.
            now = standing
                .open_until
                .unwrap_or(now + Duration::from_secs(1))
                .max(now);
            assert_eq!(standing.held(now), Ok(()));
            standing.begin(now, Duration::ZERO);
            standing.end(now, verdict.clone(), Some(TIMES));
        }
        let held = standing.held(now).err();
        held.is_some()
            .then(|| (standing.open_until.unwrap() - now).as_secs())
    }

    #[test]
    fn a_domain_that_fails_is_left_alone_longer_each_time() {
        let challenged = || Verdict::Challenged("a captcha".to_owned());
        for (verdicts, expected) in [
            (vec![failed(); 2], None),
            (vec![failed(); 3], Some(100)),
            (vec![failed(); 4], Some(200)),
            (vec![failed(); 5], Some(350)),
            (vec![failed(); 9], Some(350)),
            (vec![failed(), failed(), Verdict::Well, failed()], None),
            (
                vec![failed(), failed(), Verdict::Nothing, failed()],
                Some(100),
            ),
            ([vec![failed(); 3], vec![Verdict::Well]].concat(), None),
            (
                [vec![failed(); 5], vec![Verdict::Well], vec![failed(); 3]].concat(),
                Some(100),
            ),
            (vec![challenged()], Some(100)),
            (vec![challenged(), challenged()], Some(200)),
            (vec![challenged(), Verdict::Well], None),
        ] {
            assert_eq!(left(&verdicts), expected, "{verdicts:?}");
        }
    }

    #[test]
    fn a_probe_that_is_given_up_is_not_repeated_at_once() {
        let start = Instant::now();
        let mut standing = Standing::default();
        for _ in 0..3 {
            standing.begin(start, Duration::ZERO);
            standing.end(start, failed(), Some(TIMES));
        }
        let later = start + TIMES.open;
        assert_eq!(standing.held(later), Ok(()));
        standing.begin(later, Duration::ZERO);
        assert!(standing.held(later + TIMES.open / 2).is_err());
        assert_eq!(standing.held(later + TIMES.open), Ok(()));
    }

    #[test]
    fn what_is_kept_holds_after_a_restart_also_with_a_clock_set_back() {
        let manners = Manners::default();
        let seconds = Duration::from_secs;
        let (instant, time) = (Instant::now(), Timestamp::UNIX_EPOCH + seconds(1_000_000));
        let mut standing = Standing::default();
        standing.begin(instant, seconds(20));
        standing.end(instant, Verdict::Asks(seconds(600)), manners.breaker);
        let kept = standing.kept(Now { instant, time });

        let check = |moved: i64, expected: u64| {
            let after = Now {
                instant: instant + seconds(1),
                time: Timestamp::from_second(1_000_000 + moved).unwrap(),
            };
            let recalled = Standing::recalled(kept.clone(), after, &manners);
            let wait = recalled.earliest(seconds(5)).unwrap();
            assert_eq!(
                wait.saturating_duration_since(after.instant),
                seconds(expected),
                "{moved}"
            );
        };
        check(0, 600);
        check(60, 540);
        check(599, 1);
        check(10_000, 0);
        check(-100, 700);
        check(-1_000_000, 86_400);
    }

    #[test]
    fn the_gap_is_the_longest_that_was_asked_for_until_it_was_kept() {
        let start = Instant::now();
        let mut standing = Standing::default();
        assert_eq!(standing.earliest(Duration::from_secs(5)), None);
        standing.begin(start, Duration::from_secs(30));
        let after = |pace| standing.earliest(Duration::from_secs(pace)).unwrap() - start;
        assert_eq!(after(5).as_secs(), 30);
        assert_eq!(after(45).as_secs(), 45);
    }
}
