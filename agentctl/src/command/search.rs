//! `agentctl search`: searches that are kept.

use agent_api::v1::{
    ListSearchesRequest, ListSearchesResponse, RemoveSearchRequest, RunSearchRequest,
    RunSearchResponse, SaveSearchRequest, SavedSearch,
};
use clap::Subcommand;

use super::jobs::draw;
use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::{BOLD, DIM, GOOD, Screen, Span};
use crate::session::{Place, Session};
use crate::text::count;

/// What can be done with kept searches.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Keep a search, to run it again by its name
    #[command(
        after_help = "Examples:\n  agentctl search save rust databases on call --where 'score>60'\n  \
        agentctl search save near --where 'place:Berlin and posted<14d'\n\n\
        One of the same name is replaced. To search once: agentctl jobs search WORDS"
    )]
    Save {
        /// Its name
        name: String,
        /// What to look for; with --where it may be left out
        words: Vec<String>,
        /// Only openings this filter fits; see agentctl jobs list --help
        #[arg(
            long = "where",
            value_name = "FILTER",
            default_value = "",
            hide_default_value = true
        )]
        narrow: String,
        /// Also openings that were closed
        #[arg(long)]
        closed: bool,
        /// Also openings you hid
        #[arg(long)]
        hidden: bool,
    },
    /// List the kept searches, with how much of what each finds is new
    #[command(after_help = "Examples:\n  agentctl search list\n  agentctl --json search list")]
    List,
    /// Run a kept search; what it finds is not new the next time
    #[command(
        after_help = "Examples:\n  agentctl search run rust\n  agentctl search run near --limit 50"
    )]
    Run {
        /// Its name
        name: String,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
    },
    /// Forget a kept search
    #[command(after_help = "Examples:\n  agentctl search remove near")]
    Remove {
        /// Its name
        name: String,
    },
}

/// Runs a command on kept searches.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut searches = session.searches();
    match command {
        Command::Save {
            name,
            words,
            narrow,
            closed,
            hidden,
        } => {
            let request = SaveSearchRequest {
                name,
                query: words.join(" "),
                r#where: narrow,
                include_closed: closed,
                include_hidden: hidden,
            };
            let saved = searches.save(request).await?.into_inner();
            output.show(&saved, |saved, screen, _| draw_saved(saved, screen))
        }
        Command::List => {
            let list = searches.list(ListSearchesRequest {}).await?.into_inner();
            output.show(&list, draw_list)
        }
        Command::Run { name, limit } => {
            let request = RunSearchRequest { name, limit };
            let found = searches.run(request).await?.into_inner();
            let ids = found.hits.iter().filter_map(|hit| hit.job.as_ref());
            rows::keep(List::Jobs, &place.home, 0, ids.map(|job| job.id.as_str()));
            rows::keep_rest(&place.home, None);
            output.show(&found, draw_found)
        }
        Command::Remove { name } => {
            let request = RemoveSearchRequest { name: name.clone() };
            let removed = searches.remove(request).await?.into_inner();
            output.show(&removed, |_, screen, _| {
                screen.line([format!("The search {name} is forgotten.").into()]);
            })
        }
    }
}

/// What a search looks for, on one line.
fn terms(search: &SavedSearch) -> String {
    let words = match search.query.is_empty() {
        true => String::new(),
        false => format!("“{}”", search.query),
    };
    let parts = [words, search.narrowed.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn draw_saved(saved: &SavedSearch, screen: &mut Screen) {
    screen.line([
        "Kept as ".into(),
        Span::new(&saved.name, BOLD),
        format!(": {}", terms(saved)).into(),
    ]);
    screen.line([format!("It finds {} now.", count(saved.hits, "opening")).into()]);
    screen.next(&format!("agentctl search run {}", quoted(&saved.name)));
}

fn quoted(name: &str) -> String {
    match name.contains(' ') {
        true => format!("\"{name}\""),
        false => name.to_owned(),
    }
}

fn draw_list(list: &ListSearchesResponse, screen: &mut Screen, clock: &Clock) {
    if list.searches.is_empty() {
        screen.line(["No search is kept yet.".into()]);
        screen.next("agentctl search save NAME WORDS");
        return;
    }
    for search in &list.searches {
        let new = match search.new {
            0 => Span::new("nothing new", DIM),
            new => Span::new(format!("{new} new"), GOOD),
        };
        screen.line([
            Span::new(&search.name, BOLD),
            "  ".into(),
            new,
            format!(" of {}", count(search.hits, "opening")).into(),
        ]);
        let ran = match search.ran_at.as_ref() {
            Some(at) => format!("ran {}", clock.time(Some(at))),
            None => "never run".to_owned(),
        };
        screen.paragraph(2, &format!("{} ({ran})", terms(search)));
    }
    if let Some(first) = list.searches.iter().max_by_key(|search| search.new) {
        screen.next(&format!("agentctl search run {}", quoted(&first.name)));
    }
}

fn draw_found(found: &RunSearchResponse, screen: &mut Screen, clock: &Clock) {
    let search = found.search.clone().unwrap_or_default();
    screen.line([
        Span::new(&search.name, BOLD),
        format!(": {}", terms(&search)).into(),
    ]);
    let since = match search.ran_at.as_ref() {
        Some(at) => format!(" since {}", clock.time(Some(at))),
        None => String::new(),
    };
    screen.line([format!(
        "{} of {} are new{since}; they come first.",
        search.new,
        count(search.hits, "opening")
    )
    .into()]);
    screen.blank();
    draw::hits(&found.hits, "agentctl sync", screen);
}

#[cfg(test)]
mod tests {
    use agent_api::v1::SearchHit;

    use super::super::jobs::draw::tests::row;
    use super::*;
    use crate::command::testing::{at, drawn};

    fn saved() -> SavedSearch {
        SavedSearch {
            name: "rust".to_owned(),
            query: "databases on call\u{1b}[2J".to_owned(),
            r#where: "score>60".to_owned(),
            narrowed: "score more than 60".to_owned(),
            ran_at: at("2026-03-01T09:00:00Z"),
            hits: 12,
            new: 2,
            ..SavedSearch::default()
        }
    }

    #[test]
    fn kept_searches_tell_what_is_new() {
        let list = ListSearchesResponse {
            searches: vec![
                SavedSearch {
                    name: "near home".to_owned(),
                    query: String::new(),
                    ran_at: None,
                    new: 0,
                    ..saved()
                },
                saved(),
            ],
        };
        let found = RunSearchResponse {
            search: Some(saved()),
            hits: vec![SearchHit {
                job: Some(row()),
                matched_by: "words".to_owned(),
                snippet: "our [databases]".to_owned(),
                ..SearchHit::default()
            }],
            new_shown: 1,
        };
        let screens = [
            drawn(&saved(), |saved, screen, _| draw_saved(saved, screen)),
            drawn(&list, draw_list),
            drawn(&ListSearchesResponse::default(), draw_list),
            drawn(&found, draw_found),
        ];
        insta::assert_snapshot!(screens.join("\n"));
    }
}
