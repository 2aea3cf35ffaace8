//! The check of a component over a recording: what keeps the contract passes,
//! and what breaks it is found, each by its own name.

use std::path::PathBuf;

use agent_portal::conformance::{self, Kind, Report, Subject};
use agent_portal::limits::Limits;
use serde_json::{Value, json};

use crate::support::{Bench, built};

const BOARD: &str = "https://jobs.lever.co/acme";
const LIST: &str = "https://api.lever.co/v0/postings/acme?mode=json";

/// A posting in Lever's shape.
fn posting(id: &str, title: &str, description: &str) -> Value {
    json!({
        "id": id, "text": title, "hostedUrl": format!("https://jobs.lever.co/acme/{id}"),
        "description": description, "createdAt": 1_790_000_000_123_u64,
        "categories": { "location": "Graz" },
    })
}

/// A recording with one answer.
fn recording(bench: &Bench, url: &str, answer: &str) -> PathBuf {
    let har = json!({ "log": { "version": "1.2", "entries": [{
        "request": { "method": "GET", "url": url },
        "response": { "status": 200, "content": { "mimeType": "application/json", "text": answer } },
    }]}});
    let path = bench.folder.path().join("recording.har");
    std::fs::write(&path, har.to_string()).unwrap();
    path
}

async fn checked(component: &str, url: &str, answer: &str, board: &str) -> Report {
    let bench = Bench::new(Limits::default());
    let subject = Subject {
        component: &built(component),
        recording: &recording(&bench, url, answer),
        board,
    };
    conformance::check(&bench.host, &subject).await.unwrap()
}

fn kinds(report: &Report) -> Vec<Kind> {
    report.findings.iter().map(|found| found.kind).collect()
}

#[tokio::test]
async fn a_component_that_keeps_the_contract_passes_with_its_postings() {
    let list = json!([
        posting("a", "Nurse", "<p>Care for patients &amp; kin</p>"),
        posting("b", "Cook", "<p>Vec&lt;T&gt; for lunch</p>"),
    ]);
    let report = checked("lever.wasm", LIST, &list.to_string(), BOARD).await;
    assert!(report.passed(), "{:?}", report.findings);
    let first = &report.postings[0];
    assert_eq!(first.title, "Nurse");
    assert_eq!(first.locations, ["Graz"]);
    assert_eq!(first.posted_at.as_deref(), Some("2026-09-21T14:13:20.123Z"));
    assert_eq!(
        first.description_text.as_deref(),
        Some("Care for patients & kin")
    );
    let places = report.fill.iter().find(|fill| fill.field == "locations");
    assert_eq!(places.unwrap().stated, 2);
}

#[tokio::test]
async fn what_breaks_the_contract_is_found_by_its_name() {
    // The portal escaped twice, so a reference is left in the text.
    let twice = json!([posting("a", "Nurse", "<p>R&amp;amp;D</p>")]).to_string();
    let report = checked("lever.wasm", LIST, &twice, BOARD).await;
    assert_eq!(kinds(&report), [Kind::Markup], "{:?}", report.findings);
    assert_eq!(report.markup_leaks, 1);

    let same = json!([posting("a", "Nurse", "x"), posting("a", "Cook", "y")]).to_string();
    let report = checked("lever.wasm", LIST, &same, BOARD).await;
    assert_eq!(kinds(&report), [Kind::Id], "{:?}", report.findings);

    let report = checked("lever.wasm", LIST, "[]", "https://www.example.com/acme").await;
    assert_eq!(kinds(&report), [Kind::Unclaimed], "{:?}", report.findings);

    let elsewhere = "https://api.lever.co/v0/postings/other?mode=json";
    let report = checked("lever.wasm", elsewhere, "[]", BOARD).await;
    assert_eq!(kinds(&report), [Kind::Empty], "{:?}", report.findings);
    assert!(
        report
            .truncated
            .is_some_and(|request| request.contains("acme"))
    );

    let report = checked("lever.wasm", LIST, "{\"ok\":false}", BOARD).await;
    assert_eq!(kinds(&report), [Kind::Failed], "{:?}", report.findings);
}

#[tokio::test]
async fn p5_a_component_that_misbehaves_is_found_out_and_harms_nothing() {
    for (misdeed, expected) in [
        ("panic", Kind::Crash),
        ("memory", Kind::Limit),
        ("fetch-forever", Kind::Limit),
        ("fetch-ungranted", Kind::Grant),
    ] {
        let board = format!("https://hostile.example/{misdeed}");
        let report = checked("testing/hostile.wasm", LIST, "[]", &board).await;
        assert_eq!(
            report.findings.first().map(|found| found.kind),
            Some(expected),
            "{misdeed}: {:?}",
            report.findings
        );
    }
}
