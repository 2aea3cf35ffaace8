//! `agent-eval`: how well the agent reads and ranks, on labelled data given by path.
//!
//! `cargo xtask eval` builds it in release and runs it. It calls the functions the
//! daemon calls and holds none of its own beside counting.

// A command-line program speaks on its streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cases;
mod conll;
mod constraints;
mod cv;
mod green;
mod grounding;
mod injection;
mod judged;
mod laid;
mod rank;
mod skills;
mod spans;
mod tagger;
mod taxonomy;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Scores reading and ranking on labelled data given by path.
#[derive(Debug, Parser)]
#[command(name = "agent-eval")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What is scored.
#[derive(Debug, Subcommand)]
enum Command {
    /// Decide hard constraints and compare with what a person would decide
    Constraints(constraints::Args),
    /// Read CVs and compare with what a person reads in them
    Cv(cv::Args),
    /// Splice hostile texts into postings and see that nothing is read otherwise
    Injection(injection::Args),
    /// Hold planted lies and true texts against profiles, as the gate for letters does
    Grounding(grounding::Args),
    /// Rank jobs of several fields for a CV and see that the own come first
    Rank(rank::Args),
    /// Mark skills and compare with the GREEN corpus
    Green(green::Args),
    /// Mark skills and knowledge and compare with labelled sentences
    Skills(skills::Args),
    /// Train the tagger of skills and write its asset
    Tagger(tagger::Args),
    /// Make the taxonomy of skills and occupations and write its asset
    Taxonomy(taxonomy::Args),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Constraints(args) => constraints::run(&args),
        Command::Cv(args) => cv::run(&args),
        Command::Injection(args) => injection::run(&args),
        Command::Grounding(args) => grounding::run(&args),
        Command::Rank(args) => rank::run(&args),
        Command::Green(args) => green::run(&args),
        Command::Skills(args) => skills::run(&args),
        Command::Tagger(args) => tagger::run(&args),
        Command::Taxonomy(args) => taxonomy::run(&args),
    }
}
