//! The words of the command line. Each command's own are in its file.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::command::{
    completions, config, egress, explain, init, jobs, plugin, prefs, profile, schedule, source,
    sync, watch,
};

/// Looks for work on your behalf, on your own machine.
///
/// Without a command it prints the inbox: what waits for you, and the next
/// command to type.
#[derive(Debug, Parser)]
#[command(name = "agentctl", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    /// Print JSON for programs instead of tables
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Home of the agent, instead of AGENTD_HOME or the platform's directory
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) home: Option<PathBuf>,
    /// When to use colour; auto: on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) color: Color,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  agentctl                     what waits for you
  agentctl init cv.pdf         read your CV; starts the daemon when it is not running
  agentctl source add https://boards.greenhouse.io/example
  agentctl sync                read the boards and rank what they offer
  agentctl jobs list           the best first
  agentctl explain 1           why the first is where it is

Ids are typed as a unique beginning, or as the row number in the last list.

Exit codes: 0 done, 1 refused or failed, 2 wrongly typed, 3 daemon not running,
4 daemon too old or too new, 70 a bug.";

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Sets it for all output of the process.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::AlwaysAnsi,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Args),
    /// Show what was read from your CV
    #[command(subcommand)]
    Profile(profile::Command),
    /// Show what the daemon is doing
    #[command(after_help = "Examples:\n  agentctl status\n  agentctl --json status")]
    Status,
    /// Check the set-up and say what to do about each fault
    #[command(after_help = "Examples:\n  agentctl doctor\n\nExits with 1 when a fault was found.")]
    Doctor,
    /// Start the daemon in the background
    #[command(
        after_help = "Examples:\n  agentctl start\n  agentctl --home ~/agent start\n\n\
        The program is AGENTD_BIN, or agentd beside agentctl, or agentd on the PATH."
    )]
    Start,
    /// Finish the step at hand and stop the daemon
    #[command(after_help = "Examples:\n  agentctl stop")]
    Stop,
    /// Boards the daemon reads
    #[command(subcommand)]
    Source(source::Command),
    /// Components that read portals
    #[command(subcommand)]
    Plugin(plugin::Command),
    Sync(sync::Args),
    /// Openings, the best first
    #[command(subcommand)]
    Jobs(jobs::Command),
    Explain(explain::Args),
    /// Your wishes and limits
    #[command(subcommand)]
    Prefs(prefs::Command),
    /// When the daemon works by itself
    #[command(subcommand)]
    Schedule(schedule::Command),
    Watch(watch::Args),
    Egress(egress::Args),
    /// The configuration
    #[command(subcommand)]
    Config(config::Command),
    Completions(completions::Args),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn helps(command: &mut clap::Command, path: &str, into: &mut Vec<(String, String)>) {
        into.push((path.to_owned(), command.render_long_help().to_string()));
        for below in command.get_subcommands_mut() {
            if below.get_name() != "help" {
                let path = format!("{path} {}", below.get_name());
                helps(below, &path, into);
            }
        }
    }

    fn all_helps() -> Vec<(String, String)> {
        let mut command = Cli::command().term_width(100);
        command.build();
        let mut all = Vec::new();
        helps(&mut command, "agentctl", &mut all);
        all
    }

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_explains_itself_with_examples() {
        let all = all_helps();
        for (path, help) in &all {
            let is_group = help.contains("\nCommands:");
            assert!(
                is_group || help.contains("Example"),
                "{path} has no example"
            );
        }
        let text: String = all
            .iter()
            .map(|(path, help)| format!("$ {path} --help\n{help}\n"))
            .collect();
        insta::assert_snapshot!("help", text);
    }
}
