//! `cargo xtask test`: every proof this repository has, in one command.

mod lanes;

use std::time::Duration;

use anyhow::Result;

use crate::process::{run as child, timed};
use crate::workspace::{cargo, plugins_cargo, root};
use crate::{plugins, setup};

/// Options of `cargo xtask test`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Let the long proofs run their full length (more kills, more cases).
    #[arg(long)]
    long: bool,
}

/// Builds and tests everything; stops at the first step that fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut times = Vec::new();
    let mut step = |name: &'static str, work: &dyn Fn() -> Result<()>| -> Result<()> {
        times.push((name, timed(name, work)?));
        Ok(())
    };

    step("set-up", &setup::run)?;
    step("plugins", &|| plugins::build(&root()).map(drop))?;
    step("build", &|| {
        child(cargo().args(["build", "--workspace", "--bins", "--examples", "--locked"]))
    })?;
    step("plugins' own tests", &|| {
        child(plugins_cargo().args(["test", "--workspace", "--locked"]))
    })?;
    step("workspace tests", &|| lanes::run(args.long))?;

    eprintln!("\nall tests passed");
    for (name, time) in &times {
        eprintln!("  {:<20} {}", name, minutes(*time));
    }
    let total = times.iter().map(|(_, time)| *time).sum();
    eprintln!("  {:<20} {}", "in all", minutes(total));
    Ok(())
}

fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{:>3} min {:02} s", seconds / 60, seconds % 60)
}
