//! `agentctl plugin`: components that read portals.

mod build;
mod check;
mod conformance;
mod draw;
mod install;
mod new;
mod record;
mod remove;

use agent_api::v1::ListPluginsRequest;
use clap::Subcommand;

use super::{daemon_program, next};
use crate::error::Failure;
use crate::output::Output;
use crate::session::{Place, Session};

/// What can be done with plugins.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List installed and dropped plugins
    #[command(after_help = "Examples:\n  agentctl plugin list")]
    List,
    /// Compile a plugin in a limited process and show what it asks for; changes nothing
    #[command(after_help = "Examples:\n  agentctl plugin check greenhouse.wasm\n  \
        agentctl plugin check acme.wasm --har acme.har --board https://jobs.acme.example/\n\n\
        With a recording, the plugin reads the recorded board instead, without a network or a\n\
        daemon, and what it hands over is judged. With --json, each posting is a line and the\n\
        verdict the last one. Exits with 1 when something was found.")]
    Check(check::Args),
    /// Install a plugin and grant it the hosts it asks for
    #[command(
        after_help = "Examples:\n  agentctl plugin install greenhouse.wasm\n  \
        agentctl plugin install greenhouse.wasm --yes --sha256 9f86d081…\n\n\
        Shows the hosts asked for and waits for your yes. Without a terminal it needs --yes,\n\
        and --accept-terms for a site whose terms speak against programs."
    )]
    Install(install::Args),
    /// Take a plugin out; its boards stay listed
    #[command(after_help = "Examples:\n  agentctl plugin remove greenhouse")]
    Remove(remove::Args),
    /// Begin a plugin: a crate that builds and passes its check at once
    #[command(after_help = "Examples:\n  agentctl plugin new acme\n  \
        agentctl plugin new acme --dir ~/plugins/acme")]
    New(new::Args),
    /// Build the crate of a plugin and make it a component
    #[command(
        after_help = "Examples:\n  agentctl plugin build\n  agentctl plugin build ~/plugins/acme\n\n\
        Needs Rust with the target wasm32-unknown-unknown. The component is written beside\n\
        the crate's Cargo.toml."
    )]
    Build(build::Args),
    /// Record a board's answers, to check a plugin on without a network
    #[command(
        after_help = "Examples:\n  agentctl plugin record --plugin acme.wasm \\\n    \
        --board https://jobs.acme.example/kranich --out kranich.har\n\n\
        Asks you for the plugin's hosts first, and the site as politely as a sync does. Cookies,\n\
        credentials and the values of forms are left out."
    )]
    Record(record::Args),
}

/// Runs a command on plugins.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        Command::List => {
            let session = Session::open(place, output).await?;
            let list = session
                .plugins()
                .list(ListPluginsRequest {})
                .await?
                .into_inner();
            output.show(&list, draw::draw_list)
        }
        Command::Check(args) => check::run(args, place, output).await,
        Command::Install(args) => install::run(args, place, output).await,
        Command::Remove(args) => remove::run(args, place, output).await,
        Command::Record(args) => record::run(args, place, output).await,
        Command::New(args) => new::run(args, output),
        Command::Build(args) => build::run(args, place, output),
    }
}
