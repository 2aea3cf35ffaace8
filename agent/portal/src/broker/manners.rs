//! How sparing the broker is with other people's servers.

use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a server can count on. The defaults are promised; a test or the practice
/// employer, which is ours, may be asked faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Least time between two requests to a registrable domain, from the end of
    /// the one to the start of the next. `Crawl-delay` may lengthen it.
    pub gap: Duration,
    /// Each pause is longer by up to this much, at random.
    pub jitter: Duration,
    /// Longest `Crawl-delay` that is followed; a host that asks for more is not read.
    pub longest_delay: Duration,
    /// Longest pause a caller is kept waiting for. Beyond it the answer is
    /// [`crate::fetch::FetchError::Wait`], so that the page is tried at the next sync.
    pub patience: Duration,
    /// Longest wait for the requests of others to the same domain.
    pub queue: Duration,
    /// How long a robots.txt is believed.
    pub robots: Duration,
    /// How long a robots.txt that could not be read forbids everything.
    pub robots_unread: Duration,
    /// When a request that failed is repeated.
    pub retries: Retries,
    /// When a domain that fails is left alone; `None` for never.
    pub breaker: Option<BreakerTimes>,
}

/// When a GET is repeated whose connection failed, or that was answered 502, 503 or 504.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// How often one request is repeated at most.
    pub most: u32,
    /// Pause before the first one beyond the gap, at random from nothing up to
    /// this; it doubles from one to the next.
    pub base: Duration,
    /// Where the doubling ends.
    pub longest: Duration,
    /// Retries for each hundred requests at most, over all domains.
    pub percent: u32,
}

/// When a domain that fails again and again is left alone, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerTimes {
    /// Failures in a row.
    pub failures: u32,
    /// First pause; it doubles with each probe that fails.
    pub open: Duration,
    /// Longest pause.
    pub longest: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            gap: Duration::from_secs(5),
            jitter: Duration::from_secs(5),
            longest_delay: MINUTE,
            patience: 2 * MINUTE,
            queue: 2 * MINUTE,
            robots: DAY,
            robots_unread: 30 * MINUTE,
            retries: Retries {
                most: 3,
                base: Duration::from_secs(5),
                longest: MINUTE,
                percent: 10,
            },
            breaker: Some(BreakerTimes {
                failures: 5,
                open: 30 * MINUTE,
                longest: DAY,
            }),
        }
    }
}

impl Manners {
    /// Manners towards the practice employer: it is ours, waits for nothing, and
    /// its faults are meant to be met at once.
    pub fn practice() -> Self {
        let promised = Self::default();
        Self {
            gap: Duration::ZERO,
            jitter: Duration::ZERO,
            patience: Duration::ZERO,
            robots_unread: Duration::ZERO,
            retries: Retries {
                most: 0,
                ..promised.retries
            },
            breaker: None,
            ..promised
        }
    }
}
