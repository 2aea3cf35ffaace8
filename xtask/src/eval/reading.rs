//! Evaluations of the agent's own reading: `agent-eval` in release, with what was typed.
//! It is a program of its own so that xtask builds without the product.

use std::env;
use std::ffi::OsString;

use anyhow::Result;

use crate::process;
use crate::workspace::{cargo, root};

/// What is handed on.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files or a folder, and --json for one object as the last line
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    rest: Vec<OsString>,
}

impl Args {
    /// Makes the taxonomy, with what reads it.
    pub(crate) fn make_taxonomy(&self) -> Result<()> {
        run("taxonomy", self)
    }

    /// Trains the tagger: training counts as evaluation does, and needs release.
    pub(crate) fn train_tagger(&self) -> Result<()> {
        run("tagger", self)
    }
}

/// Runs the evaluation `name` where the person stands, since paths are theirs.
pub(super) fn run(name: &str, args: &Args) -> Result<()> {
    let mut command = cargo();
    command
        .current_dir(env::current_dir()?)
        .args(["run", "--release", "--quiet", "--locked", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .args(["--package", "agent-eval", "--", name])
        .args(&args.rest);
    process::run(&mut command)
}
