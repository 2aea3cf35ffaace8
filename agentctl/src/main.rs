//! `agentctl`: what the person types. It asks the daemon and shows the answer;
//! whatever is decided, is decided there.

mod cli;
mod command;
mod error;
mod foreign;
mod moment;
mod moving;
mod output;
mod rows;
mod screen;
mod session;
mod text;

use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use cli::Cli;
use error::{Failure, Kind};
use output::{Format, Output};

fn main() -> ExitCode {
    let parsed = cli::command()
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error),
    };
    cli.color.apply();
    let mut output = Output::new(if cli.json { Format::Json } else { Format::Text });
    match run(cli, &mut output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.fail(&failure);
            failure.exit_code()
        }
    }
}

fn run(cli: Cli, output: &mut Output) -> Result<(), Failure> {
    let place = session::Place::find(cli.home)?;
    if place.home.is_practice() {
        output.mark_practice();
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Kind::Bug, format!("cannot start the runtime: {error}")))?;
    runtime.block_on(command::run(cli.command, &place, output))
}

/// Answers `--help` and `--version`, and arguments that cannot be read.
fn unparsed(error: &clap::Error) -> ExitCode {
    let asked_json = std::env::args_os().any(|argument| argument == "--json");
    if !error.use_stderr() || !asked_json {
        // A reader that went away is no failure of ours.
        let _ = error.print();
        let usage = error.use_stderr()
            || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        return ExitCode::from(if usage { Kind::Usage.code() } else { 0 });
    }
    let rendered = error.render().to_string();
    let mut lines = rendered
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let message = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches("error: ")
        .to_owned();
    let hint: Vec<&str> = lines.collect();
    let failure = Failure::new(Kind::Usage, message).hint(hint.join("\n"));
    Output::new(Format::Json).fail(&failure);
    failure.exit_code()
}
