//! From an empty home to a ranked list with reasons.

use practice::PracticeOptions;
use serde_json::Value;

use crate::harness::{Home, employer};

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_home_says_what_to_do_next() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    let inbox = home.json(&[]);
    let commands: Vec<&str> = inbox["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["command"].as_str().unwrap())
        .collect();
    for wanted in [
        "agentctl init CV",
        "agentctl plugin install FILE",
        "agentctl source add URL",
    ] {
        assert!(commands.contains(&wanted), "{commands:?}");
    }
    let status = home.json(&["status"]);
    assert_eq!(status["practice"], true);
    // What is not set up yet is no fault, and says what to do.
    let doctor = home.json(&["doctor"]);
    assert!(
        doctor["findings"].as_array().unwrap().len() >= 6,
        "{doctor}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn p7_jobs_are_ranked_with_reasons_that_quote_and_follow_their_boards() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let report = home.json(&["sync"]);
    let expected = employer.rounds();
    let first = expected.first().unwrap();
    assert_eq!(report["report"]["new"], first.new, "{report}");
    assert_eq!(report["report"]["failed_sources"], 0, "{report}");

    let sources = home.json(&["source", "list"]);
    let named = |name: &str| {
        sources["sources"]
            .as_array()
            .unwrap()
            .iter()
            .any(|source| source["company"] == name)
    };
    assert!(
        named("Halden Cloud"),
        "a board goes by the name its postings state: {sources}"
    );

    let list = home.json(&["jobs", "list", "--all", "--limit", "500"]);
    // One row for each opening; the other postings of it are counted beside.
    let count = |key: &str| list[key].as_u64().unwrap();
    assert_eq!(count("total") + count("folded"), first.listed as u64);
    let jobs = list["jobs"].as_array().unwrap();
    for job in jobs.iter().take(10) {
        let explained = home.json(&["explain", job["id"].as_str().unwrap()]);
        every_reason_quotes(&explained);
        let shares: f64 = explained["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["share"].as_f64().unwrap())
            .sum();
        assert!((shares - 1.0).abs() < 1e-6, "{explained}");
    }
    let top: Vec<&str> = jobs
        .iter()
        .take(5)
        .map(|job| job["title"].as_str().unwrap())
        .collect();
    let engineering = |title: &&&str| {
        ["engineer", "developer", "entwickler", "développeu", "sre"]
            .iter()
            .any(|word| title.to_lowercase().contains(word))
    };
    assert_eq!(
        top.iter().filter(engineering).count(),
        5,
        "the CV's own profession comes first: {top:?}"
    );

    employer.set_round(2);
    let second = &expected[1];
    let report = home.json(&["sync"])["report"].clone();
    let counts = ["new", "changed", "restated", "closed", "reopened"]
        .map(|key| report[key].as_u64().unwrap());
    let wanted = [
        second.new,
        second.changed,
        second.restated,
        second.closed,
        second.reopened,
    ]
    .map(|n| n as u64);
    assert_eq!(counts, wanted, "new, changed, restated, closed, reopened");

    employer.set_round(3);
    let third = &expected[2];
    let report = home.json(&["sync"])["report"].clone();
    assert_eq!(report["reopened"], third.reopened, "{report}");

    let hits = home.json(&[
        "jobs", "search", "keeping", "services", "running", "at", "night",
    ]);
    assert!(!hits["hits"].as_array().unwrap().is_empty(), "{hits}");
}

fn every_reason_quotes(explained: &Value) {
    // What a posting does not ask for stands in no sentence of it.
    let absent = |check: &&Value| {
        let text = check["reason"]["text"].as_str().unwrap();
        check["outcome"] == "pass" && text.contains(" no ")
    };
    let checks = explained["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| !absent(check))
        .map(|check| &check["reason"]);
    let parts = explained["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 5, "{explained}");
    let reasons = parts
        .iter()
        .flat_map(|part| part["reasons"].as_array().unwrap());
    for reason in checks.chain(reasons) {
        let quotes = reason["evidence"].as_array().unwrap();
        assert!(
            !quotes.is_empty()
                && quotes
                    .iter()
                    .all(|quote| !quote["quote"].as_str().unwrap().is_empty()),
            "a reason without a sentence or a number: {reason}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_change_the_order_at_once() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    let total = |home: &Home| home.json(&["jobs", "list"])["total"].as_u64().unwrap();
    let before = total(&home);
    home.json(&["prefs", "set", "pay-floor", "9000000 EUR/year"]);
    let after = total(&home);
    assert!(
        after < before,
        "a floor above all pay leaves only jobs that state none: {before} → {after}"
    );
    home.json(&["prefs", "clear", "pay-floor"]);
    assert_eq!(total(&home), before);
}
