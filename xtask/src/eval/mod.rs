//! `cargo xtask eval`: how well the agent reads, on labelled data given by path.

mod portals;
mod session;
mod table;

use anyhow::Result;

/// What is scored.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Recorded boards, each through the built component of its portal.
    Portals(portals::Args),
}

/// Scores it; an error when anything is missing.
pub(crate) fn run(command: &Command) -> Result<()> {
    match command {
        Command::Portals(args) => portals::run(args),
    }
}
