//! Cross-validation within the training files.

use agent_core::skill::tagger::{Column, Model, Token, spans};
use anyhow::Result;

use super::{
    sources::Built,
    train::{self, Rows, Settings},
    write::{self, Leaning},
};
use crate::conll::Sentence;
use crate::spans::Counts;

const FOLDS: usize = 5;
/// Neighbouring sentences stay together: a fold is this many runs of each file.
const RUNS: usize = 4;

/// Trains on four fifths, judges the rest, five times; prints the sums.
pub(super) fn run(files: &[Vec<Sentence>], rows: &[Vec<Rows>], built: &Built) -> Result<()> {
    let mut counts = [Counts::default(); 2];
    for fold in 0..FOLDS {
        let held = |at: usize, size: usize| at * FOLDS * RUNS / size % FOLDS == fold;
        let mut examples = Vec::new();
        for (rows, file) in rows.iter().zip(files) {
            let pairs = rows.iter().zip(file).enumerate();
            let kept = pairs.filter(|(at, _)| !held(*at, file.len()));
            examples.extend(kept.map(|(_, pair)| pair));
        }
        let settings = Settings::default();
        let weights = Column::ALL.map(|column| train::train(&examples, column, &settings));
        let model = Model::read(&write::asset(&weights, Leaning::default(), built))?;
        for file in files {
            // The whole file is tagged, so that what is held out has its neighbours.
            let tokens: Vec<Vec<Token<'_>>> = file.iter().map(Sentence::bare).collect();
            for (at, (gold, tags)) in file.iter().zip(model.tag(&tokens)).enumerate() {
                if held(at, file.len()) {
                    let pairs = gold.tags.iter().zip(&tags);
                    for ((gold, tags), counts) in pairs.zip(&mut counts) {
                        counts.add(&spans(gold), &spans(tags));
                    }
                }
            }
        }
    }
    println!("{:9} {:>17}  {:>17}", "column", "overlap p r f1", "strict");
    for (column, counts) in ["skill", "knowledge"].into_iter().zip(&counts) {
        println!("{column:9} {}  {}", counts.overlap(), counts.strict());
    }
    Ok(())
}
