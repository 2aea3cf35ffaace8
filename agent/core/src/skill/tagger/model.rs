//! The asset: weights of hashed features, scores of steps, and the word lists.
#![deny(clippy::indexing_slicing)]

use super::{
    Column,
    decode::{Step, Steps, TAGS},
    features::Sink,
    lists::{Lists, Table, WordFacts},
    tokenize::Token,
};

/// Weights of a feature: begin and inside for skills, then for knowledge.
pub const ROW: usize = 4;

const MAGIC: &[u8; 4] = b"SKT1";
/// Most bits of a row's number that are read: 64 MB of weights.
const MOST_BITS: u32 = 24;

/// Largest score of a step, far more than any trained one, so that sums fit.
const MOST_STEP: i32 = 1 << 16;

/// A trained tagger.
#[derive(Debug, Clone)]
pub struct Model {
    weights: Vec<[i8; ROW]>,
    steps: [Steps; 2],
    /// What it has read before.
    pub lists: Lists,
}

/// Why an asset cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// Other bytes, or those of another version.
    #[error("this is no skill tagger of version 1")]
    Magic,
    /// A table of a size no tagger has.
    #[error("the weight table has 2^{bits} rows, at most 2^{MOST_BITS} are read")]
    Size {
        /// Bits of a row's number.
        bits: u32,
    },
    /// Fewer bytes than it says.
    #[error("the asset ends within its {part}")]
    Short {
        /// What was being read.
        part: &'static str,
    },
    /// More bytes than it says.
    #[error("{bytes} bytes follow the end of the asset")]
    Long {
        /// How many.
        bytes: usize,
    },
}

impl Model {
    /// Reads an asset. All numbers are little-endian: `SKT1`, u32 bits, 2 × 12
    /// i32 of steps, 2^bits × 4 i8 of weights, u32 phrases and for each its gap to
    /// the key before (LEB128) and u8 kinds, u32 words and for each its gap,
    /// u8, u8 and u16 clusters and u8 habit.
    pub fn read(asset: &[u8]) -> Result<Self, AssetError> {
        let mut bytes = Bytes(asset);
        if bytes.take("header") != Ok(*MAGIC) {
            return Err(AssetError::Magic);
        }
        let bits = bytes.number("header")?;
        if bits > MOST_BITS {
            return Err(AssetError::Size { bits });
        }
        let mut steps = [[[0; TAGS]; TAGS + 1]; 2];
        for score in steps.iter_mut().flatten().flatten() {
            *score = i32::from_le_bytes(bytes.take("steps")?).clamp(-MOST_STEP, MOST_STEP);
        }
        let mut weights = Vec::with_capacity(1 << bits);
        for _ in 0..1_u32 << bits {
            weights.push(bytes.take::<ROW>("weights")?.map(u8::cast_signed));
        }
        let phrases = bytes.pairs("phrases", |[kinds]: [u8; 1]| kinds)?;
        let words = bytes.pairs("words", |[coarse, middle, low, high, habit]: [u8; 5]| {
            WordFacts {
                clusters: [
                    coarse.into(),
                    middle.into(),
                    u16::from_le_bytes([low, high]),
                ],
                habit,
            }
        })?;
        if !bytes.0.is_empty() {
            return Err(AssetError::Long {
                bytes: bytes.0.len(),
            });
        }
        let lists = Lists {
            phrases: Table::new(&phrases),
            words: Table::new(&words),
        };
        Ok(Self {
            weights,
            steps,
            lists,
        })
    }

    /// Scores of the steps from tag to tag in a column.
    pub(super) fn scores(&self, column: Column) -> &Steps {
        let [skills, knowledge] = &self.steps;
        match column {
            Column::Skill => skills,
            Column::Knowledge => knowledge,
        }
    }
}

/// What each token of a sentence scores in each column.
pub(super) fn steps(scores: &[[i32; ROW]], tokens: &[Token<'_>]) -> [Vec<Step>; 2] {
    let pairs = scores.iter().zip(tokens);
    let skill = |(&[begin, inside, _, _], _): (&[i32; ROW], &Token<'_>)| Step {
        begin,
        inside,
        // "collect, clean and analyse data" is one skill: commas do not cut it.
        cut: false,
    };
    let knowledge = |(&[_, _, begin, inside], token): (&[i32; ROW], &Token<'_>)| Step {
        begin,
        inside,
        cut: token.cut,
    };
    [
        pairs.clone().map(skill).collect(),
        pairs.map(knowledge).collect(),
    ]
}

/// Adds up the weights of rows.
pub(super) struct Scorer<'a> {
    model: &'a Model,
    mask: u32,
    shared: [i32; ROW],
    own: [i32; ROW],
    tokens: Vec<[i32; ROW]>,
    /// Scores of the tokens of each complete sentence.
    pub(super) sentences: Vec<Vec<[i32; ROW]>>,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self {
            model,
            mask: (model.weights.len() as u32).wrapping_sub(1),
            shared: [0; ROW],
            own: [0; ROW],
            tokens: Vec::new(),
            sentences: Vec::new(),
        }
    }

    fn weights(&self, row: u32) -> [i8; ROW] {
        let place = (row & self.mask) as usize;
        self.model.weights.get(place).copied().unwrap_or_default()
    }
}

impl Sink for Scorer<'_> {
    fn shared(&mut self, row: u32) {
        let weights = self.weights(row);
        add(&mut self.shared, weights.map(i32::from));
    }

    fn own(&mut self, row: u32) {
        let weights = self.weights(row);
        add(&mut self.own, weights.map(i32::from));
    }

    fn end_token(&mut self) {
        add(&mut self.own, self.shared);
        self.tokens.push(std::mem::take(&mut self.own));
    }

    fn end_sentence(&mut self) {
        self.shared = [0; ROW];
        self.sentences.push(std::mem::take(&mut self.tokens));
    }
}

fn add(sum: &mut [i32; ROW], more: [i32; ROW]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self, part: &'static str) -> Result<[u8; N], AssetError> {
        let (taken, rest) = self
            .0
            .split_first_chunk()
            .ok_or(AssetError::Short { part })?;
        self.0 = rest;
        Ok(*taken)
    }

    fn number(&mut self, part: &'static str) -> Result<u32, AssetError> {
        self.take(part).map(u32::from_le_bytes)
    }

    /// Pairs by rising key.
    fn pairs<const N: usize, V>(
        &mut self,
        part: &'static str,
        value: fn([u8; N]) -> V,
    ) -> Result<Vec<(u32, V)>, AssetError> {
        let count = self.number(part)?;
        let mut pairs = Vec::new();
        let mut key = 0_u32;
        for _ in 0..count {
            let mut shift = 0;
            loop {
                let [byte] = self.take(part)?;
                key = key.wrapping_add(u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0));
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            pairs.push((key, value(self.take(part)?)));
        }
        Ok(pairs)
    }
}
