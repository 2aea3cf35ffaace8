//! Whose turn it is: one request at a time per registrable domain, with a pause
//! between them that is kept across restarts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until, timeout};

use super::manners::Manners;
use super::memory::Memory;
use super::standing::{Held, Now, Standing, Verdict};
use crate::fetch::{FetchError, Waited};

/// Domains kept in mind before those with nothing to remember are dropped.
const KEPT: usize = 512;

/// Tells the time of day, for what is kept.
pub(super) type WallClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// `None` until the memory was asked.
type Place = Arc<tokio::sync::Mutex<Option<Standing>>>;

/// The domains that were asked, and the pauses between their requests.
pub(super) struct Turns {
    domains: Mutex<HashMap<String, Place>>,
    manners: Manners,
    memory: Arc<dyn Memory>,
    wall: WallClock,
    chance: Mutex<fastrand::Rng>,
}

/// How long a request waits after the one before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    /// At least this.
    pub(super) gap: Duration,
    /// And by chance up to this more.
    pub(super) spread: Duration,
}

impl Turns {
    pub(super) fn new(
        manners: Manners,
        memory: Arc<dyn Memory>,
        wall: WallClock,
        chance: fastrand::Rng,
    ) -> Self {
        Self {
            domains: Mutex::default(),
            manners,
            memory,
            wall,
            chance: Mutex::new(chance),
        }
    }

    /// Waits until it is our turn and the domain may be asked, and notes that it
    /// is. First come, first served. The turn ends when it is dropped, so that a
    /// request that is given up does not block.
    pub(super) async fn take(
        &self,
        domain: &str,
        pause: Pause,
        waited: &Waited,
    ) -> Result<Turn<'_>, FetchError> {
        let _waiting = waited.begin();
        let place = self.place(domain);
        let Ok(mut guard) = timeout(self.manners.queue, place.lock_owned()).await else {
            return Err(wait(self.manners.queue));
        };
        if guard.is_none() {
            let kept = self.memory.recall(domain).await;
            let now = self.now();
            *guard = Some(kept.map_or_else(Standing::default, |kept| {
                Standing::recalled(kept, now, &self.manners)
            }));
        }
        let mut turn = Turn {
            turns: self,
            domain: domain.to_owned(),
            guard,
        };
        let standing = turn.standing();
        let now = Instant::now();
        standing.held(now).map_err(|held| refusal(domain, held))?;
        if let Some(earliest) = standing.earliest(pause.gap) {
            let until = earliest + self.by_chance(pause.spread);
            let left = until.saturating_duration_since(now);
            if left > self.manners.patience {
                return Err(wait(left));
            }
            sleep_until(until).await;
        }
        turn.standing().begin(Instant::now(), pause.gap);
        turn.keep().await;
        Ok(turn)
    }

    fn place(&self, domain: &str) -> Place {
        let mut domains = self.domains.lock().unwrap_or_else(PoisonError::into_inner);
        if domains.len() >= KEPT {
            let now = Instant::now();
            domains.retain(|_, place| {
                place.try_lock().map_or(true, |standing| {
                    standing.as_ref().is_some_and(|known| !known.is_idle(now))
                })
            });
        }
        Arc::clone(domains.entry(domain.to_owned()).or_default())
    }

    fn by_chance(&self, most: Duration) -> Duration {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        most.mul_f64(chance.f64())
    }

    fn now(&self) -> Now {
        Now {
            instant: Instant::now(),
            time: (self.wall)(),
        }
    }
}

/// Our turn at a domain.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    domain: String,
    guard: OwnedMutexGuard<Option<Standing>>,
}

impl Turn<'_> {
    /// Notes what came of the request; whether the domain may be asked again.
    pub(super) async fn end(mut self, verdict: Verdict) -> bool {
        let breaker = self.turns.manners.breaker;
        let now = Instant::now();
        self.standing().end(now, verdict, breaker);
        self.keep().await;
        self.standing().held(now).is_ok()
    }

    fn standing(&mut self) -> &mut Standing {
        self.guard.get_or_insert_default()
    }

    async fn keep(&mut self) {
        let now = self.turns.now();
        let kept = self.standing().kept(now);
        self.turns.memory.keep(&self.domain, kept).await;
    }
}

fn refusal(domain: &str, held: Held) -> FetchError {
    match held {
        Held::Challenged { cause } => FetchError::Blocked {
            host: domain.to_owned(),
            sign: cause,
        },
        Held::Failing { times, cause, left } => FetchError::Failed {
            why: format!(
                "{domain} failed {times} times in a row ({cause}); it is tried again in {} min",
                left.as_secs().div_ceil(60)
            ),
        },
    }
}

/// A wait in whole seconds, none shorter than asked.
pub(super) fn wait(pause: Duration) -> FetchError {
    let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
    FetchError::Wait {
        seconds: Some(u32::try_from(seconds).unwrap_or(u32::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Forgetful;
    use super::*;

    const NO_PAUSE: Pause = Pause {
        gap: Duration::ZERO,
        spread: Duration::ZERO,
    };

    fn turns(manners: Manners) -> Turns {
        let wall: WallClock = Arc::new(Timestamp::now);
        let chance = fastrand::Rng::with_seed(7);
        Turns::new(manners, Arc::new(Forgetful), wall, chance)
    }

    #[tokio::test]
    async fn many_domains_do_not_pile_up_but_waits_are_kept() {
        let turns = turns(Manners::practice());
        let waited = Waited::default();
        let hour = Duration::from_secs(3600);
        let turn = turns.take("waiting.example", NO_PAUSE, &waited).await;
        turn.unwrap().end(Verdict::Asks(hour)).await;
        for number in 0..3 * KEPT {
            let domain = format!("{number}.example");
            let turn = turns.take(&domain, NO_PAUSE, &waited).await;
            turn.unwrap().end(Verdict::Well).await;
        }
        assert!(turns.domains.lock().unwrap().len() <= KEPT);
        let again = turns.take("waiting.example", NO_PAUSE, &waited).await;
        assert!(matches!(
            again.err(),
            Some(FetchError::Wait {
                seconds: Some(3599..=3600)
            })
        ));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_longer_than_patience_has_it() {
        let turns = turns(Manners::default());
        let waited = Waited::default();
        let check = async |asks: u64, expected: Option<u32>| {
            let domain = format!("{asks}.example");
            let turn = turns.take(&domain, NO_PAUSE, &waited).await.unwrap();
            turn.end(Verdict::Asks(Duration::from_secs(asks))).await;
            let before = (Instant::now(), waited.so_far());
            let seconds = match turns.take(&domain, NO_PAUSE, &waited).await {
                Ok(_) => None,
                Err(FetchError::Wait { seconds }) => seconds,
                Err(error) => panic!("{error}"),
            };
            assert_eq!(seconds, expected, "{asks}");
            // Waiting is told to whoever counts it.
            assert_eq!(before.0.elapsed(), waited.so_far() - before.1, "{asks}");
        };
        check(120, None).await;
        check(121, Some(121)).await;
        check(3600, Some(3600)).await;

        // A request of another that does not end.
        let held = turns.take("busy.example", NO_PAUSE, &waited).await.unwrap();
        let start = Instant::now();
        let error = turns.take("busy.example", NO_PAUSE, &waited).await.err();
        assert_eq!(error, Some(FetchError::Wait { seconds: Some(120) }));
        assert_eq!(start.elapsed(), Duration::from_secs(120));
        drop(held);
        assert!(turns.take("busy.example", NO_PAUSE, &waited).await.is_ok());
    }
}
