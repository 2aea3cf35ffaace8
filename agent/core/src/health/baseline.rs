//! What the last runs of a board lead one to expect of the next.

use std::collections::BTreeMap;

use super::{Field, Reading};

/// How many of the last runs make a baseline.
pub const MAX_READINGS: usize = 10;

/// Scales the median of deviations to a standard deviation, for a normal
/// distribution (Rousseeuw and Croux, 1993).
const SIGMA: f64 = 1.4826;

/// Standard deviations within which a count is usual.
const WIDTH: f64 = 4.0;

/// Boards lose this share of their postings from one run to the next without
/// anything being wrong, however steady they were.
const FEWER: f64 = 0.4;

/// And this many, so that a board of three may lose all of them.
const FEWER_AT_LEAST: f64 = 3.0;

/// A board may double, or grow by this many.
const MORE: f64 = 1.0;
const MORE_AT_LEAST: f64 = 20.0;

/// What is usual on a board.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// How many runs it rests on, at least 1.
    pub runs: usize,
    /// How many postings are usual.
    pub postings: Band,
    /// Usual share of the postings that state a field.
    pub stated: BTreeMap<Field, f64>,
    /// Usual share of postings that cannot be read.
    pub dropped: f64,
}

/// A band of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Median of the runs.
    pub usual: u32,
    /// The fewest that are no surprise.
    pub low: u32,
    /// The most.
    pub high: u32,
}

impl Baseline {
    /// The baseline of the given runs, in any order; `None` without any. Give at
    /// most [`MAX_READINGS`], the last ones.
    pub fn of(readings: &[Reading]) -> Option<Self> {
        if readings.is_empty() {
            return None;
        }
        let counts = readings.iter().map(|reading| f64::from(reading.postings));
        let with_postings: Vec<&Reading> = readings
            .iter()
            .filter(|reading| reading.postings > 0)
            .collect();
        let stated = Field::ALL.map(|field| {
            let shares = with_postings.iter().map(|reading| reading.share(field));
            (field, median(shares.collect()))
        });
        Some(Self {
            runs: readings.len(),
            postings: band(counts.collect()),
            stated: stated.into(),
            dropped: median(readings.iter().map(Reading::dropped_share).collect()),
        })
    }

    /// Usual share of the postings that state `field`.
    pub fn share(&self, field: Field) -> f64 {
        self.stated.get(&field).copied().unwrap_or_default()
    }
}

/// Median and spread: the median of the distances from it, which a single odd
/// run does not move.
fn band(counts: Vec<f64>) -> Band {
    let distances = |middle: f64| counts.iter().map(move |count| (count - middle).abs());
    let middle = median(counts.clone());
    let spread = WIDTH * SIGMA * median(distances(middle).collect());
    let below = spread.max(FEWER * middle).max(FEWER_AT_LEAST);
    let above = spread.max(MORE * middle).max(MORE_AT_LEAST);
    Band {
        usual: whole(middle),
        low: whole(middle - below),
        high: whole(middle + above),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |place: usize| values.get(place).copied().unwrap_or_default();
    if values.len() % 2 == 1 {
        at(middle)
    } else {
        (at(middle.saturating_sub(1)) + at(middle)) / 2.0
    }
}

/// The nearest count; none is negative.
fn whole(value: f64) -> u32 {
    // A cast of a float saturates at both ends.
    value.round().max(0.0) as u32
}
