//! `agentctl sync`: reads the boards now and shows what came of it.

use std::io::IsTerminal;
use std::time::Duration;

use agent_api::v1::{SyncProgress, SyncReport, SyncRequest};
use indicatif::ProgressBar;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::{Format, Output};
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, Column, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text::{self, count};

/// Reasons for dropped postings shown before the rest is only counted.
const DROPPED_SHOWN: usize = 20;

/// Read the boards now, then rank.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl sync\n  agentctl sync 2 ab12\n  agentctl --json sync   (a line of JSON per step)\n\n\
    The work goes on in the daemon when this command is interrupted.\nExits with 1 when a board failed."
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
    let progress = Progress::new(output.format);
    while let Some(step) = steps.message().await? {
        progress.show(&step, output);
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
        draw(&outcome, &total, &mut screen, &output.clock);
        output.print(screen)?;
    }
    match total.failed_sources {
        0 => Ok(()),
        failed => Err(
            Failure::refused(format!("{} failed", count(failed, "source")))
                .reason("sources-failed"),
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

/// Shows steps beside the answer: one moving line on a terminal, else a line per board.
struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(format: Format) -> Self {
        let moving = format == Format::Text && std::io::stderr().is_terminal();
        let bar = moving.then(ProgressBar::new_spinner);
        if let Some(bar) = &bar {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar }
    }

    fn show(&self, step: &SyncProgress, output: &Output) {
        match &self.bar {
            Some(bar) => bar.set_message(moving_line(step)),
            None if is_finished(step) => output.note(&finished_line(step)),
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn moving_line(step: &SyncProgress) -> String {
    let of = match step.total {
        0 => String::new(),
        total => format!(" of {total}"),
    };
    text::clean(&match step.stage.as_str() {
        "discover" => format!("reading {}: {}{of}", step.company, step.done),
        "enrich" => format!("finding skills: {}{of}", step.done),
        "rank" => format!("ranking: {}{of}", step.done),
        stage => stage.to_owned(),
    })
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

fn draw(outcome: &Outcome, total: &SyncReport, screen: &mut Screen, _: &Clock) {
    let mut table = Table::new([
        ("board", Column::Cut),
        ("asked", Column::Right),
        ("fetched", Column::Right),
        ("new", Column::Right),
        ("changed", Column::Right),
        ("restated", Column::Right),
        ("unchanged", Column::Right),
        ("closed", Column::Right),
        ("reopened", Column::Right),
        ("dropped", Column::Right),
    ]);
    for board in &outcome.boards {
        let company = match board.error.is_empty() {
            true => Span::from(&board.company),
            false => Span::new(format!("{} (failed)", board.company), BAD),
        };
        table.row(cells(company, &board.report.clone().unwrap_or_default()));
    }
    table.row(cells(Span::new("all", BOLD), total));
    screen.table(&table);

    let failed: Vec<&SyncProgress> = outcome
        .boards
        .iter()
        .filter(|board| !board.error.is_empty())
        .collect();
    if !failed.is_empty() {
        screen.heading("Failed");
        for board in failed {
            screen.paragraph(0, &format!("{}: {}", board.company, board.error));
        }
    }
    if !total.dropped.is_empty() {
        screen.heading("Not taken");
        for reason in total.dropped.iter().take(DROPPED_SHOWN) {
            screen.cut_line([Span::new("- ", WARN), reason.into()]);
        }
        if let Some(more @ 1..) = total.dropped.len().checked_sub(DROPPED_SHOWN) {
            screen.line([
                format!("  and {more} more; all of them with: agentctl --json sync").into(),
            ]);
        }
    }
    screen.blank();
    screen.line([format!("{} ranked.", count(total.ranked, "job")).into()]);
    screen.next("agentctl jobs list");
}

fn cells(name: Span, report: &SyncReport) -> Vec<Span> {
    let numbers = [
        report.asked,
        report.fetched,
        report.new,
        report.changed,
        report.restated,
        report.unchanged,
        report.closed,
        report.reopened,
        u32::try_from(report.dropped.len()).unwrap_or(u32::MAX),
    ];
    std::iter::once(name)
        .chain(numbers.map(|number| number.to_string().into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{clock, drawn};

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
            ..SyncReport::default()
        };
        let total = SyncReport {
            ranked: 240,
            failed_sources: 1,
            ..kranich.clone()
        };
        let mut outcome = Outcome::default();
        outcome.take(step("Kranich", None, ""));
        outcome.take(step("Kranich", Some(kranich), ""));
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
        assert_eq!(outcome.boards.len(), 2, "a step under way is no result");
        let total = outcome.total.clone().unwrap();
        insta::assert_snapshot!(drawn(&outcome, |outcome, screen, _| draw(
            outcome,
            &total,
            screen,
            &clock()
        )));
    }

    #[test]
    fn progress_is_one_clean_line() {
        let mut under_way = step("Kra\u{1b}[Anich", None, "");
        assert_eq!(moving_line(&under_way), "reading Kra[Anich: 30 of 120");
        under_way.total = 0;
        under_way.stage = "rank".to_owned();
        assert_eq!(moving_line(&under_way), "ranking: 30");
        assert_eq!(
            finished_line(&step("Möwe", None, "it answered 500")),
            "Möwe: failed: it answered 500"
        );
    }
}
