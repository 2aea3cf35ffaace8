//! `cargo xtask`: everything a person or CI does with this repository, as one program.
//!
//! A file per command. Commands call cargo, the built binaries and, for the
//! vector table, Python; they hold no product logic of their own.

// A command-line program speaks on its streams; the libraries it drives do not.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod demo;
mod directory;
mod embeddings;
mod eval;
mod interrupt;
mod lint;
mod plugins;
mod process;
mod setup;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, tests, shows and measures the job-search agent.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run every test, from the plugins' own to the end-to-end stories.
    Test(test::Args),
    /// Show the whole agent at work in a temporary practice home.
    Demo(demo::Args),
    /// Check formatting, lints, documentation and the layer rules.
    Lint,
    /// Measure speed and memory beside a baseline of the same run.
    Bench(bench::Args),
    /// Score the agent on labelled data given by path.
    #[command(subcommand)]
    Eval(eval::Command),
    /// Make the directory of companies and their boards out of lists of facts.
    Directory(directory::Args),
    /// Rebuild the embedded vector table and compare it with the shipped one.
    Embeddings(embeddings::Args),
    /// Build the portal plugins as WebAssembly components.
    Plugins,
    /// Train the tagger of skills on labelled data given by path.
    Tagger(eval::Asset),
    /// Make the taxonomy of skills and occupations out of ESCO: --esco DIR
    Taxonomy(eval::Asset),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Test(args) => test::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Directory(args) => directory::run(&args),
        Command::Embeddings(args) => embeddings::run(&args),
        Command::Eval(command) => eval::run(&command),
        Command::Lint => lint::run(),
        Command::Plugins => plugins::run(),
        Command::Tagger(args) => args.train_tagger(),
        Command::Taxonomy(args) => args.make_taxonomy(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
