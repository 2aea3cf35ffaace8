//! `agentctl source`: the boards that are read.

mod check;
mod find;

use agent_api::v1::{
    AddSourceRequest, ListSourcesRequest, ListSourcesResponse, RemoveSourceRequest, Source,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, Column, DIM, Note, Screen, Span, Table, WARN};
use crate::session::{Place, Session};

/// What can be done with sources.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Follow a company's board
    #[command(
        after_help = "Examples:\n  agentctl source add https://boards.greenhouse.io/example\n  \
        agentctl source add https://jobs.lever.co/example --company \"Example GmbH\"\n  \
        agentctl source add \"Example Corp\"   (a company that the directory knows)"
    )]
    Add {
        /// Address of the careers page or board, or the name of a company
        #[arg(value_name = "URL|NAME")]
        board: String,
        /// Employer's name, when the board does not tell it well
        #[arg(long, value_name = "NAME")]
        company: Option<String>,
    },
    Find(find::Args),
    /// List the boards that are followed
    #[command(after_help = "Examples:\n  agentctl source list\n  agentctl --json source list")]
    List,
    Check(check::Args),
    /// Stop following a board; its openings stay, closed
    #[command(after_help = "Examples:\n  agentctl source remove 2\n  agentctl source remove ab12")]
    Remove {
        /// Unique beginning of its id, or its row in the last list
        source: String,
    },
}

/// Runs a command on sources.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut sources = session.sources();
    match command {
        Command::Find(args) => find::run(args, &session, output).await,
        Command::Check(args) => check::run(args, &session, place, output).await,
        Command::Add { board, company } => {
            let company = company.unwrap_or_default();
            let url = board;
            let added = sources
                .add(AddSourceRequest { url, company })
                .await?
                .into_inner();
            output.show(&added, draw_added)
        }
        Command::List => {
            let list = sources.list(ListSourcesRequest {}).await?.into_inner();
            rows::keep(
                List::Sources,
                &place.home,
                0,
                list.sources.iter().map(|source| source.id.as_str()),
            );
            output.show(&list, draw_list)
        }
        Command::Remove { source } => {
            let id = rows::resolve(List::Sources, &place.home, &source)?;
            let removed = sources
                .remove(RemoveSourceRequest { id })
                .await?
                .into_inner();
            output.show(&removed, draw_removed)
        }
    }
}

/// Digits of an id that tell sources apart on a screen.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

fn draw_added(source: &Source, screen: &mut Screen, _: &Clock) {
    screen.line(["Following ".into(), Span::new(&source.company, BOLD)]);
    screen.field("board", &source.url);
    screen.field("plugin", &source.plugin);
    screen.field("id", short(&source.id));
    screen.next("agentctl sync");
}

fn draw_removed(source: &Source, screen: &mut Screen, _: &Clock) {
    screen.line([format!("No longer following {} ({})", source.company, source.url).into()]);
}

fn draw_list(list: &ListSourcesResponse, screen: &mut Screen, clock: &Clock) {
    if list.sources.is_empty() {
        screen.line(["No board is followed yet.".into()]);
        screen.next("agentctl source add URL   (or a company: agentctl source find NAME)");
        return;
    }
    let mut table = Table::new([
        ("#", Column::Right),
        ("company", Column::Cut),
        ("open", Column::Right),
        ("last read", Column::Left),
        ("plugin", Column::Left),
        ("id", Column::Left),
        ("board", Column::Below),
    ]);
    for (source, row) in list.sources.iter().zip(1..) {
        let last = match clock.time(source.last_sync.as_ref()) {
            never if never.is_empty() => Span::new("never", DIM),
            time => time.into(),
        };
        let cells = [
            format!("{row}").into(),
            (&source.company).into(),
            source.jobs_open.to_string().into(),
            last,
            (&source.plugin).into(),
            Span::new(short(&source.id), DIM),
            (&source.url).into(),
        ];
        let trouble = Note::Whole(Span::new(&source.last_error, BAD));
        let odd = match source.alarms.as_slice() {
            [] => String::new(),
            alarms => format!("not as usual: {}; nothing was closed", alarms.join("; ")),
        };
        table.row_with_notes(cells, [trouble, Note::Whole(Span::new(odd, WARN))]);
    }
    screen.table(&table);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    fn source(company: &str, id: &str) -> Source {
        Source {
            id: id.to_owned(),
            plugin: "greenhouse".to_owned(),
            url: format!("https://boards.greenhouse.io/{}", company.to_lowercase()),
            company: company.to_owned(),
            ..Source::default()
        }
    }

    #[test]
    fn sources_are_numbered_and_their_trouble_is_shown() {
        let list = ListSourcesResponse {
            sources: vec![
                Source {
                    jobs_open: 41,
                    last_sync: at("2026-03-02T07:30:00Z"),
                    ..source("Kranich", "ab12cd34ef56")
                },
                Source {
                    last_error: "the board answered 404".to_owned(),
                    ..source("Möwe", "0011223344")
                },
                Source {
                    alarms: vec!["0 where there were 240, at least 144 are usual".to_owned()],
                    jobs_open: 240,
                    last_sync: at("2026-03-02T07:30:00Z"),
                    ..source("Halden", "99887766")
                },
            ],
        };
        insta::assert_snapshot!(drawn(&list, draw_list));
        insta::assert_snapshot!(
            "no_sources",
            drawn(&ListSourcesResponse::default(), draw_list)
        );
    }

    #[test]
    fn an_added_source_names_the_next_step() {
        insta::assert_snapshot!(drawn(&source("Kranich", "ab12cd34ef56"), draw_added));
    }
}
