//! Likenesses of one vector space as they would be in another.
//!
//! What a cosine means depends on the model: with one, texts that have nothing in
//! common are at 0.2, with another at 0.6. The steps of the score were set for the
//! built-in vectors. So a likeness in another space is taken for the one that
//! holds the same place among the likenesses of the built-in space: quantiles of
//! both, over the same pairs of texts, are points of a rising line.

use serde::{Deserialize, Serialize};

use super::score::along;

/// Fewer pairs than this tell nothing of the rarer likenesses.
const LEAST: usize = 400;

/// The shares of all pairs at which both are compared. Most pairs have nothing in
/// common; what matters is the few that do.
const SHARES: [f64; 12] = [
    0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1.0,
];

/// From the likenesses of one space to those of the built-in one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Rising in both numbers. Without points likenesses stay as they are.
    points: Vec<(f64, f64)>,
}

/// The scales of a space: long texts lie otherwise than short ones.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scales {
    /// Of whole texts.
    pub text: Scale,
    /// Of titles, and of other names of few words.
    pub title: Scale,
}

impl Scale {
    /// The scale of a space by pairs of texts: the likeness of each in that space
    /// and in the built-in one. From few pairs none is made.
    pub fn of(pairs: &[(f64, f64)]) -> Self {
        let finite: Vec<&(f64, f64)> = pairs
            .iter()
            .filter(|(own, built_in)| own.is_finite() && built_in.is_finite())
            .collect();
        if finite.len() < LEAST {
            return Self::default();
        }
        let sorted = |part: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = finite.iter().map(|pair| part(pair)).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let (own, built_in) = (sorted(|pair| pair.0), sorted(|pair| pair.1));
        let mut points: Vec<(f64, f64)> = Vec::new();
        let quantiles = SHARES.iter().filter_map(|share| {
            let place = (share * (finite.len() - 1) as f64).round() as usize;
            Some((*own.get(place)?, *built_in.get(place)?))
        });
        // The same texts are alike in every space.
        for (x, y) in quantiles.chain([(1.0, 1.0)]) {
            let rises = points.last().is_none_or(|last| x > last.0 && y > last.1);
            if rises && x <= 1.0 && y <= 1.0 {
                points.push((x, y));
            }
        }
        Self { points }
    }

    /// The likeness in the built-in space that `cosine` stands for.
    pub fn to_built_in(&self, cosine: f64) -> f64 {
        if self.points.is_empty() {
            return cosine;
        }
        along(&self.points, cosine)
    }

    /// The likeness in the space itself that stands for `cosine` of the built-in one.
    pub fn from_built_in(&self, cosine: f64) -> f64 {
        if self.points.is_empty() {
            return cosine;
        }
        let turned: Vec<(f64, f64)> = self.points.iter().map(|(x, y)| (*y, *x)).collect();
        along(&turned, cosine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of a space whose likenesses are `own` of those of the built-in one.
    fn pairs(count: usize, own: fn(f64) -> f64) -> Vec<(f64, f64)> {
        let at = |place: usize| place as f64 / count as f64;
        (0..count)
            .map(|place| (own(at(place)), at(place)))
            .collect()
    }

    #[test]
    fn a_likeness_is_taken_for_the_one_in_the_same_place() {
        let check = |own: fn(f64) -> f64| {
            let scale = Scale::of(&pairs(5_000, own));
            for cosine in [0.06, 0.3, 0.5, 0.75, 0.96, 1.0] {
                let found = scale.to_built_in(own(cosine));
                assert!((found - cosine).abs() < 0.02, "{cosine}: {found}");
                let back = scale.from_built_in(cosine);
                assert!((back - own(cosine)).abs() < 0.02, "{cosine}: {back}");
            }
        };
        check(|cosine| cosine);
        check(|cosine| 0.6 + 0.4 * cosine);
        check(|cosine| cosine * cosine);
    }

    #[test]
    fn from_few_or_equal_pairs_nothing_is_made_up() {
        let scale = Scale::of(&pairs(LEAST - 1, |cosine| 0.6 + 0.4 * cosine));
        assert_eq!(scale, Scale::default());
        assert_eq!(
            (scale.to_built_in(0.7), scale.from_built_in(0.7)),
            (0.7, 0.7)
        );
        // A model that finds all texts alike tells nothing; the line still rises.
        let flat = Scale::of(&pairs(5_000, |_| 0.9));
        assert!(
            flat.points
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.0 < b.0 && a.1 < b.1))
        );
        let odd = Scale::of(&vec![(f64::NAN, 0.5); 5_000]);
        assert_eq!(odd, Scale::default());
    }
}
