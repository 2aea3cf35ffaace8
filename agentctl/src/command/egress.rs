//! `agentctl egress`: every host that was contacted.

use agent_api::v1::{EgressEntry, EgressRequest, EgressResponse};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, Column, DIM, Screen, Span, Table};
use crate::session::{Place, Session};
use crate::text::bytes;

/// Show every host that was contacted, by whom and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl egress\n  agentctl egress --each --limit 20")]
pub(crate) struct Args {
    /// Single exchanges, newest first, instead of totals per host
    #[arg(long)]
    each: bool,
    /// At most this many exchanges
    #[arg(long, short, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

/// Shows the ledger.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let request = EgressRequest {
        each: args.each,
        limit: args.limit,
    };
    let ledger = session.data().egress(request).await?.into_inner();
    output.show(&ledger, draw)
}

fn draw(ledger: &EgressResponse, screen: &mut Screen, clock: &Clock) {
    if ledger.totals.is_empty() && ledger.entries.is_empty() {
        screen.line(["No host was contacted yet.".into()]);
    }
    if !ledger.totals.is_empty() {
        draw_totals(ledger, screen, clock);
    }
    if !ledger.entries.is_empty() {
        draw_entries(ledger, screen, clock);
    }
}

fn draw_totals(ledger: &EgressResponse, screen: &mut Screen, clock: &Clock) {
    let mut table = Table::new([
        ("host", Column::Main),
        ("requests", Column::Right),
        ("refused", Column::Right),
        ("out", Column::Right),
        ("in", Column::Right),
        ("last", Column::Below),
        ("asked by", Column::Below),
        ("for", Column::Below),
    ]);
    for total in &ledger.totals {
        table.row([
            (&total.host).into(),
            total.requests.to_string().into(),
            total.refused.to_string().into(),
            bytes(total.bytes_out).into(),
            bytes(total.bytes_in).into(),
            clock.time(total.last.as_ref()).into(),
            (&total.component).into(),
            (&total.purpose).into(),
        ]);
    }
    screen.table(&table);
}

fn draw_entries(ledger: &EgressResponse, screen: &mut Screen, clock: &Clock) {
    let mut table = Table::new([
        ("at", Column::Left),
        ("asked by", Column::Cut),
        ("for", Column::Cut),
        ("answer", Column::Main),
        ("out", Column::Right),
        ("in", Column::Right),
        ("request", Column::Below),
    ]);
    for entry in &ledger.entries {
        table.row([
            Span::new(clock.precise(entry.at.as_ref()), DIM),
            (&entry.component).into(),
            (&entry.purpose).into(),
            answer(entry),
            bytes(entry.bytes_out).into(),
            bytes(entry.bytes_in).into(),
            format!("{} {}", entry.method, entry.url).into(),
        ]);
    }
    screen.table(&table);
}

fn answer(entry: &EgressEntry) -> Span {
    match (entry.refusal.as_str(), entry.status) {
        ("", 0) => Span::new("none", BAD),
        ("", status) => status.to_string().into(),
        (refusal, _) => Span::new(refusal, BAD),
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::EgressTotal;

    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn p4_the_ledger_names_host_component_purpose_and_bytes() {
        let totals = EgressResponse {
            totals: vec![EgressTotal {
                host: "boards-api.greenhouse.io".to_owned(),
                component: "greenhouse".to_owned(),
                purpose: "discover".to_owned(),
                requests: 14,
                refused: 1,
                bytes_out: 5_100,
                bytes_in: 2_400_000,
                last: at("2026-03-02T07:30:05Z"),
            }],
            entries: Vec::new(),
        };
        insta::assert_snapshot!(drawn(&totals, draw));

        let entry = EgressEntry {
            at: at("2026-03-02T07:30:05Z"),
            component: "greenhouse".to_owned(),
            purpose: "discover".to_owned(),
            method: "GET".to_owned(),
            url: "https://boards-api.greenhouse.io/v1/boards/kranich/jobs?content=true".to_owned(),
            status: 200,
            bytes_out: 320,
            bytes_in: 150_000,
            refusal: String::new(),
        };
        let refused = EgressEntry {
            status: 0,
            refusal: "host not granted".to_owned(),
            ..entry.clone()
        };
        let each = EgressResponse {
            totals: Vec::new(),
            entries: vec![entry, refused],
        };
        insta::assert_snapshot!("each", drawn(&each, draw));
    }
}
