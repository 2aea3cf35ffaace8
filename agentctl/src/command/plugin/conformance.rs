//! How the verdict on a component is shown.

use serde::Deserialize;
use serde_json::Value;

use crate::screen::{BAD, BOLD, Column, DIM, GOOD, Screen, Span, Table, WARN};
use crate::text::{bytes, count};

/// Postings shown one by one.
const SHOWN: usize = 5;
/// Reasons shown of postings that were left out.
const REASONS: usize = 5;

/// The last line of a check.
#[derive(Debug, Deserialize)]
pub(super) struct Verdict {
    plugin: Option<Tested>,
    board: Option<Board>,
    postings: u64,
    pages: u64,
    total: Option<u64>,
    truncated: Option<String>,
    fetches: u64,
    details: Details,
    dropped: Vec<String>,
    repeated: u64,
    fill: Vec<Fill>,
    findings: Vec<Finding>,
    more_findings: u64,
}

#[derive(Debug, Deserialize)]
struct Tested {
    id: String,
    version: String,
    bytes: u64,
}

#[derive(Debug, Deserialize)]
struct Board {
    key: String,
    url: String,
}

#[derive(Debug, Deserialize)]
struct Details {
    wanted: u64,
    read: u64,
}

#[derive(Debug, Deserialize)]
struct Fill {
    field: String,
    stated: u64,
    share: f64,
}

#[derive(Debug, Deserialize)]
struct Finding {
    kind: String,
    says: String,
}

impl Verdict {
    /// Whether nothing speaks against the component.
    pub(super) fn passed(&self) -> bool {
        self.findings.is_empty()
    }

    /// How much speaks against it.
    pub(super) fn faults(&self) -> u64 {
        self.findings.len() as u64 + self.more_findings
    }
}

/// Draws what was read and what was found.
pub(super) fn draw(verdict: &Verdict, postings: &[Value], screen: &mut Screen) {
    if let Some(plugin) = &verdict.plugin {
        screen.line([
            Span::new(&plugin.id, BOLD),
            format!(" {}, {}", plugin.version, bytes(plugin.bytes)).into(),
        ]);
    }
    if let Some(board) = &verdict.board {
        screen.field("board", format!("{}  {}", board.key, board.url));
    }
    screen.field("postings", read(verdict));
    screen.field("requests", verdict.fetches.to_string());
    if let Some(request) = &verdict.truncated {
        screen.field("recorded to", request);
    }
    if verdict.details.wanted > 0 {
        let Details { wanted, read } = verdict.details;
        let text = format!("{read} of {wanted} that the list has no description of");
        screen.field("details", text);
    }
    for posting in postings.iter().take(SHOWN) {
        let text = |name: &str| posting[name].as_str().unwrap_or_default();
        let place = posting["locations"][0].as_str().unwrap_or_default();
        let lead = format!("  {}  ", text("external_id"));
        let rest = [text("title"), place].map(str::to_owned);
        let rest: Vec<String> = rest.into_iter().filter(|part| !part.is_empty()).collect();
        screen.cut_line([Span::new(lead, DIM), rest.join(" · ").into()]);
    }
    if !verdict.fill.is_empty() {
        screen.blank();
        let mut table = Table::new([
            ("field", Column::Left),
            ("stated", Column::Right),
            ("share", Column::Right),
        ]);
        for fill in &verdict.fill {
            let share = format!("{:.0} %", fill.share * 100.0);
            let stated = fill.stated.to_string();
            let style = if fill.stated == 0 { DIM } else { GOOD };
            table.row([
                fill.field.as_str().into(),
                stated.into(),
                Span::new(share, style),
            ]);
        }
        screen.table(&table);
    }
    if !verdict.dropped.is_empty() {
        screen.heading(&format!(
            "{} left out",
            count(verdict.dropped.len() as u64, "posting")
        ));
        for why in verdict.dropped.iter().take(REASONS) {
            screen.hanging(["- ".into()], why);
        }
    }
    screen.blank();
    for finding in &verdict.findings {
        screen.hanging(
            [Span::new(format!("{:<10}", finding.kind), BAD)],
            &finding.says,
        );
    }
    if verdict.more_findings > 0 {
        screen.line([format!("and {} more", verdict.more_findings).into()]);
    }
    match verdict.passed() {
        true => screen.line([
            Span::new("passed", GOOD),
            "  ids, texts, dates, pay, paging, errors and limits are as they should be".into(),
        ]),
        false => screen.line([Span::new("not passed", WARN)]),
    }
}

fn read(verdict: &Verdict) -> String {
    let mut text = format!("{} on {}", verdict.postings, count(verdict.pages, "page"));
    if let Some(total) = verdict.total {
        text.push_str(&format!("; the portal says {total}"));
    }
    if verdict.repeated > 0 {
        text.push_str(&format!("; {} listed again", verdict.repeated));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::command::testing::drawn;

    fn verdict(findings: Value) -> Verdict {
        let verdict = json!({
            "verdict": "?", "postings": 2, "pages": 1, "total": 3, "truncated": null,
            "plugin": { "id": "acme", "version": "0.1.0", "sha256": "9f", "bytes": 312_000 },
            "board": { "key": "kranich", "url": "https://jobs.acme.example/kranich" },
            "fetches": 4, "details": { "wanted": 2, "read": 1 }, "repeated": 0,
            "dropped": ["posting 3: has no title"], "markup_leaks": 0,
            "fill": [
                { "field": "locations", "stated": 2, "share": 1.0 },
                { "field": "pay", "stated": 0, "share": 0.0 },
            ],
            "findings": findings, "more_findings": 0,
        });
        serde_json::from_value(verdict).unwrap()
    }

    #[test]
    fn a_verdict_shows_what_was_read_and_what_was_found() {
        let postings = [
            json!({ "external_id": "1", "title": "Nurse\u{1b}[2J", "locations": ["Graz"] }),
            json!({ "external_id": "2", "title": "Cook", "locations": [] }),
        ];
        let passed = verdict(json!([]));
        let found = verdict(json!([{ "kind": "markup", "says": "<b> is left in title of 1" }]));
        assert!(passed.passed() && !found.passed());
        let mut text = drawn(&passed, |verdict, screen, _| {
            draw(verdict, &postings, screen)
        });
        text.push_str(&drawn(&found, |verdict, screen, _| {
            draw(verdict, &[], screen)
        }));
        insta::assert_snapshot!(text);
    }
}
