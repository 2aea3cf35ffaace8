//! When a request is repeated, and how many may be.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::manners::Retries;
use super::turns::Pause;

/// Requests and retries of all domains together: where many fail at once, trouble
/// is not answered with more requests.
#[derive(Debug)]
pub(super) struct Budget {
    rules: Retries,
    spent: Mutex<Spent>,
}

#[derive(Debug, Default)]
struct Spent {
    requests: u64,
    retries: u64,
}

impl Budget {
    pub(super) fn new(rules: Retries) -> Self {
        Self {
            rules,
            spent: Mutex::default(),
        }
    }

    /// Counts a request that is sent.
    pub(super) fn asked(&self) {
        self.spent().requests += 1;
    }

    /// Takes one retry, where there is one left. `made` were made for this request.
    pub(super) fn take(&self, made: u32) -> bool {
        let mut spent = self.spent();
        let allowed = spent.requests * u64::from(self.rules.percent) / 100;
        let fits = made < self.rules.most && spent.retries < allowed;
        if fits {
            spent.retries += 1;
        }
        fits
    }

    /// The pause before a request that was repeated `made` times: full jitter,
    /// anywhere between nothing and twice as much as before, beyond the gap.
    pub(super) fn pause(&self, made: u32, gap: Duration, jitter: Duration) -> Pause {
        let spread = match made.checked_sub(1) {
            None => jitter,
            Some(doublings) => {
                let factor = 2u32.saturating_pow(doublings);
                self.rules
                    .base
                    .saturating_mul(factor)
                    .min(self.rules.longest)
            }
        };
        Pause { gap, spread }
    }

    fn spent(&self) -> std::sync::MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Retries = Retries {
        most: 3,
        base: Duration::from_secs(5),
        longest: Duration::from_secs(15),
        percent: 10,
    };

    #[test]
    fn at_most_a_tenth_of_the_requests_are_repetitions() {
        let budget = Budget::new(RULES);
        let mut repeated = 0;
        for _ in 0..1000 {
            budget.asked();
            repeated += u32::from(budget.take(0));
        }
        assert_eq!(repeated, 100);
        assert!(!budget.take(0));
    }

    #[test]
    fn a_request_is_repeated_three_times_at_most_with_growing_pauses() {
        let budget = Budget::new(Retries {
            percent: 1000,
            ..RULES
        });
        budget.asked();
        let taken: Vec<_> = (0..5).map(|made| budget.take(made)).collect();
        assert_eq!(taken, [true, true, true, false, false]);
        let second = Duration::from_secs(1);
        let spread = |made| budget.pause(made, 5 * second, 4 * second).spread.as_secs();
        assert_eq!([0, 1, 2, 3, 40].map(spread), [4, 5, 10, 15, 15]);
    }
}
