//! The program: what its arguments ask for, and its exit code.

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use clap::Parser as _;

use crate::{
    boot::{self, MakeBrowser},
    cli::{Args, Command},
    config, document, plugin_tools,
};

/// Does what the arguments of this process ask for. The fault tests bring a
/// browser of their own; everything else is the product.
pub fn run(browser: MakeBrowser) -> ExitCode {
    let args = Args::parse();
    match args.command {
        Command::Worker => agent_portal::worker_main(),
        Command::ReadDocument { kind } => document::child(&kind),
        Command::Run => finish(boot::run(args.home, browser)),
        Command::PluginTools(command) => match plugin_tools::run(command) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                finish(Err(error));
                // Not a verdict: the check itself could not be made.
                ExitCode::from(2)
            }
        },
        Command::CheckConfig { file } => finish(check_config(args.home, file)),
    }
}

/// Says whether the configuration can be used, and what it sets.
fn check_config(home: Option<PathBuf>, file: Option<PathBuf>) -> anyhow::Result<()> {
    let file = match file {
        Some(file) => {
            anyhow::ensure!(file.is_file(), "{} is not a file", file.display());
            file
        }
        None => config::home(home)?.config_file().to_owned(),
    };
    let (_, settings) = config::load(&file)?;
    let mut out = std::io::stdout().lock();
    for setting in settings {
        let origin = if setting.from_file { "file" } else { "default" };
        writeln!(out, "{} = {} ({origin})", setting.key, setting.value)?;
    }
    Ok(())
}

fn finish(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
