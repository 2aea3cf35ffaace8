//! `agentctl jobs`: the openings, the best first.

pub(super) mod draw;

use agent_api::v1::{ListJobsRequest, SearchJobsRequest, ShowJobRequest};
use clap::Subcommand;

use crate::error::Failure;
use crate::output::Output;
use crate::rows::{self, List};
use crate::session::{Place, Session};

/// What can be done with jobs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List openings, the best first
    #[command(
        after_help = "Examples:\n  agentctl jobs list\n  agentctl jobs list --limit 50 --all\n  \
        agentctl jobs list --source 2"
    )]
    List {
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Go on where an earlier list ended; it tells the mark
        #[arg(
            long,
            value_name = "MARK",
            default_value = "",
            hide_default_value = true
        )]
        page: String,
        /// Also openings that break one of your limits, after the others
        #[arg(long)]
        all: bool,
        /// Also openings that were closed
        #[arg(long)]
        closed: bool,
        /// Only openings of this source
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
    },
    /// Show an opening in full
    #[command(after_help = "Examples:\n  agentctl jobs show 1\n  agentctl jobs show ab12")]
    Show {
        /// Unique beginning of its id, or its row in the last list
        job: String,
    },
    /// Find openings by words and by meaning
    #[command(after_help = "Examples:\n  agentctl jobs search databases on call\n  \
        agentctl jobs search --limit 5 \"care for older people\"")]
    Search {
        /// What to look for
        #[arg(required = true)]
        words: Vec<String>,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Also openings that were closed
        #[arg(long)]
        closed: bool,
    },
}

/// Runs a command on jobs.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut jobs = session.jobs();
    match command {
        Command::List {
            limit,
            page,
            all,
            closed,
            source,
        } => {
            let source = source
                .map(|typed| rows::resolve(List::Sources, &place.home, &typed))
                .transpose()?;
            let request = ListJobsRequest {
                page_size: limit,
                page_token: page,
                include_failed: all,
                include_closed: closed,
                source: source.unwrap_or_default(),
            };
            let list = jobs.list(request).await?.into_inner();
            rows::keep(
                List::Jobs,
                &place.home,
                list.jobs.iter().map(|job| job.id.as_str()),
            );
            output.show(&list, draw::list)
        }
        Command::Show { job } => {
            let id = rows::resolve(List::Jobs, &place.home, &job)?;
            let detail = jobs.show(ShowJobRequest { id }).await?.into_inner();
            output.show(&detail, draw::detail)
        }
        Command::Search {
            words,
            limit,
            closed,
        } => {
            let request = SearchJobsRequest {
                query: words.join(" "),
                limit,
                include_closed: closed,
            };
            let found = jobs.search(request).await?.into_inner();
            let ids = found.hits.iter().filter_map(|hit| hit.job.as_ref());
            rows::keep(List::Jobs, &place.home, ids.map(|job| job.id.as_str()));
            output.show(&found, draw::found)
        }
    }
}
