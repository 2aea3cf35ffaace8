//! `agentctl source find`: the board of a company, by its name.

use agent_api::v1::{FindBoardsRequest, FindBoardsResponse, FoundBoard};

use crate::error::Failure;
use crate::output::Output;
use crate::screen::{Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::session::Session;
use crate::text::count;

/// Find the board of a company by its name.
///
/// The directory comes with the program: companies, their boards, and the day each
/// was seen there. Nothing is asked of anybody unless you say --verify.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl source find \"Example Corp\"\n  \
    agentctl source find --verify example   (asks the boards found, and keeps the answers)\n  \
    agentctl source find --learned   (boards that postings name and you do not follow)")]
pub(crate) struct Args {
    /// Name of the company, or a part of it
    #[arg(required_unless_present = "learned")]
    name: Vec<String>,
    /// Ask each board found whether it is there
    #[arg(long)]
    verify: bool,
    /// Boards that postings name and you do not follow
    #[arg(long, conflicts_with = "name")]
    learned: bool,
}

/// Looks a name up.
pub(super) async fn run(args: Args, session: &Session, output: &mut Output) -> Result<(), Failure> {
    let request = FindBoardsRequest {
        name: args.name.join(" "),
        verify: args.verify,
        learned: args.learned,
    };
    let found = session.sources().find(request).await?.into_inner();
    output.show(&found, |found, screen, _| draw(found, args.learned, screen))
}

fn draw(found: &FindBoardsResponse, learned: bool, screen: &mut Screen) {
    if found.boards.is_empty() {
        let nothing = match learned {
            true => "No posting names a board that you do not follow.".to_owned(),
            false => format!(
                "None of the {} of the directory is called like that.",
                count(found.directory, "company").replace("companys", "companies")
            ),
        };
        screen.line([nothing.into()]);
        screen.next("agentctl source add URL   (the address of its careers page)");
        return;
    }
    let mut table = Table::new([
        ("company", Column::Cut),
        ("plugin", Column::Left),
        ("seen there", Column::Left),
        ("openings", Column::Right),
        ("", Column::Left),
        ("board", Column::Below),
    ]);
    for board in &found.boards {
        let openings = board.openings.map(|openings| openings.to_string());
        let seen = match board.verified.as_str() {
            "" => Span::new("never", DIM),
            day => day.into(),
        };
        let cells = [
            (&board.company).into(),
            (&board.plugin).into(),
            seen,
            openings.unwrap_or_default().into(),
            state(board),
            (&board.url).into(),
        ];
        let named_by = match board.named_by.as_str() {
            "" => String::new(),
            posting => format!("named by {posting}"),
        };
        let notes = [
            Note::Whole(Span::new(&board.error, WARN)),
            Note::Whole(Span::new(named_by, DIM)),
        ];
        table.row_with_notes(cells, notes);
    }
    screen.table(&table);
    if let Some(board) = found.boards.iter().find(|board| board.source.is_empty()) {
        screen.next(&format!("agentctl source add {}", board.url));
    }
}

fn state(board: &FoundBoard) -> Span {
    if !board.source.is_empty() {
        Span::new("followed", GOOD)
    } else if board.installed {
        Span::from("")
    } else {
        Span::new("plugin not installed", DIM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    fn board(company: &str, plugin: &str) -> FoundBoard {
        FoundBoard {
            company: company.to_owned(),
            plugin: plugin.to_owned(),
            url: format!("https://boards.example/{}", company.to_lowercase()),
            installed: true,
            ..FoundBoard::default()
        }
    }

    fn found(boards: Vec<FoundBoard>) -> FindBoardsResponse {
        FindBoardsResponse {
            boards,
            directory: 7_500,
        }
    }

    #[test]
    fn boards_are_shown_with_the_day_they_were_seen() {
        let some = found(vec![
            FoundBoard {
                verified: "2026-08-24".to_owned(),
                openings: Some(41),
                source: "ab12".to_owned(),
                ..board("Kranich", "greenhouse")
            },
            FoundBoard {
                installed: false,
                ..board("Kranichstein", "oracle")
            },
            FoundBoard {
                error: "gone: no such board".to_owned(),
                ..board("Kranich-Labs", "ashby")
            },
        ]);
        insta::assert_snapshot!(drawn(&some, |some, screen, _| draw(some, false, screen)));
        let learned = found(vec![FoundBoard {
            named_by: "Baker · Brindille\u{1b}[2J".to_owned(),
            ..board("Havelauen", "lever")
        }]);
        insta::assert_snapshot!(
            "p6_learned",
            drawn(&learned, |some, screen, _| draw(some, true, screen))
        );
        insta::assert_snapshot!(
            "nothing_found",
            drawn(&found(vec![]), |some, screen, _| draw(some, false, screen))
        );
        insta::assert_snapshot!(
            "nothing_learned",
            drawn(&found(vec![]), |some, screen, _| draw(some, true, screen))
        );
    }
}
