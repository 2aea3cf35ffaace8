use std::collections::HashMap;

use practice::{BoardInfo, CONTROL_HOST, Portal, Practice, PracticeOptions, RoundCounts, Running};
use serde_json::Value;

use crate::client::Client;

const GREENHOUSE: &str = "boards-api.greenhouse.io";
const LEVER: &str = "api.lever.co";

/// Host and target of a board's whole list.
pub(crate) fn list_of(board: &BoardInfo) -> (&'static str, String) {
    let token = board.url.rsplit('/').next().unwrap();
    match board.portal {
        Portal::Greenhouse => (GREENHOUSE, format!("/v1/boards/{token}/jobs?content=true")),
        Portal::Lever => (LEVER, format!("/v0/postings/{token}?mode=json")),
    }
}

/// The postings a board lists now.
pub(crate) async fn postings(client: &Client, board: &BoardInfo) -> Vec<Value> {
    let (host, target) = list_of(board);
    let list = client.get(host, &target).await.unwrap().json();
    let list = match board.portal {
        Portal::Greenhouse => &list["jobs"],
        Portal::Lever => &list,
    };
    list.as_array().unwrap().clone()
}

/// Text and facts by board and id, read off the wire.
async fn read_all(client: &Client, running: &Running) -> HashMap<String, (String, String)> {
    let mut all = HashMap::new();
    for board in running.boards() {
        for posting in postings(client, &board).await {
            let parts = |keys: &[&str]| -> String {
                keys.iter().map(|key| posting[*key].to_string()).collect()
            };
            let state = match board.portal {
                Portal::Greenhouse => (parts(&["content"]), parts(&["title", "location"])),
                Portal::Lever => (
                    parts(&["description", "lists", "additional"]),
                    parts(&["text", "categories"]),
                ),
            };
            let id = format!("{} {}", board.url, posting["id"]);
            assert!(all.insert(id, state).is_none(), "an id is listed twice");
        }
    }
    all
}

#[tokio::test]
async fn what_a_reader_finds_in_each_round_is_what_was_promised() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    let mut seen: HashMap<String, (String, String)> = HashMap::new();
    let mut before: HashMap<String, (String, String)> = HashMap::new();
    for promised in running.rounds() {
        running.set_round(promised.round);
        let now = read_all(&client, &running).await;
        let kept = || {
            now.iter()
                .filter_map(|(id, new)| Some((before.get(id)?, new)))
        };
        let found = RoundCounts {
            round: promised.round,
            listed: now.len(),
            new: now.keys().filter(|id| !seen.contains_key(*id)).count(),
            changed: kept().filter(|(old, new)| old.0 != new.0).count(),
            restated: kept()
                .filter(|(old, new)| old.0 == new.0 && old.1 != new.1)
                .count(),
            closed: before.keys().filter(|id| !now.contains_key(*id)).count(),
            reopened: now
                .keys()
                .filter(|id| seen.contains_key(*id) && !before.contains_key(*id))
                .count(),
        };
        assert_eq!(found, promised);
        seen.extend(now.clone());
        before = now;
    }
}

#[tokio::test]
async fn each_board_lists_what_its_ready_line_says() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    for board in running.boards() {
        assert_eq!(
            postings(&client, &board).await.len(),
            board.expected,
            "{}",
            board.url
        );
    }
}

#[tokio::test]
async fn greenhouse_answers_lists_details_and_unknown_names() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    let get = |target: &'static str| client.get(GREENHOUSE, target);

    let short = get("/v1/boards/haldencloud/jobs").await.unwrap().json();
    assert_eq!(short["jobs"][0].get("content"), None);
    let listed = short["jobs"].as_array().unwrap().len();
    assert_eq!(short["meta"]["total"], listed);
    let id = short["jobs"][0]["id"].as_u64().unwrap();
    let target = format!("/v1/boards/haldencloud/jobs/{id}?pay_transparency=true");
    let job = client.get(GREENHOUSE, &target).await.unwrap().json();
    assert_eq!(job["company_name"], "Halden Cloud ");
    assert_eq!(job["pay_input_ranges"][0]["min_cents"], 9_000_000);
    assert!(
        job["content"]
            .as_str()
            .unwrap()
            .starts_with("&lt;div class=&quot;content-intro")
    );

    let old = get("/v1/boards/kranichsystems/jobs?content=true")
        .await
        .unwrap()
        .json();
    let job = &old["jobs"][0];
    assert_eq!(
        (job.get("company_name"), job.get("first_published")),
        (None, None)
    );
    assert!(job["content"].as_str().unwrap().contains("&amp;nbsp;"));

    for missing in [
        "/v1/boards/nobody/jobs",
        "/v1/boards/haldencloud/jobs/1",
        "/v2",
    ] {
        assert_eq!(get(missing).await.unwrap().status, 404, "{missing}");
    }
}

#[tokio::test]
async fn lever_answers_lists_pages_details_and_unknown_names() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    let get = |target: &'static str| client.get(LEVER, target);

    let all = get("/v0/postings/talerwerk?mode=json")
        .await
        .unwrap()
        .json();
    let page = get("/v0/postings/talerwerk?mode=json&skip=2&limit=3")
        .await
        .unwrap()
        .json();
    assert_eq!(page.as_array().unwrap(), &all.as_array().unwrap()[2..5]);
    let berlin = get("/v0/postings/talerwerk?mode=json&location=Leipzig")
        .await
        .unwrap()
        .json();
    assert_eq!(
        berlin.as_array().unwrap().len(),
        0,
        "Leipzig opens in round 2"
    );

    let first = &all[0];
    assert!(first["createdAt"].as_i64().unwrap() > 1_700_000_000_000);
    assert!(
        first["additionalPlain"]
            .as_str()
            .unwrap()
            .contains("88.000 €")
    );
    let target = format!("/v0/postings/talerwerk/{}", first["id"].as_str().unwrap());
    assert_eq!(&client.get(LEVER, &target).await.unwrap().json(), first);

    let missing = get("/v0/postings/nobody?mode=json").await.unwrap();
    assert_eq!(
        (missing.status, missing.json()["ok"].clone()),
        (404, Value::Bool(false))
    );
}

#[tokio::test]
async fn a_posting_has_a_page_until_it_closes() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    let closes = practice::summaries()
        .unwrap()
        .into_iter()
        .find(|s| s.rounds == [1] && s.board.contains("lever"))
        .unwrap();
    let target = format!(
        "/{}/{}",
        closes.board.rsplit('/').next().unwrap(),
        closes.id
    );
    let open = client.get("jobs.lever.co", &target).await.unwrap();
    assert_eq!(open.status, 200);
    assert!(open.text().contains(closes.title.trim()));
    running.set_round(2);
    assert_eq!(
        client.get("jobs.lever.co", &target).await.unwrap().status,
        404
    );
}

#[tokio::test]
async fn the_control_host_turns_rounds_and_stays_out_of_the_log() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    let turned = client.post(CONTROL_HOST, "/round/2", "").await.unwrap();
    assert_eq!(turned.json()["round"], 2);
    let boards = client.get(CONTROL_HOST, "/boards").await.unwrap().json();
    assert_eq!(boards["round"], 2);
    assert_eq!(
        boards["boards"].as_array().unwrap().len(),
        running.boards().len()
    );
    for (target, status) in [("/round/0", 400), ("/round/x", 400), ("/elsewhere", 404)] {
        assert_eq!(
            client.post(CONTROL_HOST, target, "").await.unwrap().status,
            status
        );
    }
    assert_eq!(running.requests(), []);
}

#[tokio::test]
async fn bulk_boards_hold_exactly_the_number_asked_for_in_small_answers() {
    let running = Practice::start(PracticeOptions {
        bulk: Some(1_234),
        ..PracticeOptions::default()
    })
    .await
    .unwrap();
    let client = Client::of(&running);
    let mut texts = std::collections::HashSet::new();
    let mut listed = 0;
    for board in running.boards() {
        assert!(board.expected <= 500);
        let (host, target) = list_of(&board);
        assert!(client.get(host, &target).await.unwrap().body.len() < 8 << 20);
        for posting in postings(&client, &board).await {
            listed += 1;
            texts.insert(format!(
                "{}{}{}",
                posting["content"], posting["description"], posting["lists"]
            ));
        }
    }
    assert_eq!(listed, 1_234);
    assert!(texts.len() > 1_200, "only {} texts differ", texts.len());
}
