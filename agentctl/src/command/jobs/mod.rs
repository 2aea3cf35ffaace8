//! `agentctl jobs`: the openings, the best first.

mod add;
pub(super) mod draw;
pub(super) mod read;
pub(super) mod same;
mod similar;

use agent_api::v1::{
    JoinJobsRequest, ListJobsRequest, SearchJobsRequest, ShowJobRequest, SimilarJobsRequest,
    SplitJobRequest,
};
use clap::Subcommand;

use super::next;
use crate::error::Failure;
use crate::output::Output;
use crate::rows::{self, List, Rest};
use crate::session::{Place, Session};

/// What can be done with jobs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List openings, the best first
    #[command(
        after_help = "Examples:\n  agentctl jobs list\n  agentctl jobs list --more\n  \
        agentctl jobs list --limit 50 --all\n  agentctl jobs list --source 2\n  \
        agentctl jobs list --where 'score>75 and (remote or place:Berlin)'\n  \
        agentctl jobs list --where 'pay>=80k EUR and posted<14d and not agency'\n\n\
        A filter joins tests by and, or, not and parentheses:\n  \
        score pay level posted seen closes      with < <= = != >= >\n  \
        title company text place source country language skill employment\n  \
        industry department workplace outcome   with : or !=\n  \
        remote hybrid onsite open closed new agency liked hidden applied pass ask fail\n\
        posted<7d is less than 7 days ago, posted>2026-01-31 after that day. Pay is for\n\
        a year. What a posting does not say fits no test."
    )]
    List {
        /// Go on where the last list ended
        #[arg(long, conflicts_with_all = ["limit", "page", "all", "closed", "hidden", "source", "narrow"])]
        more: bool,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// For programs: go on at the next_page_token of an earlier list
        #[arg(
            long,
            value_name = "TOKEN",
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
        /// Also openings you hid
        #[arg(long)]
        hidden: bool,
        /// Only openings of this source
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
        /// Only openings this filter fits
        #[arg(
            long = "where",
            value_name = "FILTER",
            default_value = "",
            hide_default_value = true
        )]
        narrow: String,
    },
    Add(add::Args),
    /// Show an opening in full
    #[command(after_help = "Examples:\n  agentctl jobs show 1\n  agentctl jobs show ab12")]
    Show {
        /// Unique beginning of its id, or its row in the last list
        job: String,
    },
    /// Say that a posting is an opening of its own
    #[command(
        after_help = "Examples:\n  agentctl jobs split 3\n  agentctl jobs split ab12\n\n\
        It stays so, whatever the boards say later; jobs join takes it back."
    )]
    Split {
        /// Unique beginning of its id, or its row in the last list
        job: String,
    },
    /// Say that two postings are one opening
    #[command(
        after_help = "Examples:\n  agentctl jobs join 3 7\n  agentctl jobs join ab12 cd34\n\n\
        One opening is applied to once, through whichever posting. jobs split takes it back."
    )]
    Join {
        /// Unique beginning of its id, or its row in the last list
        job: String,
        /// The other one
        other: String,
    },
    /// Find openings by words and by meaning
    #[command(after_help = "Examples:\n  agentctl jobs search databases on call\n  \
        agentctl jobs search --limit 5 \"care for older people\"\n  \
        agentctl jobs search rust --where 'remote and posted<14d'\n\n\
        Filters: agentctl jobs list --help. To keep a search: agentctl search save NAME WORDS")]
    Search {
        /// What to look for; with --where it may be left out
        #[arg(required_unless_present = "narrow")]
        words: Vec<String>,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Also openings that were closed
        #[arg(long)]
        closed: bool,
        /// Also openings you hid
        #[arg(long)]
        hidden: bool,
        /// Only openings this filter fits
        #[arg(
            long = "where",
            value_name = "FILTER",
            default_value = "",
            hide_default_value = true
        )]
        narrow: String,
    },
    /// Have a model read a posting, without your profile
    #[command(
        after_help = "Examples:\n  agentctl jobs read 1\n  agentctl --json jobs read ab12\n\n\
        What it says counts only with a quote that is really in the posting, and moves no\n\
        score. The same posting is asked about once. Which model: agentctl models list"
    )]
    Read {
        /// Unique beginning of its id, or its row in the last list
        job: String,
    },
    /// Find openings like one
    #[command(
        after_help = "Examples:\n  agentctl jobs similar 3\n  agentctl jobs similar ab12 --limit 5"
    )]
    Similar {
        /// Unique beginning of its id, or its row in the last list
        job: String,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
        limit: u32,
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
            more,
            limit,
            page,
            all,
            closed,
            hidden,
            source,
            narrow,
        } => {
            let source = source
                .map(|typed| rows::resolve(List::Sources, &place.home, &typed))
                .transpose()?;
            let from = match more {
                true => rows::rest(&place.home)?,
                false => Rest {
                    shown: 0,
                    mark: page,
                    limit,
                    all,
                    closed,
                    hidden,
                    source: source.unwrap_or_default(),
                    narrow,
                },
            };
            list(&session, from, place, output).await
        }
        Command::Add(args) => add::run(args, &session, place, output).await,
        Command::Show { job } => {
            let id = rows::resolve(List::Jobs, &place.home, &job)?;
            let detail = jobs.show(ShowJobRequest { id }).await?.into_inner();
            output.show(&detail, draw::detail)
        }
        Command::Split { job } => {
            let id = rows::resolve(List::Jobs, &place.home, &job)?;
            let detail = jobs.split(SplitJobRequest { id }).await?.into_inner();
            output.show(&detail, same::opening)
        }
        Command::Join { job, other } => {
            let request = JoinJobsRequest {
                one: rows::resolve(List::Jobs, &place.home, &job)?,
                other: rows::resolve(List::Jobs, &place.home, &other)?,
            };
            let detail = jobs.join(request).await?.into_inner();
            output.show(&detail, same::opening)
        }
        Command::Search {
            words,
            limit,
            closed,
            hidden,
            narrow,
        } => {
            let request = SearchJobsRequest {
                query: words.join(" "),
                limit,
                include_closed: closed,
                r#where: narrow,
                include_hidden: hidden,
            };
            let found = jobs.search(request).await?.into_inner();
            let ids = found.hits.iter().filter_map(|hit| hit.job.as_ref());
            rows::keep(List::Jobs, &place.home, 0, ids.map(|job| job.id.as_str()));
            rows::keep_rest(&place.home, None);
            let next = next::step(&session.status);
            output.show(&found, |found, screen, _| draw::found(found, next, screen))
        }
        Command::Read { job } => {
            let id = rows::resolve(List::Jobs, &place.home, &job)?;
            read::run(id, &session, output).await
        }
        Command::Similar { job, limit } => {
            let id = rows::resolve(List::Jobs, &place.home, &job)?;
            let request = SimilarJobsRequest { id, limit };
            let found = jobs.similar(request).await?.into_inner();
            let ids = found.similar.iter().filter_map(|one| one.job.as_ref());
            rows::keep(List::Jobs, &place.home, 0, ids.map(|job| job.id.as_str()));
            rows::keep_rest(&place.home, None);
            output.show(&found, |found, screen, _| similar::draw(found, screen))
        }
    }
}

/// Shows a page of the list, and keeps where the next begins.
async fn list(
    session: &Session,
    from: Rest,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let request = ListJobsRequest {
        page_size: from.limit,
        page_token: from.mark.clone(),
        include_failed: from.all,
        include_closed: from.closed,
        source: from.source.clone(),
        r#where: from.narrow.clone(),
        include_hidden: from.hidden,
    };
    let list = session.jobs().list(request).await?.into_inner();
    let ids = list.jobs.iter().map(|job| job.id.as_str());
    rows::keep(List::Jobs, &place.home, from.shown, ids);
    let narrowed = !from.source.is_empty() || !from.narrow.is_empty();
    let around = draw::Around {
        before: from.shown,
        // Only a list that leaves out nothing else tells how many a limit hides.
        broken: match from.all || from.closed || narrowed {
            true => 0,
            false => session.status.jobs_open.saturating_sub(
                list.total
                    .saturating_add(list.folded)
                    .saturating_add(list.hidden),
            ),
        },
        hidden: if narrowed { 0 } else { list.hidden },
        next: next::step(&session.status),
    };
    let rest = (!list.next_page_token.is_empty()).then(|| Rest {
        shown: from.shown + list.jobs.len(),
        mark: list.next_page_token.clone(),
        ..from
    });
    rows::keep_rest(&place.home, rest.as_ref());
    output.show(&list, |list, screen, _| draw::list(list, &around, screen))
}
