//! Trains a linear-chain conditional random field, one for each column, by AdaGrad
//! with averaged weights. One thread and a fixed seed: on one machine the same
//! files give the same bytes.

use agent_core::skill::tagger::{Column, Lists, Sink, TAGS, Tag, Token, document};

use super::marginals::{Steps, marginals};
use crate::conll::Sentence;

/// How to train; the values were chosen by cross-validation within the training files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Bits of a row's number.
    pub(crate) bits: u32,
    /// Times every sentence is seen.
    pub(crate) epochs: usize,
    /// Epochs before the first whose weights count in the average.
    pub(crate) warm_up: usize,
    /// Step of AdaGrad.
    pub(crate) rate: f32,
    /// Weight of the squares, on the rows a sentence touches.
    pub(crate) l2: f32,
    /// Seed of the order of sentences; not 0.
    pub(crate) seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bits: 19,
            epochs: 8,
            warm_up: 3,
            rate: 0.03,
            l2: 1e-3,
            seed: 88_172_645_463_325_252,
        }
    }
}

/// Rows of a sentence's features.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// Of all its tokens.
    pub(crate) shared: Vec<u32>,
    /// Of each token.
    pub(crate) tokens: Vec<Vec<u32>>,
}

/// A trained column. O has no weights.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// Begin and inside by row.
    pub(crate) rows: Vec<[f32; 2]>,
    /// Scores of steps.
    pub(crate) steps: Steps,
}

/// Collects the rows of sentences that follow each other.
pub(crate) fn rows(sentences: &[Sentence], lists: &Lists) -> Vec<Rows> {
    let tokens: Vec<Vec<Token<'_>>> = sentences.iter().map(Sentence::bare).collect();
    let mut collector = Collector::default();
    document(&tokens, lists, &mut collector);
    collector.done
}

#[derive(Default)]
struct Collector {
    open: Rows,
    own: Vec<u32>,
    done: Vec<Rows>,
}

impl Sink for Collector {
    fn shared(&mut self, row: u32) {
        self.open.shared.push(row);
    }

    fn own(&mut self, row: u32) {
        self.own.push(row);
    }

    fn end_token(&mut self) {
        self.open.tokens.push(std::mem::take(&mut self.own));
    }

    fn end_sentence(&mut self) {
        self.done.push(std::mem::take(&mut self.open));
    }
}

/// Where AdaGrad's sums of squares begin.
const FIRST_SQUARE: f32 = 1e-2;
/// Errors below this change nothing.
const NEGLIGIBLE: f32 = 1e-4;

/// Trains one column.
pub(crate) fn train(
    examples: &[(&Rows, &Sentence)],
    column: Column,
    settings: &Settings,
) -> Weights {
    let mut learner = Learner::new(settings);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = settings.seed;
    for epoch in 0..settings.epochs {
        for last in (1..order.len()).rev() {
            order.swap(last, (next(&mut random) % (last as u64 + 1)) as usize);
        }
        for &at in &order {
            let (rows, sentence) = examples[at];
            let [skills, knowledge] = &sentence.tags;
            let gold: Vec<usize> = match column {
                Column::Skill => skills,
                Column::Knowledge => knowledge,
            }
            .iter()
            .map(|tag| match tag {
                Tag::Out => 0,
                Tag::Begin => 1,
                Tag::Inside => 2,
            })
            .collect();
            learner.learn(rows, &gold);
        }
        if epoch >= settings.warm_up {
            learner.remember();
        }
    }
    learner.average()
}

/// Marsaglia's xorshift64.
fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

struct Learner<'a> {
    settings: &'a Settings,
    weights: Weights,
    squares: Weights,
    sums: Weights,
    remembered: f32,
}

impl<'a> Learner<'a> {
    fn new(settings: &'a Settings) -> Self {
        let all = |value: f32| Weights {
            rows: vec![[value; 2]; 1 << settings.bits],
            steps: [[value; TAGS]; TAGS + 1],
        };
        Self {
            settings,
            weights: all(0.0),
            squares: all(FIRST_SQUARE),
            sums: all(0.0),
            remembered: 0.0,
        }
    }

    fn place(&self, row: u32) -> usize {
        row as usize & (self.weights.rows.len() - 1)
    }

    fn sum(&self, rows: &[u32]) -> [f32; 2] {
        rows.iter().fold([0.0; 2], |[begin, inside], &row| {
            let [b, i] = self.weights.rows[self.place(row)];
            [begin + b, inside + i]
        })
    }

    fn learn(&mut self, rows: &Rows, gold: &[usize]) {
        let shared = self.sum(&rows.shared);
        let scores: Vec<[f32; TAGS]> = rows
            .tokens
            .iter()
            .map(|rows| {
                let own = self.sum(rows);
                [0.0, shared[0] + own[0], shared[1] + own[1]]
            })
            .collect();
        let mut steps: Steps = [[0.0; TAGS]; TAGS + 1];
        let likely = marginals(&scores, &self.weights.steps, &mut steps);
        let mut total = [0.0; 2];
        for ((likely, rows), &gold) in likely.iter().zip(&rows.tokens).zip(gold) {
            let error = [1, 2].map(|tag| likely[tag] - f32::from(u8::from(gold == tag)));
            total = [total[0] + error[0], total[1] + error[1]];
            self.correct(rows, error);
        }
        self.correct(&rows.shared, total);
        let mut before = TAGS;
        for &tag in gold {
            steps[before][tag] -= 1.0;
            before = tag;
        }
        let places = self
            .weights
            .steps
            .iter_mut()
            .zip(&mut self.squares.steps)
            .zip(&steps);
        for ((weights, squares), errors) in places {
            for ((weight, square), error) in weights.iter_mut().zip(squares).zip(errors) {
                step(weight, square, *error, self.settings);
            }
        }
    }

    fn correct(&mut self, rows: &[u32], error: [f32; 2]) {
        if error[0].abs() + error[1].abs() < NEGLIGIBLE {
            return;
        }
        for &row in rows {
            let place = self.place(row);
            let (weights, squares) = (&mut self.weights.rows[place], &mut self.squares.rows[place]);
            for tag in 0..2 {
                step(
                    &mut weights[tag],
                    &mut squares[tag],
                    error[tag],
                    self.settings,
                );
            }
        }
    }

    fn remember(&mut self) {
        self.remembered += 1.0;
        for (sum, weight) in self
            .sums
            .rows
            .iter_mut()
            .flatten()
            .zip(self.weights.rows.iter().flatten())
        {
            *sum += weight;
        }
        for (sum, weight) in self
            .sums
            .steps
            .iter_mut()
            .flatten()
            .zip(self.weights.steps.iter().flatten())
        {
            *sum += weight;
        }
    }

    fn average(self) -> Weights {
        let mut average = self.sums;
        for sum in average
            .rows
            .iter_mut()
            .flatten()
            .chain(average.steps.iter_mut().flatten())
        {
            *sum /= self.remembered.max(1.0);
        }
        average
    }
}

fn step(weight: &mut f32, square: &mut f32, error: f32, settings: &Settings) {
    let slope = error + settings.l2 * *weight;
    *square += slope * slope;
    *weight -= settings.rate * slope / square.sqrt();
}
