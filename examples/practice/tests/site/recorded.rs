use std::fs;
use std::path::Path;

use practice::{Portal, Practice, PracticeOptions, RoundCounts};
use serde_json::{Value, json};

use crate::boards::postings;
use crate::client::Client;

const GREENHOUSE: &str = "boards-api.greenhouse.io";

fn job(id: u32, title: &str, content: &str) -> Value {
    json!({ "id": id, "title": title, "content": content, "location": { "name": "Bern" } })
}

fn session(name: &str, portal: &str, board: &str, url: &str, file: &str) -> Value {
    json!({
        "name": name, "portal": portal, "board": board, "postings": 2, "note": "made for a test",
        "exchanges": [{
            "method": "GET", "url": url, "status": 200,
            "content_type": "application/json", "file": file, "seconds": 0.2,
        }],
    })
}

fn record(dir: &Path) {
    let jobs = |jobs: Value| json!({ "jobs": jobs, "meta": { "total": 2 } }).to_string();
    fs::create_dir(dir.join("gh")).unwrap();
    let first = jobs(json!([job(1, "Cook", "soup"), job(2, "Baker", "bread")]));
    let second = jobs(json!([
        job(2, "Baker", "more bread"),
        job(3, "Waiter", "plates")
    ]));
    fs::write(dir.join("gh/one.json"), first).unwrap();
    fs::write(dir.join("gh/two.json"), second).unwrap();
    let lever = json!([{ "id": "a", "text": "Potter" }, { "id": "b", "text": "Smith" }]);
    fs::write(dir.join("lever.json"), lever.to_string()).unwrap();
    let inn = "https://boards.greenhouse.io/inn";
    let api = "https://boards-api.greenhouse.io/v1/boards/inn/jobs?content=true";
    let mut yard = session(
        "yard",
        "lever",
        "https://jobs.lever.co/yard",
        "https://api.lever.co/v0/postings/yard?mode=json",
        "lever.json",
    );
    let gone = json!({ "url": "https://api.lever.co/v0/postings/old", "status": 404 });
    yard["exchanges"].as_array_mut().unwrap().push(gone);
    let index = json!({ "about": "a test", "sessions": [
        session("inn-1", "greenhouse", inn, api, "gh/one.json"),
        session("inn-2", "greenhouse", &format!("{inn}/"), api, "gh/two.json"),
        yard,
        session("elsewhere", "ashby", "https://jobs.ashbyhq.com/x", "https://api.ashbyhq.com/x", "none.json"),
    ]});
    fs::write(dir.join("index.json"), index.to_string()).unwrap();
}

fn options(dir: &Path, sessions: &[&str]) -> PracticeOptions {
    PracticeOptions {
        data: Some(dir.to_owned()),
        sessions: sessions.iter().map(|s| (*s).to_owned()).collect(),
        ..PracticeOptions::default()
    }
}

#[tokio::test]
async fn sessions_of_one_board_are_its_rounds() {
    let dir = tempfile::tempdir().unwrap();
    record(dir.path());
    let running = Practice::start(options(dir.path(), &[])).await.unwrap();
    let boards = running.boards();
    assert_eq!(boards.len(), 2, "the third portal is not spoken");
    let counts = |round, new, changed, closed| RoundCounts {
        round,
        listed: 2,
        new,
        changed,
        closed,
        ..RoundCounts::default()
    };
    assert_eq!(boards[0].rounds, [counts(1, 2, 0, 0), counts(2, 1, 1, 1)]);
    assert_eq!(boards[1].rounds, [counts(1, 2, 0, 0)]);

    let client = Client::of(&running);
    let first_id = |answer: Value| answer["jobs"][0]["id"].clone();
    for (round, id) in [(1, 1), (2, 2), (3, 2)] {
        running.set_round(round);
        let target = "/v1/boards/inn/jobs?content=true";
        let answer = client.get(GREENHOUSE, target).await.unwrap();
        assert_eq!(first_id(answer.json()), id, "round {round}");
        let yard = client
            .get("api.lever.co", "/v0/postings/yard?mode=json")
            .await
            .unwrap();
        assert_eq!(yard.json()[0]["text"], "Potter", "round {round}");
    }
}

#[tokio::test]
async fn sessions_are_served_in_the_order_they_are_named() {
    let dir = tempfile::tempdir().unwrap();
    record(dir.path());
    let running = Practice::start(options(dir.path(), &["inn-2", "inn-1"]))
        .await
        .unwrap();
    assert_eq!(running.boards().len(), 1);
    let answer = Client::of(&running)
        .get(GREENHOUSE, "/v1/boards/inn/jobs?content=true")
        .await
        .unwrap();
    assert_eq!(answer.json()["jobs"][0]["id"], 2);

    let only_lever = PracticeOptions {
        portals: vec![Portal::Lever],
        ..options(dir.path(), &[])
    };
    let running = Practice::start(only_lever).await.unwrap();
    assert_eq!(running.boards()[0].url, "https://jobs.lever.co/yard");
}

#[tokio::test]
async fn a_request_gets_the_exchange_that_differs_least() {
    let dir = tempfile::tempdir().unwrap();
    record(dir.path());
    let running = Practice::start(options(dir.path(), &[])).await.unwrap();
    let client = Client::of(&running);
    for (host, target, status) in [
        (
            GREENHOUSE,
            "/v1/boards/inn/jobs?content=true&pay_transparency=true",
            200,
        ),
        (GREENHOUSE, "/v1/boards/inn/jobs", 200),
        (GREENHOUSE, "/v1/boards/inn/jobs/1", 200),
        (GREENHOUSE, "/v1/boards/inn/jobs/9", 404),
        ("api.lever.co", "/v0/postings/old?mode=json", 404),
        ("api.lever.co", "/v1/boards/inn/jobs?content=true", 404),
    ] {
        let answer = client.get(host, target).await.unwrap();
        assert_eq!(answer.status, status, "{host}{target}");
    }
    let posted = client
        .post(GREENHOUSE, "/v1/boards/inn/jobs", "{}")
        .await
        .unwrap();
    assert!(
        posted.text().contains("no recorded answer"),
        "{}",
        posted.text()
    );
}

#[tokio::test]
async fn a_broken_recording_is_refused_with_its_reason() {
    let dir = tempfile::tempdir().unwrap();
    let check = async |index: Option<&str>, sessions: &[&str], reason: &str| {
        if let Some(index) = index {
            fs::write(dir.path().join("index.json"), index).unwrap();
        }
        let Err(error) = Practice::start(options(dir.path(), sessions)).await else {
            panic!("a site started in spite of: {reason}");
        };
        let text = format!("{error:#}");
        assert!(text.contains(reason), "{text}");
    };
    let whole = |file: &str| {
        let board = "https://jobs.lever.co/y";
        let session = session("y", "lever", board, "https://api.lever.co/y", file);
        json!({ "sessions": [session] }).to_string()
    };
    check(None, &[], "cannot read").await;
    check(Some("{"), &[], "is not an index of recorded sessions").await;
    check(Some("{\"sessions\":[]}"), &[], "holds no session to serve").await;
    check(Some(&whole("missing.json")), &[], "session y: cannot read").await;
    check(Some(&whole("index.json")), &["z"], "the index has y").await;
}

#[tokio::test]
async fn recorded_boards_are_served_as_counted() {
    let Some(dir) = std::env::var_os("AGENT_DATA") else {
        return;
    };
    let running = Practice::start(options(&Path::new(&dir).join("portals"), &[]))
        .await
        .unwrap();
    let client = Client::of(&running);
    for board in running.boards() {
        let listed = postings(&client, &board).await.len();
        assert_eq!(listed, board.expected, "{}", board.url);
    }
}
