//! `cargo xtask test`: every proof this repository has, in one command.

use std::path::PathBuf;
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
    step("workspace tests", &|| {
        let mut command = cargo();
        command.args(["test", "--workspace", "--locked"]);
        if args.long {
            command.env("AGENT_LONG", "1");
        }
        if let Some(data) = recorded_data() {
            command.env("AGENT_DATA", data);
        }
        child(&mut command)
    })?;

    eprintln!("\nall tests passed");
    for (name, time) in &times {
        eprintln!("  {:<20} {}", name, minutes(*time));
    }
    let total = times.iter().map(|(_, time)| *time).sum();
    eprintln!("  {:<20} {}", "in all", minutes(total));
    Ok(())
}

/// Recordings of real boards, which are not part of this repository: the folder
/// that AGENT_DATA names, else `shared/data` beside the checkout if it is there.
fn recorded_data() -> Option<PathBuf> {
    let named = std::env::var_os("AGENT_DATA").map(PathBuf::from);
    let beside = root().parent().map(|parent| parent.join("shared/data"));
    named.or(beside).filter(|data| data.is_dir())
}

fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{:>3} min {:02} s", seconds / 60, seconds % 60)
}
