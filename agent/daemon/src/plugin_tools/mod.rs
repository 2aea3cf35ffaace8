//! What an author of plugins needs of the plugin host: children that `agentctl`
//! starts, with no home, no database and no running daemon.

mod check;
mod wrap;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use agent_portal::host::{PluginHost, WorkerCommand};
use agent_portal::limits::Limits;
use anyhow::Context as _;
use clap::Subcommand;
use tempfile::TempDir;

/// What can be done for an author.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a component over a recording and judge it; JSON lines on standard output
    #[command(hide = true)]
    PluginCheck(check::Args),
    /// Make a module a component
    #[command(hide = true)]
    PluginWrap(wrap::Args),
}

/// Does it. The exit code is 0 when nothing was found, 1 when something was.
pub(crate) fn run(command: Command) -> anyhow::Result<bool> {
    match command {
        Command::PluginCheck(args) => check::run(&args),
        Command::PluginWrap(args) => wrap::run(&args).map(|()| true),
    }
}

/// A runtime for one command.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}

/// A plugin host and the folder its compiled code is in.
struct Bench {
    host: PluginHost,
    /// Kept until the host is done.
    _own: Option<TempDir>,
}

/// A host with the real limits, whose workers are this program. Compiled code is
/// kept in `cache`, or in a folder that goes with the bench.
fn bench(cache: Option<&Path>) -> anyhow::Result<Bench> {
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let (own, cache) = match cache {
        Some(cache) => {
            agent_api::socket::private_dir(cache)?;
            (None, std::path::absolute(cache)?)
        }
        None => {
            let own = tempfile::tempdir().context("cannot make a folder for compiled code")?;
            let cache = own.path().to_owned();
            (Some(own), cache)
        }
    };
    Ok(Bench {
        host: PluginHost::new(worker(program), cache, Limits::default()),
        _own: own,
    })
}

fn worker(program: PathBuf) -> WorkerCommand {
    WorkerCommand {
        program,
        args: vec![OsString::from("worker")],
    }
}
