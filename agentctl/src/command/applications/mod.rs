//! `agentctl applications`: what was applied to, and how it went.

mod add;
pub(super) mod draw;
mod show;
mod verify;

use agent_api::v1::{ApplicationRow, ListApplicationsRequest, SettleRequest};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::Screen;
use crate::session::{Place, Session};

/// What can be done with applications.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List applications, those that wait for you first
    #[command(
        after_help = "Examples:\n  agentctl applications list\n  agentctl applications list --all\n  \
        agentctl applications list --stage submitted --stage interview"
    )]
    List {
        /// Also those that are over
        #[arg(long)]
        all: bool,
        /// Only at this stage, such as awaiting-approval, needs-input or submitted
        #[arg(long, value_name = "STAGE")]
        stage: Vec<String>,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
        /// For programs: go on at the next_page_token of an earlier list
        #[arg(
            long,
            value_name = "TOKEN",
            default_value = "",
            hide_default_value = true
        )]
        page: String,
    },
    Show(show::Args),
    Verify(verify::Args),
    /// Say what became of a sending whose outcome is unknown
    #[command(
        after_help = "Examples:\n  agentctl applications settle ab12 --sent\n  \
        agentctl applications settle ab12 --not-sent\n\n\
        Look first: a mail that confirms it, or the portal's own list of applications."
    )]
    #[command(group = clap::ArgGroup::new("outcome").required(true))]
    Settle {
        /// Unique beginning of its id, or its row in the last list
        application: String,
        /// It arrived
        #[arg(long, group = "outcome")]
        sent: bool,
        /// It did not arrive; it goes back to review
        #[arg(long, group = "outcome")]
        not_sent: bool,
    },
    Add(add::Args),
}

/// Runs a command on applications.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        Command::List {
            all,
            stage,
            limit,
            page,
        } => {
            let request = ListApplicationsRequest {
                page_size: limit,
                page_token: page,
                stages: stage,
                all,
            };
            list(request, place, output).await
        }
        Command::Show(args) => show::run(args, place, output).await,
        Command::Verify(args) => verify::run(args, place, output).await,
        Command::Settle {
            application, sent, ..
        } => {
            let id = rows::resolve(rows::latest(&place.home), &place.home, &application)?;
            let session = Session::open(place, output).await?;
            let request = SettleRequest { id, sent };
            let row = session.applications().settle(request).await?.into_inner();
            output.show(&row, draw_row)
        }
        Command::Add(args) => add::run(args, place, output).await,
    }
}

async fn list(
    request: ListApplicationsRequest,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let list = session.applications().list(request).await?.into_inner();
    let ids = list.applications.iter().map(|row| row.id.as_str());
    rows::keep(List::Applications, &place.home, 0, ids);
    output.show(&list, draw::list)
}

fn draw_row(row: &ApplicationRow, screen: &mut Screen, clock: &Clock) {
    draw::lines(row, screen, clock);
    if !row.next.is_empty() {
        screen.next(&row.next);
    }
}
