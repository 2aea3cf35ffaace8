//! `agentctl models usage`: what models were asked, day by day.

use agent_api::v1::{ModelUsage, ModelUsageRequest, ModelUsageResponse};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, Column, Screen, Span, Table, WARN};
use crate::session::Session;

/// Shows the usage of so many days.
pub(super) async fn run(days: u32, session: &Session, output: &mut Output) -> Result<(), Failure> {
    let usage = session.models().usage(ModelUsageRequest { days }).await?;
    output.show(&usage.into_inner(), draw)
}

fn draw(usage: &ModelUsageResponse, screen: &mut Screen, _: &Clock) {
    if usage.rows.is_empty() {
        screen.line(["No model was asked in this time.".into()]);
        screen.next("agentctl models list");
        return;
    }
    let mut table = Table::new([
        ("day", Column::Left),
        ("task", Column::Left),
        ("calls", Column::Right),
        ("cached", Column::Right),
        ("tokens in", Column::Right),
        ("out", Column::Right),
        ("time", Column::Right),
        ("not used", Column::Right),
        ("failed", Column::Right),
        ("model", Column::Main),
    ]);
    for row in &usage.rows {
        let some = |number: u32, style| match number {
            0 => Span::from(""),
            number => Span::new(number.to_string(), style),
        };
        table.row([
            (&row.day).into(),
            (&row.task).into(),
            row.calls.to_string().into(),
            row.cached.to_string().into(),
            row.tokens_in.to_string().into(),
            row.tokens_out.to_string().into(),
            seconds(row.millis).into(),
            some(unused(row), WARN),
            some(row.failed, BAD),
            (&row.model).into(),
        ]);
    }
    screen.table(&table);
    let all: u64 = usage.rows.iter().map(|row| u64::from(row.calls)).sum();
    let cached: u64 = usage.rows.iter().map(|row| u64::from(row.cached)).sum();
    screen.blank();
    screen.paragraph(
        0,
        &format!(
            "{all} calls; {cached} more questions were answered from what was asked before. \
             Answers that were not used had another shape or did not pass the checks; each \
             is named where it belongs: agentctl explain JOB or GOAL"
        ),
    );
}

fn unused(row: &ModelUsage) -> u32 {
    row.invalid.saturating_add(row.refused)
}

fn seconds(millis: u64) -> String {
    format!("{}.{} s", millis / 1000, millis % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn usage_tells_calls_from_what_was_kept() {
        let row = ModelUsage {
            day: "2026-03-02".to_owned(),
            tier: "ollama".to_owned(),
            model: "qwen3:4b".to_owned(),
            task: "posting".to_owned(),
            calls: 12,
            cached: 30,
            tokens_in: 18_220,
            tokens_out: 2_940,
            millis: 61_250,
            invalid: 1,
            refused: 2,
            failed: 0,
        };
        let usage = ModelUsageResponse {
            rows: vec![
                row.clone(),
                ModelUsage {
                    day: "2026-03-01".to_owned(),
                    task: "plan".to_owned(),
                    invalid: 0,
                    refused: 0,
                    failed: 1,
                    ..row
                },
            ],
        };
        insta::assert_snapshot!("usage", drawn(&usage, draw));
        insta::assert_snapshot!("no_usage", drawn(&ModelUsageResponse::default(), draw));
    }
}
