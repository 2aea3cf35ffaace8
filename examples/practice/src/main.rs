//! `practice serve`: the practice employer as a program of its own.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program's ready line and its complaints are its interface"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use practice::{Portal, Practice, PracticeOptions};
use tokio::signal::unix::{SignalKind, signal};

/// A loopback TLS site that speaks the Greenhouse and Lever board APIs under
/// their true host names, and takes applications on pages like theirs.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until interrupted
    Serve(ServeArgs),
}

#[derive(clap::Args)]
struct ServeArgs {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Where ca.pem, ready.json and the logs are kept [default: a temporary directory]
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Serve the recorded sessions of DIR/index.json instead of the corpus
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Serve only this recorded session; may be repeated, and the order counts
    #[arg(long = "session", value_name = "NAME", requires = "data")]
    sessions: Vec<String>,
    /// Serve only recorded sessions of this portal; may be repeated [default: both]
    #[arg(long = "portal", value_name = "PORTAL", requires = "data")]
    portals: Vec<PortalName>,
    /// Serve this many generated postings instead of the corpus
    #[arg(long, value_name = "N", conflicts_with = "data")]
    bulk: Option<usize>,
    /// Print the ready line as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum PortalName {
    Greenhouse,
    Lever,
}

impl From<PortalName> for Portal {
    fn from(name: PortalName) -> Self {
        match name {
            PortalName::Greenhouse => Portal::Greenhouse,
            PortalName::Lever => Portal::Lever,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve(args) = Cli::parse().command;
    match serve(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("practice: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(args: ServeArgs) -> Result<()> {
    // Removed on return, if it was made.
    let temporary = match args.dir {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("practice-").tempdir()?),
    };
    let dir = args.dir.or(temporary.as_ref().map(|t| t.path().to_owned()));
    let running = Practice::start(PracticeOptions {
        port: args.port,
        dir,
        data: args.data,
        sessions: args.sessions,
        portals: args.portals.into_iter().map(Portal::from).collect(),
        bulk: args.bulk,
        changing: false,
    })
    .await?;
    let ready = running.ready();
    if args.json {
        println!("{}", serde_json::to_string(&ready)?);
    } else {
        let postings: usize = ready.boards.iter().map(|b| b.expected).sum();
        let ca = ready.ca.unwrap_or_default();
        println!(
            "ready at {}: {} boards, {postings} postings; trust {}",
            ready.address,
            ready.boards.len(),
            ca.display()
        );
    }
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    running.stop().await;
    Ok(())
}
