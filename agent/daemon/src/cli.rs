//! Arguments of `agentd`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::plugin_tools;

/// The daemon of the job-search agent. People talk to it with `agentctl`.
#[derive(Debug, Parser)]
#[command(name = "agentd", version, propagate_version = true, after_help = EXAMPLES)]
pub struct Args {
    /// Home directory, instead of AGENTD_HOME or the platform's own
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  agentd run                        run in the foreground until stopped
  agentd check-config config.toml   say whether a configuration can be used
  agentctl start                    run it in the background";

/// What `agentd` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run in the foreground until SIGTERM, SIGINT or `agentctl stop`
    Run,
    /// Check a configuration file and print the settings it gives
    CheckConfig {
        /// File to check; the home's own when left out
        file: Option<PathBuf>,
    },
    /// Run portal components; started by the daemon itself
    #[command(hide = true)]
    Worker,
    /// Read a PDF or Word document; started by the daemon itself
    #[command(hide = true)]
    ReadDocument {
        /// "pdf" or "docx"
        kind: String,
    },
    /// For authors of plugins; started by `agentctl plugin`
    #[command(flatten)]
    PluginTools(plugin_tools::Command),
}
