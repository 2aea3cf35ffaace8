//! Precision, recall and F1 of spans under three readings.

use std::ops::Range;

use serde_json::{Value, json};

/// What is counted over sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// Gold spans.
    pub(crate) gold: usize,
    /// Predicted spans.
    pub(crate) predicted: usize,
    /// Predicted spans with both ends of a gold span.
    pub(crate) exact: usize,
    /// Predicted spans that share a token with a gold span.
    pub(crate) right: usize,
    /// Gold spans that share a token with a predicted span.
    pub(crate) found: usize,
    /// Pairs of a predicted and a gold span that share a token, each span in one
    /// pair at most.
    pub(crate) paired: usize,
}

/// Shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Score {
    /// Precision.
    pub(crate) p: f64,
    /// Recall.
    pub(crate) r: f64,
    /// Their harmonic mean.
    pub(crate) f1: f64,
}

impl Score {
    /// `{p, r, f1}`, to a ten-thousandth.
    pub(crate) fn json(self) -> Value {
        let [p, r, f1] = [self.p, self.r, self.f1].map(|share| (share * 1e4).round() / 1e4);
        json!({ "p": p, "r": r, "f1": f1 })
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} {:.3} {:.3}", self.p, self.r, self.f1)
    }
}

impl Counts {
    /// Counts a sentence. The spans of each side are in order and disjoint.
    pub(crate) fn add(&mut self, gold: &[Range<usize>], predicted: &[Range<usize>]) {
        let meet = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let meets =
            |one: &Range<usize>, others: &[Range<usize>]| others.iter().any(|o| meet(o, one));
        self.gold += gold.len();
        self.predicted += predicted.len();
        self.exact += predicted.iter().filter(|span| gold.contains(span)).count();
        self.right += predicted.iter().filter(|span| meets(span, gold)).count();
        self.found += gold.iter().filter(|span| meets(span, predicted)).count();
        // With both sides in order, pairing from the left finds most pairs.
        let mut open = gold.iter().peekable();
        for span in predicted {
            while open.next_if(|gold| gold.end <= span.start).is_some() {}
            self.paired += usize::from(open.next_if(|gold| meet(gold, span)).is_some());
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.exact += other.exact;
        self.right += other.right;
        self.found += other.found;
        self.paired += other.paired;
    }

    /// A span is right with both its ends.
    pub(crate) fn strict(&self) -> Score {
        self.score(self.exact, self.exact)
    }

    /// A predicted span is right, and a gold span found, when it shares a token
    /// with any of the other side.
    pub(crate) fn overlap(&self) -> Score {
        self.score(self.right, self.found)
    }

    /// As `overlap`, but a span answers for one of the other side only.
    pub(crate) fn one_to_one(&self) -> Score {
        self.score(self.paired, self.paired)
    }

    fn score(&self, right: usize, found: usize) -> Score {
        let p = right as f64 / self.predicted.max(1) as f64;
        let r = found as f64 / self.gold.max(1) as f64;
        let f1 = if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        };
        Score { p, r, f1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<Range<usize>> {
        let span = |span: &str| {
            let (start, end) = span.split_once('-').unwrap();
            start.parse().unwrap()..end.parse().unwrap()
        };
        text.split_whitespace().map(span).collect()
    }

    #[test]
    fn spans_are_counted_under_each_reading() {
        // gold, predicted, then exact, right, found, paired
        for (gold, predicted, expected) in [
            ("0-2", "0-2", [1, 1, 1, 1]),
            ("0-2", "1-3", [0, 1, 1, 1]),
            ("0-2", "2-3", [0, 0, 0, 0]),
            ("0-1 1-2", "0-2", [0, 1, 2, 1]),
            ("0-4", "0-1 2-3", [0, 2, 1, 1]),
            ("0-2 3-5", "1-4 4-6", [0, 2, 2, 2]),
            ("", "0-1", [0, 0, 0, 0]),
        ] {
            let (gold, predicted) = (spans(gold), spans(predicted));
            let mut counts = Counts::default();
            counts.add(&gold, &predicted);
            let got = [counts.exact, counts.right, counts.found, counts.paired];
            assert_eq!(got, expected, "{gold:?} {predicted:?}");
            assert_eq!(
                (counts.gold, counts.predicted),
                (gold.len(), predicted.len())
            );
        }
    }
}
