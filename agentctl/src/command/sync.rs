//! `agentctl sync`: reads the boards now and shows what came of it.

use agent_api::v1::{StatusResponse, SyncProgress, SyncReport, SyncRequest};

use super::next;
use crate::error::Failure;
use crate::moving::MovingLine;
use crate::output::{Format, Output};
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, Column, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// Reasons for dropped postings shown before the rest is only counted.
const DROPPED_SHOWN: usize = 20;

/// Read the boards now, then rank.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl sync\n  agentctl sync 2 ab12\n  agentctl --json sync   (a line of JSON per step)\n\n\
    The work goes on in the daemon when this command is interrupted.\nExits with 1 when a board failed.\n\n\
    Changed is another text; restated the same text with another title, place or\n\
    pay; dropped was read and could not be understood; twice was listed again on\n\
    one board; not given is counted by the portal only.\n\n\
    Some boards list openings in short. Of these, own page was read too, unread\n\
    could not be, later is left for the next sync.\n\n\
    A board that reads quite unlike before is not believed: what it did not list\n\
    is held open until the next sync finds the same, or you say so."
)]
pub(crate) struct Args {
    /// Unique beginnings of ids, or rows in the last list of sources; all when left out
    sources: Vec<String>,
}

/// Follows a sync to its end.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let resolve = |typed: &String| rows::resolve(List::Sources, &place.home, typed);
    let sources = args
        .sources
        .iter()
        .map(resolve)
        .collect::<Result<Vec<_>, _>>()?;
    let session = Session::open(place, output).await?;
    let mut steps = session
        .sources()
        .sync(SyncRequest { sources })
        .await?
        .into_inner();

    let mut outcome = Outcome::default();
    let progress = MovingLine::new(output.format);
    while let Some(step) = steps.message().await? {
        if !progress.says(&moving_line(&step)) && is_finished(&step) {
            output.note(&finished_line(&step));
        }
        if output.format == Format::Json {
            output.item(&step, |_, _, _| {})?;
        }
        outcome.take(step);
    }
    drop(progress);
    let Some(total) = outcome.total.clone() else {
        return Err(Failure::refused("the daemon ended the sync early")
            .reason("sync-ended")
            .hint("nothing is lost; go on with: agentctl sync"));
    };
    if output.format == Format::Text {
        let mut screen = output.screen();
        draw(&outcome, &total, &session.status, &mut screen);
        output.print(screen)?;
    }
    match total.failed_sources {
        0 => Ok(()),
        failed => Err(
            Failure::refused(format!("{} failed", count(failed, "board"))).reason("sources-failed"),
        ),
    }
}

/// What each board gave, in the order they were finished.
#[derive(Debug, Default)]
struct Outcome {
    boards: Vec<SyncProgress>,
    total: Option<SyncReport>,
}

impl Outcome {
    fn take(&mut self, step: SyncProgress) {
        if step.stage == "done" {
            self.total = step.report;
        } else if is_finished(&step) {
            self.boards.push(step);
        }
    }
}

fn is_finished(step: &SyncProgress) -> bool {
    !step.source.is_empty() && (step.report.is_some() || !step.error.is_empty())
}

fn moving_line(step: &SyncProgress) -> String {
    let of = match step.total {
        0 => String::new(),
        total => format!(" of {total}"),
    };
    match step.stage.as_str() {
        "discover" => format!("reading {}: {}{of}", step.company, step.done),
        "details" => format!(
            "reading single openings of {}: {}{of}",
            step.company, step.done
        ),
        "enrich" => format!("finding skills: {}{of}", step.done),
        "rank" => format!("ranking: {}{of}", step.done),
        stage => stage.to_owned(),
    }
}

fn finished_line(step: &SyncProgress) -> String {
    match &step.report {
        _ if !step.error.is_empty() => format!("{}: failed: {}", step.company, step.error),
        Some(report) => format!(
            "{}: {} fetched, {} new",
            step.company, report.fetched, report.new
        ),
        None => step.company.clone(),
    }
}

fn draw(outcome: &Outcome, total: &SyncReport, status: &StatusResponse, screen: &mut Screen) {
    let all = numbers(total);
    // A column of noughts says nothing.
    let shown: Vec<usize> = (0..all.len())
        .filter(|&index| index < ALWAYS || all.get(index).is_some_and(|(_, number)| *number > 0))
        .collect();
    let cells = |name: Span, report: &SyncReport| {
        let numbers = numbers(report);
        let of = |&index: &usize| {
            numbers
                .get(index)
                .map(|(_, number)| number.to_string().into())
        };
        std::iter::once(name)
            .chain(shown.iter().filter_map(of))
            .collect::<Vec<Span>>()
    };
    let headings = shown.iter().filter_map(|&index| all.get(index));
    let mut table = Table::new(
        std::iter::once(("board", Column::Cut))
            .chain(headings.map(|(name, _)| (*name, Column::Right))),
    );
    for board in &outcome.boards {
        let company = match board.error.is_empty() {
            true => Span::from(&board.company),
            false => Span::new(format!("{} (failed)", board.company), BAD),
        };
        table.row(cells(company, &board.report.clone().unwrap_or_default()));
    }
    if outcome.boards.len() != 1 {
        table.row(cells(Span::new("all", BOLD), total));
    }
    screen.table(&table);

    let failed: Vec<&SyncProgress> = outcome
        .boards
        .iter()
        .filter(|board| !board.error.is_empty())
        .collect();
    if !failed.is_empty() {
        screen.heading("Failed");
        for board in failed {
            screen.hanging(
                [Span::new("- ", BAD)],
                format!("{}: {}", board.company, board.error),
            );
        }
    }
    if !total.dropped.is_empty() {
        screen.heading("Not taken");
        for reason in total.dropped.iter().take(DROPPED_SHOWN) {
            screen.hanging([Span::new("- ", WARN)], reason);
        }
        if let Some(more @ 1..) = total.dropped.len().checked_sub(DROPPED_SHOWN) {
            screen.line([
                format!("  and {more} more; all of them with: agentctl --json sync").into(),
            ]);
        }
    }
    let odd: Vec<(&SyncProgress, &SyncReport)> = outcome
        .boards
        .iter()
        .filter_map(|board| Some((board, board.report.as_ref()?)))
        .filter(|(_, report)| !report.alarms.is_empty())
        .collect();
    if !odd.is_empty() {
        screen.heading("Not as usual");
        for (board, report) in odd {
            let held = match report.held {
                0 => String::new(),
                held => format!("; {} not listed and not closed", count(held, "opening")),
            };
            screen.hanging(
                [Span::new("- ", WARN)],
                format!("{}: {}{held}", board.company, report.alarms.join("; ")),
            );
        }
        screen.line(["  Look again: agentctl source check; if it is right: --accept".into()]);
    }
    screen.blank();
    screen.line([match (total.ranked, status.has_profile) {
        (0, false) => "Nothing can be ranked before your CV was read.".into(),
        (0, true) => "Nothing had to be ranked anew.".into(),
        (ranked, _) => format!("{} ranked.", count(ranked, "opening")).into(),
    }]);
    if total.learned > 0 {
        screen.line([format!(
            "Postings name {} you do not follow: agentctl source find --learned",
            count(total.learned, "board")
        )
        .into()]);
    }
    screen.next(match status.has_profile {
        true => "agentctl jobs list",
        false => next::step(status),
    });
}

/// Counts that are shown even when they are nought.
const ALWAYS: usize = 2;

fn numbers(report: &SyncReport) -> [(&'static str, u64); 14] {
    // Of what the portal says it has, this it did not give.
    let kept_back = report.asked.saturating_sub(report.fetched);
    [
        ("read", report.fetched.into()),
        ("new", report.new.into()),
        ("changed", report.changed.into()),
        ("restated", report.restated.into()),
        ("unchanged", report.unchanged.into()),
        ("closed", report.closed.into()),
        ("reopened", report.reopened.into()),
        ("dropped", report.dropped.len() as u64),
        ("twice", report.duplicates.into()),
        ("not given", kept_back.into()),
        ("own page", report.details.into()),
        ("unread", report.details_failed.into()),
        ("later", report.not_asked.into()),
        ("held open", report.held.into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    fn step(company: &str, report: Option<SyncReport>, error: &str) -> SyncProgress {
        SyncProgress {
            stage: "discover".to_owned(),
            source: "ab12".to_owned(),
            company: company.to_owned(),
            done: 30,
            total: 120,
            report,
            error: error.to_owned(),
        }
    }

    fn outcome() -> Outcome {
        let kranich = SyncReport {
            asked: 120,
            fetched: 118,
            new: 12,
            changed: 3,
            restated: 2,
            unchanged: 101,
            closed: 4,
            reopened: 1,
            dropped: vec![
                "posting 77: no title".to_owned(),
                "posting 78: 9 MiB".to_owned(),
            ],
            details: 12,
            not_asked: 30,
            ..SyncReport::default()
        };
        let emptied = SyncReport {
            alarms: vec!["0 where there were 240, at least 144 are usual".to_owned()],
            held: 240,
            ..SyncReport::default()
        };
        let total = SyncReport {
            ranked: 240,
            failed_sources: 1,
            held: emptied.held,
            alarms: emptied.alarms.clone(),
            learned: 3,
            ..kranich.clone()
        };
        let mut outcome = Outcome::default();
        outcome.take(step("Kranich", None, ""));
        outcome.take(step("Kranich", Some(kranich), ""));
        outcome.take(step("Halden", Some(emptied), ""));
        outcome.take(step(
            "Möwe",
            Some(SyncReport::default()),
            "the board answered 500; try again later",
        ));
        outcome.take(SyncProgress {
            stage: "done".to_owned(),
            report: Some(total),
            ..SyncProgress::default()
        });
        outcome
    }

    #[test]
    fn the_report_has_a_row_per_board_and_the_reasons() {
        let outcome = outcome();
        assert_eq!(outcome.boards.len(), 3, "a step under way is no result");
        let total = outcome.total.clone().unwrap();
        let status = StatusResponse {
            has_profile: true,
            ..StatusResponse::default()
        };
        insta::assert_snapshot!(drawn(&outcome, |outcome, screen, _| {
            draw(outcome, &total, &status, screen);
        }));
    }

    #[test]
    fn progress_is_one_line() {
        let mut under_way = step("Kranich", None, "");
        assert_eq!(moving_line(&under_way), "reading Kranich: 30 of 120");
        under_way.total = 0;
        under_way.stage = "rank".to_owned();
        assert_eq!(moving_line(&under_way), "ranking: 30");
        assert_eq!(
            finished_line(&step("Möwe", None, "it answered 500")),
            "Möwe: failed: it answered 500"
        );
    }
}
