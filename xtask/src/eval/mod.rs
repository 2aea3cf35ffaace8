//! `cargo xtask eval`: how well the agent reads and ranks, on labelled data given by path.

mod plans;
mod portals;
mod reading;
mod session;
mod table;

use anyhow::Result;

pub(crate) use reading::Args as Asset;

/// What is scored.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Recorded boards, each through the built component of its portal.
    Portals(portals::Args),
    /// Plans of ten sentences by a model on the server of OLLAMA_HOST: --model NAME
    Plans(plans::Args),
    /// Spans of skills: FILE.conll... [--json]
    Skills(reading::Args),
    /// Spans of the GREEN corpus: FILE.csv [--json]
    Green(reading::Args),
    /// Jobs of several fields against a CV of one: DIR [--json]
    Rank(reading::Args),
    /// CVs in many layouts against the JSON Resume expected of each: DIR [--json]
    Cv(reading::Args),
    /// Postings and preferences against labelled verdicts: FILE [--json]
    Constraints(reading::Args),
    /// Planted lies and true texts through the gate for letters: DIR [--json]
    Grounding(reading::Args),
    /// Adversarial texts spliced into postings: DIR [--json]
    Injection(reading::Args),
}

/// Scores it; an error when anything is missing.
pub(crate) fn run(command: &Command) -> Result<()> {
    match command {
        Command::Portals(args) => portals::run(args),
        Command::Plans(args) => plans::run(args),
        Command::Skills(args) => reading::run("skills", args),
        Command::Green(args) => reading::run("green", args),
        Command::Rank(args) => reading::run("rank", args),
        Command::Cv(args) => reading::run("cv", args),
        Command::Constraints(args) => reading::run("constraints", args),
        Command::Grounding(args) => reading::run("grounding", args),
        Command::Injection(args) => reading::run("injection", args),
    }
}
