//! `cargo xtask`: everything a person or CI does with this repository, as one program.
//!
//! A file per command. Commands call cargo, the built binaries and, for the
//! vector table, Python; they hold no product logic of their own.

// A command-line program speaks on its streams; the libraries it drives do not.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod lint;
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
    /// Check formatting, lints, documentation and the layer rules.
    Lint,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Test(args) => test::run(&args),
        Command::Lint => lint::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
