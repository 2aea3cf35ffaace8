//! `agentctl source`: the boards that are read.

use agent_api::v1::{
    AddSourceRequest, ListSourcesRequest, ListSourcesResponse, RemoveSourceRequest, Source,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, Column, DIM, Note, Screen, Span, Table};
use crate::session::{Place, Session};

/// What can be done with sources.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Follow a company's board
    #[command(
        after_help = "Examples:\n  agentctl source add https://boards.greenhouse.io/example\n  \
        agentctl source add https://jobs.lever.co/example --company \"Example GmbH\""
    )]
    Add {
        /// Address of the careers page or board
        url: String,
        /// Employer's name, when the board does not tell it well
        #[arg(long, value_name = "NAME")]
        company: Option<String>,
    },
    /// List the boards that are followed
    #[command(after_help = "Examples:\n  agentctl source list\n  agentctl --json source list")]
    List,
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
        Command::Add { url, company } => {
            let company = company.unwrap_or_default();
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
        screen.next("agentctl source add URL");
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
        table.row_with_notes(cells, [trouble]);
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
