//! `taxonomy`: makes the taxonomy of skills and occupations out of ESCO's tables, and
//! writes the asset the agent ships. Runs on a developer's machine only.

mod category;
mod choose;
mod source;
mod write;

#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use agent_core::skill::taxonomy::Taxonomy;
use anyhow::{Context as _, Result};

/// Where the asset is, in the repository.
const ASSET: &str = "agent/core/assets/taxonomy.bin";

/// What it is made of.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of ESCO's tables: *skills_preferred*.csv, *skills_alt*.csv, *hier_mapper*.json,
    /// *occupations_labels*.csv and *ISCOGroups*.csv
    #[arg(long, value_name = "DIR")]
    esco: PathBuf,
    /// Write the asset here instead of into the repository
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the asset, once it was read back.
pub(crate) fn run(args: &Args) -> Result<()> {
    let chosen = choose::choose(&source::read(&args.esco)?)?;
    let bytes = write::asset(&chosen);
    let read = Taxonomy::read(&bytes)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let out = args.out.clone().unwrap_or_else(|| root.join(ASSET));
    fs::write(&out, &bytes).with_context(|| format!("{} cannot be written", out.display()))?;
    println!(
        "{}: {} bytes, {} skills by {} names, {} occupations by {} titles",
        out.display(),
        bytes.len(),
        read.skills().len(),
        chosen.skill_names.len(),
        read.occupations().len(),
        chosen.titles.len()
    );
    Ok(())
}
