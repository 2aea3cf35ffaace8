//! When a step that failed is tried again.

use jiff::SignedDuration;

/// How often a step is tried before it is given up.
pub const MOST_TRIES: u32 = 5;

/// The bound of the first wait, in milliseconds.
const FIRST: i64 = 20_000;
/// The bound of the longest.
const LONGEST: i64 = 30 * 60_000;

/// How long to wait after the `tries`-th failure: any time up to a bound that
/// doubles each time (full jitter), `chance` of 0 to 1 saying which.
pub fn delay(tries: u32, chance: f64) -> SignedDuration {
    let doubled = tries.saturating_sub(1).min(20);
    let bound = FIRST.saturating_mul(1_i64 << doubled).min(LONGEST);
    let share = if chance.is_finite() {
        chance.clamp(0.0, 1.0)
    } else {
        1.0
    };
    SignedDuration::from_millis((bound as f64 * share) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_double_up_to_half_an_hour_and_are_anywhere_below() {
        for (tries, chance, seconds) in [
            (1, 1.0, 20),
            (2, 1.0, 40),
            (3, 0.5, 40),
            (7, 1.0, 1280),
            (8, 1.0, 1800),
            (4_000_000_000, 1.0, 1800),
            (3, 0.0, 0),
            (1, f64::NAN, 20),
        ] {
            assert_eq!(delay(tries, chance).as_secs(), seconds, "{tries} {chance}");
        }
    }
}
