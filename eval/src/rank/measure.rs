//! Measures of one ranking.

/// How the own jobs stand in a ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Jobs of the own field.
    pub(super) own: usize,
    /// Pairs of an own and another job.
    pub(super) pairs: usize,
    /// Those with the own job above.
    pub(super) above: usize,
    /// 1 over the rank of the first own job.
    pub(super) reciprocal_rank: f64,
    /// Discounted gain of the first ten over the best possible, gain 1 for an
    /// own job and 0 for another.
    pub(super) ndcg10: f64,
}

impl Measure {
    /// Measures a ranking, best first, of which is said which jobs are own.
    pub(super) fn of(ranking: &[bool]) -> Self {
        let own = ranking.iter().filter(|own| **own).count();
        let (mut above, mut seen) = (0, 0);
        for is_own in ranking {
            if *is_own {
                seen += 1;
            } else {
                above += seen;
            }
        }
        let first = ranking.iter().position(|own| *own);
        let gain = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let gained: f64 = ranking
            .iter()
            .take(10)
            .enumerate()
            .filter(|(_, own)| **own)
            .map(|(rank, _)| gain(rank))
            .sum();
        let best: f64 = (0..own.min(10)).map(gain).sum();
        Self {
            own,
            pairs: own * (ranking.len() - own),
            above,
            reciprocal_rank: first.map_or(0.0, |first| 1.0 / (first as f64 + 1.0)),
            ndcg10: if best > 0.0 { gained / best } else { 0.0 },
        }
    }

    /// Share of the pairs in order, 0 to 1; 1 without pairs.
    pub(super) fn share(&self) -> f64 {
        if self.pairs == 0 {
            1.0
        } else {
            self.above as f64 / self.pairs as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ranking_is_measured_by_the_usual_formulas() {
        let check = |ranking: &[bool], share: f64, reciprocal_rank: f64, ndcg10: f64| {
            let measure = Measure::of(ranking);
            let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
            assert!(near(measure.share(), share), "{ranking:?} {measure:?}");
            assert!(
                near(measure.reciprocal_rank, reciprocal_rank),
                "{ranking:?} {measure:?}"
            );
            assert!(near(measure.ndcg10, ndcg10), "{ranking:?} {measure:?}");
        };
        check(&[true, true, false], 1.0, 1.0, 1.0);
        check(&[false, true, true], 0.0, 0.5, 0.693);
        check(&[true, false, true], 0.5, 1.0, 0.920);
        check(&[false, false], 1.0, 0.0, 0.0);
        check(&[], 1.0, 0.0, 0.0);
        // Nothing beyond the first ten counts for the gain.
        let mut late = vec![false; 10];
        late.push(true);
        check(&late, 0.0, 1.0 / 11.0, 0.0);
    }
}
