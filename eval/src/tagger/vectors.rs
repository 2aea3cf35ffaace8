//! The built-in static vectors of word pieces, and groups of like words by them.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// First word of the vocabulary of `bert-base-uncased`; before it are control
/// tokens and single characters.
const FIRST_WORD: usize = 1996;

/// A table of vectors of word pieces.
#[derive(Debug)]
pub(crate) struct Vectors {
    dims: usize,
    rows: Vec<i8>,
    pieces: HashMap<String, usize>,
}

impl Vectors {
    /// Reads a folder in the format of model2vec, with 8-bit rows.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("model.safetensors");
        let table = || format!("{} is no table of 8-bit vectors", path.display());
        let bytes = fs::read(&path).with_context(table)?;
        let (length, rest) = bytes.split_first_chunk().with_context(table)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).with_context(table)?;
        let (header, rows) = rest.split_at_checked(length).with_context(table)?;
        let header: Value = serde_json::from_slice(header).with_context(table)?;
        let dims = header["embeddings"]["shape"][1].as_u64();
        let dims = usize::try_from(dims.with_context(table)?).with_context(table)?;
        let path = folder.join("tokenizer.json");
        let words = || format!("{} holds no vocabulary", path.display());
        let bytes = fs::read(&path).with_context(words)?;
        let tokenizer: Value = serde_json::from_slice(&bytes).with_context(words)?;
        let vocabulary = tokenizer["model"]["vocab"]
            .as_object()
            .with_context(words)?;
        let pieces = vocabulary
            .iter()
            .filter_map(|(piece, id)| Some((piece.clone(), id.as_u64()? as usize)));
        Ok(Self {
            dims,
            rows: rows.iter().map(|byte| byte.cast_signed()).collect(),
            pieces: pieces.collect(),
        })
    }

    /// The whole words of the vocabulary, in its order.
    pub(crate) fn words(&self) -> Vec<&str> {
        let whole = |(piece, id): &(&String, &usize)| {
            **id >= FIRST_WORD && piece.len() > 1 && piece.is_ascii() && !piece.starts_with("##")
        };
        let mut words: Vec<_> = self
            .pieces
            .iter()
            .filter(whole)
            .map(|(piece, id)| (*id, piece.as_str()))
            .collect();
        words.sort_unstable();
        words.into_iter().map(|(_, word)| word).collect()
    }

    /// The vector of a word, of length 1; none when no piece of it is known.
    pub(crate) fn of(&self, word: &str) -> Option<Vec<f32>> {
        let mut sum = vec![0.0; self.dims];
        for piece in self.split(word) {
            let row = self.rows.get(piece * self.dims..)?;
            for (sum, x) in sum.iter_mut().zip(row) {
                *sum += f32::from(*x);
            }
        }
        unit(sum)
    }

    /// The longest known pieces from the left; punctuation stands alone.
    fn split(&self, word: &str) -> Vec<usize> {
        let mut ids = Vec::new();
        let letter = |c: char| c.is_alphanumeric();
        for part in word.split_inclusive(|c| !letter(c)) {
            let (letters, rest) = part.split_at(part.trim_end_matches(|c| !letter(c)).len());
            for mut rest in [letters, rest] {
                let mut prefix = "";
                while !rest.is_empty() {
                    let ends = (1..=rest.len())
                        .rev()
                        .filter(|&end| rest.is_char_boundary(end));
                    let found = ends.filter_map(|end| {
                        let id = self.pieces.get(&format!("{prefix}{}", &rest[..end]))?;
                        Some((*id, end))
                    });
                    let Some((id, end)) = { found }.next() else {
                        break;
                    };
                    ids.push(id);
                    rest = &rest[end..];
                    prefix = "##";
                }
            }
        }
        ids
    }
}

/// Groups of vectors by k-means on the sphere, from evenly spaced first centres.
#[derive(Debug)]
pub(crate) struct Clusters(Vec<Vec<f32>>);

impl Clusters {
    /// Groups points into `count` clusters.
    pub(crate) fn of(points: &[Vec<f32>], count: usize, rounds: usize) -> Self {
        let mut clusters = Self(
            (0..count)
                .map(|i| points[i * points.len() / count].clone())
                .collect(),
        );
        for _ in 0..rounds {
            let mut sums = vec![vec![0.0; points[0].len()]; count];
            for point in points {
                for (sum, x) in sums[clusters.nearest(point)].iter_mut().zip(point) {
                    *sum += x;
                }
            }
            for (centre, sum) in clusters.0.iter_mut().zip(sums) {
                if let Some(mean) = unit(sum) {
                    *centre = mean;
                }
            }
        }
        clusters
    }

    /// Number of the cluster a point belongs to.
    pub(crate) fn nearest(&self, point: &[f32]) -> usize {
        let mut best = (0, f32::MIN);
        for (i, centre) in self.0.iter().enumerate() {
            // Eight sums at once, which the compiler turns into vector instructions.
            let mut sums = [0.0_f32; 8];
            for (a, b) in centre.chunks_exact(8).zip(point.chunks_exact(8)) {
                for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
                    *sum += a * b;
                }
            }
            let likeness = sums.iter().sum();
            if likeness > best.1 {
                best = (i, likeness);
            }
        }
        best.0
    }
}

fn unit(mut vector: Vec<f32>) -> Option<Vec<f32>> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length < 1e-6 {
        return None;
    }
    vector.iter_mut().for_each(|x| *x /= length);
    Some(vector)
}
