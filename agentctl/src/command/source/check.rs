//! `agentctl source check`: whether boards still read as they used to.

use agent_api::v1::{CheckSourceRequest, ListSourcesRequest, SourceCheck};

use crate::error::Failure;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, Column, DIM, GOOD, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// Read boards once and compare them with their last runs.
///
/// A portal that changes gives no error: a board is empty all at once, or states
/// no pay any more. Such a run is an alarm, and nothing is closed on its word until
/// the next run finds the same or you say that it is right.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl source check\n  agentctl source check 2\n  \
    agentctl source check 2 --accept   (the last run is right: close what it did not list)\n  \
    agentctl --json source check       (a line of JSON per board)\n\n\
    Keeps nothing but what you accept. Exits with 1 when a board is not as usual."
)]
pub(crate) struct Args {
    /// Unique beginning of its id, or its row in the last list; all when left out
    source: Option<String>,
    /// Take the last run for right, which was an alarm; nothing is read
    #[arg(long, requires = "source")]
    accept: bool,
}

/// Checks one board after the other.
pub(super) async fn run(
    args: Args,
    session: &Session,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut sources = session.sources();
    let ids = match args.source {
        Some(typed) => vec![rows::resolve(List::Sources, &place.home, &typed)?],
        None => {
            let list = sources.list(ListSourcesRequest {}).await?.into_inner();
            list.sources.into_iter().map(|source| source.id).collect()
        }
    };
    let mut odd = 0_u64;
    for id in ids {
        let accept = args.accept;
        let checked = sources
            .check(CheckSourceRequest { id, accept })
            .await?
            .into_inner();
        odd += u64::from(matches!(checked.outcome.as_str(), "alarm" | "failed"));
        output.item(&checked, |checked, screen, _| draw(checked, screen))?;
    }
    match odd {
        0 => Ok(()),
        odd => Err(
            Failure::refused(format!("{} not as usual", count(odd, "board")))
                .reason("sources-not-as-usual"),
        ),
    }
}

/// Fields whose share moved less than this are as usual, and not shown.
const MOVED: f64 = 0.1;

fn draw(checked: &SourceCheck, screen: &mut Screen) {
    let source = checked.source.clone().unwrap_or_default();
    let found = count(checked.found, "posting");
    let said: Span = match checked.outcome.as_str() {
        "fine" => Span::new("fine", GOOD),
        "new" => Span::new("read; there is no earlier run to compare with", DIM),
        "accepted" => format!("accepted; {} closed", count(checked.closed, "opening")).into(),
        "failed" => Span::new("could not be read", BAD),
        _ => Span::new("not as usual", WARN),
    };
    screen.line([Span::new(&source.company, BOLD), ": ".into(), said]);
    for alarm in &checked.alarms {
        screen.hanging([Span::new("  ! ", WARN)], alarm);
    }
    if checked.outcome == "failed" {
        return;
    }
    let usual = match checked.runs {
        0 => String::new(),
        runs => format!(
            "; usual are {} to {} ({}, the middle is {})",
            checked.low,
            checked.high,
            count(runs, "run"),
            checked.usual
        ),
    };
    screen.line([format!("  {found}{usual}").into()]);
    if checked.dropped > 0 {
        screen.line([format!("  {} could not be read", checked.dropped).into()]);
    }
    let moved: Vec<_> = checked
        .fields
        .iter()
        .filter(|field| checked.runs > 0 && (field.found - field.usual).abs() >= MOVED)
        .collect();
    if !moved.is_empty() {
        let mut table = Table::new([
            ("stated", Column::Left),
            ("now", Column::Right),
            ("usual", Column::Right),
        ]);
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        for field in moved {
            table.row([
                (&field.field).into(),
                percent(field.found).into(),
                percent(field.usual).into(),
            ]);
        }
        screen.table(&table);
    }
    if checked.outcome == "alarm" && !source.alarms.is_empty() {
        let id = super::short(&source.id);
        screen.next(&format!(
            "agentctl source check {id} --accept   (if the board is right)"
        ));
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::{FieldShare, Source};

    use super::*;
    use crate::command::testing::drawn;

    fn checked(outcome: &str) -> SourceCheck {
        SourceCheck {
            source: Some(Source {
                id: "ab12cd34ef56".to_owned(),
                company: "Kranich".to_owned(),
                ..Source::default()
            }),
            outcome: outcome.to_owned(),
            found: 238,
            runs: 7,
            usual: 240,
            low: 144,
            high: 480,
            fields: vec![FieldShare {
                field: "pay".to_owned(),
                found: 0.8,
                usual: 0.82,
            }],
            ..SourceCheck::default()
        }
    }

    #[test]
    fn each_outcome_shows_its_figures() {
        let mut alarm = checked("alarm");
        alarm.found = 120;
        alarm.alarms = vec![
            "120 where there were 240, at least 144 are usual".to_owned(),
            "0 of 120 postings state the pay, usual are 82 %".to_owned(),
        ];
        if let Some(source) = &mut alarm.source {
            source.alarms.clone_from(&alarm.alarms);
        }
        alarm.fields[0].found = 0.0;
        alarm.dropped = 3;
        let failed = SourceCheck {
            alarms: vec!["the board answered 500\u{1b}[2J".to_owned()],
            ..checked("failed")
        };
        let new = SourceCheck {
            runs: 0,
            ..checked("new")
        };
        let accepted = SourceCheck {
            closed: 240,
            ..checked("accepted")
        };
        let all: String = [checked("fine"), alarm, failed, new, accepted]
            .iter()
            .map(|one| drawn(one, |one, screen, _| draw(one, screen)))
            .collect();
        insta::assert_snapshot!(all);
    }
}
