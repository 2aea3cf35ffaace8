//! `tagger`: trains the tagger of skills on labelled sentences and open word lists,
//! and writes the asset the agent ships. Runs on a developer's machine only.

mod folds;
mod marginals;
mod sources;
mod train;
mod vectors;
mod write;

#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use agent_core::skill::tagger::Column;
use anyhow::{Context as _, Result};

use self::{
    sources::Sources,
    train::{Rows, Settings},
    write::Leaning,
};
use crate::conll::{self, Sentence};

/// Where the asset is, in the repository.
const ASSET: &str = "agent/core/assets/skill-tagger.bin";
const LEXICON: &str = "agent/core/assets/skills.txt";
const VECTORS: &str = "agent/models/assets/minilm-static-128";

/// What it is trained on.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Labelled sentences: a token, its skill tag and its knowledge tag a line
    #[arg(long, required = true, num_args = 1.., value_name = "FILE.conll")]
    train: Vec<PathBuf>,
    /// ESCO's skills: preferred labels with their codes, alternative labels
    #[arg(long, required = true, num_args = 1.., value_name = "FILE.csv")]
    esco: Vec<PathBuf>,
    /// Skill phrases mined from postings: a JSON list
    #[arg(long, value_name = "FILE.json")]
    phrases: PathBuf,
    /// Computer languages: a JSON list of objects with a name and aliases
    #[arg(long, value_name = "FILE.json")]
    languages: PathBuf,
    /// Write the asset here instead of into the repository
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only cross-validate within the training files: 5 folds of neighbouring sentences
    #[arg(long)]
    folds: bool,
}

/// Trains and writes the asset, or cross-validates.
pub(crate) fn run(args: &Args) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = args.train.iter().map(|path| conll::read(path));
    let files: Vec<Vec<Sentence>> = files.collect::<Result<_>>()?;
    let built = sources::build(&Sources {
        esco: &args.esco,
        phrases: &args.phrases,
        languages: &args.languages,
        lexicon: &root.join(LEXICON),
        vectors: &root.join(VECTORS),
    })?;
    let lists = built.lists();
    let rows: Vec<Vec<Rows>> = files.iter().map(|file| train::rows(file, &lists)).collect();
    if args.folds {
        return folds::run(&files, &rows, &built);
    }
    let examples: Vec<(&Rows, &Sentence)> =
        rows.iter().flatten().zip(files.iter().flatten()).collect();
    let weights = Column::ALL.map(|column| train::train(&examples, column, &Settings::default()));
    let bytes = write::asset(&weights, Leaning::default(), &built);
    let out = args.out.clone().unwrap_or_else(|| root.join(ASSET));
    fs::write(&out, &bytes).with_context(|| format!("{} cannot be written", out.display()))?;
    println!(
        "{}: {} bytes, {} phrases, {} words",
        out.display(),
        bytes.len(),
        built.phrases.len(),
        built.words.len()
    );
    Ok(())
}
